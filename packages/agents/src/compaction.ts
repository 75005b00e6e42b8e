/** Keeps a long conversation within a model's window: old tool output goes first, then old turns become a summary. No model is asked. */
import { type Message, messagesTokens, type ToolCall } from './model.ts'

export interface CompactionLimits {
  /** Compact from here on. */
  readonly tokensMax: number
  /** What of the end is kept word for word. */
  readonly keepTokens: number
}

const WINDOW_SHARE = 0.75
const TOKENS_MAX = 200_000
const KEEP_TOKENS = 20_000
const WINDOW_UNKNOWN = 64_000

/** Three quarters of the window, at most 200,000 tokens; a window that is not known counts as 64,000. */
export function compactionLimits(contextTokens: number | null): CompactionLimits {
  const tokensMax = Math.min(TOKENS_MAX, Math.floor((contextTokens ?? WINDOW_UNKNOWN) * WINDOW_SHARE))
  return { tokensMax, keepTokens: Math.min(KEEP_TOKENS, Math.floor(tokensMax / 3)) }
}

/** `facts`: what is true now, whatever was said: changed files, the last verification. The first message always stays. */
export function compact(messages: readonly Message[], limits: CompactionLimits, facts: string): readonly Message[] {
  if (messagesTokens(messages) <= limits.tokensMax) return messages
  const kept = tailStart(messages, limits.keepTokens)
  const shorter = messages.map((message, index) => (index < kept ? withoutOutput(message) : message))
  if (messagesTokens(shorter) <= limits.tokensMax * 0.6) return shorter
  const [first, ...rest] = messages
  if (!first) return messages
  const dropped = rest.slice(0, kept - 1)
  return [first, { role: 'user', text: summaryOf(dropped, facts) }, ...messages.slice(kept)]
}

/** Where the part begins that is kept: at an assistant's turn, so that every call keeps its result. */
function tailStart(messages: readonly Message[], keepTokens: number): number {
  let tokens = 0
  let start = messages.length
  for (let index = messages.length - 1; index > 0; index--) {
    tokens += messagesTokens([messages[index] as Message])
    if (tokens > keepTokens && start < messages.length) break
    if ((messages[index] as Message).role === 'assistant') start = index
  }
  return start === messages.length ? lastAssistant(messages) : start
}

function lastAssistant(messages: readonly Message[]): number {
  const index = messages.findLastIndex((message) => message.role === 'assistant')
  return index < 1 ? messages.length : index
}

function withoutOutput(message: Message): Message {
  if (message.role !== 'tool') return message
  const results = message.results.map((result) =>
    result.text.length > 400
      ? { ...result, text: `[${result.text.split('\n').length} lines of output left out; call ${result.name} again if you need them]` }
      : result,
  )
  return { ...message, results }
}

const CALLS_TOLD = 60

function summaryOf(messages: readonly Message[], facts: string): string {
  const results = new Map(
    messages.flatMap((message) => (message.role === 'tool' ? message.results.map((result) => [result.callId, result] as const) : [])),
  )
  const told = messages.flatMap((message) =>
    message.role === 'assistant'
      ? message.parts.flatMap((part) =>
          part.kind === 'call'
            ? [`- ${callInWords(part.call)}${results.get(part.call.id)?.isError ? ' (failed)' : ''}`]
            : part.kind === 'text' && part.text.trim()
              ? [`- you said: ${part.text.trim().slice(0, 300)}`]
              : [],
        )
      : message.role === 'user'
        ? [`- you were told: ${message.text.slice(0, 300)}`]
        : [],
  )
  const rest = told.length - CALLS_TOLD
  return `The conversation was shortened. What you did so far${rest > 0 ? ` (the first ${rest} left out)` : ''}:\n${told.slice(-CALLS_TOLD).join('\n')}\n\n${facts}\n\nRead files again before you edit them. Go on with the task.`
}

function callInWords({ name, input, inputText }: ToolCall): string {
  const { path, command, pattern } = (input ?? {}) as { path?: unknown; command?: unknown; pattern?: unknown }
  return `${name} ${String(command ?? pattern ?? path ?? inputText).slice(0, 160)}`
}
