/** A model of a script, through the real vendor package and the loopback. Fake: for tests of what stands on a model. */
import type { Cap } from '@slipway/domain'
import { connect } from '../drivers/connect.ts'
import type { ProviderId } from '../drivers/providers.ts'
import { createModel } from '../exchange.ts'
import { type MemoryLedger, memoryLedger } from '../ledger.ts'
import type { Model } from '../model.ts'
import type { Price } from '../prices.ts'
import type { FakeScript } from './fake-script.ts'
import { type FakeVendor, startFakeVendor } from './fake-vendor.ts'

export interface ScriptedModel {
  readonly model: Model
  readonly ledger: MemoryLedger
  readonly vendor: FakeVendor
  close(): Promise<void>
}

export interface ScriptedModelOptions {
  readonly provider?: ProviderId
  readonly apiKey?: string
  readonly caps?: readonly Cap[]
  readonly contextTokens?: number
}

export const FAKE_PRICE: Price = { input: 3, output: 15, cached: 0.3, cacheWrite: 3.75 }

/** Waits between attempts are skipped. */
export async function scriptedModel(script: FakeScript, options: ScriptedModelOptions = {}): Promise<ScriptedModel> {
  const { provider = 'anthropic', apiKey = 'sk-fake-loopback-0123456789', caps = [] } = options
  const vendor = await startFakeVendor(script, { apiKey })
  const baseUrl = provider === 'google' ? vendor.googleBaseUrl : vendor.baseUrl
  const driver = connect({ provider, model: 'fake-large', apiKey, baseUrl, contextTokens: options.contextTokens ?? 200_000 })
  const ledger = memoryLedger(caps)
  const model = createModel({ driver, ledger, priceOf: () => FAKE_PRICE, sleep: async () => {} })
  return { model, ledger, vendor, close: () => vendor.close() }
}
