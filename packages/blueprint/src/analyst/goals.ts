/** What people shall be able to do, one plain sentence each, from the idea's own clauses. */
import { isAboutLook } from './colours.ts'
import type { Thing } from './find-things.ts'
import { capitalised, clipped, inSentence, listed, sentencesOf } from './words.ts'

const GOALS_MAX = 14
const ABILITY =
  /\b(?:(?:users?|people|visitors?|customers?|members?|students?|teachers?|players?|patients?|employees?|staff|administrators?|admins?|managers?|merchants?|i|we|they|everyone|anyone|clients?|guests?|parents?|doctors?|sellers?|buyers?|drivers?|readers?|authors?|owners?)\s+(?:should(?: also)? be able to|can(?: also)?|could|must be able to|need(?:s)? to|want(?:s)? to|may|will be able to|are able to)|allow(?:s|ing)?\s+(?:users?|people|visitors?|customers?|them|me|us|students?|players?)\s+to|where\s+(?:users?|people|players?|customers?|visitors?)\s+can|so (?:that )?(?:i|we|users) can|lets?\s+(?:me|us|users|people|customers)\s+)\s*([^.;:!?]+)/gi

const VIEWS =
  /\b(?:an? )?(?:monthly |weekly |daily )?(?:dashboard|overview|calendar|summary|report) (?:of|for|showing|with) [^,.;:!?\n]{3,80}/gi

export function goalsOf(idea: string, things: readonly Thing[]): string[] {
  const goals: string[] = []
  for (const sentence of sentencesOf(idea)) {
    if (isAboutLook(sentence)) continue
    for (const match of sentence.matchAll(ABILITY)) goals.push(...clausesOf(match[1] ?? ''))
  }
  for (const match of idea.matchAll(VIEWS)) goals.push(`See ${/^(?:an?|the)\b/i.test(match[0]) ? '' : 'a '}${match[0].trim()}`)
  const told = goals.join(' ').toLowerCase()
  for (const thing of things) {
    const head = inSentence(thing.label).split(' ').at(-1) ?? ''
    if (!told.includes(head)) goals.push(`Keep track of ${inSentence(thing.labelPlural)}`)
  }
  const seen = new Set<string>()
  return goals
    .map((goal) => clipped(capitalised(goal), 200))
    .filter((goal) => {
      const key = goal.toLowerCase()
      if (seen.has(key)) return false
      seen.add(key)
      return true
    })
    .slice(0, GOALS_MAX)
}

/** "log in, browse, search and filter rooms, and book them": a clause ends where the next verb has an object of its own. */
function clausesOf(text: string): string[] {
  const trimmed = text
    .replace(/\b(?:allowing|ensuring|making|which|so that|in order to|thereby|according to|based on)\b.*$/i, '')
    .replace(/["“”]/g, '')
  const parts = trimmed
    .split(/,\s*(?:and\s+)?|\s+and\s+/i)
    .map((part) => part.replace(/^(?:and|also|then|easily|quickly|or|as well as)\s+/i, '').trim())
    .filter(Boolean)
  const clauses: string[] = []
  let open: string[] = []
  for (const part of parts) {
    const words = part.split(/\s+/)
    const isVerb = VERBS.test(words[0] ?? '')
    if (!isVerb && clauses.length && open.length === 0) {
      clauses.push(`${clauses.pop()}, ${part}`)
      continue
    }
    open.push(part)
    if (words.length > 1 || /^(?:log ?in|register)$/i.test(part)) {
      clauses.push(open.length > 1 ? listed(open) : part)
      open = []
    }
  }
  if (open.length) clauses.push(listed(open))
  return clauses
    .map((clause) => clause.replace(/, ([^,]*)$/, (all, last: string) => (clause.includes(' and ') ? all : ` and ${last}`)).trim())
    .filter((clause) => clause.split(/\s+/).length > 1 && clause.length > 6 && !NOT_GOALS.test(clause))
}

const VERBS =
  /^(?:log|sign|register|browse|view|search|filter|sort|create|add|edit|update|delete|remove|manage|upload|download|book|order|buy|purchase|pay|make|place|send|receive|read|write|publish|post|comment|share|like|rate|review|play|watch|listen|track|record|check|see|find|select|choose|set|configure|customi[sz]e|generate|export|import|print|save|store|submit|apply|join|participate|invite|assign|approve|reject|cancel|confirm|complete|start|stop|pause|preview|use|access|learn|take|answer|ask|reply|chat|communicate|contact|consult|compare|analy[sz]e|monitor|query|calculate|convert|input|enter|fill|draw|design|plan|schedule|organi[sz]e|collect|redeem|earn|exchange|transfer|withdraw|deposit|perform|conduct|obtain|get|learn|interact|navigate|switch|click|drag|open|close|run|execute|test|edit|modify|adjust|evaluate|follow|subscribe|vote|report|request|return|rent|lend|borrow|sell|list|show|display|provide|understand|experience|engage|explore|discover|enjoy|move|zoom|rotate|scan|identify|translate|recharge|verify|bind|recover|reset|change|keep|remember|give|mark|move|handle|process|trigger|define|export|match|connect|deploy|build|develop|install|integrate|visuali[sz]e|copy|paste|crop|forward|recommend|arrange|visit|tell|let|work|do)$/i
const NOT_GOALS =
  /^(?:easily |quickly )?(?:find (?:the information|what) they|use it|understand it|interact with (?:the|it)|navigate (?:the|between|easily)|browse (?:the )?(?:website|platform|pages?|page|content|site)$|other |operate (?:the|it)|enjoy )/i
