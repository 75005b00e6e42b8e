/** Kinds of things that are read, looked at and listened to. */
import type { KindSource } from './kind.ts'

export const CONTENT: Readonly<Record<string, KindSource>> = {
  article: {
    words:
      'article, news, news article, blog post, blog, news item, story, column, publication, press release, industry news, hot news, news information, blog article, encyclopedia entry, wiki page, ?guide, strategy guide, ?content, information article, policy, law, regulation',
    icon: 'newspaper',
    family: 'content',
    made: 'staff',
    about: 'What is written and published.',
    fields: `
      title! text = Why we begin with a walk | A week behind the counter | Five things worth repairing | What changed this spring | Notes from the workshop | The quiet season | A short history of the square | How we choose our suppliers | Questions we are asked most | Small rooms, good light | An interview with our neighbours | Looking back on ten years
      cover image
      category ref category else topic
      author ref author, employee, member else person "Author"
      status! flow draft > inReview > published / archived
      publishedOn date "Published" -90..0
      summary text = A short read for a long afternoon. | With three recipes and one warning. | What we learned, and what we would do again. | In their own words.
      body longText "Text" = It began with a question that nobody could answer at once. We wrote it on the wall, and over the weeks people added what they knew. This is what came of it. | Most of what we do is slow. That is not a weakness: it leaves time to look twice, to ask, and to mend what would otherwise be thrown away. | We asked twelve people what they would keep if they could keep only one thing. Nobody named the newest.
    `,
  },
  announcement: {
    words: 'announcement, notice, bulletin, information announcement, notification announcement, news flash, ?update',
    icon: 'megaphone',
    family: 'content',
    made: 'staff',
    about: 'What everybody should know.',
    fields: `
      title! text = Closed on the first of May | New opening hours | Water off on Tuesday morning | Welcome to three new colleagues | Registration opens on Monday | Lift under repair | Summer programme is out | Lost and found | Car park being resurfaced
      body longText "Text" = Please plan a little more time. | Details are at the front desk. | We thank you for your patience. | Everybody is invited.
      publishedOn! date "Published" -30..0
      visibleUntil date "Visible until" after publishedOn 7..40
      isPinned boolean "Pinned"
    `,
  },
  page: {
    words:
      'web page content, content page, carousel, banner, slide, homepage carousel, slider, carousel image, column recommendation, infobox, navigation entry, menu entry',
    icon: 'panels-top-left',
    family: 'content',
    made: 'staff',
    about: 'What the pages of the site show.',
    fields: `
      title! text = Welcome | New this month | Meet the team | Visit us | Our promise | Season's best | Read the story | Join in
      image image
      text longText = Come in and look around. | Made nearby, by people we know. | Two minutes from the station. | Every first Sunday.
      link url "Leads to"
      position integer 1..8
      isVisible boolean "Visible"
    `,
  },
  video: {
    words:
      'video, video course, tutorial, short video, clip, film clip, live broadcast, live stream, ?broadcast, video content, video tutorial, vlog, animation, ?recording, documentary, ?media, multimedia content',
    icon: 'video',
    family: 'content',
    made: 'staff',
    about: 'Videos with their length, topic and link.',
    fields: `
      title! text = First steps in ten minutes | Behind the scenes | Tool of the week | A walk through the old town | How it is made | Questions and answers | Mistakes we made | Time lapse: one day | Conversation with a luthier | Before and after
      cover image
      category ref category, course else topic
      author ref author, teacher, member else person "By"
      minutes! integer "Length" [min] 2..48
      views integer 40..9400
      publishedOn date "Published" -120..0
      link url
      description longText = With subtitles. | Part one of three. | Filmed on a rainy Sunday. | For everyone who starts from nothing.
    `,
  },
  photo: {
    words: 'photo, ?image, picture, ?gallery, photograph, ?photo album, wallpaper, sticker, image material, panorama, emoji, avatar',
    icon: 'image',
    family: 'content',
    made: 'member',
    about: 'Pictures and what can be seen in them.',
    fields: `
      title! text = Morning fog over the river | Market in the rain | Two chairs | The last tram | Red door | Bread, just out of the oven | Window with cat | First snow | Harbour crane | Hands at work | Steps to the sea | Under the bridge
      image! image
      album ref album, category else topic
      author ref artist, member else person "By"
      takenOn date "Taken" -600..-1
      description longText = Taken from the footbridge, early. | Long exposure, no filter. | The light lasted three minutes. | Found by accident.
      isFeatured boolean "Featured"
    `,
  },
  album: {
    words: 'album, photo album, photo gallery, collection, music album, exhibition room',
    icon: 'images',
    family: 'group',
    made: 'member',
    about: 'Collections that belong together.',
    fields: `
      title!* text = Weekend at the lake | Black and white | People at work | City by night | Winter 2024 | Doors and windows | Family | Best of the year
      cover image
      description text = Twelve pictures, one afternoon. | Still growing. | Chosen together. | From the old camera.
      createdOn date "Begun" -500..-2
      isPublic boolean "Public"
    `,
  },
  song: {
    words:
      'song, track, music track, audio, audio file, sound, piece of music, ?music, podcast, podcast episode, audiobook, ringtone, sound effect, voice recording, radio program',
    icon: 'headphones',
    family: 'content',
    made: 'staff',
    about: 'Recordings, who made them and how long they are.',
    fields: `
      title! text = Slow Train South | Paper Boats | Second Window | Night Market | Salt and Cedar | Ten Past Four | Low Tide | Letters Unsent | The Long Field | Copper Sky | Little Engine | Half a Moon
      artist ref artist, author else person
      album ref album, playlist else list
      minutes decimal "Length" [min] 2.1..6.4
      genre choice folk | jazz | electronic | classical | pop | spoken
      releasedOn date "Released" -3000..-10
      rating rating
      link url
    `,
  },
  vinylRecord: {
    words: 'vinyl record, vinyl, lp, cd, record collection, cassette',
    icon: 'disc',
    family: 'catalogue',
    made: 'own',
    about: 'The records on the shelf, and in which state they are.',
    fields: `
      title! text = Slow Train South | Paper Boats | Night Market | Salt and Cedar | Low Tide | Letters Unsent | The Long Field | Copper Sky | Half a Moon | Second Window | Live at the Mill | Harbour Songs
      artist! text = The Larkspurs | Mina Castillo | Oskar Lund Trio | Blue Kettle | Ingrid & Sons | Nightbus | Clara Duarte | The Ferrymen | Sato Quartet | Little Engine | Old Foundry Band | Elif Demir
      cover image
      genre! choice jazz | folk | rock | soul | classical | electronic
      year integer "Released" 1959..2024
      condition! choice mint | good | fair | worn
      value money 6..120
      shelf text = A1 | A2 | B1 | B2 | C1
      notes longText = First pressing. | Sleeve is torn, record is fine. | From the market in Porto. | Skips on side two.
    `,
  },
  playlist: {
    words: 'playlist, watchlist, reading list, play list',
    icon: 'list',
    family: 'group',
    made: 'member',
    about: 'Lists for an occasion.',
    fields: `
      name!* text = Sunday morning | For the road | Focus | Rainy days | Dinner with friends | Running | Late night | Discovered in May
      description text = Quiet, without words. | Loud in the right places. | Two hours, no repeats.
      entries integer 6..60
      isPublic boolean "Public"
    `,
  },
  book: {
    words:
      'book, e-book, ebook, novel, textbook, comic, library book, book information, literature, magazine, picture book, story book, chapter book, manga, paper book',
    icon: 'book-open',
    family: 'catalogue',
    made: 'staff',
    about: 'Books, who wrote them and whether they are there.',
    fields: `
      title! text = The Salt Roads | A Winter of Maps | Small Hours | The Clockmaker's Niece | Fields of Glass | Letters to a Ferryman | The Ninth Orchard | What the River Kept | Under Copper Roofs | Night Gardening | The Cartographer | Nine Quiet Rooms
      cover image
      author! ref author else person
      category ref category else topic
      isbn* text "ISBN" = @code(978-0-4521-1004)
      year integer "Published" 1961..2025
      pages integer 120..560
      status! choice available | onLoan | reserved
      summary longText = Two sisters, one house, and a map that does not fit. | A detective story without a crime. | Essays about walking. | The summer in which nothing happened.
    `,
  },
  movie: {
    words:
      'movie, film, tv series, tv show, anime, series, show, episode, drama, movie information, film information, animation series, cartoon, television program',
    icon: 'clapperboard',
    family: 'catalogue',
    made: 'staff',
    about: 'Films and series, with what people think of them.',
    fields: `
      title! text = The Lighthouse Keeper's Son | Blue Hour | Platform 9 | The Quiet Orchestra | Winter Harbour | Paper Moon Motel | Eleven Doors | Salt | The Beekeeper | Last Ferry Home
      poster image
      director text = @person
      genre! choice drama | comedy | documentary | thriller | animation
      year! integer 1968..2025
      minutes integer "Length" [min] 74..158
      rating rating
      summary longText = A small town, a large lie. | Three days in one taxi. | Nobody leaves the island in winter. | Funny, and then not.
    `,
  },
  document: {
    words:
      'document, ?file, paper, ?attachment, resource, download, learning resource, material, archive, study material, personal document, file resource, resource library, pdf file, word document, ?form document, ?datum, software download, teaching material, ?resource sharing, digital resource, e-archive, scientific paper, thesis, literature reference, citation',
    icon: 'file-text',
    family: 'content',
    made: 'member',
    about: 'Documents, what they are about and where they lie.',
    fields: `
      title! text = House rules | Price list, spring | Floor plans | Handbook for newcomers | Minutes of the founding meeting | Insurance certificate | Safety data sheet | Application form | Yearly accounts | Photo permissions | Recipe for the big pot
      category ref category, project else topic
      owner ref employee, member, author else person
      format! choice pdf | text | spreadsheet | image
      version text = 1.0 | 1.1 | 2.0 | 2.3
      updatedOn! date "Updated" -120..0
      link url
      notes longText = Signed copy is in the safe. | Replaces the one of last year. | Only for internal use. | Translate before summer.
    `,
  },
  testimonial: {
    words: 'testimonial, customer story, success story, client reference',
    icon: 'quote',
    family: 'talk',
    made: 'staff',
    about: 'What others say about us.',
    fields: `
      name! text = @person
      company text = @company
      quote! longText = They told us what we did not need. That saved us half. | On time, tidy, and with a sense of humour. | We have stayed for eight years, which says enough. | The first who called back.
      rating rating
      isPublished boolean "Published"
    `,
  },
  caseStudy: {
    words:
      'case study, case, showcase, portfolio piece, work showcase, project showcase, project case, engineering case, case showcase, portfolio item, portfolio, creative work, ?work, entry to showcase, honor, award',
    icon: 'award',
    family: 'content',
    made: 'staff',
    about: 'What we have done, for whom, and what came of it.',
    fields: `
      title! text = A library that breathes | From paper to one screen | The kitchen that grew | Forty doors in four weeks | A brand for a bakery | Warm floors, old beams | Quiet office | A garden on the roof
      image image
      client text = @company
      field! choice "Field" design | construction | software | consulting
      year! integer 2016..2025
      result text = A third less energy | Twice as many visitors | Delivered two weeks early | Prize of the city
      description longText = The brief was one sentence long. | Built with the people who use it. | Everything can be taken apart again. | Our first, and still visited.
    `,
  },
  template: {
    words:
      '?template, email template, page template, ?preset, design template, theme template, card design, greeting card, invitation, invitation card',
    icon: 'layers',
    family: 'catalogue',
    made: 'staff',
    about: 'Patterns that others can start from.',
    fields: `
      name!* text = Plain letter | Monthly newsletter | Two columns | Invitation, folded | Wide header | Compact list | Birthday | Thank-you note
      preview image
      category ref category else category
      description text = For short messages. | With room for one large picture. | Prints well on both sides.
      used integer "Times used" 0..240
      isActive boolean "Active"
    `,
  },
  quotation: {
    words: 'quote of the day, saying, poem, joke, proverb, riddle, fortune, classical text, idiom, lyric',
    icon: 'quote',
    family: 'content',
    made: 'staff',
    about: 'Short texts worth keeping.',
    fields: `
      text! text = Begin before you are ready | The map is not the walk | Rain is only a problem with the wrong shoes | Measure twice, then ask somebody | Most doors open inwards | A list is a promise to yourself
      author text = @person
      category ref category else topic
      likes integer 0..320
      addedOn date "Added" -200..0
    `,
  },
  link: {
    words:
      '?link, bookmark, short link, short url, friendly link, rss feed, feed, url entry, shared link, web link, website navigation, ?url, useful link, redirect',
    icon: 'link',
    family: 'content',
    made: 'own',
    about: 'Addresses worth keeping.',
    fields: `
      title! text = Tide table | Type foundry in Basel | Open recipe archive | City cycling map | Night trains of Europe | Free sheet music | Public-domain films | Weather radar
      address! url
      category ref category else topic
      clicks integer 0..800
      addedOn date "Added" -200..0
      notes longText = Good search. | Ask them for permission. | Slow, but complete.
    `,
  },
  note: {
    words:
      'note, memo, snippet of text, sticky note, idea note, inspiration, personal note, learning note, study note, reading note, notebook',
    icon: 'sticky-note',
    family: 'content',
    made: 'own',
    about: 'Thoughts, written down before they go.',
    fields: `
      title! text = Ideas for the stand | Call with the landlord | Books to borrow | Packing list | What worked this week | Questions for the architect | Words to look up | Gift ideas | Sketch of the talk | Colours I liked
      category ref category, project else topic
      text longText = Keep it short. Bring samples. Ask about the light. | Two options, both fine; decide on Friday. | Start with the story, not with the figures. | Oat milk, screws, stamps.
      writtenOn! date "Written" -60..0
      isPinned boolean "Pinned"
    `,
  },
  notebookEntry: {
    words:
      'diary, diary entry, journal, journal entry, memory, mood entry, travel diary, growth record, dream, life record, mood diary, mood',
    icon: 'notebook-pen',
    family: 'content',
    made: 'own',
    about: 'A day, a thought, a mood.',
    fields: `
      title! text = The first warm evening | A good conversation | Long train, good book | Nothing planned, everything done | Rain all day | Lost and found again | A letter from Ines | Early swim
      day! date -60..0
      mood! choice bright | calm | tired | low
      picture image
      text longText = Stayed out until it was dark. Talked about leaving, and about staying. | Wrote three pages and kept one. | Small things, but all of them good.
      isFavourite boolean "Favourite"
    `,
  },
  advertisement: {
    words:
      'advertisement, ad, ad placement, advert, advertising space, ?campaign, ad campaign, marketing campaign, advertising, marketing activity, marketing plan',
    icon: 'megaphone',
    family: 'deal',
    made: 'staff',
    about: 'What is advertised where, and what it brings.',
    fields: `
      title! text = Spring on the tram | Radio, morning slot | Window poster | Newsletter banner | Local paper, half page | Cinema, before the film | Search, brand name | Flyers at the market
      client ref company, customer, brand else company
      channel! choice online | print | radio | outdoor
      status! flow planned > running > finished / paused
      startsOn! date "Starts" -40..15
      endsOn date "Ends" after startsOn 10..45
      budget! money 120..4200
      clicks integer 20..3800
    `,
  },
}
