/** What every request passes before a handler sees it: its origin, its rate, its size. */
import { failure } from '@slipway/domain'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * A browser names the origin of whoever made it ask. Tools without one carry no cookies that somebody else could spend.
 * @throws ORIGIN_REFUSED
 */
export function requireOrigin(request: Request, origins: readonly string[]): void {
  if (SAFE.has(request.method)) return
  const origin = request.headers.get('origin')
  if (origin === null) {
    const site = request.headers.get('sec-fetch-site')
    if (site === null || site === 'same-origin' || site === 'none') return
  } else if (origins.includes(origin)) return
  throw failure('ORIGIN_REFUSED', { origin: origin ?? '' })
}

export interface RateLimit {
  /** @throws TOO_MANY_REQUESTS */
  take(address: string): void
}

/** A fixed window per address, in memory: several servers each count for themselves. */
export function rateLimit(options: { max: number; windowMs: number; clock: () => number }): RateLimit {
  const { max, windowMs, clock } = options
  let windowStart = clock()
  let counts = new Map<string, number>()
  return {
    take(address) {
      const now = clock()
      if (now - windowStart >= windowMs) {
        windowStart = now
        counts = new Map()
      }
      const count = (counts.get(address) ?? 0) + 1
      counts.set(address, count)
      if (count > max) throw failure('TOO_MANY_REQUESTS', { seconds: Math.ceil((windowStart + windowMs - now) / 1000) })
    },
  }
}

/**
 * Reads a body without ever holding more than `bytesMax` of it.
 * @throws TOO_LARGE
 */
export async function readBytes(request: Request, bytesMax: number, what = 'The request'): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const bytes of request.body ?? []) {
    size += bytes.byteLength
    if (size > bytesMax) throw failure('TOO_LARGE', { what, bytesMax })
    parts.push(bytes)
  }
  return Buffer.concat(parts)
}

/** @throws TOO_LARGE, INPUT_INVALID */
export async function readJson(request: Request, bytesMax: number): Promise<unknown> {
  const text = Buffer.from(await readBytes(request, bytesMax)).toString()
  if (!text) return {}
  try {
    return JSON.parse(text)
  } catch {
    throw failure('INPUT_INVALID', { what: 'The request', faults: ['its body is not JSON'] })
  }
}
