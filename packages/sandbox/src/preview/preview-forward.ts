/** Carries requests and web sockets of viewers to the app in its sandbox, and its answers back under our rules. */
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Sandbox } from '../sandbox.ts'
import { browserHeaders, switchedHeaders, upstreamHeaders } from './preview-headers.ts'
import { withReportScript } from './preview-page.ts'

/** Below stand answers that are no final answer, and numbers that are no status. */
const STATUS_MIN = 200
const HTML_BYTES_MAX = 8 * 1024 * 1024

export interface ForwardTarget {
  readonly sandbox: Sandbox
  readonly port: number
  /** As the browser named it. */
  readonly host: string
  readonly frameAncestors: readonly string[]
}

/** Whether the browser loads a page and not a part of one. */
export const wantsPage = ({ headers }: IncomingMessage): boolean =>
  headers['sec-fetch-dest'] === 'document' || headers['sec-fetch-dest'] === 'iframe'

/** @param onSilence answers in the place of an app that does not */
export function forwardRequest(request: IncomingMessage, response: ServerResponse, target: ForwardTarget, onSilence: () => void): void {
  const isPageWanted = wantsPage(request)
  const upstream = http.request({
    agent: agentFor(target.sandbox, target.port),
    method: request.method ?? 'GET',
    path: request.url ?? '/',
    headers: upstreamHeaders(request.headers, { isUpgrade: false, wantsPlain: isPageWanted }),
    setHost: false,
  })
  upstream.on('response', (answer) => {
    answer.on('error', () => response.destroy())
    const status = answer.statusCode ?? 0
    if (status < STATUS_MIN) return void upstream.destroy(new Error('An app answered with a status that is none.'))
    const headers = browserHeaders(answer, target)
    const isPage = isPageWanted && /^text\/html/i.test(answer.headers['content-type'] ?? '') && !answer.headers['content-encoding']
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
    else onSilence()
  }
  upstream.on('upgrade', (_, far) => {
    far.destroy()
    fail()
  })
  upstream.on('error', fail)
  response.on('close', () => upstream.destroy())
  request.pipe(upstream)
}

/** @param refuse ends the viewer's socket with a status; @param onJoined hears of a socket that is open, until it closes */
export function forwardSocket(
  request: IncomingMessage,
  { socket, head }: { socket: Duplex; head: Buffer },
  target: ForwardTarget,
  { refuse, onJoined }: { refuse: (status: number) => void; onJoined: () => void },
): void {
  const upstream = http.request({
    agent: agentFor(target.sandbox, target.port),
    path: request.url ?? '/',
    headers: upstreamHeaders(request.headers, { isUpgrade: true, wantsPlain: false }),
    setHost: false,
  })
  // Nobody reads this socket until the app has joined, and what nobody reads does not notice that its far end left.
  const left = () => socket.destroy()
  const look = () => void (socket.readableLength === 0 && socket.read())
  socket.on('end', left).on('readable', look)
  socket.on('close', () => upstream.destroy())
  upstream.on('upgrade', (answer, far, farHead) => {
    socket.off('end', left).off('readable', look)
    far.on('error', () => socket.destroy())
    far.on('close', () => socket.destroy())
    socket.on('close', () => far.destroy())
    onJoined()
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
