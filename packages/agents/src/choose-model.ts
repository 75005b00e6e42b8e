/** From an owner's settings and sealed keys to the model of a role: with its price, its fallback, its ledger and its record. */
import { failure, type Ledger, type ModelChoice, type ModelPrice, type ModelRole, type ModelSettings } from '@slipway/domain'
import { connect } from './drivers/connect.ts'
import type { Fetch } from './drivers/driver.ts'
import { PROVIDERS, type ProviderId } from './drivers/providers.ts'
import { createModel, withFallback } from './exchange.ts'
import type { Model } from './model.ts'
import { type Price, type PriceTable, priceTable } from './prices.ts'
import { type Recording, recorded } from './record.ts'

/** How a vendor is reached. The two belong together: a key is sent to no other address than the one it was entered for. */
export interface VendorKey {
  /** Empty for a server that asks for none. */
  readonly key: string
  /** null: the vendor's own. */
  readonly baseUrl: string | null
}

export interface ModelSource {
  readonly settings: ModelSettings
  /** Opens the sealed key; undefined when nothing was entered for this vendor. */
  readonly keyOf: (provider: ProviderId) => Promise<VendorKey | undefined>
  readonly ledger: Ledger
  /** `await knownPrices()`, or another table. */
  readonly known: PriceTable
  readonly recording?: Recording
  /** Every connection goes through it: the place to refuse addresses. */
  readonly fetch?: Fetch
}

/** @throws MODEL_MISSING when no model is chosen for a role, or its vendor needs a key or an address and has none */
export function modelChooser(source: ModelSource): (role: ModelRole) => Promise<Model> {
  const { settings, ledger, known, recording } = source
  const priceOf = pricesOf(settings, known)

  const modelOf = async (choice: ModelChoice, role: ModelRole): Promise<Model> => {
    const { provider, model, contextTokens } = choice
    const vendor = PROVIDERS[provider]
    const { key: apiKey, baseUrl } = (await source.keyOf(provider)) ?? { key: '', baseUrl: null }
    if (vendor.needsKey && !apiKey) throw failure('MODEL_MISSING', { missing: `there is no key for ${vendor.label}` })
    if (!baseUrl && !vendor.baseUrl) throw failure('MODEL_MISSING', { missing: `${vendor.label} needs a base URL` })
    const driver = connect({
      provider,
      model,
      apiKey,
      ...(baseUrl && { baseUrl }),
      ...(contextTokens && { contextTokens }),
      ...(source.fetch && { fetch: source.fetch }),
    })
    return createModel({ driver, ledger, priceOf, role })
  }

  return async (role) => {
    const choice = choiceOf(settings, role)
    if (!choice) throw failure('MODEL_MISSING', { missing: 'none is chosen' })
    const first = await modelOf(choice, role)
    const model = settings.fallback ? withFallback(first, await modelOf(settings.fallback, role)) : first
    return recording ? recorded(model, recording) : model
  }
}

/** Which model an owner wants for a role; null when none is chosen. */
export const choiceOf = (settings: ModelSettings, role: ModelRole): ModelChoice | null => settings.roles[role] ?? settings.main

/** How long a conversation in this role may be: with a fallback, as long as both take. */
export function contextTokensOf(settings: ModelSettings, role: ModelRole): number | null {
  const windows = [choiceOf(settings, role), settings.fallback].flatMap((choice) => choice?.contextTokens ?? [])
  return windows.length ? Math.min(...windows) : null
}

/** The owner's own prices before those that are known. */
export const pricesOf = (settings: ModelSettings, known: PriceTable): PriceTable =>
  priceTable(Object.fromEntries(Object.entries(settings.prices).map(([name, price]) => [name, toPrice(price)])), known)

const toPrice = ({ input, output, cached, cacheWrite }: ModelPrice): Price => ({
  input,
  output,
  cached: cached ?? null,
  cacheWrite: cacheWrite ?? null,
})
