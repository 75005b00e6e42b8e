/** The host's end of the channel to the agent inside a sandbox. */
import http2 from 'node:http2'
import type { Duplex } from 'node:stream'
import { failure } from '@slipway/domain'
import { tunnelStream } from './tunnel-stream.ts'

const SETTINGS = { settings: { initialWindowSize: 4 << 20, maxConcurrentStreams: 1000, enableConnectProtocol: true } }
const FRAME_STDERR = 2
const FRAME_END = 3
const FRAME_BYTES_MAX = 1 << 24
/** Requests that wait at the agent for something inside to ask for the way out; each one taken is replaced. */
const WAYS_OUT = 4

export interface AgentClient {
  /** @throws SANDBOX_LOST, SANDBOX_PATH_REFUSED, NOT_FOUND, TOO_LARGE */
  ask(
    path: string,
    request: object,
    options?: { body?: AsyncIterable<Uint8Array> | Iterable<Uint8Array>; bytesMax?: number },
  ): Promise<Buffer>
  exec(
    request: object,
    heard: { onBytes: (stream: 'stdout' | 'stderr', bytes: Buffer) => void },
  ): { done: Promise<{ exitCode: number | null; isTimedOut: boolean } | undefined>; cut: () => void }
  /** @throws Error when nothing listens there */
  connect(port: number): Promise<Duplex>
  close(): void
}

const isOpenStream = (stream: http2.ClientHttp2Stream) => !stream.destroyed && !stream.closed

/**
 * @param channel bytes in order, both ways; whatever carries them
 * @param options.onConnection each connection that something inside makes to the way out
 */
export function agentClient(channel: Duplex, options: { sandboxId: string; onConnection: (stream: Duplex) => void }): AgentClient {
  const session = http2.connect('http://sandbox', { createConnection: () => channel as never, ...SETTINGS })
  session.on('error', () => undefined) // the end of the sandbox is told by its engine
  const lost = () => failure('SANDBOX_LOST', { sandboxId: options.sandboxId })
  const open = (headers: http2.OutgoingHttpHeaders): http2.ClientHttp2Stream => {
    if (session.destroyed || session.closed) throw lost()
    const stream = session.request(headers, { endStream: false })
    stream.on('error', () => undefined)
    return stream
  }
  const header = (request: object) => Buffer.from(JSON.stringify(request)).toString('base64url')
  const offerWayOut = () => {
    if (session.destroyed || session.closed) return
    const stream = open({ ':path': '/way-out', ':method': 'POST' })
    stream.on('response', (headers) => {
      offerWayOut()
      if (headers[':status'] === 200) options.onConnection(tunnelStream(stream))
      else stream.destroy()
    })
  }
  for (let count = 0; count < WAYS_OUT; count++) offerWayOut()

  return {
    ask(path, request, { body, bytesMax = Number.MAX_SAFE_INTEGER } = {}) {
      return new Promise((resolve, reject) => {
        const stream = open({ ':path': path, ':method': 'POST', 'x-request': header(request) })
        const parts: Buffer[] = []
        let size = 0
        let status = 0
        stream.on('response', (headers) => {
          status = Number(headers[':status'])
        })
        stream.on('data', (bytes: Buffer) => {
          size += bytes.length
          parts.push(bytes)
          if (size > bytesMax) stream.close(http2.constants.NGHTTP2_CANCEL)
        })
        stream.on('close', () => {
          const text = () => Buffer.concat(parts).toString()
          if (size > bytesMax || status === 413) reject(failure('TOO_LARGE', { what: path, bytesMax }))
          else if (status === 200 && stream.readableEnded && stream.rstCode === 0) resolve(Buffer.concat(parts))
          else if (status === 403) reject(failure('SANDBOX_PATH_REFUSED', { path: text() }))
          else if (status === 404) reject(failure('NOT_FOUND', { thing: 'file', id: text() }))
          else if (status === 0 || status === 200) reject(lost())
          else reject(new Error(`The agent of sandbox ${options.sandboxId} answered ${status}: ${text()}`))
        })
        stream.resume()
        if (body) send(stream, body).catch(() => stream.close(http2.constants.NGHTTP2_CANCEL))
        else stream.end()
      })
    },

    exec(request, { onBytes }) {
      const stream = open({ ':path': '/exec', ':method': 'POST', 'x-request': header(request) })
      stream.end()
      const done = new Promise<{ exitCode: number | null; isTimedOut: boolean } | undefined>((resolve, reject) => {
        let rest: Buffer = Buffer.alloc(0)
        let status = 0
        let said = ''
        // Bytes are asked for only now: those that come in one piece with the head would else be told before it.
        stream.on('response', (headers) => {
          status = Number(headers[':status'])
          stream.on('data', (bytes: Buffer) => {
            if (status === 200) take(bytes)
            else said += bytes.toString()
          })
        })
        const take = (bytes: Buffer) => {
          rest = rest.length ? Buffer.concat([rest, bytes]) : bytes
          while (rest.length >= 5) {
            const length = rest.readUInt32BE(1)
            if (length > FRAME_BYTES_MAX) return stream.close(http2.constants.NGHTTP2_CANCEL)
            if (rest.length < 5 + length) return
            const type = rest[0]
            const content = rest.subarray(5, 5 + length)
            rest = rest.subarray(5 + length)
            if (type === FRAME_END) resolve(JSON.parse(content.toString()) as { exitCode: number | null; isTimedOut: boolean })
            else onBytes(type === FRAME_STDERR ? 'stderr' : 'stdout', content)
          }
        }
        stream.on('close', () => {
          if (status === 403) reject(failure('SANDBOX_PATH_REFUSED', { path: said }))
          else resolve(undefined)
        })
      })
      return { done, cut: () => isOpenStream(stream) && stream.close(http2.constants.NGHTTP2_CANCEL) }
    },

    connect(port) {
      return new Promise((resolve, reject) => {
        const stream = open({ ':method': 'CONNECT', ':authority': `127.0.0.1:${port}` })
        stream.on('response', (headers) => {
          if (headers[':status'] === 200) return resolve(tunnelStream(stream))
          stream.destroy()
          reject(new Error(`Nothing listens on port ${port} in sandbox ${options.sandboxId}.`))
        })
        stream.on('close', () => reject(session.destroyed ? lost() : new Error(`Port ${port} in sandbox ${options.sandboxId} closed.`)))
      })
    },

    close() {
      session.destroy()
    },
  }
}

async function send(stream: http2.ClientHttp2Stream, body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> {
  for await (const bytes of body) {
    if (!isOpenStream(stream)) return
    if (!stream.write(bytes)) {
      await new Promise<void>((resolve) => {
        stream.once('drain', resolve)
        stream.once('close', resolve)
      })
    }
  }
  stream.end()
}
