/** Kinds of things that happen at a time or a place: bookings, events, travel, property, vehicles, food. */
import type { KindSource } from './kind.ts'

export const BOOKINGS: Readonly<Record<string, KindSource>> = {
  room: {
    words:
      'room, hotel room, meeting room, guest room, suite, conference room, room information, room type, classroom, studio space, dormitory, ward',
    icon: 'bed',
    family: 'catalogue',
    made: 'staff',
    about: 'The rooms, what is in them and what they cost.',
    fields: `
      name!* text = Garden room | Harbour view | Attic studio | Library suite | Courtyard double | Corner twin | Sunrise single | Orchard family room | Tower room | Terrace double
      photo image
      kind! choice "Type" single | double | twin | suite | family = double | double | single | suite | double | twin | single | family | suite | double
      pricePerNight! money "Price per night" 65..240 = 115 | 140 | 75 | 210 | 110 | 98 | 68 | 165 | 225 | 130
      capacity! integer [people] 1..5 = 2 | 2 | 1 | 2 | 2 | 2 | 1 | 4 | 3 | 2
      floor integer 0..4
      status! choice available | occupied | cleaning | outOfOrder
      description longText = Quiet, towards the garden. | Morning sun and a writing desk. | Space for a family, with a small kitchen. | The bath has a window.
    `,
  },
  booking: {
    words:
      'booking, reservation, room booking, hotel booking, table reservation, appointment booking, booking record, reservation record, check-in and check-out, registration record, online booking',
    icon: 'calendar-check',
    family: 'deal',
    made: 'member',
    about: 'Who comes when, and whether it is confirmed.',
    fields: `
      reference!* text = @code(BK-3201)
      guest! ref @client else person "Booked by"
      item ref room, diningTable, property, vehicle, trip, event, classSession, service, venue, expert, attraction, flight
      startsOn! date "From" -12..24
      endsOn date "Until" after startsOn 1..5
      people integer "People" 1..5
      status! flow requested > confirmed > checkedIn > completed / cancelled
      price money 70..640
      notes longText = Arrives after nine in the evening. | Second visit. | Would like the same as last year. | Needs a parking space.
    `,
  },
  appointment: {
    words:
      'appointment, consultation, visit, counseling session, medical appointment, treatment, viewing, check-up, consultation record, interview, time slot, appointment slot, registration appointment',
    icon: 'calendar-clock',
    family: 'deal',
    made: 'member',
    about: 'Who meets whom, and when.',
    fields: `
      subject! text "Reason" = First visit | Follow-up | Yearly check-up | Second opinion | Short consultation | Results | Vaccination | Planning | Fitting | Advice
      client! ref @client else person "For"
      with ref @staff else person "With"
      startsAt! dateTime "When" -8..16
      duration integer [min] 15..60
      status! flow requested > confirmed > done / cancelled, missed
      notes longText = Bring earlier reports. | Ask about the side effects. | Second floor, door on the left.
    `,
  },
  event: {
    words:
      'event, ?activity, conference, seminar, workshop, exhibition, festival, concert, meetup, cultural activity, offline activity, party, wedding, hackathon, performance show, charity event, campaign event, activity information, event information, community event, ?schedule, calendar',
    icon: 'party-popper',
    family: 'catalogue',
    made: 'staff',
    about: 'What is on, when and where.',
    fields: `
      title! text = Spring open house | Evening of short films | Repair café | Neighbourhood breakfast | Night of the museums | Beginners' evening | Summer concert | Book swap | Harvest market | Lantern walk | Talk: cities and water | Charity run | Open stage | Winter market
      photo image
      venue ref venue, location, store else place
      startsAt! dateTime "Starts" -14..40
      endsAt dateTime "Ends" after startsAt 0..0
      capacity integer "Places" 20..240
      price money 0..35
      organiser text = @person
      status! choice planned | open | soldOut | over
      description longText = Doors open half an hour before. | Free for members. | Bring something to share. | With music and a small kitchen.
    `,
  },
  registration: {
    words:
      'event registration, activity registration, enrollment, enrolment, sign-up, course enrollment, attendance list, participation record, registration information',
    icon: 'clipboard-check',
    family: 'deal',
    made: 'member',
    about: 'Who has signed up for what.',
    fields: `
      name! text "Participant" = @person
      item ref event, course, classSession, match, competition, trip else event
      email email
      registeredOn! date "Signed up" -25..0
      status! flow registered > confirmed > attended / cancelled
      notes longText = Comes with a friend. | Vegetarian. | Needs a certificate afterwards.
    `,
  },
  classSession: {
    words:
      'class session, class, fitness class, group class, training session, timetable entry, yoga class, course schedule, class schedule, training plan session, timetable',
    icon: 'dumbbell',
    family: 'catalogue',
    made: 'staff',
    about: 'What takes place when, with whom.',
    fields: `
      title! text = Morning yoga | Strength basics | Spin, 45 minutes | Pilates | Boxing technique | Mobility | Swim technique | Dance cardio | Meditation | Core and back
      teacher ref @staff else person
      course ref course
      room ref room else place
      startsAt! dateTime "Starts" -6..14
      duration! integer [min] 30..90
      capacity! integer "Places" 8..24
      booked integer "Booked" 2..20
      level choice beginner | intermediate | advanced
    `,
  },
  service: {
    words:
      '?service, service item, service project, treatment offer, service offering, service information, service content, beauty service, ?solution, maintenance service',
    icon: 'concierge-bell',
    family: 'catalogue',
    made: 'staff',
    about: 'What we offer, how long it takes and what it costs.',
    fields: `
      name!* text = First consultation | Standard service | Full service | Express service | On-site visit | Yearly care | Follow-up | Workshop for teams | Review and report
      photo image
      price! money 25..260
      duration integer [min] 20..120
      category ref category else category
      description longText = For those who come for the first time. | Everything checked, cleaned and written down. | While you wait. | We come to you.
      isActive boolean "On offer"
    `,
  },
  venue: {
    words: 'venue, hall, stage, court, sports venue, stadium, theater, theatre, cinema, gym, pitch, location for event, facility',
    icon: 'landmark',
    family: 'place',
    made: 'staff',
    about: 'Where things take place.',
    fields: `
      name!* text = Old Town Hall | Riverside Stage | Court 1 | The Foundry | Hall of Mirrors | Garden Pavilion | Studio North | Dockside Theatre
      photo image
      address! text = @address
      capacity! integer [people] 20..800
      pricePerHour money "Price per hour" 20..180
      description longText = Step-free, with a cloakroom. | Good sound, bad parking. | Roofed, open on one side.
    `,
  },
  diningTable: {
    words: 'restaurant table, dining table, table booking',
    icon: 'armchair',
    family: 'catalogue',
    made: 'staff',
    about: 'Tables and how many fit around them.',
    fields: `
      name!* text = Window 1 | Window 2 | Terrace 1 | Terrace 2 | Long table | Booth 3 | Bar 1 | Corner
      seats! integer 2..10
      area! choice indoors | terrace | bar
      status! choice available | reserved | occupied
    `,
  },
  dish: {
    words: 'dish, menu item, food item, food, meal, ?menu, drink, beverage, coffee, cuisine, snack, milk tea, dessert, pizza',
    icon: 'utensils',
    family: 'catalogue',
    made: 'staff',
    about: 'What is on the menu.',
    fields: `
      name!* text = Tomato soup | Roast cauliflower | Mushroom risotto | Grilled sea bream | Beef stew | Lemon tart | Garden salad | Potato gnocchi | Lentil curry | Chocolate mousse | Sourdough and butter | Apple crumble
      photo image
      category! choice starter | main | dessert | drink = starter | main | main | main | main | dessert | starter | main | main | dessert | starter | dessert
      price! money 4..26 = 7.5 | 14 | 16 | 24 | 19 | 7 | 9 | 15 | 13 | 6.5 | 4 | 7
      isVegetarian boolean "Vegetarian"
      description text = With what the market had this morning. | Slow cooked, with herbs. | Small, and very good. | Enough for two.
      status! choice available | soldOut
    `,
  },
  cake: {
    words: 'cake, pastry, bread, baked good, pie, tart, cupcake, loaf',
    icon: 'croissant',
    family: 'catalogue',
    made: 'staff',
    about: 'What comes out of the oven, and what it costs.',
    fields: `
      name!* text = Lemon drizzle | Black Forest | Sourdough loaf | Carrot cake | Almond croissant | Rye with seeds | Chocolate tart | Victoria sponge | Apple crumble cake | Cinnamon rolls | Plum slice | Cheesecake
      photo image
      kind! choice "Type" cake | bread | pastry = cake | cake | bread | cake | pastry | bread | cake | cake | cake | pastry | pastry | cake
      price! money 3..48 = 28 | 42 | 5.5 | 32 | 3 | 6 | 34 | 30 | 29 | 12 | 3.5 | 36
      serves integer [people] 1..12
      noticeDays integer "Order ahead" [days] 0..3
      allergens text = Wheat, egg, milk | Wheat | Nuts, egg | Wheat, sesame
      status! choice available | seasonal | soldOut
      description text = Baked on Friday and Saturday. | With fruit from two farms away. | Our oldest recipe. | Also without nuts.
    `,
  },
  recipe: {
    words: 'recipe, cooking recipe',
    icon: 'chef-hat',
    family: 'content',
    made: 'member',
    about: 'How to cook it, how long it takes, and for whom.',
    fields: `
      title! text = Grandmother's apple cake | Red lentil soup | Overnight oats | Chickpea curry | Roast chicken with lemon | Pea risotto | Buckwheat pancakes | Tomato focaccia | Miso aubergine | Bean chilli
      photo image
      category ref category else meal
      minutes! integer "Time" [min] 10..120
      servings! integer 2..8
      difficulty! choice easy | medium | demanding
      ingredients! longText = 400 g flour, 2 eggs, a pinch of salt, butter | 1 onion, 200 g red lentils, 1 l stock, cumin | 2 tins of chickpeas, tomatoes, ginger, coconut milk
      steps longText "Method" = Mix, rest for an hour, bake at 180 degrees until golden. | Soften the onion, add the rest, simmer for twenty minutes. | Roast everything on one tray and turn once.
      rating rating
    `,
  },
  trip: {
    words:
      'trip, tour, itinerary, travel plan, route, travel route, journey, travel itinerary, tour package, excursion, travel guide, hike, trail',
    icon: 'route',
    family: 'catalogue',
    made: 'staff',
    about: 'Where it goes, for how long and for how much.',
    fields: `
      title! text = Lisbon in four days | Fjords by train | Kyoto in autumn | Weekend in the Ardennes | Coast path, north | Vienna for beginners | Desert stars | Islands by sail | Alpine huts | Food walk, old town
      photo image
      destination ref destination, attraction else city
      startsOn! date "Starts" -20..90
      days! integer [days] 1..12
      price money 90..1900
      places integer "Places left" 0..16
      status! flow planned > open > full > completed / cancelled
      description longText = Small group, good shoes. | Trains only, no flights. | Two free afternoons. | With a guide who grew up there.
    `,
  },
  flight: {
    words: 'flight, airline ticket, flight ticket, train ticket, bus ticket, train, bus line, bus route',
    icon: 'plane',
    family: 'catalogue',
    made: 'staff',
    about: 'Connections, times and prices.',
    fields: `
      number!* text = @code(SL-204)
      from! text = @city
      to! text = @city
      departsAt! dateTime "Departs" -2..24
      duration integer [min] 45..620
      price! money 29..480
      seatsLeft integer "Seats left" 0..90
      status! choice onTime | delayed | boarding | departed
    `,
  },
  ticket: {
    words:
      'event ticket, concert ticket, movie ticket, admission ticket, ?seat, entrance ticket, ticketing, ticket booking, ticket information, scenic ticket',
    icon: 'ticket',
    family: 'deal',
    made: 'member',
    about: 'Who holds a ticket, and for what.',
    fields: `
      number!* text "Ticket number" = @code(T-61020)
      holder! ref @client else person
      item ref event, match, movie, attraction, trip, flight, venue else event
      seat text = Row 4, seat 12 | Row 9, seat 3 | Standing | Balcony 21 | Row 1, seat 7
      price! money 8..75
      boughtOn! date "Bought" -25..0
      status! choice valid | used | refunded
    `,
  },
  lease: {
    words:
      'lease, rental, rental record, lease agreement, rental agreement, vehicle rental, car rental, equipment rental, leasing, borrowing record, borrowing, loan of item, checkout record, book loan',
    icon: 'key-round',
    family: 'deal',
    made: 'member',
    about: 'What is out, with whom, and until when.',
    fields: `
      reference!* text = @code(R-4410)
      client! ref @client else person "Borrower"
      item ref property, vehicle, bike, inventoryItem, book, asset, room, product
      startsOn! date "From" -20..4
      dueOn! date "Back by" after startsOn 5..21
      status! flow reserved > out > returned / overdue
      price money 8..320
      notes longText = Deposit paid. | Small scratch on the left, noted. | Asked for one more week.
    `,
  },
}
