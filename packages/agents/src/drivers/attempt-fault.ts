/** What a vendor's or the network's error means for us: asked again, or told to the owner. */
import { APICallError } from '@ai-sdk/provider'
import type { AttemptFault, FaultKind } from './driver.ts'
import { scrub } from './scrub.ts'

const CREDIT = /insufficient[_ ](?:quota|credit|balance|funds)|credit balance|billing|payment required|exceeded your current quota/i
const KEY = /invalid[_ -]?(?:x-)?api[_ -]?key|api[_ -]?key not valid|incorrect api key|authentication[_ ]error|unauthorized/i
const RETRY_STATUS = new Set([408, 409, 425, 429])

/** The words of an error, wherever its maker put them. */
export function wordsOf(error: unknown): string {
  if (typeof error === 'string') return error
  if (APICallError.isInstance(error)) return [error.message, bodyWords(error.responseBody)].filter(Boolean).join(' ')
  if (error instanceof Error) return causeWords(error)
  const told = error as { message?: unknown; error?: unknown } | null
  if (typeof told?.message === 'string') return told.message
  return told?.error === undefined ? 'an error without words' : wordsOf(told.error)
}

const causeWords = (error: Error): string =>
  error.cause instanceof Error && error.cause.message !== error.message ? `${error.message} (${causeWords(error.cause)})` : error.message

/** A body that is HTML says nothing to anybody. */
const bodyWords = (body: string | undefined) => (body === undefined || /^\s*</.test(body) ? '' : body.slice(0, 400))

export function httpFault(error: unknown, key: string, now: number): AttemptFault {
  const { status, retryAfterMs } = answerOf(error, now)
  const words = wordsOf(error)
  const kind = httpKind(status, words)
  const canRetry = kind === 'http'
  return { kind, status, retryAfterMs: canRetry ? retryAfterMs : null, canRetry, message: scrub(said(error, status), key) }
}

function said(error: unknown, status: number | null): string {
  const words = APICallError.isInstance(error) ? error.message || bodyWords(error.responseBody) : wordsOf(error)
  return status === null ? words : `${words || 'no words'} (HTTP ${status})`
}

function httpKind(status: number | null, words: string): FaultKind {
  if (status === 402 || (CREDIT.test(words) && status !== null && status < 500)) return 'credit-empty'
  if (status === 401 || status === 403 || (status === 400 && KEY.test(words))) return 'key-refused'
  if (status === null || status >= 500 || RETRY_STATUS.has(status)) return 'http'
  return 'request-refused'
}

function answerOf(error: unknown, now: number): { status: number | null; retryAfterMs: number | null } {
  if (APICallError.isInstance(error)) return { status: error.statusCode ?? null, retryAfterMs: retryAfter(error.responseHeaders, now) }
  const status = (error as { statusCode?: unknown } | null)?.statusCode
  return { status: typeof status === 'number' ? status : null, retryAfterMs: null }
}

/** Seconds or a date; OpenAI also says milliseconds. */
function retryAfter(headers: Record<string, string> | undefined, now: number): number | null {
  const millis = Number(headers?.['retry-after-ms'])
  if (headers?.['retry-after-ms'] !== undefined && Number.isFinite(millis)) return Math.max(0, millis)
  const value = headers?.['retry-after']
  if (value === undefined) return null
  const seconds = Number(value)
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1_000)
  const date = Date.parse(value)
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}
