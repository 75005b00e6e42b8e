/** Which headers pass between a browser and a previewed app, in either direction. */
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http'

export const COOKIE = '__Host-slipway-preview'

/** Between two neighbours only. @see RFC 9110, section 7.6.1 */
const HOP_BY_HOP = new Set(
  'connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer transfer-encoding upgrade'.split(' '),
)
const KEPT_FROM_BROWSER = new Set(['content-security-policy-report-only', 'x-frame-options', 'clear-site-data', 'alt-svc'])

export function cookieOf(headers: IncomingHttpHeaders): string | undefined {
  const pairs = (headers.cookie ?? '').split(/;\s*/)
  return pairs.find((pair) => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1)
}

/** What the app may hear: not our cookie, nothing about proxies. */
export function upstreamHeaders(headers: IncomingHttpHeaders, options: { isUpgrade: boolean; wantsPlain: boolean }): OutgoingHttpHeaders {
  const passed: OutgoingHttpHeaders = {}
  for (const [name, value] of Object.entries(headers)) {
    if (!HOP_BY_HOP.has(name) && !name.startsWith('x-forwarded') && name !== 'forwarded') passed[name] = value
  }
  const cookies = (headers.cookie ?? '').split(/;\s*/).filter((pair) => pair && !pair.startsWith(`${COOKIE}=`))
  delete passed.cookie
  if (cookies.length) passed.cookie = cookies.join('; ')
  // Where its chunks said how long a body is, chunks say so again: without them it would look like a second request.
  if (headers['transfer-encoding']) passed['transfer-encoding'] = 'chunked'
  if (options.wantsPlain) passed['accept-encoding'] = 'identity'
  return options.isUpgrade ? { ...passed, connection: 'Upgrade', upgrade: 'websocket' } : passed
}

/** Names in lower case and their values, in order; no cookie that reaches beyond this host or stands in for ours. */
function* passedOn(answer: IncomingMessage): Generator<[name: string, value: string]> {
  for (let index = 0; index < answer.rawHeaders.length; index += 2) {
    const name = (answer.rawHeaders[index] as string).toLowerCase()
    const value = answer.rawHeaders[index + 1] as string
    if (KEPT_FROM_BROWSER.has(name)) continue
    if (name === 'set-cookie' && /^\s*__host-slipway/i.test(value)) continue
    yield [name, name === 'set-cookie' ? value.replace(/;\s*domain=[^;]*/gi, '') : value]
  }
}

/** The lines that tell a browser of a switched protocol: here the headers between neighbours are the message. */
export const switchedHeaders = (answer: IncomingMessage): string =>
  [...passedOn(answer)].map(([name, value]) => `${name}: ${value}\r\n`).join('')

/** What the browser may hear: no cookie that reaches beyond this host or stands in for ours, and our rules for the page. */
export function browserHeaders(
  answer: IncomingMessage,
  options: { host: string; frameAncestors: readonly string[] },
): Record<string, string[]> {
  // Without a prototype: an app may call a header "constructor".
  const passed: Record<string, string[]> = Object.create(null)
  for (const [name, value] of passedOn(answer)) if (!HOP_BY_HOP.has(name)) passed[name] = [...(passed[name] ?? []), value]
  const { host } = options
  const policy = [
    `frame-ancestors 'self' ${options.frameAncestors.join(' ')}`,
    `connect-src 'self' ws://${host} wss://${host} https:`,
    "form-action 'self' https:",
    "base-uri 'self'",
  ].join('; ')
  return Object.assign(passed, {
    'content-security-policy': [...(passed['content-security-policy'] ?? []), policy],
    'x-content-type-options': ['nosniff'],
    'referrer-policy': ['same-origin'],
    'x-robots-tag': ['noindex'],
    'permissions-policy': ['camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), payment=()'],
    'origin-agent-cluster': ['?1'],
    'cross-origin-resource-policy': ['same-origin'],
  })
}
