/** A fetch that looks at every address before it connects: for hosts where not everybody may reach what the server can reach. */
import { type LookupAddress, lookup as systemLookup } from 'node:dns'
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { Readable } from 'node:stream'
import type { Fetch } from './driver.ts'

export interface CheckedFetchOptions {
  /** Whether to connect to this IP address. */
  readonly isAllowed: (address: string) => boolean
  /** Refuses plain HTTP, which would show the key to everybody on the way. */
  readonly needsTls: boolean
  readonly lookup?: (host: string, options: { all: true }, done: (error: Error | null, addresses: LookupAddress[]) => void) => void
}

const NOT_PUBLIC = new BlockList()
// Sources: the registries of special-purpose addresses, RFC 6890 and its updates.
for (const range of [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]) {
  const [network, bits] = range.split('/') as [string, string]
  NOT_PUBLIC.addSubnet(network, Number(bits), 'ipv4')
}
const GLOBAL_UNICAST = new BlockList()
GLOBAL_UNICAST.addSubnet('2000::', 3, 'ipv6')
/** Inside global unicast, and yet not somewhere on the internet: protocol assignments, documentation, 6to4 (which wraps IPv4). */
const NOT_GLOBAL = new BlockList()
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  NOT_GLOBAL.addSubnet(network, bits, 'ipv6')

/** Whether an IP address is somewhere on the internet, and not on this machine or its networks. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !NOT_PUBLIC.check(address, 'ipv4')
  return isIP(address) === 6 && GLOBAL_UNICAST.check(address, 'ipv6') && !NOT_GLOBAL.check(address, 'ipv6')
}

/** Why a URL is refused before anything is looked up, in words; null when only its name's addresses decide. */
export function refusalOfUrl(url: URL, { isAllowed, needsTls }: Pick<CheckedFetchOptions, 'isAllowed' | 'needsTls'>): string | null {
  if (needsTls && url.protocol !== 'https:') return 'only https addresses are allowed here'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return isIP(host) && !isAllowed(host) ? `${url.hostname} is not an address on the internet, and others are not allowed here` : null
}

export const PUBLIC_ONLY = { isAllowed: isPublicAddress, needsTls: true } as const

/** Which addresses of models a host allows: any, for whoever may use this machine anyway, or those on the internet, by TLS. */
export type VendorAddresses = 'any' | 'public'

/** How vendors are connected to. */
export const vendorFetch = (addresses: VendorAddresses): Fetch => (addresses === 'any' ? globalThis.fetch : checkedFetch(PUBLIC_ONLY))

/**
 * The check is of the very addresses that are then connected to, so a name cannot lead elsewhere afterwards. Follows no redirect.
 * Rejects like `fetch`, with a cause that says why.
 */
export function checkedFetch(options: CheckedFetchOptions): Fetch {
  const lookup = checkedLookup(options)
  // Connections of its own: one that somebody else opened to this name was not checked.
  const agents = { 'http:': new HttpAgent({ lookup }), 'https:': new HttpsAgent({ lookup }) }
  return async (input, init) => {
    const request = new Request(input, init)
    const url = new URL(request.url)
    const refusal = refusalOfUrl(url, options)
    if (refusal) throw new TypeError('fetch failed', { cause: new Error(refusal) })
    const body = Buffer.from(await request.arrayBuffer())
    const headers = { ...Object.fromEntries(request.headers), 'content-length': String(body.length) }
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest
    const agent = agents[url.protocol as keyof typeof agents]
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      send(url, { method: request.method, headers, agent, signal: request.signal }, resolve)
        .on('error', (error) => reject(request.signal.aborted ? request.signal.reason : new TypeError('fetch failed', { cause: error })))
        .end(body)
    })
    return toResponse(answer)
  }
}

const HAS_NO_BODY = new Set([101, 204, 205, 304])

function toResponse(answer: IncomingMessage): Response {
  const status = answer.statusCode ?? 0
  if (status >= 300 && status < 400) {
    answer.destroy()
    throw new TypeError('fetch failed', { cause: new Error(`it redirects (HTTP ${status}), which is not followed`) })
  }
  const headers = new Headers()
  for (const [name, value] of Object.entries(answer.headersDistinct)) for (const one of value ?? []) headers.append(name, one)
  const body = HAS_NO_BODY.has(status) ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>)
  return new Response(body, { status, statusText: answer.statusMessage ?? '', headers })
}

function checkedLookup({ isAllowed, lookup = systemLookup }: CheckedFetchOptions): LookupFunction {
  return (host, { all }, done) => {
    lookup(host, { all: true }, (error, addresses) => {
      if (error) return done(error, [])
      const refused = addresses.some(({ address }) => !isAllowed(address))
      const first = addresses[0]
      // The address itself is not told: names of the inside are nobody's business.
      if (refused || !first) return done(new Error(`${host} is not on the internet, and other addresses are not allowed here`), [])
      if (all) done(null, addresses)
      else done(null, first.address, first.family)
    })
  }
}
