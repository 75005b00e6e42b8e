/** Chat Completions, as OpenRouter, Ollama, vLLM, LM Studio and many others speak it. */
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { LanguageModelV4 } from '@ai-sdk/provider'
import type { Connection } from './providers.ts'

export function openaiCompatibleModel({ baseUrl, apiKey, fetch }: Connection, model: string): LanguageModelV4 {
  const key = apiKey ? { apiKey } : {}
  return createOpenAICompatible({ name: 'compatible', baseURL: baseUrl, fetch, includeUsage: true, ...key })(model)
}
