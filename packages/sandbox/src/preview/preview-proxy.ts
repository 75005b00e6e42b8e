/** Shows what runs in sandboxes: each port of each preview has an origin of its own, opened by a one-time token. */
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { isFailure } from '@slipway/domain'
import { EGRESS_PORT, type Sandbox } from '../sandbox.ts'
import { forwardRequest, forwardSocket, wantsPage } from './preview-forward.ts'
import { COOKIE, cookieOf } from './preview-headers.ts'
import { AWAKE_PATH, pagePolicy, previewPage, REPORT_PATH, REPORT_SCRIPT, SCRIPT_PATH, WAKING_PATH, WAKING_SCRIPT } from './preview-page.ts'
import { type PreviewReport, reportDesk } from './preview-report.ts'
import { type PreviewProof, previewTokens } from './preview-token.ts'

export interface PreviewProxyOptions {
  /** Previews live at `{port}-{id}.{domain}`; `preview.localhost` needs no name server. */
  readonly domain: string
  /** Who may frame a preview: the product's own origins. */
  readonly frameAncestors: () => readonly string[]
  /** The running sandbox of that preview, kept awake by the visit; undefined while it sleeps. */
  readonly find: (previewId: string) => Sandbox | undefined
  /** Starts a preview that sleeps; undefined when there is none. A failure of the domain is told to the viewer in its words. */
  readonly wake: (previewId: string) => Promise<Sandbox | undefined>
  /** Asked at each request of somebody with a good cookie: what let them in may be gone. */
  readonly admits?: (previewId: string, viewer: string) => Promise<boolean>
  readonly onReport?: (previewId: string, report: PreviewReport) => void
  readonly clock?: () => number
}

export interface PreviewEntry {
  readonly previewId: string
  readonly port: number
  /** Who is let in: kept in the proof, so that one viewer can be shown out. */
  readonly viewer: string
  /** The end of the stay, where it is nearer than the cookie's own; milliseconds since 1970. */
  readonly until?: number
}

export interface PreviewProxy {
  /** False when the request is for another host: then nothing was done. */
  handle(request: IncomingMessage, response: ServerResponse): boolean
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean
  /** The address that lets `viewer` in, once, within a minute. */
  open(entry: PreviewEntry, server: { port: number; isSecure: boolean }): string
  /** Every proof until now is worth nothing, and open sockets are closed: of one viewer, or of all. */
  revoke(previewId: string, viewer?: string): void
}

const ENTER_PATH = '/__slipway/enter'
const PORT_MIN = 1_024

interface Target {
  readonly previewId: string
  readonly port: number
  readonly host: string
}

export function createPreviewProxy(options: PreviewProxyOptions): PreviewProxy {
  const { clock = Date.now } = options
  const tokens = previewTokens(clock)
  const domain = options.domain.replaceAll('.', '\\.')
  const hostShape = new RegExp(`^(\\d{4,5})-([a-z0-9]{8,40})\\.${domain}(?::\\d+)?$`)
  const oursShape = new RegExp(`(?:^|\\.)${domain}\\.?(?::\\d+)?$`, 'i')
  const isOurs = (request: IncomingMessage) => oursShape.test(request.headers.host ?? '')
  const takeReport = reportDesk({ clock, onReport: options.onReport })
  const joined = new Map<string, Map<Duplex, string>>()

  const targetOf = (request: IncomingMessage): Target | undefined => {
    const match = hostShape.exec(request.headers.host ?? '')
    const port = Number(match?.[1])
    if (!match || port < PORT_MIN || port > 65_535 || port === EGRESS_PORT) return undefined
    return { previewId: match[2] as string, port, host: match[0] }
  }

  const answer = (response: ServerResponse, status: number, type: string, text: string) => {
    const headers = {
      'content-type': `${type}; charset=utf-8`,
      'content-security-policy': pagePolicy(options.frameAncestors()),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    }
    response.writeHead(status, headers).end(text)
  }
  const say = (response: ServerResponse, status: number, title: string, text: string, script?: string) =>
    answer(response, status, 'text/html', previewPage(title, text, script))
  const saySilent = (response: ServerResponse) =>
    say(response, 502, 'The app does not answer', 'It may be starting. Reload in a moment, or look at its log in Slipway.')

  const enter = (request: IncomingMessage, response: ServerResponse, previewId: string) => {
    const query = new URL(request.url ?? '/', 'http://preview').searchParams
    const token = query.get('token') ?? ''
    const proof = tokens.read('enter', token, previewId)
    if (!proof || !tokens.use(token))
      return say(response, 403, 'This link was used already', 'Preview links open once. Open the preview again from where you came.')
    // Only a path of this host: "//elsewhere" and "/\elsewhere" are other hosts to a browser.
    const wanted = query.get('to') ?? '/'
    const location = /^\/(?![/\\])/.test(wanted) ? wanted : '/'
    const stay = tokens.issue('stay', previewId, proof)
    const seconds = Math.max(0, Math.floor((stay.until - clock()) / 1000))
    const cookie = `${COOKIE}=${stay.token}; Path=/; Max-Age=${seconds}; HttpOnly; Secure; SameSite=None; Partitioned`
    response.writeHead(302, { location, 'set-cookie': cookie, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }).end()
  }

  /** Whoever has a good cookie of this preview, and is still admitted. */
  const viewerOf = async (request: IncomingMessage, previewId: string): Promise<PreviewProof | undefined> => {
    const proof = tokens.read('stay', cookieOf(request.headers), previewId)
    if (!proof || (options.admits && !(await options.admits(previewId, proof.viewer)))) return undefined
    return proof
  }

  /** Answers once the preview is awake: what the waking page waits for. */
  const sayAwake = async (response: ServerResponse, previewId: string) => {
    try {
      if (options.find(previewId) ?? (await options.wake(previewId))) return response.writeHead(204, { 'cache-control': 'no-store' }).end()
      return answer(response, 404, 'text/plain', 'This preview has ended. Open it again from where you came.')
    } catch (error) {
      const why = isFailure(error) ? error.message : 'Something went wrong on our side.'
      return answer(response, 503, 'text/plain', `It could not be started. ${why}`)
    }
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<unknown> => {
    const target = targetOf(request)
    if (!target) return say(response, 404, 'There is no such preview', 'Open it again from Slipway.')
    const { previewId, port, host } = target
    const path = (request.url ?? '/').split('?')[0]
    if (path === ENTER_PATH) return enter(request, response, previewId)
    if (path === WAKING_PATH) return answer(response, 200, 'text/javascript', WAKING_SCRIPT)
    if (!(await viewerOf(request, previewId)))
      return say(response, 401, 'This preview is private', 'Open it from Slipway, where you are signed in, or by the link you were given.')
    if (path === SCRIPT_PATH)
      return response.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'max-age=3600' }).end(REPORT_SCRIPT)
    if (path === REPORT_PATH && request.method === 'POST') return takeReport(request, response, previewId)
    if (path === AWAKE_PATH) return sayAwake(response, previewId)
    const there = options.find(previewId)
    if (!there && wantsPage(request) && request.method === 'GET')
      return say(response, 503, 'Waking the preview', 'It slept because nobody looked at it. This takes a few seconds.', WAKING_PATH)
    const sandbox = there ?? (await options.wake(previewId))
    if (!sandbox) return say(response, 404, 'This preview has ended', 'Open it again from where you came; it starts anew.')
    const to = { sandbox, port, host, frameAncestors: options.frameAncestors() }
    return forwardRequest(request, response, to, () => saySilent(response))
  }

  const join = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const refuse = (status: number) => void socket.end(`HTTP/1.1 ${status} ${http.STATUS_CODES[status]}\r\nconnection: close\r\n\r\n`)
    socket.on('error', () => undefined)
    const target = targetOf(request)
    if (!target) return refuse(404)
    const { previewId, port, host } = target
    const proof = await viewerOf(request, previewId)
    if (!proof) return refuse(401)
    const { origin } = request.headers
    if (origin && URL.parse(origin)?.host !== host) return refuse(403)
    const sandbox = options.find(previewId) ?? (await options.wake(previewId))
    if (!sandbox) return refuse(404)
    const sockets = joined.get(previewId) ?? new Map<Duplex, string>()
    joined.set(previewId, sockets)
    socket.on('close', () => {
      sockets.delete(socket)
      if (sockets.size === 0 && joined.get(previewId) === sockets) joined.delete(previewId)
    })
    const onJoined = () => void sockets.set(socket, proof.viewer)
    forwardSocket(request, { socket, head }, { sandbox, port, host, frameAncestors: [] }, { refuse, onJoined })
  }

  return {
    handle(request, response) {
      if (!isOurs(request)) return false
      serve(request, response).catch(() => {
        if (response.headersSent) response.destroy()
        else saySilent(response)
      })
      return true
    },
    upgrade(request, socket, head) {
      if (!isOurs(request)) return false
      join(request, socket, head).catch(() => socket.destroy())
      return true
    },
    open({ previewId, port, viewer, until }, server) {
      const isUsual = server.port === (server.isSecure ? 443 : 80)
      const origin = `${server.isSecure ? 'https' : 'http'}://${port}-${previewId}.${options.domain}${isUsual ? '' : `:${server.port}`}`
      return `${origin}${ENTER_PATH}?token=${tokens.issue('enter', previewId, { viewer, until }).token}`
    },
    revoke(previewId, viewer) {
      tokens.revoke(previewId, viewer)
      for (const [socket, who] of joined.get(previewId) ?? []) if (viewer === undefined || who === viewer) socket.destroy()
    },
  }
}
