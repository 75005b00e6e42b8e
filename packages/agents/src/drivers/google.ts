/** Google's Gemini API. */
import { createGoogle } from '@ai-sdk/google'
import type { LanguageModelV4 } from '@ai-sdk/provider'
import type { Connection } from './providers.ts'

export function googleModel({ baseUrl, apiKey, fetch }: Connection, model: string): LanguageModelV4 {
  return createGoogle({ baseURL: baseUrl, apiKey, fetch })(model)
}
