/** Makes a driver of a vendor's connection: one attempt, watched for silence, every end a value. */
import { APICallError } from '@ai-sdk/provider'
import { inputTokensOf, type ModelRequest, type StreamPart } from '../model.ts'
import { httpFault, wordsOf } from './attempt-fault.ts'
import { callOptions } from './call-options.ts'
import { type AttemptFault, type AttemptResult, type Driver, type Fetch, TIMEOUTS, type Timeouts } from './driver.ts'
import { guardedFetch } from './guarded-fetch.ts'
import { PROVIDERS, type Provider, type ProviderId } from './providers.ts'
import { NO_USAGE, StreamReader } from './read-stream.ts'
import { scrub } from './scrub.ts'

export interface ConnectOptions {
  readonly provider: ProviderId
  readonly model: string
  /** Empty for a server that asks for none. Stays in this driver: no reply, fault or request of ours holds it. */
  readonly apiKey: string
  /** Replaces the vendor's own; needed for `openai-compatible`. */
  readonly baseUrl?: string
  readonly contextTokens?: number
  readonly timeouts?: Timeouts
  /** Every connection goes through it: the place to refuse addresses. */
  readonly fetch?: Fetch
  readonly now?: () => number
}

/** Opens no connection yet. A missing base URL is our own bug: a plain Error. */
export function connect(options: ConnectOptions): Driver {
  const provider: Provider = PROVIDERS[options.provider]
  const baseUrl = (options.baseUrl ?? provider.baseUrl ?? '').replace(/\/+$/, '')
  if (!baseUrl) throw new Error(`${options.provider} needs a base URL`)
  const settings = {
    provider,
    baseUrl,
    timeouts: options.timeouts ?? TIMEOUTS,
    fetch: options.fetch ?? globalThis.fetch,
    now: options.now ?? Date.now,
  }
  return {
    provider: options.provider,
    model: options.model,
    contextTokens: options.contextTokens ?? null,
    attempt: (request, onPart) => attempt(options, settings, request, onPart),
  }
}

interface Settings {
  readonly provider: Provider
  readonly baseUrl: string
  readonly timeouts: Timeouts
  readonly fetch: Fetch
  readonly now: () => number
}

async function attempt(
  { apiKey, model }: ConnectOptions,
  { provider, baseUrl, timeouts, fetch, now }: Settings,
  request: ModelRequest,
  onPart: (part: StreamPart) => void,
): Promise<AttemptResult> {
  const startedAt = now()
  let firstTokenMs: number | null = null
  const reader = new StreamReader(inputTokensOf(request), (part) => {
    firstTokenMs ??= now() - startedAt
    onPart(part)
  })
  const watch = watchSilence(timeouts)
  const signal = AbortSignal.any([request.signal, watch.signal])
  let hasAnswered = false
  try {
    const connection = { baseUrl, apiKey, fetch: guardedFetch(fetch, watch.heard) }
    const options = callOptions({ ...request, signal }, provider.dialect)
    const { stream } = await provider.model(connection, model).doStream(options)
    hasAnswered = true
    const end = await reader.read(stream)
    if (end.kind === 'reply') return { kind: 'reply', reply: end.reply, firstTokenMs }
    if (request.signal.aborted) return { kind: 'aborted', usage: reader.usageSoFar(), firstTokenMs }
    if (watch.signal.aborted) return faultOf(stallFault(timeouts, hasAnswered), reader, firstTokenMs)
    if (end.kind === 'truncated') return faultOf(TRUNCATED, reader, firstTokenMs)
    return faultOf(httpFault(end.error, apiKey, now()), reader, firstTokenMs)
  } catch (error) {
    if (request.signal.aborted) return { kind: 'aborted', usage: reader.usageSoFar(), firstTokenMs }
    if (watch.signal.aborted) return faultOf(stallFault(timeouts, hasAnswered), reader, firstTokenMs)
    if (APICallError.isInstance(error) && error.statusCode !== undefined && !hasAnswered) {
      const fault = httpFault(error, apiKey, now())
      return { kind: 'fault', fault, usage: NO_USAGE, firstTokenMs }
    }
    const message = scrub(wordsOf(error), apiKey)
    const lost = { status: null, retryAfterMs: null, canRetry: true, message }
    if (hasAnswered) return faultOf({ kind: 'cut', ...lost }, reader, firstTokenMs)
    return { kind: 'fault', fault: { kind: 'unreachable', ...lost }, usage: NO_USAGE, firstTokenMs }
  } finally {
    watch.end()
  }
}

const faultOf = (fault: AttemptFault, reader: StreamReader, firstTokenMs: number | null): AttemptResult => ({
  kind: 'fault',
  fault,
  usage: reader.usageSoFar(),
  firstTokenMs,
})

const TRUNCATED: AttemptFault = {
  kind: 'truncated',
  status: null,
  retryAfterMs: null,
  canRetry: true,
  message: 'the answer ended in the middle',
}

const stallFault = (timeouts: Timeouts, hasAnswered: boolean): AttemptFault => ({
  kind: 'stall',
  status: null,
  retryAfterMs: null,
  canRetry: true,
  message: `nothing came for ${Math.round((hasAnswered ? timeouts.stallMs : timeouts.firstByteMs) / 1_000)} s`,
})

/** Aborts when no byte comes for too long; keep-alive bytes count as life. */
function watchSilence(timeouts: Timeouts): { signal: AbortSignal; heard: () => void; end: () => void } {
  const controller = new AbortController()
  const silent = () => controller.abort(new Error('silence'))
  let timer = setTimeout(silent, timeouts.firstByteMs)
  return {
    signal: controller.signal,
    heard: () => {
      clearTimeout(timer)
      timer = setTimeout(silent, timeouts.stallMs)
    },
    end: () => clearTimeout(timer),
  }
}
