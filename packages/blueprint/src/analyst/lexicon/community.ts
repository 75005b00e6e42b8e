/** Kinds of things people write to each other, vote on, play and win. */
import type { KindSource } from './kind.ts'

export const COMMUNITY: Readonly<Record<string, KindSource>> = {
  post: {
    words:
      '?post, forum post, moment, thread, tweet, discussion post, dynamic post, community post, friend circle, status update, share post, resident discussion',
    icon: 'message-square',
    family: 'talk',
    made: 'member',
    about: 'What people write for all to see.',
    fields: `
      title! text = Anyone for a Sunday ride? | Look what grew on my balcony | Recommendations for a quiet place to read | Found: one glove, green | My first finished chair | Which lens for fog? | Thank you for last night | Moving in May, who has boxes? | Question about the new hours | Swap: records for books
      topic ref topic, group, category else topic
      author ref member, author, @client else person
      text longText = I have tried three so far and cannot decide. What do you use? | It took two winters, and I would do it again. | Write to me here, I read everything. | A small thing, but it made my day.
      image image
      likes integer 0..180
      postedOn! date "Posted" -30..0
    `,
  },
  topic: {
    words:
      'forum topic, forum, discussion, ?topic, discussion area, community forum, forum section, message board, discussion forum, discussion group, interest forum, mental health forum, bulletin board',
    icon: 'messages-square',
    family: 'talk',
    made: 'member',
    about: 'What is being discussed.',
    fields: `
      title!* text = Introduce yourself | Tips for beginners | Show your work | Wanted and offered | Meetings and dates | Wishes for this site | Repairs and fixes | Off topic
      description text = New here? Say hello. | Ask anything, nobody laughs. | Pictures welcome. | Fair prices, please.
      replies integer 2..140
      lastReplyOn date "Last reply" -12..0
      isPinned boolean "Pinned"
    `,
  },
  comment: {
    words: '?comment, ?reply, remark, bullet comment, user comment, review comment, ?discussion comment, blog comment',
    icon: 'message-circle',
    family: 'talk',
    made: 'member',
    about: 'What others say to it.',
    fields: `
      text! text = Exactly what I was looking for. | Thank you, this helped. | Does it also work in winter? | I see it differently: start small. | Beautiful light. | Where was this? | Tried it yesterday, works. | More of this, please. | A little short for my taste. | Saved for later.
      on ref article, post, video, photo, topic, recipe, product, song, movie, question
      author ref member, author, @client else person "By"
      writtenOn! date "Written" -20..0
      status! choice visible | hidden
      likes integer 0..40
    `,
  },
  message: {
    words:
      '?message, private message, direct message, chat message, instant message, conversation, chat, group chat, private chat, chat record, chat room, online message, voice message, text message, sms, email, mail, letter, messaging',
    icon: 'mail',
    family: 'talk',
    made: 'member',
    about: 'Who wrote what to whom.',
    fields: `
      subject! text = About Thursday | The keys | Your question of yesterday | Photos from the weekend | A small change of plan | Thank you | Directions | Invoice attached | Can you call me? | Almost there
      from! ref member, friend, employee, @client else person "From"
      to text "To" = @person
      text! longText = I will be ten minutes late, please start without me. | Found it: second drawer, on the left. | Works for me. Shall I bring anything? | Could you look at the second page before Friday?
      status! flow unread > read > answered
      sentOn! date "Sent" -14..0
    `,
  },
  contactMessage: {
    words:
      'contact message, ?inquiry, ?enquiry, contact request, contact form, customer inquiry, online inquiry, business inquiry, message from visitors, customer message, inquiry form, online consultation, feedback message, guestbook, guestbook entry',
    icon: 'mail',
    family: 'talk',
    made: 'visitor',
    about: 'What visitors write to us.',
    fields: `
      name! text = @person
      email! email
      subject text = Opening hours | A quote for next month | Working with you | Praise | Something is broken | Group visit
      message! longText = Could you tell me whether you are open on the holiday? | We would like to come with twelve people. | I saw your work at the fair and have a small project. | The form on your page did not accept my postcode.
      receivedOn date "Received" -20..0
      status! flow new > answered > closed
    `,
  },
  review: {
    words:
      'review, rating, customer review, user review, product review, evaluation record, course review, comment and rating, service evaluation, book review, movie review, film review',
    icon: 'star',
    family: 'talk',
    made: 'member',
    about: 'What people think, in stars and words.',
    fields: `
      title! text = Better than expected | Good, with one wish | Would come again | Just right | Solid | Not for me | A small discovery | Worth the wait | Friendly and quick
      item ref product, room, course, movie, book, recipe, dish, service, trip, attraction, property, expert, store, venue, song, game
      author ref @client else person "By"
      stars!  rating "Stars"
      text longText = Came on time and does what it should. | The picture shows it smaller than it is. | Clear, kind, and no surprises on the bill. | I had hoped for more, but the people were lovely.
      writtenOn! date "Written" -60..0
    `,
  },
  survey: {
    words:
      'survey, poll, ?vote, questionnaire, questionnaire survey, online survey, voting, voting activity, opinion poll, voting option, election',
    icon: 'vote',
    family: 'catalogue',
    made: 'staff',
    about: 'What we ask, and until when.',
    fields: `
      title! text = How was your visit? | New bench: wood or steel? | Best day for the market | Your wishes for the canteen | Name for the new boat | Commuting habits | Sound level in the hall | Summer programme
      description text = Takes two minutes. | Anonymous. | One vote each. | Results on the notice board.
      opensOn! date "Opens" -30..5
      closesOn! date "Closes" after opensOn 10..30
      answers integer "Answers so far" 4..320
      status! flow draft > open > closed
    `,
  },
  surveyAnswer: {
    words:
      'survey answer, survey response, ?response, questionnaire response, form response, form submission, submission, form data, questionnaire record, survey record, filling record, ballot',
    icon: 'clipboard-list',
    family: 'talk',
    made: 'visitor',
    about: 'What people answered.',
    fields: `
      name! text "From" = @person
      form ref survey, form, question
      answer! longText = Very satisfied; the evening course fits well. | The second one. | Wednesday, if possible. | I would like more shade. | No strong opinion.
      score integer 4..10
      submittedOn! date "Submitted" -20..0
    `,
  },
  group: {
    words:
      '?group, community, user group, interest group, ?circle, ?channel, chat group, discussion circle, fan club, association, tribe, customer group',
    icon: 'users-round',
    family: 'group',
    made: 'member',
    about: 'People who share something.',
    fields: `
      name!* text = Early birds | Balcony gardeners | Sunday riders | Film night | Parents of 3b | Sourdough circle | Street photographers | Beginners' choir
      description text = Meets twice a month. | Everybody welcome. | Mostly talk, sometimes cake.
      organiser ref member, @client else person
      members integer 5..140
      foundedOn date "Since" -900..-20
      isOpen boolean "Open to all"
    `,
  },
  reward: {
    words:
      'reward, gift, point reward, ?point, points record, lottery, lottery draw, prize draw, raffle, prize item, winning record, points mall, points exchange, lottery ticket, gift exchange, blind box',
    icon: 'gift',
    family: 'catalogue',
    made: 'staff',
    about: 'What can be won or earned, and what is left of it.',
    fields: `
      name! text = Weekend for two | Cinema voucher | Signed print | Basket from the market | Year's subscription | Wool blanket | Coffee for a month | Surprise parcel
      image image
      points! integer "Points" 50..2400
      available! integer "Left" 0..40
      drawnOn date "Draw" -10..30
      winner text = @person
      status! choice available | soldOut | scheduled
    `,
  },
  achievement: {
    words:
      'achievement, badge, trophy, medal, leaderboard, ranking, ranking list, leaderboard entry, high score, score record, game score, rank, game record, ?score, honor roll',
    icon: 'trophy',
    family: 'log',
    made: 'staff',
    about: 'Who reached what, and when.',
    fields: `
      title! text = First win | Ten in a row | Night owl | Perfect round | Comeback | Explorer | Speed record | Hundred games | Fair play
      player ref player, member, student, @client else person
      points! integer 40..2600
      reachedOn! date "Reached" -60..0
      level choice bronze | silver | gold
    `,
  },
  gameRound: {
    words: 'game round, game session, ?round, game match, play session, battle, duel, game room, turn-based battle',
    icon: 'gamepad-2',
    family: 'log',
    made: 'member',
    about: 'What was played, by whom, with which result.',
    fields: `
      title! text "Round" = Morning round | Rematch | Duel at dusk | Training | League, day 3 | Friendly | Final | Speed round | Night game
      player! ref player, member, friend, @client else person
      level ref gameLevel, game
      score! integer 120..9800
      minutes integer "Length" [min] 2..38
      playedAt! dateTime "Played" -14..0
      result! choice won | lost | draw
    `,
  },
  gameLevel: {
    words: 'game level, ?level, stage of game, game mode, mission, quest, game map, dungeon, puzzle, escape room, game plot, game scene',
    icon: 'puzzle',
    family: 'catalogue',
    made: 'staff',
    about: 'The levels, and how hard they are.',
    fields: `
      name!* text = The Clearing | Frozen Bridge | Clockwork Yard | Sunken Library | Glass Canyon | Ember Halls | Lantern Maze | Summit
      number! integer "Number" 1..12
      difficulty! choice easy | medium | hard
      bestTime integer "Best time" [s] 34..420
      reward integer "Points" 50..600
      description text = Learn to jump. | Do not look down. | Everything moves twice. | Bring light.
    `,
  },
  game: {
    words: 'game, board game, video game, online game, game list, digital game, game information, casual game',
    icon: 'gamepad-2',
    family: 'catalogue',
    made: 'staff',
    about: 'Games, for how many and how long.',
    fields: `
      title! text = Harbour Masters | Paper Kingdoms | Twelve Lanterns | Orbit | Rails & Rivers | The Fox Deck | Sugar Rush Hour | Deep Field | Tiny Vikings | Midnight Bakery
      image image
      category ref category else topic
      players text = 1 to 4 | 2 to 5 | 2 | 3 to 8
      minutes integer "Length" [min] 10..120
      rating rating
      releasedOn date "Released" -2400..-20
      description longText = Easy to learn, hard to leave. | Bluff, trade, forgive. | Quick rounds for the train.
    `,
  },
  gameCharacter: {
    words:
      'game character, ?character, hero, virtual character, monster, pokémon, role character, virtual pet, card hero, pokémon character, game item, game prop, prop, equipment of hero, spirit, skin, virtual item',
    icon: 'swords',
    family: 'catalogue',
    made: 'member',
    about: 'The characters and what they can do.',
    fields: `
      name! text = Bramble | Ignis | Old Mossback | Tidecaller | Pip | Sir Thistle | Nightwing | Quartz | Zephyr | Marrow
      image image
      kind! choice "Type" forest | fire | water | stone | air
      level! integer 1..60
      strength integer 5..100
      speed integer 5..100
      owner ref player, member else person
      story longText = Found under a bridge. | Afraid of bees, of nothing else. | Speaks only in the rain.
    `,
  },
  match: {
    words:
      'match, fixture, race, competition match, football match, sports match, game schedule, sports event, esports match, sporting event, upcoming match, match record',
    icon: 'volleyball',
    family: 'deal',
    made: 'staff',
    about: 'Who plays whom, when, and how it ended.',
    fields: `
      title! text = Harbour Rovers v The Larks | Northgate v Red Kites | Valley Foxes v Southbank | Old Mill v Quarry Lane | The Larks v Northgate | Red Kites v Harbour Rovers | Southbank v Old Mill | Quarry Lane v Valley Foxes
      home ref team else team
      venue ref venue else place
      startsAt! dateTime "Kick-off" -21..21
      homeScore integer "Home" 0..4
      awayScore integer "Away" 0..4
      status! flow scheduled > live > finished / postponed
    `,
  },
  competition: {
    words:
      'competition, tournament, league, contest, championship, cup, season, sports meeting, talent show, singing competition, essay competition',
    icon: 'medal',
    family: 'catalogue',
    made: 'staff',
    about: 'What is being competed for.',
    fields: `
      name!* text = Spring Cup | City League | Junior Open | Night Run | Winter Series | Founders' Trophy
      startsOn! date "Starts" -60..60
      endsOn date "Ends" after startsOn 2..60
      teams integer "Entries" 6..48
      prize text = Trophy and dinner | 500 and a medal | A place in the next round
      status! flow planned > open > running > finished
    `,
  },
  donation: {
    words: 'donation, crowdfunding, fundraising, fundraiser, pledge, charity project, contribution, charity donation, sponsorship',
    icon: 'hand-coins',
    family: 'deal',
    made: 'visitor',
    about: 'What was given, by whom, and what for.',
    fields: `
      purpose! text = New roof | Summer camp | School books | Kitchen for all | Emergency fund | Instruments | Trees for the square | Wheelchair ramp
      donor! ref donor, member, @client else person
      amount! money 10..1200
      givenOn! date "Given" -60..0
      method choice transfer | cash | card
      isAnonymous boolean "Anonymous"
      status! flow pledged > received > thanked
    `,
  },
}
