/** Afterwards: what was useful, what was a second try, what was wasted. */
import type { Charge, ChargeOutcome } from '@slipway/domain'

export interface Sum {
  readonly calls: number
  readonly inputTokens: number
  readonly cachedTokens: number
  readonly outputTokens: number
  /** Micro-dollars of the calls whose price is known. */
  readonly micros: number
  /** Calls whose price is unknown: while there are any, `micros` is a lower bound. */
  readonly unpricedCalls: number
}

export type Receipt = Readonly<Record<ChargeOutcome, Sum>> & {
  readonly total: Sum
  /** By agent, in the order in which they first appear. */
  readonly agents: readonly { readonly agent: string; readonly sum: Sum }[]
}

export function receiptOf(charges: readonly Charge[]): Receipt {
  const agents = [...new Set(charges.map((charge) => charge.agent))]
  const of = (outcome: ChargeOutcome) => sumOf(charges.filter((charge) => charge.outcome === outcome))
  return {
    useful: of('useful'),
    retried: of('retried'),
    wasted: of('wasted'),
    total: sumOf(charges),
    agents: agents.map((agent) => ({ agent, sum: sumOf(charges.filter((charge) => charge.agent === agent)) })),
  }
}

function sumOf(charges: readonly Charge[]): Sum {
  const add = (value: (charge: Charge) => number) => charges.reduce((sum, charge) => sum + value(charge), 0)
  return {
    calls: charges.length,
    inputTokens: add((charge) => charge.usage.inputTokens),
    cachedTokens: add((charge) => charge.usage.cachedTokens),
    outputTokens: add((charge) => charge.usage.outputTokens),
    micros: add((charge) => charge.micros ?? 0),
    unpricedCalls: add((charge) => (charge.micros === null ? 1 : 0)),
  }
}
