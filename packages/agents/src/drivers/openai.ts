/** OpenAI's Responses API. */
import { createOpenAI } from '@ai-sdk/openai'
import type { LanguageModelV4 } from '@ai-sdk/provider'
import type { Connection } from './providers.ts'

export function openaiModel({ baseUrl, apiKey, fetch }: Connection, model: string): LanguageModelV4 {
  return createOpenAI({ baseURL: baseUrl, apiKey, fetch }).responses(model)
}
