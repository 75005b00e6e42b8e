/** Whether a question is the one that was recorded: its prompt, and what is new in it since the exchange before. */
import { withoutChance } from './failure-signature.ts'
import type { Message, ModelRequest } from './model.ts'
import { askedPrompt, newMessages, type RecordedExchange } from './record.ts'

export interface Comparison {
  /** `other-output`: asked the same, but commands that were run again said something else. */
  readonly kind: 'same' | 'other-output' | 'different'
  /** Where the first difference is, and what stands there now; null for `same`. */
  readonly difference: string | null
}

const SAME: Comparison = { kind: 'same', difference: null }
const SHOWN_MAX = 160

/** What came before is judged by the exchange before. Times, ids and the order of lines do not count. */
export function compareExchange(known: RecordedExchange, request: ModelRequest): Comparison {
  const different = (difference: string): Comparison => ({ kind: 'different', difference })
  if (known.request.system !== request.system) return different(`the system text: ${firstOther(known.request.system, request.system)}`)
  const tools = (request.tools ?? []).map(({ name }) => name)
  if (JSON.stringify(known.request.tools) !== JSON.stringify(tools)) return different(`the tools: ${tools.join(', ')}`)
  if (known.asked && known.asked.promptHash !== askedPrompt(request).promptHash) {
    return different(tools.length ? 'what a tool says of itself' : 'the shape of the answer')
  }
  const [then, now] = [known.request.messages, newMessages(request.messages)]
  if (then.length !== now.length) return different(`${now.length} new messages where there were ${then.length}`)
  let found = SAME
  for (const [index, message] of now.entries()) {
    const seen = compareMessages(then[index] as Message, message)
    if (seen.kind === 'different') return seen
    if (found.kind === 'same') found = seen
  }
  return found
}

function compareMessages(then: Message, now: Message): Comparison {
  if (then.role === 'tool' && now.role === 'tool') {
    const index = now.results.findIndex(({ text }, at) => plain(text) !== plain(then.results[at]?.text ?? ''))
    if (index < 0) return SAME
    const { name, text } = now.results[index] as (typeof now.results)[number]
    return { kind: 'other-output', difference: `what ${name} said: ${firstOther(then.results[index]?.text ?? '', text)}` }
  }
  if (then.role !== 'user' || now.role !== 'user') return { kind: 'different', difference: `a message of ${now.role}` }
  const pictures = (message: typeof now) => JSON.stringify(message.images?.map(({ base64 }) => base64) ?? [])
  if (pictures(then) !== pictures(now)) return { kind: 'different', difference: 'the pictures' }
  if (plain(then.text) === plain(now.text)) return SAME
  const difference = firstOther(then.text, now.text)
  const isOutput = plain(withoutOutput(then.text)) === plain(withoutOutput(now.text))
  return isOutput ? { kind: 'other-output', difference } : { kind: 'different', difference: `a message: ${difference}` }
}

/** Fenced blocks in which commands speak. @see coder-loop.ts, agents/reviewer.ts */
const OUTPUT = /<data name="(?:output|evidence|what .*? said)" id="(\w+)">[\s\S]*?<\/data id="\1">/g
const withoutOutput = (text: string) => text.replace(OUTPUT, '<output>')

/** Lines of a text, or of a text inside JSON, as far as they are not up to chance. */
const linesOf = (text: string) => withoutChance(text.replace(/<(\/?data[^>]*?) id="\w+">/g, '<$1>')).split(/\n|\\n/)
const plain = (text: string) => linesOf(text).toSorted().join('\n')

function firstOther(then: string, now: string): string {
  const known = new Set(linesOf(then))
  const fresh = linesOf(now).find((line) => !known.has(line))
  if (fresh !== undefined) return JSON.stringify(fresh.slice(0, SHOWN_MAX))
  const left = new Set(linesOf(now))
  const gone = linesOf(then).find((line) => !left.has(line))
  return gone === undefined ? 'a line more often or less often' : `without ${JSON.stringify(gone.slice(0, SHOWN_MAX))}`
}
