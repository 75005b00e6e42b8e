/** Kinds of things around health, home and money of one's own. */
import type { KindSource } from './kind.ts'

export const WELLBEING: Readonly<Record<string, KindSource>> = {
  prescription: {
    words: 'prescription, medication, medicine, drug, medication reminder, medication record, pill, vaccine, medical supply',
    icon: 'pill',
    family: 'log',
    made: 'staff',
    about: 'What is taken, how often and until when.',
    fields: `
      medicine! text = Ibuprofen 400 mg | Vitamin D | Amoxicillin 500 mg | Metformin 850 mg | Cetirizine 10 mg | Iron tablets | Eye drops | Magnesium
      patient ref patient, member, pet, @client else person "For"
      doctor ref doctor else person "By"
      dosage! text = One in the morning | Two after meals | Half at night | Three times a day
      startsOn! date "From" -30..0
      endsOn date "Until" after startsOn 5..60
      notes longText = Not on an empty stomach. | Finish the whole pack. | Ask again in six weeks.
    `,
  },
  medicalRecord: {
    words:
      'medical record, health record, diagnosis, case history, treatment record, health archive, electronic medical record, patient record, treatment plan, test report of patient, health information, health data',
    icon: 'clipboard-list',
    family: 'log',
    made: 'staff',
    about: 'What was found, and what was done.',
    fields: `
      title! text = Yearly check-up | Sprained ankle | Allergy test | Blood pressure review | Follow-up after surgery | Skin check | Back pain | Eye test | Cough, three weeks
      patient! ref patient, pet, member, @client else person
      doctor ref doctor else person
      recordedOn! date "Date" -200..0
      status! flow open > inTreatment > closed
      findings longText = Within the normal range. | Rest for a week, then physiotherapy. | To be repeated in three months. | Referred to a specialist.
    `,
  },
  workout: {
    words:
      'workout, exercise session, run, training log, fitness record, sport record, exercise record, sports data, swim, ride log, step count, fitness activity',
    icon: 'dumbbell',
    family: 'log',
    made: 'own',
    about: 'What was trained, how long and how hard.',
    fields: `
      title! text = Morning run | Intervals | Upper body | Long ride | Yoga at home | Swim, 40 lengths | Hill walk | Legs and core | Easy jog | Climbing
      doneOn! date "Day" -30..0
      minutes! integer "Length" [min] 20..110
      distance decimal [km] 2..42
      effort! choice easy | moderate | hard
      calories integer [kcal] 120..900
      notes longText = Good legs today. | Wind from the front, both ways. | Stopped early, knee.
    `,
  },
  mealEntry: {
    words: 'meal entry, diet record, food diary, food log, diet, calorie entry, meal plan, nutrition record, diet plan',
    icon: 'salad',
    family: 'log',
    made: 'own',
    about: 'What was eaten, and what was in it.',
    fields: `
      title! text = Porridge with apple | Lentil soup | Cheese sandwich | Pasta with peas | Yoghurt and nuts | Rice, tofu, broccoli | Tomato salad | Omelette
      meal! choice breakfast | lunch | dinner | snack
      day! date -14..0
      calories! integer [kcal] 120..820
      protein integer [g] 4..46
      notes longText = Second helping. | Eaten outside. | Too salty.
    `,
  },
  measurement: {
    words:
      'measurement, body weight, weight entry, blood pressure, health metric, blood sugar, vital sign, body data, heart rate, temperature record, ?reading, meter reading, health indicator, environmental data, water quality data',
    icon: 'activity',
    family: 'log',
    made: 'own',
    about: 'Values over time.',
    fields: `
      title! text "What" = Weight | Pulse at rest | Blood pressure, upper | Temperature | Steps | Sleep | Humidity, cellar | Water meter | Electricity meter
      person ref patient, member, pet, @client
      value! decimal 12..140
      unit text = kg | bpm | mmHg | °C | h | % | m³ | kWh
      measuredOn! date "Day" -30..0
      notes longText = Before breakfast. | After the stairs. | New device.
    `,
  },
  transaction: {
    words:
      'transaction, expense, income, transaction record, financial record, money transfer, transfer, spending, income and expense, consumption record, bank transaction, ledger entry, account entry, bookkeeping entry, cash flow, cost, consumption, financial transaction, balance inquiry, expenditure',
    icon: 'arrow-up-down',
    family: 'log',
    made: 'own',
    about: 'What came in and what went out.',
    fields: `
      description! text = Groceries | Rent | Salary | Train ticket | Electricity | Dinner with friends | Shoe repair | Insurance | Refund | Books | Gym | Birthday present | Freelance work | Phone
      account ref bankAccount, customer, @client
      kind! choice "Type" expense | income
      category ref category, budget else topic
      amount! money 4..1900
      bookedOn! date "Date" -40..0
      isRecurring boolean "Every month"
    `,
  },
  bankAccount: {
    words:
      'bank account, wallet, savings account, ?account, fund account, payment account, account balance, ?fund, financial account, balance, account information, asset account, member account',
    icon: 'wallet',
    family: 'group',
    made: 'own',
    about: 'Where the money lies.',
    fields: `
      name!* text = Current account | Savings | Household cash | Holiday fund | Business account | Emergency fund
      holder ref customer, member, @client else person
      bank text = Harbour Bank | Credit Union North | Linden Savings
      number* text "Account number" = @code(4417-0082-301)
      balance! money 120..18400
      status! choice active | frozen | closed
    `,
  },
  budget: {
    words: 'budget, spending limit, financial plan, savings goal, cost estimate',
    icon: 'piggy-bank',
    family: 'group',
    made: 'own',
    about: 'What may be spent on what.',
    fields: `
      name!* text = Food | Housing | Going out | Travel | Health | Clothes | Presents | Savings
      planned! money "Planned" 60..1400
      spent money "Spent" 20..1300
      period! choice monthly | quarterly | yearly
      notes text = Less than last year. | Shared by two. | Review in June.
    `,
  },
  loan: {
    words: 'loan, ?credit, mortgage, debt, lending, installment, loan product, financing, repayment, repayment record',
    icon: 'landmark',
    family: 'deal',
    made: 'staff',
    about: 'What was lent, to whom, and what is still open.',
    fields: `
      number!* text = @code(LN-3304)
      borrower! ref customer, member, @client, company else person
      amount! money 800..42000
      interest! decimal "Interest" [%] 1.2..8.9
      startedOn! date "Started" -900..-5
      dueOn date "Due" after startedOn 365..1800
      remaining money "Still open" 100..30000
      status! flow requested > approved > running > repaid / rejected
    `,
  },
  insurance: {
    words: 'insurance, insurance product, policy contract, insurance plan, insurance claim',
    icon: 'umbrella',
    family: 'deal',
    made: 'staff',
    about: 'What is insured, for whom and at which price.',
    fields: `
      number!* text "Policy number" = @code(POL-7712)
      holder! ref customer, @client else person
      kind! choice "Type" liability | household | travel | vehicle | health
      premium! money "Premium" 40..900
      startsOn! date "Starts" -700..-10
      endsOn date "Ends" after startsOn 365..730
      status! choice active | expired | cancelled
    `,
  },
  holding: {
    words:
      'holding, investment, stock holding, ?asset holding, fund product, cryptocurrency, bitcoin, digital currency, ?token, ?coin, nft, investment product, financial product, portfolio holding, currency, virtual currency, crypto asset, fund information, stock information',
    icon: 'coins',
    family: 'catalogue',
    made: 'own',
    about: 'What is held, and what it is worth.',
    fields: `
      name!* text = World index fund | Green bonds | Bitcoin | Harbour Bank shares | Gold | Ether | Nordic small caps | Short-term treasury
      symbol* text = WLD | GRN | BTC | HRB | XAU | ETH | NSC | STT
      units! decimal 0.2..240
      price! money "Price" 18..2400
      change decimal "Change today" [%] 0.1..4.2
      boughtOn date "Bought" -900..-5
      risk! choice low | medium | high
    `,
  },
  trade: {
    words:
      '?trade, buy order, sell order, trading order, trade record, transaction order, trading record, trading strategy, exchange order, currency exchange',
    icon: 'trending-up',
    family: 'log',
    made: 'own',
    about: 'What was bought and sold, and at which price.',
    fields: `
      reference!* text = @code(TR-20118)
      holding ref holding
      side! choice buy | sell
      units! decimal 0.1..60
      price! money 20..2300
      tradedOn! date "Date" -40..0
      status! flow placed > partlyFilled > completed / cancelled
    `,
  },
  household: {
    words:
      'shopping list, grocery, grocery list, household item, pantry item, shopping item, wardrobe item, belongings, packing list, fridge item',
    icon: 'shopping-basket',
    family: 'catalogue',
    made: 'own',
    about: 'What is there, and what is missing.',
    fields: `
      name! text = Oat milk | Rice | Tomatoes, tinned | Washing powder | Coffee beans | Light bulbs | Olive oil | Onions | Dog food | Candles
      quantity! integer 1..6
      place choice kitchen | cellar | bathroom | hallway
      useBy date "Use by" -4..120
      isNeeded boolean "Needed"
      price money 1..14
    `,
  },
}
