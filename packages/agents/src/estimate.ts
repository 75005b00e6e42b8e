/** Before: what a stage will probably cost, with a range. */
import type { Charge, Estimate, EstimateRange as Range } from '@slipway/domain'
import { costOf, type Price } from './prices.ts'

/** One kind of call of a stage; tokens per call. */
export interface PlannedCalls {
  readonly agent: string
  readonly calls: Range
  readonly inputTokens: Range
  readonly outputTokens: Range
  /** The part of the input that the vendor's cache will probably serve, 0 to 1. */
  readonly cachedShare: number
}

/** `priceOf` is asked per agent, because each may have its own model. The high end knows no cache. */
export function estimateOf(planned: readonly PlannedCalls[], priceOf: (agent: string) => Price | null): Estimate {
  const rows = planned.map((part) => ({
    calls: part.calls,
    tokens: each((end) => part.calls[end] * (part.inputTokens[end] + part.outputTokens[end])),
    micros: microsOf(part, priceOf(part.agent)),
  }))
  const priced = rows.flatMap(({ micros }) => (micros ? [micros] : []))
  return {
    calls: sum(rows.map((row) => row.calls)),
    tokens: sum(rows.map((row) => row.tokens)),
    micros: priced.length === rows.length ? sum(priced) : null,
  }
}

function microsOf(part: PlannedCalls, price: Price | null): Range | null {
  if (!price) return null
  return each((end) => {
    const inputTokens = Math.round(part.inputTokens[end])
    const cachedTokens = end === 'high' ? 0 : Math.round(inputTokens * part.cachedShare)
    const one = costOf({ inputTokens, cachedTokens, cacheWriteTokens: 0, outputTokens: Math.round(part.outputTokens[end]) }, price) ?? 0
    return Math.ceil(one * part.calls[end])
  })
}

const ENDS = ['low', 'likely', 'high'] as const
const each = (value: (end: (typeof ENDS)[number]) => number): Range => ({ low: value('low'), likely: value('likely'), high: value('high') })
const sum = (ranges: readonly Range[]): Range => each((end) => ranges.reduce((total, range) => total + range[end], 0))
const range = (low: number, likely: number, high: number): Range => ({ low, likely, high })

/** What is known of a stage before it starts; counts, except for characters of text that goes in. */
export type StageSize =
  | { readonly stage: 'brief'; readonly characters: number }
  | { readonly stage: 'spec'; readonly characters: number }
  | { readonly stage: 'backlog'; readonly characters: number; readonly cards: number; readonly requirements: number }
  | { readonly stage: 'plan'; readonly characters: number; readonly requirements: number }
  | { readonly stage: 'revise-spec'; readonly characters: number }
  | { readonly stage: 'revise-plan'; readonly characters: number; readonly requirements: number }
  | { readonly stage: 'code'; readonly characters: number; readonly tasks: number }
  /** `names`: what can be named in a design. */
  | { readonly stage: 'refine'; readonly characters: number; readonly names: number }

/**
 * Calls of a stage from its size. The shapes are ours (system texts, answers and loops of this room as they are), to be replaced
 * by `fromHistory` once there is one.
 */
export function plannedCalls(size: StageSize): readonly PlannedCalls[] {
  const text = Math.ceil(size.characters / 4)
  const input = (own: number) => range(own + text, own + Math.round(text * 1.2), own * 2 + text * 2)
  const once = (agent: string, own: number, output: Range): PlannedCalls => ({
    agent,
    calls: range(1, 1.2, 3),
    inputTokens: input(own),
    outputTokens: output,
    cachedShare: 0,
  })
  const writeSpec = () => once('write-spec', 4_000, range(4_000, 8_000, 20_000))
  switch (size.stage) {
    case 'brief':
      return [{ ...once('business-analyst', 1_500, range(300, 700, 2_000)), calls: range(1, 3, 6) }]
    case 'revise-spec':
      return [writeSpec()]
    case 'spec':
      return [writeSpec(), { ...once('name-app', 200, range(10, 20, 60)), calls: range(1, 1, 2) }]
    case 'backlog': {
      const epics = Math.max(3, Math.ceil(size.requirements / 4))
      const stories = Math.max(6, size.requirements * 1.5)
      return [
        ...(size.cards
          ? [
              {
                ...once('analyze-cards', 1_000, range(40, 80, 160)),
                outputTokens: range(size.cards * 40, size.cards * 80, size.cards * 160),
              },
            ]
          : []),
        once('write-epics', 1_000, range(epics * 150, epics * 250, epics * 500)),
        { ...once('write-stories', 1_200, range(1_000, 1_800, 4_000)), calls: range(epics * 0.7, epics, epics * 2), cachedShare: 0.6 },
        { ...once('write-subtasks', 1_200, range(300, 600, 1_500)), calls: range(stories * 0.7, stories, stories * 2), cachedShare: 0.6 },
      ]
    }
    case 'plan':
    case 'revise-plan':
      return [once('write-plan', 3_000, range(size.requirements * 300, size.requirements * 600, size.requirements * 1_500))]
    case 'refine':
      return [once('refine-names', 1_700, range(100, 200 + size.names * 15, 500 + size.names * 40))]
    case 'code': {
      const { tasks } = size
      return [
        {
          agent: 'planner',
          calls: range(tasks, tasks, tasks * 2),
          inputTokens: input(3_000),
          outputTokens: range(300, 700, 1_500),
          cachedShare: 0,
        },
        {
          agent: 'coder',
          calls: range(tasks * 4, tasks * 12, tasks * 40),
          inputTokens: range(6_000 + text, 20_000 + text, 60_000 + text),
          outputTokens: range(200, 600, 2_000),
          cachedShare: 0.8,
        },
        {
          agent: 'reviewer',
          calls: range(tasks, tasks, tasks * 2),
          inputTokens: input(4_000),
          outputTokens: range(200, 500, 1_500),
          cachedShare: 0,
        },
        { ...once('tester', 4_000, range(tasks * 300, tasks * 700, tasks * 2_000)), inputTokens: input(6_000) },
        {
          ...once('security', 2_000, range(50, 400, 3_000)),
          inputTokens: range(2_000 + text, 4_000 + text * tasks, 20_000 + text * tasks),
        },
      ]
    }
  }
}

const HISTORY_MIN = 8

/** The agent's own past instead of our guess, once there are at least 8 calls: quartiles for the range, the median in the middle. */
export function fromHistory(planned: readonly PlannedCalls[], charges: readonly Charge[]): readonly PlannedCalls[] {
  return planned.map((part) => {
    const past = charges.filter((charge) => charge.agent === part.agent && charge.result === 'reply')
    if (past.length < HISTORY_MIN) return part
    const spread = (value: (charge: Charge) => number) => quartiles(past.map(value))
    const input = past.reduce((total, charge) => total + charge.usage.inputTokens, 0)
    const cached = past.reduce((total, charge) => total + charge.usage.cachedTokens, 0)
    return {
      ...part,
      inputTokens: spread((charge) => charge.usage.inputTokens),
      outputTokens: spread((charge) => charge.usage.outputTokens),
      cachedShare: input === 0 ? 0 : cached / input,
    }
  })
}

function quartiles(values: readonly number[]): Range {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number
  return range(at(0.25), at(0.5), at(0.9))
}
