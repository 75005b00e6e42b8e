/** What a sandbox may read of the npm registry: package documents and tarballs, by GET, and nothing else. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { EGRESS_PORT } from './sandbox.ts'

export interface RegistryMirror {
  /** Answers HTTP on one connection that a sandbox made. */
  serve(connection: Duplex): void
}

const NAME = '[a-zA-Z0-9_][a-zA-Z0-9._~-]{0,213}'
const DOCUMENT = new RegExp(`^(?:@${NAME}/)?${NAME}(?:/[0-9][\\w.+-]{0,60})?$`)
const TARBALL = new RegExp(`^(?:@${NAME}/)?${NAME}/-/${NAME}\\.tgz$`)
const INSIDE = `http://127.0.0.1:${EGRESS_PORT}/`
const UPSTREAM_TIMEOUT_MS = 120_000

/** What the path of a request asks for; undefined for whatever a sandbox has no business with. */
export function registryRequest(method: string, url: string): { kind: 'document' | 'tarball'; path: string } | undefined {
  if (method !== 'GET' && method !== 'HEAD') return undefined
  let path: string
  try {
    path = decodeURIComponent(url.slice(1))
  } catch {
    return undefined
  }
  if (path.split('/').some((part) => part === '..' || part === '.')) return undefined
  if (TARBALL.test(path)) return { kind: 'tarball', path }
  return DOCUMENT.test(path) ? { kind: 'document', path } : undefined
}

/**
 * @param deps.upstream the registry that is asked, with its final slash
 * @param deps.onRequest told of every request, also of the refused ones
 */
export function createRegistryMirror(deps: {
  upstream: string
  fetch?: typeof fetch
  onRequest?: (line: { method: string; path: string; status: number }) => void
}): RegistryMirror {
  const ask = deps.fetch ?? fetch
  const upstream = deps.upstream.endsWith('/') ? deps.upstream : `${deps.upstream}/`

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const wanted = registryRequest(request.method ?? '', request.url ?? '')
    if (!wanted) {
      response.writeHead(403, { 'content-type': 'text/plain' }).end('The sandbox may only read packages.')
      return
    }
    const { kind, path } = wanted
    const address = upstream + (kind === 'document' && path.startsWith('@') ? path.replace('/', '%2f') : path)
    const far = await ask(address, {
      headers: kind === 'document' ? { accept: request.headers.accept ?? 'application/json' } : {},
      signal: AbortSignal.timeout(UPSTREAM_TIMEOUT_MS),
    })
    if (!far.ok || !far.body) {
      response.writeHead(far.status).end()
      return
    }
    const type = far.headers.get('content-type') ?? 'application/octet-stream'
    if (kind === 'document') {
      const text = (await far.text()).replaceAll(upstream, INSIDE)
      response.writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(text) })
      response.end(request.method === 'HEAD' ? undefined : text)
      return
    }
    response.writeHead(200, { 'content-type': type })
    if (request.method === 'HEAD') response.end()
    else await pipeline(Readable.fromWeb(far.body as never), response)
  }

  const server = createServer((request, response) => {
    response.on('finish', () => deps.onRequest?.({ method: request.method ?? '', path: request.url ?? '', status: response.statusCode }))
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy()
      else response.writeHead(502, { 'content-type': 'text/plain' }).end(`The registry cannot be reached: ${(error as Error).message}`)
    })
  })
  server.on('clientError', (_, socket) => socket.destroy())
  return { serve: (connection) => void server.emit('connection', connection) }
}
