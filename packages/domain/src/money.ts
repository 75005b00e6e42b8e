/** Money as people see it: what a stage will probably cost, and what was spent on what. Micro-dollars; an unknown price is never 0. */
import { z } from 'zod'
import { CHARGE_OUTCOMES, type Charge, type ChargeOutcome } from './ledger.ts'

const Count = z.number().int().nonnegative()

export const ChargeSum = z.object({
  calls: Count,
  inputTokens: Count,
  cachedTokens: Count,
  outputTokens: Count,
  /** Micro-dollars of the calls whose price is known. */
  micros: Count,
  /** Calls whose price is unknown: while there are any, `micros` is a lower bound. */
  unpricedCalls: Count,
})
export type ChargeSum = Readonly<z.infer<typeof ChargeSum>>

export const Receipt = z.object({
  useful: ChargeSum,
  retried: ChargeSum,
  wasted: ChargeSum,
  total: ChargeSum,
  /** In the order in which they are first told. */
  agents: z.array(z.object({ agent: z.string(), sum: ChargeSum })),
})
export type Receipt = Readonly<z.infer<typeof Receipt>>

/** Charges of one agent and outcome, already added up. */
export interface ReceiptPart {
  readonly agent: string
  readonly outcome: ChargeOutcome
  readonly sum: ChargeSum
}

const NOTHING: ChargeSum = { calls: 0, inputTokens: 0, cachedTokens: 0, outputTokens: 0, micros: 0, unpricedCalls: 0 }
const FIELDS = Object.keys(NOTHING) as (keyof ChargeSum)[]

const add = (a: ChargeSum, b: ChargeSum) => Object.fromEntries(FIELDS.map((field) => [field, a[field] + b[field]])) as unknown as ChargeSum

/** A charge as a part of a receipt. */
export const receiptPart = ({ agent, outcome, usage, micros }: Charge): ReceiptPart => ({
  agent,
  outcome,
  sum: {
    calls: 1,
    inputTokens: usage.inputTokens,
    cachedTokens: usage.cachedTokens,
    outputTokens: usage.outputTokens,
    micros: micros ?? 0,
    unpricedCalls: micros === null ? 1 : 0,
  },
})

/** What was useful, what was a second try, what was wasted; and by agent. */
export function receiptOfParts(parts: readonly ReceiptPart[]): Receipt {
  const sumOf = (of: (part: ReceiptPart) => boolean) => parts.filter(of).reduce((sum, part) => add(sum, part.sum), NOTHING)
  const outcomes = Object.fromEntries(CHARGE_OUTCOMES.map((outcome) => [outcome, sumOf((part) => part.outcome === outcome)]))
  return {
    ...(outcomes as Record<ChargeOutcome, ChargeSum>),
    total: sumOf(() => true),
    agents: [...new Set(parts.map(({ agent }) => agent))].map((agent) => ({ agent, sum: sumOf((part) => part.agent === agent) })),
  }
}

export const EstimateRange = z.object({ low: z.number(), likely: z.number(), high: z.number() })
export type EstimateRange = Readonly<z.infer<typeof EstimateRange>>

export const Estimate = z.object({
  calls: EstimateRange,
  tokens: EstimateRange,
  /** Micro-dollars; null when the price of a model is unknown. */
  micros: EstimateRange.nullable(),
})
export type Estimate = Readonly<z.infer<typeof Estimate>>
