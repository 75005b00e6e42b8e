/** Shows what runs in sandboxes: each port of each sandbox has an origin of its own, opened by a one-time token. */
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { z } from 'zod'
import { EGRESS_PORT, type Sandbox } from '../sandbox.ts'
import { browserHeaders, COOKIE, cookieOf, switchedHeaders, upstreamHeaders } from './preview-headers.ts'
import { previewPage, REPORT_PATH, REPORT_SCRIPT, SCRIPT_PATH, withReportScript } from './preview-page.ts'
import { COOKIE_LIFE_MS, previewTokens } from './preview-token.ts'

export interface PreviewProxyOptions {
  /** Previews live at `{port}-{id}.{domain}`; `preview.localhost` needs no name server. */
  readonly domain: string
  /** Who may frame a preview: the product's own origins. */
  readonly frameAncestors: () => readonly string[]
  /** The sandbox of that id, woken up when it sleeps; undefined when there is none. */
  readonly resolve: (sandboxId: string) => Promise<Sandbox | undefined>
  readonly onVisit?: (sandboxId: string) => void
  readonly onReport?: (sandboxId: string, report: PreviewReport) => void
  readonly clock?: () => number
}

export const PreviewReport = z.object({ kind: z.enum(['console-error', 'request-failed']), text: z.string().max(2_000) })
export type PreviewReport = z.infer<typeof PreviewReport>

export interface PreviewProxy {
  /** False when the request is for another host: then nothing was done. */
  handle(request: IncomingMessage, response: ServerResponse): boolean
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean
  /** The address that lets `viewer` in, once, within a minute. */
  open(options: { sandboxId: string; port: number; viewer: string; serverPort: number; isSecure: boolean }): string
  revoke(sandboxId: string): void
}

const ENTER_PATH = '/__slipway/enter'
const PORT_MIN = 1_024
/** Below stand answers that are no final answer, and numbers that are no status. */
const STATUS_MIN = 200
const REPORT_BYTES_MAX = 8_192
const REPORTS_A_MINUTE = 60
const HTML_BYTES_MAX = 8 * 1024 * 1024

export function createPreviewProxy(options: PreviewProxyOptions): PreviewProxy {
  const { clock = Date.now } = options
  const tokens = previewTokens(clock)
  const hostShape = new RegExp(`^(\\d{4,5})-([a-z0-9]{8,40})\\.${options.domain.replaceAll('.', '\\.')}(?::\\d+)?$`)
  const isOurs = (request: IncomingMessage) =>
    new RegExp(`\\.${options.domain.replaceAll('.', '\\.')}(?::\\d+)?$`).test(request.headers.host ?? '')
  const reports = new Map<string, { minute: number; count: number }>()
  const joined = new Map<string, Set<Duplex>>()

  const targetOf = (request: IncomingMessage): { sandboxId: string; port: number; host: string } | undefined => {
    const match = hostShape.exec(request.headers.host ?? '')
    const port = Number(match?.[1])
    if (!match || port < PORT_MIN || port > 65_535 || port === EGRESS_PORT) return undefined
    return { sandboxId: match[2] as string, port, host: match[0] }
  }

  const say = (response: ServerResponse, status: number, title: string, text: string) => {
    const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }
    response.writeHead(status, headers).end(previewPage(title, text))
  }

  const enter = (request: IncomingMessage, response: ServerResponse, sandboxId: string) => {
    const query = new URL(request.url ?? '/', 'http://preview').searchParams
    const token = query.get('token') ?? ''
    const proof = tokens.read('enter', token, sandboxId)
    if (!proof || !tokens.use(token))
      return say(response, 403, 'This link was used already', 'Preview links open once. Open the preview again from Slipway.')
    // Only a path of this host: "//elsewhere" and "/\elsewhere" are other hosts to a browser.
    const wanted = query.get('to') ?? '/'
    const location = /^\/(?![/\\])/.test(wanted) ? wanted : '/'
    const cookie = `${COOKIE}=${tokens.issue('stay', sandboxId, proof.viewer)}; Path=/; Max-Age=${COOKIE_LIFE_MS / 1000}; HttpOnly; Secure; SameSite=None; Partitioned`
    response.writeHead(302, { location, 'set-cookie': cookie, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }).end()
  }

  const takeReport = async (request: IncomingMessage, response: ServerResponse, sandboxId: string) => {
    const minute = Math.floor(clock() / 60_000)
    const seen = reports.get(sandboxId)
    const count = seen?.minute === minute ? seen.count + 1 : 1
    reports.set(sandboxId, { minute, count })
    let text = ''
    for await (const bytes of request) {
      text += String(bytes)
      if (text.length > REPORT_BYTES_MAX) return response.writeHead(413).end()
    }
    const report = PreviewReport.safeParse(parseJson(text))
    if (report.success && count <= REPORTS_A_MINUTE) options.onReport?.(sandboxId, report.data)
    return response.writeHead(204).end()
  }

  const forward = (request: IncomingMessage, response: ServerResponse, sandbox: Sandbox, target: { port: number; host: string }) => {
    const wantsPage = request.headers['sec-fetch-dest'] === 'document' || request.headers['sec-fetch-dest'] === 'iframe'
    const upstream = http.request({
      agent: agentFor(sandbox, target.port),
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      headers: upstreamHeaders(request.headers, { isUpgrade: false, wantsPlain: wantsPage }),
      setHost: false,
    })
    upstream.on('response', (answer) => {
      answer.on('error', () => response.destroy())
      const status = answer.statusCode ?? 0
      if (status < STATUS_MIN) return void upstream.destroy(new Error('An app answered with a status that is none.'))
      const headers = browserHeaders(answer, { host: target.host, frameAncestors: options.frameAncestors() })
      const isPage = wantsPage && /^text\/html/i.test(answer.headers['content-type'] ?? '') && !answer.headers['content-encoding']
      if (!isPage) {
        response.writeHead(status, headers)
        answer.pipe(response)
        return
      }
      readAll(answer, HTML_BYTES_MAX).then(
        (html) => {
          const page = withReportScript(html)
          delete headers.etag
          headers['content-length'] = [String(Buffer.byteLength(page))]
          response.writeHead(status, headers).end(page)
        },
        () => response.destroy(),
      )
    })
    const fail = () => {
      if (response.headersSent) response.destroy()
      else say(response, 502, 'The app does not answer', 'It may be starting. Reload in a moment, or look at its log in Slipway.')
    }
    upstream.on('upgrade', (_, far) => {
      far.destroy()
      fail()
    })
    upstream.on('error', fail)
    response.on('close', () => upstream.destroy())
    request.pipe(upstream)
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<unknown> => {
    const target = targetOf(request)
    if (!target) return say(response, 404, 'There is no such preview', 'Open it again from Slipway.')
    const path = (request.url ?? '/').split('?')[0]
    if (path === ENTER_PATH) return enter(request, response, target.sandboxId)
    if (!tokens.read('stay', cookieOf(request.headers), target.sandboxId))
      return say(response, 401, 'This preview is private', 'Open it from Slipway, where you are signed in.')
    if (path === SCRIPT_PATH)
      return response.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'max-age=3600' }).end(REPORT_SCRIPT)
    if (path === REPORT_PATH && request.method === 'POST') return takeReport(request, response, target.sandboxId)
    options.onVisit?.(target.sandboxId)
    const sandbox = await options.resolve(target.sandboxId)
    if (!sandbox) return say(response, 404, 'This preview has ended', 'Open it again from Slipway; it starts anew.')
    return forward(request, response, sandbox, target)
  }

  const join = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const refuse = (status: number) => socket.end(`HTTP/1.1 ${status} ${http.STATUS_CODES[status]}\r\nconnection: close\r\n\r\n`)
    socket.on('error', () => undefined)
    const target = targetOf(request)
    if (!target) return void refuse(404)
    if (!tokens.read('stay', cookieOf(request.headers), target.sandboxId)) return void refuse(401)
    const { origin } = request.headers
    if (origin && URL.parse(origin)?.host !== target.host) return void refuse(403)
    const sandbox = await options.resolve(target.sandboxId)
    if (!sandbox) return void refuse(404)
    const upstream = http.request({
      agent: agentFor(sandbox, target.port),
      path: request.url ?? '/',
      headers: upstreamHeaders(request.headers, { isUpgrade: true, wantsPlain: false }),
      setHost: false,
    })
    // Nobody reads this socket until the app has joined, and what nobody reads does not notice that its far end left.
    const left = () => socket.destroy()
    const look = () => void (socket.readableLength === 0 && socket.read())
    socket.on('end', left).on('readable', look)
    socket.on('close', () => {
      upstream.destroy()
      joined.get(target.sandboxId)?.delete(socket)
    })
    upstream.on('upgrade', (answer, far, farHead) => {
      socket.off('end', left).off('readable', look)
      far.on('error', () => socket.destroy())
      far.on('close', () => socket.destroy())
      socket.on('close', () => far.destroy())
      joined.set(target.sandboxId, (joined.get(target.sandboxId) ?? new Set()).add(socket))
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${switchedHeaders(answer)}\r\n`)
      if (farHead.length) socket.write(farHead)
      if (head.length) far.write(head)
      far.pipe(socket).pipe(far)
    })
    upstream.on('response', (answer) => {
      upstream.destroy()
      refuse(Math.max(answer.statusCode ?? 0, STATUS_MIN))
    })
    upstream.on('error', () => refuse(502))
    upstream.end()
  }

  return {
    handle(request, response) {
      if (!isOurs(request)) return false
      serve(request, response).catch(() => {
        if (response.headersSent) response.destroy()
        else say(response, 502, 'The app does not answer', 'Reload in a moment.')
      })
      return true
    },
    upgrade(request, socket, head) {
      if (!isOurs(request)) return false
      join(request, socket, head).catch(() => socket.destroy())
      return true
    },
    open({ sandboxId, port, viewer, serverPort, isSecure }) {
      const isUsual = serverPort === (isSecure ? 443 : 80)
      const origin = `${isSecure ? 'https' : 'http'}://${port}-${sandboxId}.${options.domain}${isUsual ? '' : `:${serverPort}`}`
      return `${origin}${ENTER_PATH}?token=${tokens.issue('enter', sandboxId, viewer)}`
    },
    revoke(sandboxId) {
      tokens.revoke(sandboxId)
      for (const socket of joined.get(sandboxId) ?? []) socket.destroy()
      joined.delete(sandboxId)
    },
  }
}

/** Connections of the http module that go through the sandbox's tunnel instead of a network. */
function agentFor(sandbox: Sandbox, port: number): http.Agent {
  const agent = new http.Agent({ keepAlive: false })
  agent.createConnection = (_, connected) => {
    sandbox.connect(port).then(
      (stream) => connected?.(null, stream),
      (error: Error) => connected?.(error, undefined as never),
    )
    return undefined as never
  }
  return agent
}

async function readAll(stream: AsyncIterable<Buffer>, bytesMax: number): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const bytes of stream) {
    size += bytes.length
    if (size > bytesMax) throw new Error('The page is too large.')
    parts.push(bytes)
  }
  return Buffer.concat(parts).toString()
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // not a report: nothing is told
  }
}
