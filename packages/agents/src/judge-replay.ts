/** What a replay comes to, agent by agent: how many ask the same, what it costs now, and what a vendor's cache could serve. */
import type { PromptTokens, ReplayedAgent } from '@slipway/domain'
import { messagesTokens } from './model.ts'
import { type AskedPrompt, askedPrompt, newMessages, type RecordedExchange } from './record.ts'
import type { ReplayedExchange } from './replay.ts'

export interface ReplayJudge {
  /** @param id of the exchange within the recording; one that a step asks again counts once */
  hear(id: string, asked: ReplayedExchange): void
  /** By name. */
  agents(): ReplayedAgent[]
}

interface Tally {
  exchanges: number
  same: number
  otherOutput: number
  different: number
  unrecorded: number
  recorded: PromptTokens | null
  now: PromptTokens
  firstDifference: string | null
  lastPrompt: { recorded: string | undefined; now: string | undefined }
}

/** @param expected every exchange that should be asked, by its id */
export function replayJudge(expected: ReadonlyMap<string, { readonly agent: string }>): ReplayJudge {
  const heard = new Set<string>()
  const tallies = new Map<string, Tally>()
  const tallyOf = (agent: string): Tally => {
    const known = tallies.get(agent)
    if (known) return known
    const zero = { input: 0, cacheable: 0 }
    const lastPrompt = { recorded: undefined, now: undefined }
    const counts = { exchanges: 0, same: 0, otherOutput: 0, different: 0, unrecorded: 0 }
    const fresh: Tally = { ...counts, recorded: zero, now: zero, firstDifference: null, lastPrompt }
    tallies.set(agent, fresh)
    return fresh
  }

  return {
    hear(id, { request, known }) {
      if (heard.has(id)) return
      heard.add(id)
      const tally = tallyOf(request.agent)
      tally.exchanges++
      if (!known) {
        tally.unrecorded++
        return
      }
      const { exchange, comparison } = known
      if (comparison.kind === 'same') tally.same++
      else if (comparison.kind === 'other-output') tally.otherOutput++
      else tally.different++
      if (comparison.kind === 'different') tally.firstDifference ??= `${request.key}: ${comparison.difference}`
      const asked = askedPrompt(request)
      tally.now = plus(tally.now, tokensOf(asked, newMessages(request.messages), tally.lastPrompt.now))
      tally.recorded = tally.recorded && exchange.asked ? plus(tally.recorded, thenTokens(exchange, tally.lastPrompt.recorded)) : null
      tally.lastPrompt = { recorded: exchange.asked?.promptHash, now: asked.promptHash }
    },

    agents() {
      const unasked = new Map<string, number>()
      for (const [id, { agent }] of expected) if (!heard.has(id)) unasked.set(agent, (unasked.get(agent) ?? 0) + 1)
      const names = [...new Set([...tallies.keys(), ...unasked.keys()])].sort()
      return names.map((agent) => {
        const { recorded, now, lastPrompt: _, ...tally } = tallyOf(agent)
        return { agent, ...tally, unasked: unasked.get(agent) ?? 0, tokens: { recorded, now } }
      })
    },
  }
}

const thenTokens = (exchange: RecordedExchange, last: string | undefined) =>
  tokensOf(exchange.asked as AskedPrompt, exchange.request.messages, last)

/** The prompt stands as it stood in the agent's exchange before, and so does everything that was said before what is new. */
function tokensOf(asked: AskedPrompt, fresh: Parameters<typeof messagesTokens>[0], lastPrompt: string | undefined): PromptTokens {
  const said = asked.inputTokens - asked.promptTokens - messagesTokens(fresh)
  return { input: asked.inputTokens, cacheable: Math.max(0, said) + (asked.promptHash === lastPrompt ? asked.promptTokens : 0) }
}

const plus = (a: PromptTokens, b: PromptTokens): PromptTokens => ({ input: a.input + b.input, cacheable: a.cacheable + b.cacheable })
