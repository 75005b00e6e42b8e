/** Kinds of things that are done at work: tasks, cases, people's time, documents that need a signature. */
import type { KindSource } from './kind.ts'

export const WORK: Readonly<Record<string, KindSource>> = {
  task: {
    words:
      'task, to-do, todo, to-do item, action item, work item, chore, to do, assignment of work, task list, todo item, to-do list, checklist item, task information',
    icon: 'list-checks',
    family: 'work',
    made: 'member',
    about: 'What is to be done, by whom and until when.',
    fields: `
      title! text = Call the printer about the flyers | Order new name badges | Clean up the mailing list | Prepare Monday's meeting | Update the price list | Check smoke alarms | Book the van | Write the spring newsletter | Answer open enquiries | Renew the domain | Back up the photos | Plan the team day | Sort the archive | Test the new till | Water the plants
      project ref project, event
      assignee ref employee, technician, @staff else person
      priority! choice low | normal | high
      status! flow open > inProgress > done / blocked
      dueOn date "Due" -6..16
      notes longText = Ask first whether it is still needed. | Takes an hour at most. | See the mail of last week.
    `,
  },
  project: {
    words:
      'project, project information, engineering project, construction project, research project, crowdfunding project, ?case study, initiative, program of work',
    icon: 'briefcase',
    family: 'work',
    made: 'staff',
    about: 'What we are working on, and how far it is.',
    fields: `
      title! text = Library extension | Brand refresh | Warehouse move | Online shop relaunch | Garden hall | Cycle path, section 2 | Annual report | School kitchen | Customer survey | Energy audit | Training programme | Archive digitisation
      photo image
      client ref customer, company else company
      lead ref employee, @staff else person
      status! flow planned > active > review > completed / onHold
      startsOn date "Start" -120..10
      dueOn! date "Due" after startsOn 30..150
      budget money 2000..68000
      description longText = Three months, two teams. | Begins with interviews. | Second attempt, with better preparation. | The part everyone sees comes last.
    `,
  },
  supportTicket: {
    words:
      'support ticket, issue, ticket, bug, bug report, incident, fault, complaint, work order, service request, fault report, problem report, repair request, maintenance request, customer service, help desk, defect, feedback, suggestion, user feedback',
    icon: 'life-buoy',
    family: 'work',
    made: 'member',
    about: 'What people report, and what came of it.',
    fields: `
      title! text = Cannot sign in after the update | Heating does not start | Invoice shows the wrong address | Page is slow in the evening | Printer on floor 2 jams | Wish: dark colours | Door closes too fast | E-mail arrives twice | Search misses umlauts | Lamp in the hallway flickers | Export has empty rows | Wrong time zone in the calendar
      reporter ref @client, employee else person "Reported by"
      item ref inventoryItem, product, vehicle, property, server, room
      assignee ref employee, technician, @staff else person
      priority! choice low | normal | high | urgent
      status! flow new > inProgress > resolved > closed / waiting
      reportedOn! date "Reported" -24..0
      description longText = Happens every time since Monday. | Only on the phone. | Was fine after a restart, then came back. | A photo is attached to the mail.
    `,
  },
  repairJob: {
    words:
      'repair job, repair, repair order, job card, service job, ?maintenance, maintenance record, car repair, repair service, repair record, maintenance task, maintenance information, maintenance plan',
    icon: 'wrench',
    family: 'work',
    made: 'staff',
    about: 'Work in the workshop, from the counter to the door.',
    fields: `
      title! text "What to do" = Full service | True rear wheel | Replace worn parts | Strange noise, find it | New brake pads | Annual inspection | Fit accessory | Bleed brakes | Broken after a fall | Does not switch on | Adjust and lubricate | Battery does not charge | Winter check | Replace cable
      customer! ref customer, @client else person
      item ref bike, vehicle, inventoryItem, property, pet, server
      assignee ref technician, employee, @staff else person "Assigned to"
      status! flow received > inRepair > ready > collected / waitingForParts
      price money 18..240
      dueOn! date "Promised for" -14..10
      isUrgent boolean "Urgent"
      notes longText = Customer waits for a call before we go above 100. | Parts are ordered. | Check the left side as well. | Was here in spring with the same.
    `,
  },
  inspection: {
    words:
      'inspection, audit, quality inspection, safety inspection, patrol, safety check, quality check, acceptance inspection, checklist, inspection record, quality control',
    icon: 'clipboard-check',
    family: 'work',
    made: 'staff',
    about: 'What was checked, by whom, with which result.',
    fields: `
      title! text = Fire extinguishers | Playground, monthly | Kitchen hygiene | Ladders and steps | Emergency lights | Delivery, batch 14 | Roof gutters | First-aid boxes | Forklift, yearly | Water quality
      location ref location, store, warehouse, property, room else place
      inspector ref @staff else person
      inspectedOn! date "Date" -30..10
      result! flow planned > inProgress > passed / failed
      score integer [%] 60..100
      findings longText = Nothing to report. | Two signs are missing. | Repeat in four weeks. | Small leak, mended on the spot.
    `,
  },
  shift: {
    words:
      'shift, work shift, roster, duty roster, automatic scheduling, ?scheduling, personnel scheduling, employee scheduling, work schedule, duty',
    icon: 'calendar-clock',
    family: 'log',
    made: 'staff',
    about: 'Who works when.',
    fields: `
      title! text "Shift" = Early shift | Late shift | Night shift | Weekend cover | Front desk | Stocktaking | Opening | Closing
      employee! ref employee, @staff else person
      startsAt! dateTime "Starts" -5..12
      hours! integer [h] 4..9
      location ref store, location, department else place
      notes longText = Swapped with a colleague. | Keys are with the caretaker.
    `,
  },
  attendance: {
    words: 'attendance record, attendance, ?check-in, clock-in, sign-in record, check-in record, absence, punch-in, attendance management',
    icon: 'user-check',
    family: 'log',
    made: 'staff',
    about: 'Who was there, and who was not.',
    fields: `
      occasion! text = Working day | Lesson | Training | Excursion | Meeting | Stocktaking | Exam | Rehearsal
      person! ref employee, student, member, @client, @staff else person
      day! date -12..0
      arrivedAt time "Arrived" = 08:02 | 08:15 | 08:31 | 08:58 | 09:04 | 07:55
      leftAt time "Left" = 16:10 | 16:45 | 17:02 | 17:30 | 15:58
      status! choice present | late | excused | absent
      notes longText = Doctor's appointment. | Train was late.
    `,
  },
  leaveRequest: {
    words: 'leave request, leave, vacation, holiday request, time off, leave application',
    icon: 'tree-palm',
    family: 'deal',
    made: 'member',
    about: 'Who is away, when, and whether it is approved.',
    fields: `
      reason! text = Summer holiday | Family matter | Moving house | Parental leave | Long weekend | Study days | Medical appointment
      employee! ref employee, @staff else person
      startsOn! date "From" -10..60
      endsOn! date "Until" after startsOn 1..14
      status! flow requested > approved > taken / rejected
      days integer [days] 1..14
    `,
  },
  payroll: {
    words: 'payroll, ?salary, ?wage, pay slip, salary record, payslip, commission record, salary information',
    icon: 'banknote',
    family: 'log',
    made: 'staff',
    about: 'What was earned and paid.',
    fields: `
      reference!* text = @code(PS-0731)
      employee! ref employee, @staff else person
      payDay! date "Pay day" -60..0
      gross! money 2300..6100
      deductions money 420..1500
      net! money 1850..4500
      status! choice draft | approved | paid
    `,
  },
  application: {
    words:
      'application form, approval, approval request, permit application, ?request, application record, approval process, reimbursement, application for permit, visa application, study abroad application, loan application, application materials, demand, claim',
    icon: 'file-check',
    family: 'deal',
    made: 'member',
    about: 'What was asked for, and what was decided.',
    fields: `
      title! text = Travel costs, Vienna | New work chair | Permit for street party | Grant for the choir | Access to the archive | Second screen | Training in autumn | Use of the hall | Refund of tickets | Change of address
      applicant! ref @client, employee, @staff else person
      submittedOn! date "Submitted" -30..0
      status! flow submitted > inReview > approved / rejected
      amount money 40..2400
      reason longText = Needed for the project in spring. | Receipts are attached. | As agreed in the last meeting.
    `,
  },
  contract: {
    words: 'contract, agreement, contract information, insurance policy, warranty, license, licence, tender, legal document',
    icon: 'scroll-text',
    family: 'deal',
    made: 'staff',
    about: 'What was agreed, with whom, and until when.',
    fields: `
      title! text = Cleaning services | Office lease | Phone and internet | Maintenance, lift | Supply of coffee | Software licences | Liability insurance | Waste collection | Security | Freelance design
      party! ref company, supplier, customer, @client else company "With"
      number* text = @code(C-2207)
      startsOn! date "Starts" -700..-10
      endsOn date "Ends" after startsOn 365..1095
      value money 300..24000
      status! flow draft > inReview > signed > ended / cancelled
      notes longText = Three months' notice. | Renews by itself each year. | Price rises with the index.
    `,
  },
  meeting: {
    words:
      'meeting, video conference, ?call, minutes, meeting minutes, interview appointment, online meeting, conference record, meeting record',
    icon: 'presentation',
    family: 'work',
    made: 'member',
    about: 'When we meet, about what, and what was decided.',
    fields: `
      title! text = Weekly round | Budget for autumn | Kick-off | Review with the client | Planning, next quarter | Parents' evening | Safety briefing | One to one | Board meeting | Retrospective
      organiser ref employee, @staff else person
      startsAt! dateTime "When" -10..14
      duration integer [min] 15..120
      place text = Room 2 | Video call | Kitchen table | Main hall | Client's office
      status! choice planned | held | cancelled
      notes longText "Decisions" = Go with the second offer. | Postponed to next month. | Everyone brings one idea. | Send the figures by Friday.
    `,
  },
  worklog: {
    words:
      'worklog, time entry, timesheet, working hours, work record, daily report, work log, work report, time tracking, weekly report, work hours, billable hours',
    icon: 'timer',
    family: 'log',
    made: 'member',
    about: 'Where the hours went.',
    fields: `
      description! text "What" = Layout of the brochure | Call with the client | Site visit | Testing | Bookkeeping | Preparing the offer | Training | Repair on site | Writing texts | Project meeting
      project ref project, customer else project
      employee ref employee, @staff else person "Who"
      workedOn! date "Day" -14..0
      hours! decimal [h] 0.5..7.5
      isBillable boolean "Billable"
    `,
  },
  goal: {
    words:
      'goal, objective, habit, okr, target, ambition, milestone, plan, study plan, learning plan, training plan, fitness plan, work plan, indicator, kpi, challenge, learning progress',
    icon: 'target',
    family: 'work',
    made: 'own',
    about: 'What we want to reach, and how near it is.',
    fields: `
      title! text = Read two books a month | Run ten kilometres | Learn 500 words of Italian | Save for the summer | Finish the portfolio | Drink more water | Publish the first article | Answer mail within a day | Walk every morning | Practise scales
      startedOn date "Started" -80..-3
      dueOn date "Until" -5..120
      progress! integer [%] 5..100
      status! flow planned > active > reached / dropped
      notes longText = A little every day. | Harder than it looked. | Ahead of plan.
    `,
  },
  report: {
    words:
      '?report, statistical report, financial report, data report, analysis report, test report, report data, research report, business report, sales report',
    icon: 'chart-column',
    family: 'content',
    made: 'staff',
    about: 'Figures and findings, written down.',
    fields: `
      title! text = Visitors, first quarter | Sales by region | Satisfaction survey | Energy use | Staff turnover | Stock at year end | Website traffic | Returns and reasons
      author text = @person
      period! text = January | February | March | First quarter | Second quarter | Last year
      status! flow draft > inReview > published
      publishedOn date "Published" -90..0
      summary longText = Up by eight per cent, mostly from regulars. | Flat, with a strong last week. | Two regions explain the drop. | Better than feared.
    `,
  },
  job: {
    words:
      '?job, vacancy, job posting, job listing, job opening, job offer, recruitment, recruitment information, job position, recruitment posting, internship, part-time job, job information',
    icon: 'briefcase-business',
    family: 'catalogue',
    made: 'staff',
    about: 'Positions to be filled.',
    fields: `
      title! text = Pastry chef | Front-end developer | Night porter | Physiotherapist | Bookkeeper | Warehouse lead | Primary school teacher | Product designer | Bicycle mechanic | Customer care, part-time
      company ref company, department else company
      city! text = @city
      kind! choice "Type" fullTime | partTime | internship | freelance
      salary money "Monthly salary" 1900..5800
      closesOn date "Apply until" -6..45
      status! flow draft > open > filled / closed
      description longText = A small team with regular hours. | Two days from home. | You learn on the job. | Start as soon as you can.
    `,
  },
  asset: {
    words:
      'costume, cylinder, key, uniform, sample, specimen, artifact, collectible, collection item, antique, toy, digital collectible, artwork, work of art, painting, craft, jewelry, clothing, outfit, garment',
    icon: 'gem',
    family: 'catalogue',
    made: 'staff',
    about: 'The pieces, where they came from and what they are worth.',
    fields: `
      name! text = Blue glass vase | Tin robot, 1958 | Harbour at dusk | Silver brooch | Paper kite | Bronze hare | Carved chess set | Map of the canals | Velvet coat | Clay whistle
      photo image
      category ref category else category
      maker ref artist, author else person
      year integer 1880..2024
      value money 20..3200
      condition! choice mint | good | fair | damaged
      description longText = From an estate in the north. | Found at a flea market. | One of forty. | Restored twice.
    `,
  },
}
