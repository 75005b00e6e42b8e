/** What kinds of things an app of a certain sort usually keeps, for ideas that name few, and to ask about. */
import type { Kind } from './lexicon/kind.ts'
import type { Lexicon } from './lexicon/lexicon.ts'

const SETS: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:bike|bicycle|cars?\b|auto|repair|garage|workshop)\b.*\b(?:workshop|repair|garage|shop)\b/i,
    'customer repairJob part technician invoice',
  ],
  [/\bhotel|homestay|guest ?house|hostel|bed and breakfast/i, 'room booking guest service review'],
  [/\brestaurant|food|takeaway|takeout|catering|coffee|cafe|milk tea|pizza/i, 'dish order booking review coupon'],
  [/\b(?:clinic|hospital|medical|doctor|dental|patient|health)/i, 'patient appointment doctor prescription service'],
  [/\b(?:salon|barber|spa\b|beauty|massage|hair)/i, 'appointment service customer technician review'],
  [/\b(?:gym|fitness|yoga|workout|sport)/i, 'classSession member workout teacher event'],
  [
    /\b(?:school|course|education|training|learn|teach|student|exam|quiz|tutor|class(?:es)?\b)/i,
    'course lesson student assignment exam teacher',
  ],
  [/\b(?:library|books?\b|reading|novel)/i, 'book author member lease review'],
  [/\b(?:e-?commerce|shop|mall|store|sell|shopping|retail|goods)/i, 'product order customer category review coupon'],
  [
    /\b(?:company (?:website|profile)|corporate|brand official|business (?:website|showcase)|showcase|official|landing|portfolio|agency|studio|personal website)/i,
    'service project article testimonial contactMessage',
  ],
  [/\b(?:warehouse|inventory|stock|logistics|supply)/i, 'product stockMovement warehouse supplier purchaseOrder'],
  [/\b(?:travel|tour|trip|scenic|flight)/i, 'trip destination booking attraction review'],
  [/\b(?:real estate|rent\b|rental|house|property|apartment|housing)/i, 'property tenant appointment contract agent'],
  [/\b(?:job|recruit|hiring|talent|resume)/i, 'job candidate company appointment'],
  [/\b(?:crm|sales|leads?\b|scrm|client)/i, 'customer lead task meeting invoice'],
  [/\b(?:payroll|employee|hr\b|attendance|office automation|\boa\b|personnel)/i, 'employee department leaveRequest attendance task'],
  [/\b(?:finance|budget|expense|accounting|money|bill|loan|bank|fund|payment|wallet)/i, 'transaction bankAccount budget invoice customer'],
  [/\b(?:bitcoin|crypto|stock market|trading|invest|securities|forex|nft|token|blockchain)/i, 'holding trade transaction article'],
  [/\b(?:games?\b|gaming|battle|puzzle|player|tetris|chess|cards?\b)/i, 'player gameRound gameLevel achievement'],
  [/\b(?:match|football|basketball|league|tournament|esports|score)/i, 'match team player competition'],
  [/\b(?:music|song|playlist|album|audio|sound|voice|podcast)/i, 'song album artist playlist'],
  [/\b(?:movie|film|video|anime|tv\b|stream)/i, 'video category comment playlist'],
  [/\b(?:photo|image|picture|gallery|drawing|painting|wallpaper|avatar|watermark|logo)/i, 'photo album comment category'],
  [/\b(?:forum|community|social|dating|friend|chat|messag|communicat)/i, 'post topic comment message group'],
  [/\b(?:survey|poll|vote|questionnaire|forms?\b)/i, 'survey question surveyAnswer form'],
  [/\b(?:blog|news|article|magazine|content management|cms|wiki|wordpress)/i, 'article category author comment'],
  [/\b(?:wedding|event|conference|ticket|concert|exhibition)/i, 'event registration venue ticket'],
  [/\b(?:charity|donat|volunteer|welfare)/i, 'donation donor volunteer project event'],
  [/\b(?:pets?\b|animal|veterinar)/i, 'pet customer appointment service'],
  [/\b(?:farm|agricultur|crop)/i, 'plant field task measurement'],
  [/\b(?:garden|plant)/i, 'plant task location measurement'],
  [/\b(?:vinyl|lps?)\b/i, 'vinylRecord lease artist'],
  [/\b(?:bakery|cakes?)\b/i, 'cake order customer'],
  [/\b(?:vehicle|cars?\b|taxi|driver|parking|charging|ride)/i, 'vehicle driver booking repairJob'],
  [/\b(?:to-?do|task|project|team|kanban|collaborat|productiv|schedul)/i, 'task project meeting note'],
  [/\b(?:notes?\b|diary|journal|memo|bookmark)/i, 'note notebookEntry link'],
  [/\b(?:recipe|cook|meal|diet|nutrition|calorie)/i, 'recipe mealEntry goal'],
  [/\b(?:convert|conversion|translat|generat|extract|pars|encrypt|compress|process|edit|pdf|ocr)\w*/i, 'conversionJob document preset'],
  [/\b(?:monitor|server|network|database|api\b|cloud|deploy|devops|logs?\b)/i, 'server alert incidentNote check'],
  [/\b(?:data|analysis|analytics|report|visuali|chart|statistic|metric)/i, 'dataset report reading indicator'],
  [/\b(?:code|plugin|framework|library|component|developer|github|programming|test(?:s|ing)?\b)/i, 'snippet component testCase release'],
  [/\b(?:ai|artificial|model|prompt|gpt|chatbot|intelligent)\b/i, 'prompt generation conversation preset'],
  [/\b(?:maps?\b|location|weather|gps|route)/i, 'location route reading'],
  [/\b(?:company|enterprise|brand|business|introduc|website|homepage)/i, 'service project article testimonial'],
]
const LAST_RESORT = 'note category'

/** Kinds that suit the idea, the most fitting first; never empty. */
export function suggestionsFor(idea: string, lexicon: Lexicon): readonly Kind[] {
  const names = [
    ...SETS.filter(([expression]) => expression.test(idea)).flatMap(([, kinds]) => kinds.split(' ')),
    ...LAST_RESORT.split(' '),
  ]
  return [...new Set(names)].flatMap((name) => lexicon.kinds.get(name) ?? [])
}
