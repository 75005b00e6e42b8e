/** Kinds of people and organisations. */
import type { KindSource } from './kind.ts'

export const PEOPLE: Readonly<Record<string, KindSource>> = {
  customer: {
    words: 'customer, client, buyer, shopper, patron, consumer, customer information',
    icon: 'users',
    family: 'client',
    made: 'staff',
    about: 'People and firms we work for.',
    fields: `
      name! text = @person
      email* email
      phone phone
      address text = @address
      since date "Customer since" -900..-10
      notes longText = Prefers a call in the morning. | Pays by invoice. | Found us through a friend. | Likes to be told early when something is late.
    `,
  },
  member: {
    words: 'member, subscriber, club member, community member, member information',
    icon: 'users',
    family: 'client',
    made: 'staff',
    about: 'People who belong, with their level and when they joined.',
    fields: `
      name! text = @person
      email!* email
      phone phone
      level! choice basic | silver | gold
      joinedOn! date "Joined" -900..-3
      points integer 0..1400
      isActive boolean "Active"
    `,
  },
  student: {
    words: 'student, pupil, learner, trainee, student information, child',
    icon: 'graduation-cap',
    family: 'client',
    made: 'staff',
    about: 'People who learn here.',
    fields: `
      name! text = @person
      email* email
      phone phone
      group ref schoolClass, team else class
      bornOn date "Date of birth" -7300..-4000
      enrolledOn! date "Enrolled" -700..-10
      guardian text "Parent or guardian" = @person
      status! choice active | onLeave | graduated
    `,
  },
  teacher: {
    words: 'teacher, instructor, tutor, lecturer, professor, coach, trainer, teacher information',
    icon: 'presentation',
    family: 'staff',
    made: 'staff',
    about: 'The people who teach, and what they teach.',
    fields: `
      name! text = @person
      subject! text = Mathematics | Piano | English | History | Chemistry | Drawing | Programming | Spanish | Biology | Violin
      email!* email
      phone phone
      hourlyRate money 22..70
      bio longText = Fifteen years in front of a class, and still curious. | Patient with beginners. | Believes in short lessons and good questions. | Came from industry and brings real examples.
    `,
  },
  employee: {
    words: 'employee, worker, human resource, personnel, colleague, co-worker, employee information, ?staff, staff member',
    icon: 'id-card',
    family: 'staff',
    made: 'staff',
    about: 'Everyone who works here.',
    fields: `
      name! text = @person
      position! text = Operations manager | Accountant | Sales assistant | Engineer | Designer | Office manager | Warehouse clerk | Support agent
      department ref department else department
      email!* email
      phone phone
      startedOn! date "Started" -2600..-20
      salary money "Monthly salary" 2400..6200
      status! choice active | onLeave | left
    `,
  },
  patient: {
    words: 'patient',
    icon: 'heart-pulse',
    family: 'client',
    made: 'staff',
    about: 'The people in our care.',
    fields: `
      name! text = @person
      bornOn! date "Date of birth" -28000..-2500
      phone! phone
      email email
      bloodGroup choice "Blood group" aPositive | aNegative | bPositive | abPositive | oPositive | oNegative
      allergies text = None known | Penicillin | Pollen | Latex | Nuts
      notes longText = Needs a ground-floor room. | Prefers afternoon appointments. | Brings a family member along.
    `,
  },
  doctor: {
    words: 'doctor, physician, therapist, dentist, nurse, practitioner, psychologist, veterinarian, vet',
    icon: 'stethoscope',
    family: 'staff',
    made: 'staff',
    about: 'Who treats, and their field.',
    fields: `
      name! text = @person
      speciality! text = General practice | Cardiology | Paediatrics | Dermatology | Orthopaedics | Physiotherapy | Psychology
      email* email
      phone phone
      roomNumber text "Room" = 1.02 | 1.05 | 2.11 | 2.14 | 3.01 | 3.07
      bio longText = Listens first. | Trained in Leuven and Lisbon. | Speaks four languages.
    `,
  },
  expert: {
    words: 'expert, consultant, counselor, counsellor, specialist, lawyer, adviser, advisor, mentor, freelancer, expert information',
    icon: 'badge-check',
    family: 'staff',
    made: 'staff',
    about: 'People whose advice can be asked for.',
    fields: `
      name! text = @person
      field! text "Field" = Tax law | Career change | Nutrition | Family counselling | Start-up finance | Interior design | Data protection | Sleep
      photo image
      hourlyRate money 40..160
      rating rating
      bio longText = Twelve years of practice; answers within a day. | Explains hard things in plain words. | Has seen most problems before, and says when not.
    `,
  },
  guest: {
    words: 'guest, visitor information, attendee, participant, passenger, traveler, traveller, tourist',
    icon: 'luggage',
    family: 'client',
    made: 'staff',
    about: 'People who come to stay or to take part.',
    fields: `
      name! text = @person
      email* email
      phone phone
      country text = @country
      requests longText "Special requests" = A quiet room, please. | Arrives late. | Vegetarian breakfast. | Travels with a small dog.
    `,
  },
  supplier: {
    words: 'supplier, vendor, manufacturer, wholesaler, distributor, manufacturer information',
    icon: 'factory',
    family: 'group',
    made: 'staff',
    about: 'Who we buy from, and on what terms.',
    fields: `
      name!* text = @company
      contactPerson text = @person
      email email
      phone phone
      city text = @city
      leadTime integer [days] 1..21
      rating rating
      notes longText = Free delivery above 250. | Closed in August. | Answers faster by phone.
    `,
  },
  contact: {
    words: 'contact, address book, contact person',
    icon: 'contact',
    family: 'client',
    made: 'own',
    about: 'People worth keeping in touch with.',
    fields: `
      name! text = @person
      company ref company else company
      email* email
      phone phone
      city text = @city
      lastSpokenOn date "Last spoken" -90..-1
      notes longText = Met at the spring fair. | Introduced by a colleague. | Send the catalogue in autumn.
    `,
  },
  lead: {
    words: 'lead, prospect, sales lead, sales opportunity, opportunity, deal, lead generation',
    icon: 'target',
    family: 'deal',
    made: 'staff',
    about: 'People and firms who may become customers.',
    fields: `
      title! text "Interest" = Website relaunch | Yearly maintenance | 40 office chairs | Team training | Trial of the premium plan | New shop fittings | Delivery contract | Photo shoot | Rooftop solar | Translation of a handbook | Stand at the fair | Fleet insurance | Kitchen refit | Onboarding workshop
      company ref company, customer else company
      contactPerson text = @person
      status! flow new > contacted > proposal > won / lost
      value money 800..24000
      source choice website | referral | fair | advertising
      nextStepOn date "Next step" -4..20
      notes longText = Wants two references. | Decides at the end of the quarter. | Compare with the offer of last year.
    `,
  },
  candidate: {
    words: 'candidate, applicant, job seeker, job applicant, resume, cv',
    icon: 'user-check',
    family: 'client',
    made: 'member',
    about: 'People who apply for a job, and where they stand.',
    fields: `
      name! text = @person
      job ref job else role
      email!* email
      phone phone
      status! flow applied > interview > offer > hired / rejected
      appliedOn! date "Applied" -40..0
      experience integer "Experience" [years] 0..18
      notes longText = Strong portfolio. | Can start next month. | Good questions in the first call. | Would like to work four days.
    `,
  },
  driver: {
    words: 'driver, courier, rider, delivery person',
    icon: 'car',
    family: 'staff',
    made: 'staff',
    about: 'Who is on the road.',
    fields: `
      name! text = @person
      phone! phone
      licenceNumber* text "Licence number" = @code(DL-48210)
      vehicle ref vehicle else vehicle
      isAvailable boolean "Available"
      rating rating
    `,
  },
  volunteer: {
    words: 'volunteer, helper',
    icon: 'heart-handshake',
    family: 'staff',
    made: 'staff',
    about: 'People who give their time.',
    fields: `
      name! text = @person
      email!* email
      phone phone
      skills text = First aid | Driving | Cooking | Languages | Bookkeeping | Working with children
      hoursGiven integer "Hours given" [h] 2..140
      isAvailable boolean "Available"
      joinedOn date "Joined" -700..-5
    `,
  },
  donor: {
    words: 'donor, sponsor, supporter, patron of the arts',
    icon: 'hand-heart',
    family: 'client',
    made: 'staff',
    about: 'People and firms who give.',
    fields: `
      name! text = @person
      email* email
      city text = @city
      isRegular boolean "Gives every month"
      since date -1200..-20
      notes longText = Would like a yearly report. | Prefers to stay anonymous. | Gives for the children's programme.
    `,
  },
  tenant: {
    words: 'tenant, renter, lessee, resident, homeowner, owner of property, occupant',
    icon: 'key-round',
    family: 'client',
    made: 'staff',
    about: 'Who lives where.',
    fields: `
      name! text = @person
      property ref property else address
      email* email
      phone! phone
      movedInOn! date "Moved in" -1500..-20
      rent money 450..1600
      notes longText = Has a cat. | Rent by standing order. | Keyholder for the cellar.
    `,
  },
  author: {
    words: 'author, writer, blogger, journalist, columnist, director, celebrity, actor, influencer, creator',
    icon: 'feather',
    family: 'staff',
    made: 'staff',
    about: 'The people behind the works.',
    fields: `
      name! text = @person
      photo image
      country text = @country
      website url
      bio longText = Writes about places that are not on maps. | Began with a newspaper column. | Lives by the sea with two dogs. | Three prizes, one garden.
    `,
  },
  artist: {
    words: 'artist, musician, singer, band, painter, photographer, designer, performer, host',
    icon: 'palette',
    family: 'staff',
    made: 'staff',
    about: 'Artists and what they are known for.',
    fields: `
      name! text = @person
      genre text = Jazz | Folk | Oil painting | Ceramics | Street photography | Electronic | Sculpture | Illustration
      photo image
      country text = @country
      website url
      bio longText = Works with found things. | Recorded the first album in a barn. | Shows twice a year. | Trained as a carpenter.
    `,
  },
  technician: {
    words: 'technician, mechanic, engineer, repairman, craftsman, stylist, hairdresser, barber, groomer, cleaner, plumber, masseur',
    icon: 'wrench',
    family: 'staff',
    made: 'staff',
    about: 'Who does the work, and what they are best at.',
    fields: `
      name! text = @person
      speciality text
      email* email
      phone phone
      isAvailable boolean "Available this week"
    `,
  },
  agent: {
    words: 'agent, broker, salesperson, sales representative, realtor, dealer, promoter, merchant, seller, affiliate',
    icon: 'briefcase',
    family: 'staff',
    made: 'staff',
    about: 'Who sells and looks after clients.',
    fields: `
      name! text = @person
      company text = @company
      email!* email
      phone phone
      region text = @city
      commission decimal [%] 2..12
      isActive boolean "Active"
    `,
  },
  friend: {
    words: '?friend, follower, buddy, partner profile, dating profile, match profile, ?profile, personal profile',
    icon: 'user-round',
    family: 'client',
    made: 'member',
    about: 'People and what they like to do.',
    fields: `
      name! text = @person
      photo image
      city text = @city
      interests text = Hiking and film | Board games | Cooking for many | Jazz and long walks | Climbing | Gardening | Old cameras
      metOn date "Known since" -900..-2
      about longText = Always up for a coffee. | Early riser. | Looking for people to play music with.
    `,
  },
  player: {
    words: 'player, athlete, contestant, competitor, player information',
    icon: 'user-round',
    family: 'client',
    made: 'staff',
    about: 'Who plays, and how well.',
    fields: `
      name! text = @person
      nickname text = Comet | Rook | Maple | Tango | Drift | Pixel | Sable | Juno | Flint | Echo
      team ref team else team
      points! integer 120..2400
      gamesPlayed integer "Games played" 4..180
      joinedOn date "Joined" -400..-2
    `,
  },
}
