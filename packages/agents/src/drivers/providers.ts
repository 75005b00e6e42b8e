/** The vendors as data: how each is reached, listed and spoken to. A new one is a line here, and a file when it speaks its own protocol. */
import type { LanguageModelV4 } from '@ai-sdk/provider'
import { type ApiKeyProvider, VENDORS, type Vendor } from '@slipway/domain'
import type { ModelRequest } from '../model.ts'
import { anthropicModel } from './anthropic.ts'
import { isStrictSchema } from './call-options.ts'
import type { Fetch } from './driver.ts'
import { googleModel } from './google.ts'
import { openaiModel } from './openai.ts'
import { openaiCompatibleModel } from './openai-compatible.ts'

export type ProviderId = ApiKeyProvider

export interface Connection {
  readonly baseUrl: string
  /** Empty for a server that asks for none. */
  readonly apiKey: string
  readonly fetch: Fetch
}

/** What differs in a request. */
export interface Dialect {
  /** The vendor takes a JSON Schema for the answer; else it goes into the system text. */
  readonly hasJsonSchema: boolean
  /** The vendor knows how hard to think; others answer an unknown setting with an error. */
  readonly takesEffort: boolean
  readonly options?: (request: ModelRequest) => Record<string, unknown>
}

export interface Provider extends Vendor {
  /** The id under which the price table knows it; null when it does not. */
  readonly pricesAs: string | null
  readonly dialect: Dialect
  readonly headers: (apiKey: string) => Record<string, string>
  /** Relative to the base URL; answers only those with a good key. */
  readonly keyPath: string
  readonly model: (connection: Connection, model: string) => LanguageModelV4
}

const bearer = (apiKey: string): Record<string, string> => (apiKey ? { authorization: `Bearer ${apiKey}` } : {})

export const PROVIDERS = {
  anthropic: {
    ...VENDORS.anthropic,
    pricesAs: 'anthropic',
    dialect: { hasJsonSchema: true, takesEffort: true },
    headers: (apiKey) => ({ 'x-api-key': apiKey, 'anthropic-version': '2023-06-01' }),
    keyPath: '/models?limit=1',
    model: anthropicModel,
  },
  openai: {
    ...VENDORS.openai,
    pricesAs: 'openai',
    dialect: {
      hasJsonSchema: true,
      takesEffort: true,
      // Nothing is kept at the vendor; reasoning comes back encrypted instead, and is sent along.
      options: (request) => ({ openai: { store: false, strictJsonSchema: isStrictSchema(request.output?.schema) } }),
    },
    headers: bearer,
    keyPath: '/models',
    model: openaiModel,
  },
  google: {
    ...VENDORS.google,
    pricesAs: 'google',
    dialect: { hasJsonSchema: true, takesEffort: true },
    headers: (apiKey) => ({ 'x-goog-api-key': apiKey }),
    keyPath: '/models?pageSize=1',
    model: googleModel,
  },
  openrouter: {
    ...VENDORS.openrouter,
    pricesAs: 'openrouter',
    dialect: { hasJsonSchema: false, takesEffort: false },
    headers: bearer,
    keyPath: '/key',
    model: openaiCompatibleModel,
  },
  ollama: {
    ...VENDORS.ollama,
    pricesAs: null,
    dialect: { hasJsonSchema: false, takesEffort: false },
    headers: bearer,
    keyPath: '/models',
    model: openaiCompatibleModel,
  },
  'openai-compatible': {
    ...VENDORS['openai-compatible'],
    pricesAs: null,
    dialect: { hasJsonSchema: false, takesEffort: false },
    headers: bearer,
    keyPath: '/models',
    model: openaiCompatibleModel,
  },
} as const satisfies Record<ProviderId, Provider>
