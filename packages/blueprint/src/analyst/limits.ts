/** What a compiled records app cannot do by itself: recognised in the idea, and said before hope is spent. */
export interface Limit {
  /** Stable, for requirements and questions. */
  readonly id: string
  readonly title: string
  /** `model`: a model's coder can build it on top. `later`: it needs an account, a device or a service from outside. */
  readonly delivery: 'model' | 'later'
  readonly expression: RegExp
  /** One sentence for the brief: what is missing, and what there is instead. */
  readonly note: string
  readonly given: string
  readonly when: string
  readonly then: string
}

const limit = (
  id: string,
  delivery: Limit['delivery'],
  title: string,
  expression: RegExp,
  note: string,
  given: string,
  when: string,
  then: string,
): Limit => ({
  id,
  delivery,
  title,
  expression,
  note,
  given,
  when,
  then,
})

/** In the order in which they are told. */
export const LIMITS: readonly Limit[] = [
  limit(
    'payment',
    'later',
    'Take payments online',
    /\b(?:(?:online|wechat|mobile|card|make|making|secure|bank|third-party|in-app|complete|perform) pay(?:ments?)?|paypal|stripe|alipay|pay(?:ment)? (?:gateway|provider|integration|operations?|function\w*)|checkout|top-?up|recharg\w+|withdraw\w*|pay online|payments?)\b/i,
    'Taking money online needs an account with a payment provider; until then amounts are recorded and marked as paid by hand.',
    'an account with a payment provider is connected',
    'somebody pays',
    'the amount is charged, and the record says so',
  ),
  limit(
    'chat',
    'model',
    'Talk in real time',
    /\b(?:chat(?:s|ting|room)?|instant messag\w+|real-time (?:communication|messag\w+|chat)|private chats?|group chats?|voice messages?|live chat|customer service chat)\b/i,
    'Live chat is not compiled; messages are kept as records that people write and answer.',
    'two people have the conversation open',
    'one of them writes',
    'the other sees it at once, without loading the page again',
  ),
  limit(
    'game',
    'model',
    'Play the game itself',
    /\b(?:game ?play|mini-?game|h5 game|web game|game (?:website|page|application|platform where)|playing (?:the )?game|battle|puzzle game|\w+ game where|play (?:the )?games?|start the game|game rules|game scores?|tetris|snake game|2048|sudoku)\b/i,
    'The game itself is not compiled; players, rounds, scores and rankings are kept around it.',
    'a player has started a round',
    'the player makes a move',
    'the game follows its rules, and the score is saved at the end',
  ),
  limit(
    'ai',
    'later',
    'Let AI do part of the work',
    /\b(?:ai|a\.i\.|artificial intelligence|machine learning|deep learning|gpt|chatgpt|llm|large language|neural|intelligent (?:recommendation|analysis|recognition|question|customer)|image recognition|face recognition|facial recognition|speech (?:recognition|synthesis)|voice recognition|text-to-\w+|generate (?:images?|text|articles?)|gemini|openai|stable diffusion|sentiment analysis|prediction model)\b/i,
    'What AI should produce needs a model service and its key; requests and results are kept as records, entered by hand until then.',
    'a model service is connected',
    'somebody asks for a result',
    'the answer appears with the request and is kept',
  ),
  limit(
    'media',
    'model',
    'Play and process sound and video',
    /\b(?:video (?:playback|player|processing|conversion|editing|call|conferenc\w+|upload\w*)|audio (?:playback|player|processing|conversion|editing)|play(?:ing|s)? (?:the )?(?:selected )?(?:videos?|audio\w*|music|songs?|podcasts?)|live ?stream\w*|music player|watch (?:the )?videos?|voice (?:broadcast\w*|conversion|calls?)|screen record\w+|webrtc)\b/i,
    'Playing and converting sound and video is not compiled; titles, links and details are kept, and a link opens the recording.',
    'a recording is stored with its record',
    'somebody presses play',
    'it plays inside the page and can be paused',
  ),
  limit(
    'convert',
    'model',
    'Convert and process files',
    /\b(?:convert(?:s|ing)?|conversion|transcod\w+|compress(?:ing|ion)?|ocr|extract(?:s|ing)? (?:text|data|content)|pdf|watermark|batch processing|file (?:processing|parsing)|pars(?:e|ing)|image (?:processing|editing|stitching|cropping)|edit(?:ing)? images?|crop|encrypt\w*|decrypt\w*)\b/i,
    'Converting and processing files is not compiled; each job is kept as a record with its file name, settings and state.',
    'a file has been chosen',
    'the work is started',
    'the result can be downloaded, and the job says what was done',
  ),
  limit(
    'scrape',
    'later',
    'Fetch data from other sites and services',
    /\b(?:scrap(?:e|ing)|crawl\w*|web spider|third-party (?:api|platform|data)\w*|api integration|(?:stock|market|weather|exchange rate|live score) (?:data|api|feed)|rss|synchroni[sz]\w+ (?:with|from|data)|real-time (?:prices?|quotes?|scores?|weather)|gmail|twitter|facebook|tweets?|instagram|youtube|tiktok|google (?:sheets|calendar|maps?))\b/i,
    'Data from other sites and services needs access to them; it is entered by hand or imported until then.',
    'access to the other service is set up',
    'its data changes',
    'the change arrives here without anybody typing it',
  ),
  limit(
    'map',
    'model',
    'Show places on a map',
    /\b(?:maps?|gps|geolocation|navigation route|nearby|location-based|route planning|positioning|geograph\w+)\b/i,
    'Maps are not compiled; addresses and cities are kept and can be searched and filtered.',
    'records have an address',
    'the map is opened',
    'they appear at their place, and a click opens the record',
  ),
  limit(
    'notify',
    'later',
    'Send messages to the outside',
    /\b(?:sms|text messages?|push notifications?|email (?:notifications?|reminders?|alerts?|sending|delivery|marketing|verification)|send(?:ing|s)? (?:an? )?(?:emails?|e-mails?|sms|newsletters?|notifications?|reminders?)|mass mail\w*|verification codes?|reminders?|alert notifications?|xmpp)\b/i,
    'Sending e-mail, SMS or push messages needs a mail or SMS provider; what is due is shown in the app instead.',
    'a provider for messages is connected',
    'something becomes due',
    'the people it concerns receive a message',
  ),
  limit(
    'chart',
    'model',
    'Draw special charts and visualisations',
    /\b(?:data visuali[sz]ation|visuali[sz]\w+|heat ?maps?|3d|three-dimensional|large-screen|big screen|knowledge graph|network diagram|gantt|mind map|flow ?charts?|candlestick|k-line|line charts?|pie charts?|echarts|d3(?:\.js)?|virtual reality|vr\b|augmented reality|ar\b)\b/i,
    'The dashboard counts, sums and charts the records; visualisations beyond that are not compiled.',
    'there are records to show',
    'the view is opened',
    'the figures are drawn as asked and react to the pointer',
  ),
  limit(
    'designer',
    'model',
    'Design by dragging on a canvas',
    /\b(?:drag(?:ging)?(?:-| and )?(?:and )?drop\w*|dragging|low-code|no-code|canvas|whiteboard|page builder|visual editor|rich text edit\w*|form (?:builder|designer|generator)|drawing board|code editor|online editor|spreadsheet|ide\b|template editor)\b/i,
    'A drag-and-drop designer is not compiled; the same content is kept in forms and lists.',
    'the designer is open',
    'an element is dragged to a new place',
    'it stays there, and saving keeps the arrangement',
  ),
  limit(
    'device',
    'later',
    'Talk to devices and machines',
    /\b(?:iot|sensors?|bluetooth|arduino|raspberry|hardware|smart home|plc|camera feed|surveillance|qr code scan\w*|scan(?:ning)? (?:qr|the code|codes?|barcodes?)|wearable|remote control|server monitoring|monitor(?:ing)? (?:server|network|database|system|api|interface|traffic|performance)\w*|network (?:scan\w*|device)|drone|robot)\b/i,
    'Reading devices, servers or cameras needs them connected; readings and states are entered or imported until then.',
    'the device is connected',
    'it reports a value',
    'the value is stored with its time, and warnings appear on the dashboard',
  ),
  limit(
    'chain',
    'later',
    'Trade and settle on outside networks',
    /\b(?:blockchain|bitcoin|ethereum|crypto\w*|nft|smart contracts?|web3|tokens? (?:swap|sale|transfer)|defi|wallet connect\w*|metamask|liquidity|mining)\b/i,
    'Nothing is traded on a blockchain or an exchange; holdings and transactions are kept as records.',
    'an exchange or a wallet is connected',
    'somebody trades',
    'the trade is settled there, and the result is recorded here',
  ),
  limit(
    'social-sign-in',
    'later',
    'Sign in with an outside account',
    /\b(?:(?:wechat|google|facebook|apple|github|third-party|social|phone number|sms|face) (?:login|log-in|sign-in|authori[sz]ation|authentication)|single sign-on|sso|oauth|ldap|fingerprint)\b/i,
    'Signing in with an outside account needs an agreement with that provider; people sign in with e-mail and password.',
    'the outside provider is set up',
    'somebody chooses it on the sign-in page',
    'they are signed in without a password of their own here',
  ),
  limit(
    'languages',
    'model',
    'Offer several languages',
    /\b(?:multi-?lingual|multi-?language|multiple languages|several languages|language switch\w*|internationali[sz]ation|i18n|bilingual)\b/i,
    'The app is written in one language; further languages are added on top.',
    'a second language is offered',
    'somebody chooses it',
    'menus, forms and messages appear in that language',
  ),
  limit(
    'algorithm',
    'model',
    'Calculate what is special to this idea',
    /\b(?:algorithm\w*|simulat\w+|automatic(?:ally)? (?:scheduling|generat\w+|calculat\w+|match\w+|book\w+|detect\w+|trad\w+|transl\w+)|calculator|personali[sz]ed recommend\w+|recommendation (?:system|algorithm|engine)|matching system|route optimi[sz]ation|random (?:draw|selection|generator)|translat(?:e|ion)|quantitative|backtest\w*)\b/i,
    'Automatic calculation and matching special to this idea are not compiled; inputs and results are kept as records.',
    'the inputs are entered',
    'the calculation is started',
    'the result is right for known examples, and is kept',
  ),
]

/** The limits that an idea touches, in the order in which they are told. */
export const limitsOf = (text: string): readonly Limit[] => LIMITS.filter(({ expression }) => expression.test(text))
