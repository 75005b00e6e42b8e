/** Finds the things that an idea wants records of, and the people it speaks about. */
import { isAboutLook } from './colours.ts'
import { impliedThings, meaningOf } from './contexts.ts'
import type { Kind } from './lexicon/kind.ts'
import { type Lexicon, phraseKey } from './lexicon/lexicon.ts'
import { findOwnNouns } from './own-nouns.ts'
import { capitalised, pluralOf, sentencesOf, singularPhrase, type Token, tokensOf } from './words.ts'

export interface Thing {
  /** In the singular, as the owner says it: "Repair job". */
  readonly label: string
  readonly labelPlural: string
  readonly kind: Kind | undefined
  readonly score: number
  /** Where it is first spoken of, for a stable order. */
  readonly at: number
}

export interface Findings {
  /** The things worth records, the most important first in the order of the idea. */
  readonly things: readonly Thing[]
  /** Kinds of people who act in the idea ("teachers can …"), in singular. */
  readonly actors: readonly string[]
}

export const THINGS_MAX = 9
const SCORE_MIN = 2

const MANAGE =
  /^(?:manag|track|record|add|creat|edit|brows|view|upload|publish|organi[sz]|keep|maintain|list|stor|collect|register|log|plan|schedul|search|monitor|sell|display|show|post|review|updat|delet|query|queri|order|buy|rent|book|reserv|assign|invit|import|export|save|sav|shar|submit|enter|find|compar|select|choos|purchas|handl|catalog|present|introduc|provid|includ|featur|receiv|issu|check|see|plac|writ|read|join|tak|process|distribut)(?:e|es|ing|ed|s|es|ting|ning|ging|y|ies|ying|h|hes)?$/
const AFTER = new Set(
  'management tracking list lists browsing display displaying inquiry querying query search searching maintenance registration editing publishing posting entry overview archive archives database catalog catalogue catalogs details information records record statistics status page pages section sections creation listing listings administration distribution booking scheduling history showcase introduction introductions system library bookings orders'.split(
    ' ',
  ),
)
const MODALS = new Set('can should must may will could to need needs want wants'.split(' '))
/** Nouns that are also verbs: the singular counts only where it cannot be one. */
const VERBS = new Set(
  'book order rent post comment review record report schedule play rate message request visit ticket plan call check lease return share bill charge contact document file form host guard test list store stock shop service plant recharge bid offer quote supply demand claim answer question quiz lead coach delivery activity place spot photo type seat goal cook dream travel star like vote watch pay breed target address trade fund log model sample plot field process feature benefit run swim exercise track leave feed study design access showcase machine train build deploy deposit'.split(
    ' ',
  ),
)
const DETERMINERS = new Set(
  'a an the my our their your his her its this that each every these those own new specific different various all any some more many other'.split(
    ' ',
  ),
)
/** "bike workshop", "food bank": the first word only says which. */
const HOUSES = new Set(
  'workshop shop bank club agency company clinic school studio centre center restaurant hotel firm office association charity bakery practice museum gym salon garage business university hospital shelter kitchen factory mall area industry enterprise institution'.split(
    ' ',
  ),
)
const APP_WORDS = new Set(
  'website app application platform system site webpage mini-program portal software tool program page homepage project plugin game function framework widget service template theme'.split(
    ' ',
  ),
)

interface Tally {
  readonly kind: Kind
  readonly surfaces: Map<string, number>
  score: number
  at: number
}

/** @param idea any text; the colours it asks for are left aside */
export function findThings(idea: string, lexicon: Lexicon): Findings {
  const sentences = sentencesOf(idea).filter((sentence) => !isAboutLook(sentence))
  const tallies = new Map<string, Tally>()
  const actors = new Map<string, number>()
  const used: Token[][] = []
  let offset = 0
  sentences.forEach((sentence, number) => {
    const tokens = tokensOf(sentence)
    const left = [...tokens]
    for (let index = 0; index < tokens.length; index++) {
      const match = matchAt(tokens, index, lexicon, idea)
      if (!match) continue
      const { kind, length, key } = match
      const weight = weigh(tokens, index, length, kind, key, number)
      if (weight.isActor) actors.set(key, (actors.get(key) ?? 0) + 1)
      if (weight.score > 0) {
        const tally = tallies.get(kind.name) ?? { kind, surfaces: new Map(), score: 0, at: offset + index }
        const surface = surfaceOf(tokens, index, length)
        tally.surfaces.set(surface, (tally.surfaces.get(surface) ?? 0) + weight.score)
        if (tally.score < 1 && weight.score >= 1) tally.at = offset + index
        tally.score += weight.score
        tallies.set(kind.name, tally)
      }
      for (let at = index; at < index + length; at++) left[at] = { word: '', singular: '', text: '' }
      index += length - 1
    }
    used.push(left)
    offset += tokens.length
  })
  const known: Thing[] = [...tallies.values()].map(({ kind, surfaces, score, at }) => {
    const label = labelFor(surfaces, kind)
    return { label, labelPlural: pluralOf(label), kind, score, at }
  })
  for (const { kind, label, at } of impliedThings(idea, lexicon))
    if (!known.some((thing) => thing.kind === kind && thing.score >= SCORE_MIN))
      known.push({ label, labelPlural: pluralOf(label), kind, score: SCORE_MIN, at })
  const own = findOwnNouns(used).map(({ noun, score, at }) => {
    const label = capitalised(singularPhrase(noun))
    return { label, labelPlural: pluralOf(label), kind: undefined, score, at }
  })
  const chosen = [...known, ...own]
    .filter((thing) => thing.score >= SCORE_MIN)
    .toSorted((a, b) => b.score - a.score || a.at - b.at)
    .slice(0, THINGS_MAX)
    .toSorted((a, b) => a.at - b.at)
  return { things: distinct(chosen), actors: [...actors].toSorted((a, b) => b[1] - a[1]).map(([actor]) => actor) }
}

/** The longest phrase of the lexicon that begins at `index`. */
function matchAt(
  tokens: readonly Token[],
  index: number,
  lexicon: Lexicon,
  idea: string,
): { kind: Kind; length: number; key: string } | undefined {
  for (let length = Math.min(lexicon.wordsMax, tokens.length - index); length > 0; length--) {
    const run = tokens.slice(index, index + length)
    const key = run.map((token) => token.singular).join(' ')
    const kind = meaningOf(key, lexicon.index.get(key), idea, lexicon)
    if (kind) return { kind, length, key }
  }
  return undefined
}

function weigh(tokens: readonly Token[], index: number, length: number, kind: Kind, key: string, sentence: number) {
  const nothing = { score: 0, isActor: false }
  const first = tokens[index] as Token
  const last = tokens[index + length - 1] as Token
  const before = tokens[index - 1]?.word ?? ''
  const before2 = tokens[index - 2]?.word ?? ''
  const after = tokens[index + length]?.word ?? ''
  const isPlural = last.word !== last.singular
  if (length === 1 && before === 'in' && first.word === 'stock') return nothing
  if (length === 1 && !isPlural && APP_WORDS.has(first.word)) return nothing
  if (/^(?:inquiry|query|search|study)$/.test(key) && isPlain(before) && !MANAGE.test(before)) return nothing
  if (key === 'machine' && after === 'learning') return nothing
  if (key === 'player' && /^(?:music|audio|video|media|multimedia)$/.test(before)) return nothing
  if (key === 'client' && tokens.some((token) => token.singular === 'server')) return nothing
  if (length === 1 && isPlural && /^(?:that|which|it|website|platform|app|system)$/.test(before) && VERBS.has(first.singular))
    return nothing
  if (length === 1 && !isPlural && VERBS.has(first.word)) {
    if (/^(?:|to|can|and|,|or|i|we|you|they|users|also|not|then|please|\w+ly)$/.test(before) && (DETERMINERS.has(after) || isPlain(after)))
      return nothing
    if (before === 'to' || before === 'can') return nothing
    if (before === 'in' && after === 'to') return nothing
  }
  const isPerson = kind.family === 'client' || kind.family === 'staff'
  const isActor =
    isPerson &&
    (MODALS.has(after) ||
      /^(?:allow|allows|allowing|enable|enables|enabling|let|lets|help|helps|helping|for|by|where|between)$/.test(before))
  // "for a bike workshop", "the hotel website": the house itself, of which there is only one.
  const isSetting =
    !isPlural &&
    (APP_WORDS.has(after) ||
      (after === 'management' && APP_WORDS.has(tokens[index + length + 1]?.word ?? '')) ||
      (sentence === 0 && settingBefore(tokens, index)))
  if (!isPlural && HOUSES.has(after)) return { score: 0.2, isActor }
  const isHouse = kind.family === 'place' || kind.family === 'group' || kind.name === 'event' || kind.name === 'repairJob'
  if (isSetting && isHouse) return nothing
  if (kind.name === 'company' && !isPlural && !/^(?:information|management)$/.test(after)) return { score: 0.3, isActor }
  if (isHouse && kind.family !== 'group' && !isPlural && !AFTER.has(after) && !MANAGE.test(before)) return { score: 0.3, isActor }
  let score = kind.weakWords.has(key) ? 0.4 : 1.6
  if (MANAGE.test(before) || ((DETERMINERS.has(before) || isPlain(before)) && MANAGE.test(before2))) score += 1
  if (AFTER.has(after)) score += kind.weakWords.has(key) ? 1.4 : 1
  if (
    (before === ',' || before === ':' || before === 'and' || before2 === ',') &&
    (after === ',' || after === 'and' || after === '.' || after === '' || after === 'with')
  )
    score += kind.weakWords.has(key) ? 0.6 : 0.8
  if (sentence === 0 && !APP_WORDS.has(after)) score += 0.4
  if (isActor && !MANAGE.test(before)) score = Math.min(score, 0.6)
  if (/^(?:about|no|without|not)$/.test(before)) score = Math.min(score, 0.3)
  return { score, isActor }
}

/** Whether "for a", "of my", "at our" and at most two adjectives stand before the phrase. */
function settingBefore(tokens: readonly Token[], index: number): boolean {
  for (let at = index - 1; at >= Math.max(0, index - 4); at--) {
    const word = tokens[at]?.word ?? ''
    if (/^(?:a|an|my|our|the)$/.test(word)) return /^(?:for|of|at|by|run|in|from|about)$/.test(tokens[at - 1]?.word ?? '')
    if (/^[,.:;]$/.test(word) || word === 'and') return false
  }
  return false
}

const isPlain = (word: string) => /^[a-z]/.test(word) && !/^(?:and|or|of|for|in|on|to|with|by|from|at|is|are|as|their|its)$/.test(word)

/** The phrase as the owner wrote it; words that only say "data about" are left out. */
function surfaceOf(tokens: readonly Token[], index: number, length: number): string {
  const texts = tokens.slice(index, index + length).map((token) => (/^[A-Z]{2,}$/.test(token.text) ? token.text : token.text.toLowerCase()))
  while (texts.length > 1 && FILLERS.has((texts.at(-1) ?? '').toLowerCase()) && !/(?:ed|al|ing)$/.test(texts.at(-2) ?? '')) texts.pop()
  return singularPhrase(texts.join(' '))
}

const FILLERS = new Set('information detail details data content record records management'.split(' '))

/** The owner's most frequent words for it, unless those would be odd as the name of a single record. */
function labelFor(surfaces: ReadonlyMap<string, number>, kind: Kind): string {
  const [surface = ''] = [...surfaces].toSorted((a, b) => b[1] - a[1])[0] ?? []
  const usual = kind.words[0] ?? kind.name
  const isOdd =
    /ing$|(?:ment|ance|tion|ry|ics|list|storage|\bforms?)$/.test(surface) &&
    !kind.words.slice(0, 1).includes(surface) &&
    !PROPER_ENDINGS.test(surface)
  return capitalised(isOdd || MASS.has(surface) || /^(?:real estate|inbound and outbound|human resource)$/.test(surface) ? usual : surface)
}

const PROPER_ENDINGS =
  /(?:announcement|advertisement|document|equipment|appointment|department|treatment|assignment|apartment|attraction|question|transaction|reservation|subscription|publication|application|consultation|location|competition|collection|category|story|diary|inquiry|entry|quotation|donation|achievement|experiment|station|notification|inspection|prescription|medication|performance|deployment|measurement|destination|organi[sz]ation|company|accommodation|instance|ambulance|auction|position|exhibition|gallery|query|factory|delivery|meeting|building|listing|recording|painting|drawing|setting|booking|training|ranking|reading|posting|vacancy|grocery|delivery|battery|library|country|city|property|activity|party|celebrity|community|opportunity|duty|activity|facility|reply)$/
const MASS = new Set(
  'data content excel audio real estate housing inbound outbound weather multimedia literature goods merchandise stock inventory staff personnel recruitment procurement logistics food billing equipment hardware information feedback payroll attendance music news lead generation'.split(
    ' ',
  ),
)

/** Two phrases for the same thing would become two tables. */
function distinct(things: readonly Thing[]): Thing[] {
  const seen = new Set<string>()
  return things.filter((thing) => {
    const key = phraseKey(thing.label)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
