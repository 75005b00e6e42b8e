/** Prices as the package genai-prices knows them: 2 MB of data, read when first asked for, nothing fetched. */
import type { Price, PriceTable, Rates } from '../prices.ts'
import { FREE } from '../prices.ts'
import { PROVIDERS, type Provider } from './providers.ts'

type Listed = Record<string, number | { base: number; tiers: { start: number; price: number }[] } | undefined>

/** Local servers cost nothing; a model or vendor that the package does not know is null. */
export async function knownPrices(): Promise<PriceTable> {
  const { calcPrice } = await import('@pydantic/genai-prices')
  return (providerId, model) => {
    const provider: Provider | undefined = Object.hasOwn(PROVIDERS, providerId)
      ? PROVIDERS[providerId as keyof typeof PROVIDERS]
      : undefined
    if (provider?.isLocal) return FREE
    if (!provider?.pricesAs) return null
    const found = calcPrice({ input_tokens: 1, output_tokens: 1 }, model, { providerId: provider.pricesAs })
    return found ? toPrice(found.model_price as Listed) : null
  }
}

function toPrice(listed: Listed): Price | null {
  const starts = [
    ...new Set(Object.values(listed).flatMap((value) => (typeof value === 'object' ? value.tiers.map((tier) => tier.start) : []))),
  ]
  const base = ratesAbove(listed, null)
  if (!base) return null
  const above = starts
    .sort((a, b) => a - b)
    .flatMap((start) => {
      const rates = ratesAbove(listed, start)
      return rates ? [{ ...rates, inputTokens: start }] : []
    })
  return above.length ? { ...base, above } : base
}

function ratesAbove(listed: Listed, start: number | null): Rates | null {
  const rate = (name: string) => {
    const value = listed[name]
    if (value === undefined || typeof value === 'number') return value ?? null
    return (
      value.tiers
        .filter((tier) => start !== null && tier.start <= start)
        .sort((a, b) => a.start - b.start)
        .at(-1)?.price ?? value.base
    )
  }
  const input = rate('input_mtok')
  const output = rate('output_mtok')
  if (input === null || output === null) return null
  return { input, output, cached: rate('cache_read_mtok'), cacheWrite: rate('cache_write_mtok') }
}
