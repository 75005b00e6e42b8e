/** Runs an agent: asks, reads, checks, and sends a wrong answer back at most twice. */
import type { Ledger } from '@slipway/domain'
import { z } from 'zod'
import type { Agent, Outcome } from './agent.ts'
import { GROUND_RULES } from './fence.ts'
import type { JsonSchema, Message, Model, Reply, StreamPart } from './model.ts'
import { readJson } from './read-json.ts'

export const REPAIRS_MAX = 2
const FAULTS_SHOWN = 20

export interface RunOptions<O> {
  /** Names this run of the agent for ledger and record; the same again when a step is repeated. */
  readonly key: string
  readonly signal: AbortSignal
  /** Told when an answer had to be rejected: its money was wasted. */
  readonly ledger?: Pick<Ledger, 'judge'>
  /** The caller's own check, after the agent's: whether it compiles, say. */
  readonly check?: (value: O) => readonly string[] | Promise<readonly string[]>
  readonly onPart?: (part: StreamPart) => void
}

/** What ledger and record call one answer of a run. @param repairs how many answers were sent back before */
export const exchangeKey = (key: string, agent: { readonly name: string }, repairs = 0): string => `${key}/${agent.name}/${repairs}`

/**
 * @throws only what `Model.exchange` throws: an unreachable vendor, a refused key or request, a reached cap, the signal's reason
 */
export async function runAgent<I, O>(agent: Agent<I, O>, input: I, model: Model, options: RunOptions<O>): Promise<Outcome<O>> {
  const { text, images } = agent.input(input)
  const asked: Message = { role: 'user', text, ...(images?.length && { images }) }
  let messages: readonly Message[] = [asked]
  let outputTokensMax = agent.limits.outputTokens
  let retryOf: string | undefined
  let tokensUsed = 0
  for (let repairs = 0; ; repairs++) {
    const reply = await model.exchange({
      key: exchangeKey(options.key, agent, repairs),
      agent: agent.name,
      system: `${agent.system()}\n\n${GROUND_RULES}`,
      messages,
      output: { name: agent.name.replaceAll('-', '_'), schema: jsonSchemaOf(agent.output) },
      outputTokensMax,
      signal: options.signal,
      ...(agent.effort && { effort: agent.effort }),
      ...(options.onPart && { onPart: options.onPart }),
      ...(retryOf && { retryOf }),
    })
    tokensUsed += reply.usage.inputTokens + reply.usage.outputTokens
    if (reply.stop === 'refused') {
      if (reply.chargeId) await options.ledger?.judge(reply.chargeId, 'wasted')
      return { kind: 'refused', tokensUsed }
    }
    const read = await readAnswer(agent, input, reply, options)
    if (read.kind === 'value') return { kind: 'answer', value: read.value, repairs, tokensUsed }
    if (reply.chargeId) await options.ledger?.judge(reply.chargeId, 'wasted')
    if (repairs >= REPAIRS_MAX) return { kind: 'gave-up', lastFault: read.fault, lastText: reply.text.slice(0, 2_000), tokensUsed }
    options.onPart?.({ kind: 'restart', reason: 'the answer has to be corrected' })
    retryOf = reply.chargeId
    if (reply.stop === 'length') {
      outputTokensMax = Math.round(outputTokensMax * 1.5)
      messages = [asked, { role: 'user', text: `Your last answer was cut off: ${read.fault} Answer in full, with shorter texts.` }]
    } else messages = [asked, { role: 'assistant', parts: reply.parts }, { role: 'user', text: rejection(read.fault) }]
  }
}

const rejection = (fault: string) =>
  `That answer cannot be used:\n${fault}\n\nGive the whole answer again with this corrected, and change nothing else.`

type Read<O> = { readonly kind: 'value'; readonly value: O } | { readonly kind: 'fault'; readonly fault: string }

async function readAnswer<I, O>(agent: Agent<I, O>, input: I, reply: Reply, options: RunOptions<O>): Promise<Read<O>> {
  if (reply.stop === 'length') return { kind: 'fault', fault: `${reply.usage.outputTokens} tokens are too many.` }
  const json = readJson(reply.text)
  if (json === undefined) return { kind: 'fault', fault: '- The answer is not JSON.' }
  const parsed = agent.output.safeParse(withoutNulls(json))
  if (!parsed.success) return { kind: 'fault', fault: faultsInWords(parsed.error.issues.map(issueInWords)) }
  const faults = [...(agent.check?.(parsed.data, input) ?? []), ...((await options.check?.(parsed.data)) ?? [])]
  return faults.length ? { kind: 'fault', fault: faultsInWords(faults) } : { kind: 'value', value: parsed.data }
}

const issueInWords = (issue: z.core.$ZodIssue) => `${issue.path.map(String).join('.') || 'the answer'}: ${issue.message}`

function faultsInWords(faults: readonly string[]): string {
  const lines = [...new Set(faults)].map((fault) => `- ${fault}`)
  const rest = lines.length - FAULTS_SHOWN
  return [...lines.slice(0, FAULTS_SHOWN), ...(rest > 0 ? [`- and ${rest} more of the same kind`] : [])].join('\n')
}

/** Models write null for what they leave out; an absent property says the same. Inside arrays and records of samples it stays. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => (inner === null ? [] : [[name, name === 'samples' ? inner : withoutNulls(inner)]])),
  )
}

/** As a vendor takes it: defaults are optional, what JSON Schema cannot say is left to our own check. */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', target: 'draft-7', unrepresentable: 'any' })
  return rest
}
