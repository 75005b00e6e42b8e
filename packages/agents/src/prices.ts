/** What tokens cost. A price that is not known is null, never 0. */
import type { Usage } from '@slipway/domain'

/** US dollars per million tokens, which is the same number as micro-dollars per token. */
export interface Rates {
  readonly input: number
  readonly output: number
  /** Read from the vendor's cache; null: as `input`. */
  readonly cached: number | null
  /** Written to the vendor's cache; null: as `input`. */
  readonly cacheWrite: number | null
}

/** Some models cost more, for the whole call, above a length of input. */
export interface Price extends Rates {
  readonly above?: readonly (Rates & { readonly inputTokens: number })[]
}

export type PriceTable = (provider: string, model: string) => Price | null

export const FREE: Price = { input: 0, output: 0, cached: 0, cacheWrite: 0 }

/** The owner's own prices first, by `provider/model`, then those that are known. */
export function priceTable(own: Readonly<Record<string, Price>>, known: PriceTable): PriceTable {
  return (provider, model) => own[`${provider}/${model}`] ?? known(provider, model)
}

/** Micro-dollars, rounded up; null when the price is unknown. */
export function costOf(
  usage: Pick<Usage, 'inputTokens' | 'cachedTokens' | 'cacheWriteTokens' | 'outputTokens'>,
  price: Price | null,
): number | null {
  if (!price) return null
  const rates = ratesAt(price, usage.inputTokens)
  const cachedTokens = Math.min(usage.cachedTokens, usage.inputTokens)
  const cacheWriteTokens = Math.min(usage.cacheWriteTokens, usage.inputTokens - cachedTokens)
  const micros =
    (usage.inputTokens - cachedTokens - cacheWriteTokens) * rates.input +
    cachedTokens * (rates.cached ?? rates.input) +
    cacheWriteTokens * (rates.cacheWrite ?? rates.input) +
    usage.outputTokens * rates.output
  return roundUp(micros)
}

/** The most that a call may cost: nothing from the cache, all of it written there, every output token used. */
export function worstCostOf(inputTokens: number, outputTokens: number, price: Price | null): number | null {
  if (!price) return null
  const rates = ratesAt(price, inputTokens)
  return roundUp(inputTokens * Math.max(rates.input, rates.cacheWrite ?? 0) + outputTokens * rates.output)
}

/** Floating point makes 3.0000000000000004 of 3: that is no fourth micro-dollar. */
const roundUp = (micros: number) => Math.max(0, Math.ceil(micros - 1e-6))

function ratesAt(price: Price, inputTokens: number): Rates {
  const tiers = (price.above ?? []).filter((tier) => inputTokens > tier.inputTokens)
  return tiers.reduce<Rates & { inputTokens: number }>((top, tier) => (tier.inputTokens >= top.inputTokens ? tier : top), {
    ...price,
    inputTokens: 0,
  })
}
