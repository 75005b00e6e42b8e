/** Asks a vendor which models it has, and whether it takes a key: both cost nothing. */
import { failure } from '@slipway/domain'
import { z } from 'zod'
import { wordsOf } from './attempt-fault.ts'
import type { Fetch } from './driver.ts'
import { PROVIDERS, type Provider, type ProviderId } from './providers.ts'
import { scrub } from './scrub.ts'

export interface ListedModel {
  readonly id: string
  readonly label: string
  readonly contextTokens: number | null
}

export interface VendorAccess {
  readonly provider: ProviderId
  readonly apiKey: string
  readonly baseUrl?: string
  readonly fetch?: Fetch
  readonly signal?: AbortSignal
}

const PAGES_MAX = 20
/** What makes no text from text, by the words vendors use in its id. */
const NO_TEXT = /embed|whisper|\btts\b|dall-e|moderation|transcribe|realtime|image|rerank|imagen|veo/i
const TIMEOUT_MS = 20_000

/** Anthropic and OpenAI say `data`, Google `models` with names like `models/gemini-…`. */
const Listed = z.object({
  id: z.string().optional(),
  name: z.string().optional(),
  display_name: z.string().optional(),
  displayName: z.string().optional(),
  context_length: z.number().nullish(),
  max_input_tokens: z.number().nullish(),
  inputTokenLimit: z.number().optional(),
  supportedGenerationMethods: z.array(z.string()).optional(),
})
const ModelPage = z.object({
  data: z.array(Listed).nullish(),
  models: z.array(Listed).nullish(),
  has_more: z.boolean().optional(),
  last_id: z.string().nullish(),
  nextPageToken: z.string().optional(),
})

/**
 * All models that may write text, by id; none is left out because we do not know it.
 * @throws MODEL_KEY_REFUSED, MODEL_UNAVAILABLE
 */
export async function listModels(access: VendorAccess): Promise<ListedModel[]> {
  const models = new Map<string, ListedModel>()
  let query = ''
  for (let page = 0; page < PAGES_MAX; page++) {
    const answer = ModelPage.safeParse(await ask(access, `/models${query}`))
    if (!answer.success) throw unavailable(access, 'its list of models is none')
    for (const listed of [...(answer.data.data ?? []), ...(answer.data.models ?? [])].flatMap(toModel)) models.set(listed.id, listed)
    const next = nextQuery(answer.data)
    if (!next) break
    query = next
  }
  return [...models.values()].sort((a, b) => a.id.localeCompare(b.id, 'en'))
}

function nextQuery(page: z.infer<typeof ModelPage>): string | null {
  if (page.nextPageToken) return `?pageToken=${encodeURIComponent(page.nextPageToken)}`
  return page.has_more && page.last_id ? `?after_id=${encodeURIComponent(page.last_id)}` : null
}

function toModel(listed: z.infer<typeof Listed>): ListedModel[] {
  const id = (listed.id ?? listed.name ?? '').replace(/^models\//, '')
  const methods = listed.supportedGenerationMethods
  if (!id || NO_TEXT.test(id) || (methods && !methods.includes('generateContent'))) return []
  const contextTokens = listed.context_length ?? listed.max_input_tokens ?? listed.inputTokenLimit ?? null
  return [{ id, label: listed.display_name ?? listed.displayName ?? id, contextTokens }]
}

export type KeyTest = { readonly ok: true } | { readonly ok: false; readonly reason: string }

/** Whether the vendor takes the key; why not, in words without the key. Never throws. */
export async function testKey(access: VendorAccess): Promise<KeyTest> {
  const provider: Provider = PROVIDERS[access.provider]
  if (provider.needsKey && !access.apiKey) return { ok: false, reason: `${provider.label} needs a key.` }
  try {
    await ask(access, provider.keyPath)
    return { ok: true }
  } catch (error) {
    return { ok: false, reason: scrub(wordsOf(error), access.apiKey) }
  }
}

async function ask(access: VendorAccess, path: string): Promise<unknown> {
  const provider: Provider = PROVIDERS[access.provider]
  const baseUrl = (access.baseUrl ?? provider.baseUrl ?? '').replace(/\/+$/, '')
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  let response: Response
  let text: string
  try {
    response = await (access.fetch ?? globalThis.fetch)(baseUrl + path, {
      headers: { accept: 'application/json', ...provider.headers(access.apiKey) },
      redirect: 'error',
      signal: access.signal ? AbortSignal.any([access.signal, timeout]) : timeout,
    })
    text = await response.text()
  } catch (error) {
    access.signal?.throwIfAborted()
    throw unavailable(access, scrub(wordsOf(error), access.apiKey))
  }
  const refused = response.status === 401 || response.status === 403 || (response.status === 400 && /api[_ ]?key/i.test(text))
  const reason = scrub(`${wordsOfBody(text)} (HTTP ${response.status})`.trim(), access.apiKey)
  if (refused) throw failure('MODEL_KEY_REFUSED', { provider: provider.label, reason })
  if (!response.ok) throw unavailable(access, reason)
  try {
    return JSON.parse(text)
  } catch {
    throw unavailable(access, 'it answers with something that is not JSON; check the base URL')
  }
}

/** The sentence in a vendor's error, where it has one; a page of HTML says nothing. */
function wordsOfBody(text: string): string {
  try {
    return wordsOf(JSON.parse(text)).slice(0, 300)
  } catch {
    return /^\s*</.test(text) ? '' : text.slice(0, 300)
  }
}

const unavailable = (access: VendorAccess, reason: string) =>
  failure('MODEL_UNAVAILABLE', { provider: PROVIDERS[access.provider].label, model: 'the list of models', reason, attempts: 1 })
