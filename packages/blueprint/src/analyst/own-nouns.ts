/** Nouns that the lexicon does not know but the idea plainly wants to keep: what stands behind "manage", or before "management". */
import { singularOf, type Token } from './words.ts'

interface OwnNoun {
  readonly noun: string
  readonly score: number
  readonly at: number
}

const KEEP =
  /^(?:manage|manages|managing|track|tracks|tracking|record|recording|add|adding|catalogue|catalog|create|creating|maintain|maintaining|store|storing|organi[sz]e|organi[sz]ing|keep|register|collect|collecting)$/
const TRADE = /^(?:order|sell|selling|book|rent|lend|buy|which|brew|grow|bake|repair|restore|collect|adopt|browse|publish)$/
const SKIP = new Set(
  'a an the my our their your its all any some various different new existing own multiple of each every other relevant related several specific personal detailed custom corresponding'.split(
    ' ',
  ),
)
/** Words that end a noun phrase. */
const STOP = new Set(
  `and or for with in on to from by at as through using via based according including such when where which that who while so is are be it them they
  etc also then after before between into like within during about can should users user without over per if of`.split(/\s+/),
)
/** Heads that name the app, its parts, or nothing that could be a record. */
const NO_RECORD = new Set(
  `functionality function feature management system platform website app application page webpage interface user admin administrator module
  data information content operation process experience design style layout format way process access use usage time real-time permission role right
  setting account login registration password search filter sort display view display navigation button menu control component element effect
  performance speed security quality status state result detail overview history analysis analytics statistics visualization tracking monitoring editing
  creation deletion modification update change improvement optimization support help need ability option choice mode level number amount value list
  table row column field form type kind method environment code script parameter variable rule logic structure configuration version
  file image photo video text audio picture music sound color colour background font size animation icon logo link url browser device screen mobile
  computer server database client network internet web online offline end side backend frontend front-end back-end homepage mini-program
  center area part section item thing record progress action activity step input output request response query export import upload download
  integration connection communication interaction notification reminder alert error problem solution knowledge learning reading playing viewing
  life world people person person's business work job industry market marketing sale development production management service technology
  language environment resource tool program software hardware framework library plugin template theme demand requirement purpose
  goal plan strategy scheme basis condition relationship group combination collection selection range scale distribution trend total sum average
  recommendation introduction generation conversion transformation calculation detection recognition identification prediction evaluation comparison
  key code word place name title date day week month year hour order case point line end body head eye hand dashboard due stock start report reports
  opinion idea feeling attention interest memory moment trace track share sharing like favorite fun entertainment mischief simplicity everything anything
  something nothing others etc platform's website's system's shop workshop office firm studio practice business one lot bit kind sort overview
  contact inquiry signature verification validation authentication authorization encryption payment chat message conversation comment
  appearance preference customization personalization integrity safety privacy compatibility stability reliability efficiency accuracy convenience`.split(
    /\s+/,
  ),
)

/** @param sentences tokens by sentence, with the words that the lexicon took blanked out */
export function findOwnNouns(sentences: readonly (readonly Token[])[]): OwnNoun[] {
  const found = new Map<string, { score: number; at: number; noun: string }>()
  let offset = 0
  const add = (words: readonly Token[], score: number, at: number) => {
    const noun = nounOf(words)
    if (!noun) return
    const key = noun.split(' ').map(singularOf).join(' ')
    const known = found.get(key)
    if (known) known.score += score
    else found.set(key, { score, at: offset + at, noun })
  }
  for (const tokens of sentences) {
    tokens.forEach((token, index) => {
      if (KEEP.test(token.word)) {
        const { words, end } = phraseFrom(tokens, index + 1)
        add(words, words.at(-1)?.word !== words.at(-1)?.singular ? 1.7 : 1, index)
        if (/^[,&]$/.test(tokens[end]?.word ?? '') || tokens[end]?.word === 'and') {
          const next = phraseFrom(tokens, end + 1)
          if (next.words.at(-1)?.word !== next.words.at(-1)?.singular) add(next.words, 1.2, end)
        }
      }
      if (TRADE.test(token.word)) {
        const { words } = phraseFrom(tokens, index + 1)
        if (words.at(-1)?.word !== words.at(-1)?.singular) add(words, 1.1, index)
      }
      if (token.word === 'management' || token.word === 'tracking') add(phraseBefore(tokens, index), 1.6, index)
      if (/^(?:of|:|,)$/.test(token.word) || /^(?:my|our|their)$/.test(token.word)) {
        const { words } = phraseFrom(tokens, index + 1)
        const last = words.at(-1)
        if (last && last.word !== last.singular) add(words, token.word === ':' || /^(?:my|our|their)$/.test(token.word) ? 1.1 : 0.6, index)
      }
    })
    offset += tokens.length
  }
  return [...found.values()]
}

function phraseFrom(tokens: readonly Token[], start: number): { words: Token[]; end: number } {
  let index = start
  while (SKIP.has(tokens[index]?.word ?? '-')) index++
  const words: Token[] = []
  while (index < tokens.length && words.length < 4) {
    const token = tokens[index] as Token
    if (!/^[a-z]/.test(token.word) || STOP.has(token.word) || KEEP.test(token.word)) break
    words.push(token)
    index++
  }
  return { words: words.length > 3 ? [] : words, end: index }
}

function phraseBefore(tokens: readonly Token[], end: number): Token[] {
  const words: Token[] = []
  for (let index = end - 1; index >= 0 && words.length < 3; index--) {
    const token = tokens[index] as Token
    if (!/^[a-z]/.test(token.word) || STOP.has(token.word) || SKIP.has(token.word) || KEEP.test(token.word)) break
    words.unshift(token)
  }
  return words
}

/** The phrase in lower case, without what only says "data about"; '' where nothing is left that could be a record. */
function nounOf(tokens: readonly Token[]): string {
  let words = tokens.map((token) => token)
  while (words.length > 1 && /^(?:information|details?|data|records?|content|contents|list|lists)$/.test(words.at(-1)?.word ?? ''))
    words = words.slice(0, -1)
  const head = words.at(-1)
  if (!head || NO_RECORD.has(head.singular) || NO_RECORD.has(head.word) || head.word.length < 3) return ''
  if (
    /(?:ly|ing|ive|able|ible|ful|ous|ally|ic|al|ed)$/.test(head.word) &&
    !/(?:festival|animal|hospital|recital|trial|mural|string|ring|building|wedding|clothing|topic|comic|mosaic|clinic|seed|bed|feed)s?$/.test(
      head.word,
    )
  )
    return ''
  if (words.some((word) => /^\d/.test(word.word))) return ''
  return words.map((word) => (/^[A-Z]{2,}$/.test(word.text) ? word.text : word.word)).join(' ')
}
