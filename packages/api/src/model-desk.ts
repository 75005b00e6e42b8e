/** Keys and model settings of a workspace: stored, tested, and what their vendors list. A key goes to the address it was entered for, and nowhere else. */
import {
  choiceOf,
  knownPrices,
  listModels,
  type PriceTable,
  PUBLIC_ONLY,
  refusalOfUrl,
  testKey,
  type VendorAddresses,
  vendorFetch,
} from '@slipway/agents'
import {
  type ApiKeyProvider,
  type ApiKeyShown,
  type ApiKeyTest,
  type AvailableModel,
  failure,
  MODEL_ROLES,
  type ModelPrice,
  type ModelSettings,
  VENDORS,
  type Vendor,
} from '@slipway/domain'
import type { Storage, Stores } from '@slipway/storage'

export interface ModelDesk {
  /** @throws INPUT_INVALID for an address that this host does not allow */
  saveKey(orgId: string, entry: KeyEntry): Promise<ApiKeyShown>
  /** The key in the request, else the stored one. Never throws for what the vendor says. */
  testKey(orgId: string, entry: Omit<KeyEntry, 'key'> & { readonly key?: string | undefined }): Promise<ApiKeyTest>
  /** @throws MODEL_MISSING without a key, MODEL_KEY_REFUSED, MODEL_UNAVAILABLE */
  listModels(orgId: string, provider: ApiKeyProvider): Promise<AvailableModel[]>
  known(): Promise<PriceTable>
}

interface KeyEntry {
  readonly provider: ApiKeyProvider
  readonly key: string
  readonly baseUrl?: string | undefined
}

export function createModelDesk({ storage, addresses }: { storage: Storage; addresses: VendorAddresses }): ModelDesk {
  const fetch = vendorFetch(addresses)
  let prices: Promise<PriceTable> | undefined
  // Two megabytes of prices are read when somebody asks for one.
  const known = () => (prices ??= knownPrices())

  const stored = (orgId: string, provider: ApiKeyProvider) => storage.inWorkspace(orgId, ({ secrets }) => secrets.open(provider))
  const access = (provider: ApiKeyProvider, key: string, baseUrl: string | null | undefined) => ({
    provider,
    apiKey: key,
    fetch,
    ...(baseUrl && { baseUrl }),
  })

  return {
    async saveKey(orgId, { provider, key, baseUrl }) {
      const refusal = addresses === 'public' && baseUrl ? refusalOfUrl(new URL(baseUrl), PUBLIC_ONLY) : null
      if (refusal) throw failure('INPUT_INVALID', { what: 'The address', faults: [refusal] })
      return shown(await storage.inWorkspace(orgId, ({ secrets }) => secrets.put(provider, key, baseUrl ?? null)))
    },

    async testKey(orgId, { provider, key, baseUrl }) {
      // An address without its key is tested without one: a stored key goes to no address that somebody types.
      const isTyped = key !== undefined || baseUrl !== undefined
      const tested = isTyped ? { key: key ?? '', baseUrl } : await stored(orgId, provider)
      const vendor: Vendor = VENDORS[provider]
      if (!tested && vendor.needsKey) return { ok: false, reason: `There is no key for ${vendor.label} yet. Enter one.` }
      if (!tested?.baseUrl && !vendor.baseUrl) return { ok: false, reason: `${vendor.label} needs the address of a server.` }
      return testKey(access(provider, tested?.key ?? '', tested?.baseUrl))
    },

    async listModels(orgId, provider) {
      const vendor: Vendor = VENDORS[provider]
      const found = await stored(orgId, provider)
      if (!found && vendor.needsKey) throw failure('MODEL_MISSING', { missing: `there is no key for ${vendor.label}` })
      if (!found?.baseUrl && !vendor.baseUrl) throw failure('MODEL_MISSING', { missing: `${vendor.label} needs the address of a server` })
      const models = await listModels(access(provider, found?.key ?? '', found?.baseUrl))
      const priceOf = await known()
      return models.map((model) => ({ ...model, price: shownPrice(priceOf(provider, model.id)) }))
    },

    known,
  }
}

/** The API knows vendors only; other rooms may seal other things. */
export const shown = (key: { provider: string; lastFour: string; baseUrl: string | null; createdAt: string }) => key as ApiKeyShown

export const isVendor = ({ provider }: { provider: string }) => Object.hasOwn(VENDORS, provider)

function shownPrice(price: ReturnType<PriceTable>): ModelPrice | null {
  if (!price) return null
  const { input, output, cached, cacheWrite } = price
  return { input, output, ...(cached !== null && { cached }), ...(cacheWrite !== null && { cacheWrite }) }
}

/** Whether every role has a model whose vendor can be asked, as far as the settings tell. */
export async function hasModel(stores: Stores, settings: ModelSettings): Promise<boolean> {
  const keys = new Set((await stores.secrets.list()).map(({ provider }) => provider))
  return MODEL_ROLES.every((role) => {
    const choice = choiceOf(settings, role)
    if (!choice) return false
    const vendor: Vendor = VENDORS[choice.provider]
    return keys.has(choice.provider) || (!vendor.needsKey && vendor.baseUrl !== null)
  })
}
