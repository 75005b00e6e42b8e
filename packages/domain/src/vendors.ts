/** The model vendors an owner may connect: what people read of them, and what each needs. How they are spoken to is in the room agents. */
import { z } from 'zod'

export interface Vendor {
  readonly label: string
  /** Where it answers unless the owner says otherwise; null: the owner must say. */
  readonly baseUrl: string | null
  readonly needsKey: boolean
  /** Runs on the owner's own machine: tokens cost nothing. */
  readonly isLocal: boolean
}

export const API_KEY_PROVIDERS = ['anthropic', 'openai', 'google', 'openrouter', 'ollama', 'openai-compatible'] as const
export const ApiKeyProvider = z.enum(API_KEY_PROVIDERS)
export type ApiKeyProvider = z.infer<typeof ApiKeyProvider>

export const VENDORS = {
  anthropic: { label: 'Anthropic', baseUrl: 'https://api.anthropic.com/v1', needsKey: true, isLocal: false },
  openai: { label: 'OpenAI', baseUrl: 'https://api.openai.com/v1', needsKey: true, isLocal: false },
  google: { label: 'Google', baseUrl: 'https://generativelanguage.googleapis.com/v1beta', needsKey: true, isLocal: false },
  openrouter: { label: 'OpenRouter', baseUrl: 'https://openrouter.ai/api/v1', needsKey: true, isLocal: false },
  ollama: { label: 'Ollama', baseUrl: 'http://127.0.0.1:11434/v1', needsKey: false, isLocal: true },
  'openai-compatible': { label: 'OpenAI-compatible', baseUrl: null, needsKey: false, isLocal: false },
} as const satisfies Record<ApiKeyProvider, Vendor>

/** Replaces the vendor's own address. No name and password in it: keys have a place of their own. */
export const VendorUrl = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .refine((url) => !/^[a-z]+:[/\\]*[^/\\?#]*@/i.test(url), 'must not hold a name or a password: enter the key as key')
