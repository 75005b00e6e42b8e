/** Kinds of things around software, data and machines. */
import type { KindSource } from './kind.ts'

export const TECHNICAL: Readonly<Record<string, KindSource>> = {
  server: {
    words:
      'server, host machine, cloud server, virtual machine, database instance, node, network device, computer, container, cluster, service instance, monitored website, monitored service, domain name, domain, cloud host, cloud resource, proxy, sensor, camera, monitoring device, smart device, iot device, machine tool',
    icon: 'server',
    family: 'catalogue',
    made: 'staff',
    about: 'What is running, and how it is doing.',
    fields: `
      name!* text = web-1 | web-2 | mail | db-primary | db-replica | backup | gateway | build | search | cache
      address text "Address" = 10.0.1.11 | 10.0.1.12 | 10.0.2.5 | 10.0.3.21 | 10.0.3.22 | 10.0.9.4
      location ref location, store, warehouse else place
      load integer "Load" [%] 4..92
      status! choice online | degraded | down
      checkedOn date "Last checked" -2..0
      owner ref employee, technician else person
      notes longText = Renew the certificate in June. | Moved in spring. | Restarts on Sunday night.
    `,
  },
  alert: {
    words:
      'alert, alarm, warning, early warning, alarm record, alert record, abnormal event, security event, vulnerability, threat, risk, abnormality, exception, alarm information, spam report, spam, trojan horse, virus',
    icon: 'bell',
    family: 'work',
    made: 'staff',
    about: 'What went wrong, and who looks after it.',
    fields: `
      title! text = Disk almost full | No answer for five minutes | Certificate ends soon | Many failed sign-ins | Temperature too high | Queue grows | Backup missing | Slow answers | Battery low | Door open too long
      source ref server, check, apiEndpoint, inventoryItem, dataset else system
      severity! choice low | medium | high | critical
      status! flow open > investigating > resolved / ignored
      raisedAt! dateTime "Raised" -10..0
      assignee ref employee, technician, @staff else person
      notes longText = Came back after an hour. | Cleared by itself. | Same cause as last week.
    `,
  },
  check: {
    words:
      'monitor, monitoring task, health check, probe, monitoring item, monitoring point, alert rule, ?rule, filter rule, trigger, automation rule, conversion rule, verification rule, blacklist, whitelist, keyword, filter word',
    icon: 'activity',
    family: 'catalogue',
    made: 'staff',
    about: 'What is watched, and from which value on.',
    fields: `
      name!* text = Answers within 800 ms | Disk above 85 per cent | Certificate, 14 days left | Orders per hour | Failed payments | Temperature hall B | Backup is younger than a day | Error share
      target ref server, apiEndpoint, dataset, form else system
      limit decimal "Limit" 1..90
      interval integer "Every" [min] 1..60
      lastValue decimal "Last value" 1..90
      isActive boolean "Active"
    `,
  },
  apiEndpoint: {
    words:
      'api, api endpoint, endpoint, interface definition, api interface, web service, webhook, api key, api document, route definition, mock api, interface information, data source, data interface, database, database connection, connection',
    icon: 'webhook',
    family: 'catalogue',
    made: 'staff',
    about: 'Where data comes from and goes to.',
    fields: `
      name!* text = Orders, read | Orders, write | Customers | Prices | Stock levels | Search | Exchange rates | Webhook: paid
      address! text = /v1/orders | /v1/customers | /v1/prices | /v1/stock | /v1/search | /hooks/paid
      method! choice read | write | event
      status! choice active | degraded | down
      callsPerDay integer "Calls per day" 20..48000
      duration integer "Typical time" [ms] 12..640
      notes longText = Key changes every quarter. | At most 100 per minute. | Version 2 is on its way.
    `,
  },
  dataset: {
    words:
      'dataset, data set, data table, ?data, data collection, data import, excel file, excel, csv file, spreadsheet, csv, statistical data, training data, json file, json data, metadata, data entry, table data, log file, ?log, experimental data, business data, operation log, system log, access log, data resource',
    icon: 'table',
    family: 'catalogue',
    made: 'member',
    about: 'Data, where it comes from and how fresh it is.',
    fields: `
      name!* text = Sales, daily | Visitors by hour | Stock at midnight | Survey, wave 2 | Energy, quarter hours | Delivery times | Prices of competitors | Sensor hall B | Returns by reason
      source text = Till | Web shop | Meter | Survey | Export by hand | Warehouse
      rows! integer "Rows" 120..84000
      status! flow received > checked > published / faulty
      updatedOn! date "Updated" -20..0
      owner ref employee, author else person
      description longText = One row per receipt. | Missing for two days in March. | Without personal data. | Cleaned, ready to use.
    `,
  },
  indicator: {
    words:
      'metric, indicator, statistic, business indicator, performance indicator, data indicator, performance metric, analysis metric, key figure, traffic statistic, ?trend',
    icon: 'gauge',
    family: 'log',
    made: 'staff',
    about: 'Figures to steer by.',
    fields: `
      name! text = Orders per day | Returning visitors | Average basket | Answer time | Sick days | Energy per unit | Stock turnover | Open complaints | Occupancy
      value! decimal 2..240
      target decimal 4..260
      unit text = per day | % | min | kWh | days
      measuredOn! date "Date" -40..0
      state! choice "State" onTrack | late | critical
    `,
  },
  reading: {
    words:
      'sensor reading, sensor data, weather, weather record, weather forecast, real-time datum, monitoring data, environmental reading, energy consumption, electricity consumption, meter value, weather information, air quality',
    icon: 'thermometer',
    family: 'log',
    made: 'staff',
    about: 'What was measured, where and when.',
    fields: `
      title! text "What" = Temperature | Humidity | Wind | Rain | Power | Water flow | Air quality | Light
      place ref location, server, field else place
      value! decimal 1..98
      unit text = °C | % | km/h | mm | kW | l/min | lux
      measuredAt! dateTime "When" -5..0
      state! choice "State" normal | high | critical
    `,
  },
  conversionJob: {
    words:
      'conversion, conversion record, conversion history, conversion task, processing task, processing record, file conversion, translation, translation record, batch job, ?job queue, generation task, export job, transcoding task, scan task, scraping task, crawl task, crawler task, backup task, scheduled task, migration task, calculation, calculation record, data processing task, print job, download task, extraction, comparison, editing history, processing history, encryption record, search record, query record, query history, sending record',
    icon: 'refresh-cw',
    family: 'work',
    made: 'member',
    about: 'What was to be processed, with which settings, and what came out.',
    fields: `
      title! text "Source" = Minutes of March.pdf | holiday-video.mov | Price list 2025.xlsx | interview-02.wav | floor-plan.svg | letters.docx | orders.csv | logo-draft.png | archive.zip | chapter-7.txt
      from! text "From" = PDF | MOV | XLSX | WAV | SVG | DOCX | CSV | PNG
      to! text "To" = Text | MP4 | CSV | MP3 | PNG | PDF | JSON | WebP
      preset ref preset, template
      status! flow queued > running > done / failed
      size decimal [MB] 0.1..240
      startedAt! dateTime "Started" -10..0
      result longText = 14 pages, two without text. | Half the size, no visible loss. | Three rows were skipped. | As expected.
    `,
  },
  preset: {
    words:
      'preset, parameter set, setting profile, configuration profile, filter preset, ai model, ?model, 3d model, machine model, style preset, configuration, system configuration, ?parameter',
    icon: 'sliders-horizontal',
    family: 'catalogue',
    made: 'member',
    about: 'Settings to use again.',
    fields: `
      name!* text = Small files | Best quality | For print | For the web | Quick draft | Black and white | Archive | Voice only
      description text = Good enough for mail. | Slow, without loss. | 300 dots per inch. | Under one megabyte.
      quality! integer [%] 40..100
      used integer "Times used" 0..160
      isDefault boolean "Default"
    `,
  },
  prompt: {
    words: 'prompt, prompt word, keyword prompt, text prompt, ai prompt, writing prompt',
    icon: 'sparkles',
    family: 'content',
    made: 'own',
    about: 'What was asked for, worth asking again.',
    fields: `
      title! text = Harbour at dawn, watercolour | Summary in three sentences | Names for a tea | Polite refusal | Isometric library | Lesson plan, fractions | Product text, short | Fox in a raincoat
      text! longText = A quiet harbour at dawn, two boats, soft watercolour, wide format. | Summarise the text below for somebody who has one minute. | Ten names for a tea with apple and thyme; short, warm, easy to say.
      purpose! choice image | text | table | code
      rating rating
      used integer "Times used" 1..60
    `,
  },
  generation: {
    words:
      'generated image, generated text, generation record, generated result, ai result, creation record, ai painting, ai image, ai work, generation history, generated content, generated document, ai drawing, image generation, recognition result, recognition record, prediction, prediction result, analysis result, detection record, recognition',
    icon: 'sparkles',
    family: 'content',
    made: 'own',
    about: 'What came out, and whether it was good.',
    fields: `
      title! text = Harbour, first try | Harbour, warmer | Tea names, round 2 | Summary for the board | Library from above | Fox, blue coat | Lesson, shortened | Logo sketch C
      image image
      prompt ref prompt
      status! flow requested > running > done / rejected
      rating rating
      createdOn! date "Made" -20..0
      notes longText = Light is right, hands are not. | Use the second paragraph. | Too long. | Keep this one.
    `,
  },
  snippet: {
    words:
      'snippet, code snippet, source code, ?code, code library, repository, code repository, program code, algorithm, sql statement, script, script file, query statement, ?query, sql query, test script, git repository, code file, ?program',
    icon: 'file',
    family: 'content',
    made: 'own',
    about: 'Code worth keeping, with what it does.',
    fields: `
      title! text = Sort by two keys | Read a CSV by line | Debounce input | Monthly totals | Resize to a square | Retry with pause | Slug from a title | Find duplicates
      language! choice typescript | python | sql | shell | java
      code longText = select month, sum(total) from orders group by month order by month | const slug = title.toLowerCase().replace(/[^a-z0-9]+/g, '-') | for line in open(path): print(line.rstrip())
      project ref project, category else topic
      version text = 1.0 | 1.1 | 2.0
      updatedOn! date "Updated" -90..0
      isPublic boolean "Public"
    `,
  },
  component: {
    words:
      'component, ui component, widget, plugin, extension, module of software, package of software, library entry, chart, chart type, dashboard widget, metacomponent, ui element, framework component, ?module, mini-game, browser extension, wordpress plugin, tool of software, function module, open source project, app listing, ?application, ?software, software product, system module',
    icon: 'puzzle',
    family: 'catalogue',
    made: 'staff',
    about: 'Building blocks, and in which state they are.',
    fields: `
      name!* text = Date picker | Data table | Side navigation | Image slider | Toast | Upload field | Line chart | Search box | Tabs | Colour swatch
      category ref category else category
      version! text = 0.9 | 1.0 | 1.2 | 2.0 | 2.1
      status! flow draft > testing > stable / deprecated
      downloads integer 20..9200
      updatedOn date "Updated" -120..0
      description longText = Works with the keyboard alone. | Adapts to narrow screens. | Two sizes, four tones.
    `,
  },
  testCase: {
    words:
      'test case, test run, test record, unit test, test task, regression test, automated test, test plan, test item, performance test, game testing, test execution',
    icon: 'square-check',
    family: 'work',
    made: 'staff',
    about: 'What is tested, and whether it holds.',
    fields: `
      title! text = Sign in with a wrong password | Cart keeps its content | Export opens in a spreadsheet | Search finds umlauts | Two people edit at once | Page in 200 per cent zoom | Order with voucher | Delete and undo
      component ref component, release, project, apiEndpoint else system
      priority! choice low | normal | high
      status! flow open > running > passed / failed
      runOn! date "Last run" -14..0
      seconds integer "Took" [s] 1..240
      notes longText = Fails only on slow networks. | Needs a fresh database. | Stable for a month.
    `,
  },
  release: {
    words:
      'release, version, deployment, build, software version, app version, changelog entry, publication record, upgrade, firmware, environment, server environment',
    icon: 'rocket',
    family: 'work',
    made: 'staff',
    about: 'What went out, when, with which changes.',
    fields: `
      name!* text = 1.4.0 | 1.4.1 | 1.5.0 | 1.6.0 | 2.0.0 | 2.0.1 | 2.1.0
      component ref component, project
      status! flow planned > testing > released / rolledBack
      releasedOn! date "Date" -120..20
      changes longText = Faster search, two fixes. | New export; the old one stays for a year. | Security update.
      owner ref employee else person
    `,
  },
  form: {
    words: '?form, web form, dynamic form, online form, custom form, form template, form field, application template, registration form',
    icon: 'clipboard',
    family: 'catalogue',
    made: 'staff',
    about: 'Forms, what they ask and whether they are open.',
    fields: `
      name!* text = Registration, summer camp | Damage report | Order form, canteen | Feedback after the course | Membership | Travel costs | Room request | Change of address
      description text = Two pages. | Needs a signature. | For members only. | Answers go to the office.
      fieldCount integer "Questions" 4..24
      status! flow draft > published > closed
      answers integer "Answers" 0..240
      closesOn date "Open until" -5..60
    `,
  },
  incidentNote: {
    words:
      'incident report, incident note, troubleshooting record, knowledge base, knowledge article, knowledge, help article, documentation, knowledge entry, technical document, knowledge point, documentation page, manual, tutorial document, user manual, knowledge graph, blog documentation',
    icon: 'book-open',
    family: 'content',
    made: 'staff',
    about: 'What we know, written so that others find it.',
    fields: `
      title! text = When mail does not arrive | Moving to a new server | First week, first steps | Restoring a backup | Reading the error log | Opening the workshop | Ordering on account | What to do in a power cut
      category ref category, component else topic
      author ref employee, author else person
      status! flow draft > inReview > published / outdated
      updatedOn! date "Updated" -200..0
      text longText = Begin with the simplest check: is it plugged in, and is it the right one? Then follow the list from top to bottom. | Keep calm, write down the time, and call the second number on the door.
    `,
  },
  conversation: {
    words:
      'ai conversation, chatbot conversation, dialogue, question answering, ai dialogue, ai chat, intelligent question answering, chat session, robot conversation',
    icon: 'message-circle',
    family: 'talk',
    made: 'own',
    about: 'Questions and answers, kept for later.',
    fields: `
      title! text = Plan for a small garden | Letter to the landlord | Explain compound interest | Ideas for a quiz night | Bug in the totals | Packing for rain | Names for a boat
      prompt ref prompt
      status! choice open | answered | archived
      messages integer 2..40
      startedOn! date "Started" -20..0
      summary longText = Three beds, one path, nothing that needs daily care. | Polite, with the date. | Worked after the second hint.
    `,
  },
}
