/** The vendors as data: how each is reached, listed and spoken to. A new one is a line here, and a file when it speaks its own protocol. */
import type { LanguageModelV4 } from '@ai-sdk/provider'
import type { ApiKeyProvider } from '@slipway/domain'
import type { z } from 'zod'
import type { ModelRequest } from '../model.ts'
import { anthropicModel } from './anthropic.ts'
import { isStrictSchema } from './call-options.ts'
import type { Fetch } from './driver.ts'
import { googleModel } from './google.ts'
import { openaiModel } from './openai.ts'
import { openaiCompatibleModel } from './openai-compatible.ts'

export type ProviderId = z.infer<typeof ApiKeyProvider>

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

export interface Provider {
  readonly label: string
  /** null: the owner must give one. */
  readonly baseUrl: string | null
  readonly needsKey: boolean
  /** Runs on the owner's own machine: tokens cost nothing. */
  readonly isLocal: boolean
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
    label: 'Anthropic',
    baseUrl: 'https://api.anthropic.com/v1',
    needsKey: true,
    isLocal: false,
    pricesAs: 'anthropic',
    dialect: { hasJsonSchema: true, takesEffort: true },
    headers: (apiKey) => ({ 'x-api-key': apiKey, 'anthropic-version': '2023-06-01' }),
    keyPath: '/models?limit=1',
    model: anthropicModel,
  },
  openai: {
    label: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    needsKey: true,
    isLocal: false,
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
    label: 'Google',
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
    needsKey: true,
    isLocal: false,
    pricesAs: 'google',
    dialect: { hasJsonSchema: true, takesEffort: true },
    headers: (apiKey) => ({ 'x-goog-api-key': apiKey }),
    keyPath: '/models?pageSize=1',
    model: googleModel,
  },
  openrouter: {
    label: 'OpenRouter',
    baseUrl: 'https://openrouter.ai/api/v1',
    needsKey: true,
    isLocal: false,
    pricesAs: 'openrouter',
    dialect: { hasJsonSchema: false, takesEffort: false },
    headers: bearer,
    keyPath: '/key',
    model: openaiCompatibleModel,
  },
  ollama: {
    label: 'Ollama',
    baseUrl: 'http://127.0.0.1:11434/v1',
    needsKey: false,
    isLocal: true,
    pricesAs: null,
    dialect: { hasJsonSchema: false, takesEffort: false },
    headers: bearer,
    keyPath: '/models',
    model: openaiCompatibleModel,
  },
  'openai-compatible': {
    label: 'OpenAI-compatible',
    baseUrl: null,
    needsKey: false,
    isLocal: false,
    pricesAs: null,
    dialect: { hasJsonSchema: false, takesEffort: false },
    headers: bearer,
    keyPath: '/models',
    model: openaiCompatibleModel,
  },
} as const satisfies Record<ProviderId, Provider>
