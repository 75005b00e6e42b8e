/** Anthropic's Messages API. */
import { createAnthropic } from '@ai-sdk/anthropic'
import type { LanguageModelV4 } from '@ai-sdk/provider'
import type { Connection } from './providers.ts'

export function anthropicModel({ baseUrl, apiKey, fetch }: Connection, model: string): LanguageModelV4 {
  return createAnthropic({ baseURL: baseUrl, apiKey, fetch })(model)
}
