/** Figma's REST API: the few calls that a prototype needs, its refusals as failures of ours, its answers bounded in size. */
import { failure, isFailure } from '@slipway/domain'

/** How this browser is known to Figma. */
export interface FigmaAccess {
  readonly kind: 'token' | 'oauth'
  readonly token: string
}

export interface FigmaClient {
  /** The body of a GET below `/v1`, as it came. @throws FIGMA_AUTH, FIGMA_FORBIDDEN, FIGMA_NOT_FOUND, FIGMA_RATE_LIMITED, FIGMA_TOO_LARGE, FIGMA_UNREACHABLE */
  get(access: FigmaAccess, path: string, options: { what: string; signal?: AbortSignal | undefined }): Promise<string>
  /** A picture behind one of the addresses that Figma gave out; undefined when it is none we take or is no longer there. */
  picture(address: string, signal?: AbortSignal): Promise<Uint8Array | undefined>
}

export interface FigmaClientOptions {
  /** Figma's own unless said otherwise; pictures may come from there too. */
  readonly baseUrl?: string | undefined
  readonly answerBytesMax?: number
  readonly pictureBytesMax?: number
}

const BASE_URL = 'https://api.figma.com'
const MEGABYTE = 1024 * 1024
const ANSWER_BYTES_MAX = 128 * MEGABYTE
const PICTURE_BYTES_MAX = 24 * MEGABYTE
const TIMEOUT_MS = 55_000 // Figma gives up on a file after 55 s itself
/** A shorter wait is waited for; a longer one is told. */
const PATIENCE_S = 5
/** Where Figma names no time, or one that cannot be read. */
const RETRY_AFTER_S = 60

const isFigmasOwn = (url: URL) => url.protocol === 'https:' && /(^|\.)(figma\.com|figma-gov\.com|amazonaws\.com)$/.test(url.hostname)

export function createFigmaClient(options: FigmaClientOptions = {}): FigmaClient {
  const baseUrl = (options.baseUrl ?? BASE_URL).replace(/\/$/, '')
  const { origin } = new URL(baseUrl)
  const isPictureAddress = (url: URL) => url.origin === origin || isFigmasOwn(url)
  const answerBytesMax = options.answerBytesMax ?? ANSWER_BYTES_MAX
  const pictureBytesMax = options.pictureBytesMax ?? PICTURE_BYTES_MAX

  const ask = async (url: URL | string, headers: Record<string, string>, signal: AbortSignal | undefined): Promise<Response> => {
    const limit = AbortSignal.timeout(TIMEOUT_MS)
    try {
      return await fetch(url, { headers, redirect: 'error', signal: signal ? AbortSignal.any([signal, limit]) : limit })
    } catch (error) {
      if (signal?.aborted) throw error
      throw failure('FIGMA_UNREACHABLE', { reason: reasonOf(error) }, error)
    }
  }

  const get: FigmaClient['get'] = async (access, path, { what, signal }) => {
    const headers: Record<string, string> =
      access.kind === 'token' ? { 'x-figma-token': access.token } : { authorization: `Bearer ${access.token}` }
    for (let isSecond = false; ; isSecond = true) {
      const answer = await ask(`${baseUrl}/v1${path}`, headers, signal)
      const seconds = answer.status === 429 ? retryAfter(answer) : 0
      if (answer.status === 429 && !isSecond && seconds <= PATIENCE_S) {
        await answer.body?.cancel()
        await pause(seconds * 1_000, signal)
        continue
      }
      if (answer.status === 429) throw failure('FIGMA_RATE_LIMITED', { seconds })
      const text = new TextDecoder().decode(await readBounded(answer, answerBytesMax, what))
      if (answer.ok) return text
      throw refusal(answer.status, text, what, answerBytesMax)
    }
  }

  return {
    get,

    async picture(address, signal) {
      const url = URL.canParse(address) ? new URL(address) : undefined
      if (!url || !isPictureAddress(url)) return undefined
      const answer = await ask(url, {}, signal)
      if (!answer.ok) {
        await answer.body?.cancel()
        if (answer.status >= 500) throw failure('FIGMA_UNREACHABLE', { reason: `a picture answers ${answer.status}` })
        return undefined
      }
      try {
        return await readBounded(answer, pictureBytesMax, 'A picture')
      } catch (error) {
        if (isFailure(error, 'FIGMA_TOO_LARGE')) return undefined // an empty box of the right size stands for it
        throw error
      }
    },
  }
}

/** What Figma's status and words mean. @see https://developers.figma.com/docs/rest-api/errors/ */
function refusal(status: number, text: string, what: string, bytesMax: number) {
  const said = saidIn(text)
  if (status === 401 || (status === 403 && /token|expired/i.test(said))) return failure('FIGMA_AUTH', undefined as never)
  if (status === 403) return failure('FIGMA_FORBIDDEN', { what })
  if (status === 404) return failure('FIGMA_NOT_FOUND', { what })
  if (status === 413 || (status === 400 && /too large/i.test(said))) return failure('FIGMA_TOO_LARGE', { what, bytesMax })
  if (status === 400) return failure('FIGMA_NOT_FOUND', { what })
  return failure('FIGMA_UNREACHABLE', { reason: `it answers ${status}${said ? ` (${said.slice(0, 120)})` : ''}` })
}

function saidIn(text: string): string {
  try {
    const { err, message } = JSON.parse(text) as { err?: unknown; message?: unknown }
    return [err, message].filter((one) => typeof one === 'string').join(' ')
  } catch {
    return '' // a gateway's page
  }
}

/** Seconds, or an instant. @see RFC 9110, 10.2.3 */
function retryAfter(answer: Response): number {
  const value = answer.headers.get('retry-after') ?? ''
  if (/^\d+$/.test(value)) return Number(value)
  const moment = Date.parse(value)
  return Number.isNaN(moment) ? RETRY_AFTER_S : Math.max(0, Math.ceil((moment - Date.now()) / 1_000))
}

async function readBounded(answer: Response, bytesMax: number, what: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  const tooLarge = () => failure('FIGMA_TOO_LARGE', { what, bytesMax })
  if (Number(answer.headers.get('content-length') ?? 0) > bytesMax) {
    await answer.body?.cancel()
    throw tooLarge()
  }
  try {
    for await (const bytes of answer.body ?? []) {
      size += bytes.byteLength
      if (size > bytesMax) throw tooLarge()
      parts.push(bytes)
    }
  } catch (error) {
    if (isFailure(error)) throw error
    throw failure('FIGMA_UNREACHABLE', { reason: reasonOf(error) }, error)
  }
  return Buffer.concat(parts)
}

const reasonOf = (error: unknown): string => {
  const { message, cause } = error as Error
  return cause instanceof Error ? cause.message : message
}

const pause = (ms: number, signal: AbortSignal | undefined) =>
  new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal?.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        reject(signal.reason)
      },
      { once: true },
    )
  })
