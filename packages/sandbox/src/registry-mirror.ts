/** What a sandbox may read of the npm registry: documents of packages that may be added, and tarballs, by GET, and nothing else. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { abbreviated, judgePackage } from './registry-policy.ts'
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
const AGE_MS_MIN = 7 * 86_400_000
/** What installers ask for. */
const ABBREVIATED = 'application/vnd.npm.install-v1+json'

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

export interface RegistryLine {
  readonly method: string
  readonly path: string
  readonly status: number
  /** Why it was refused, or what somebody should know of it. */
  readonly note?: string
}

/**
 * Tarballs are not judged again: an installer learns of them from a document that was, or from a lock file with their checksums.
 * @param deps.upstream the registry that is asked, with its final slash
 * @param deps.ageMsMin see registry-policy.ts; a week when not said
 * @param deps.onRequest told of every request, also of the refused ones
 */
export function createRegistryMirror(deps: {
  upstream: string
  fetch?: typeof fetch
  ageMsMin?: number
  clock?: () => number
  onRequest?: (line: RegistryLine) => void
}): RegistryMirror {
  const { ageMsMin = AGE_MS_MIN, clock = Date.now } = deps
  const ask = deps.fetch ?? fetch
  const upstream = deps.upstream.endsWith('/') ? deps.upstream : `${deps.upstream}/`
  const notes = new WeakMap<ServerResponse, string>()

  const refuse = (response: ServerResponse, status: number, reason: string) => {
    notes.set(response, reason)
    // npm shows the `error` of such an answer to whoever reads its output.
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error: reason }))
  }

  const answerDocument = async (request: IncomingMessage, response: ServerResponse, path: string): Promise<void> => {
    const [, name = path, version] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.+))?$/.exec(path) ?? []
    // Only the full document says when each version was published.
    const far = await ask(upstream + name.replace('/', '%2f'), {
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(UPSTREAM_TIMEOUT_MS),
    })
    if (far.status === 404) return refuse(response, 404, `There is no package "${name}". Look up its name before it is added.`)
    if (!far.ok) return refuse(response, far.status, `The registry answered ${far.status}.`)
    const judged = judgePackage(JSON.parse((await far.text()).replaceAll(upstream, INSIDE)), { ageMsMin, nowMs: clock() })
    if (!judged.isAllowed) return refuse(response, 403, judged.reason)
    if (judged.hasInstallScript) notes.set(response, `Versions of "${name}" have install scripts; they are not run.`)
    const isShort = request.headers.accept?.includes(ABBREVIATED) ?? false
    const shown = version ? judged.document.versions[version] : isShort ? abbreviated(judged.document) : judged.document
    if (!shown) return refuse(response, 404, `There is no version ${version} of "${name}" that may be added.`)
    const text = JSON.stringify(shown)
    response.writeHead(200, {
      'content-type': isShort && !version ? ABBREVIATED : 'application/json',
      'content-length': Buffer.byteLength(text),
    })
    response.end(request.method === 'HEAD' ? undefined : text)
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const wanted = registryRequest(request.method ?? '', request.url ?? '')
    if (!wanted) return refuse(response, 403, 'The sandbox may only read packages.')
    if (wanted.kind === 'document') return answerDocument(request, response, wanted.path)
    const far = await ask(upstream + wanted.path, { signal: AbortSignal.timeout(UPSTREAM_TIMEOUT_MS) })
    if (!far.ok || !far.body) return refuse(response, far.status, `The registry answered ${far.status}.`)
    response.writeHead(200, { 'content-type': far.headers.get('content-type') ?? 'application/octet-stream' })
    if (request.method === 'HEAD') response.end()
    else await pipeline(Readable.fromWeb(far.body as never), response)
  }

  const server = createServer((request, response) => {
    response.on('finish', () => {
      const note = notes.get(response)
      deps.onRequest?.({ method: request.method ?? '', path: request.url ?? '', status: response.statusCode, ...(note ? { note } : {}) })
    })
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy()
      else refuse(response, 502, `The registry cannot be reached: ${(error as Error).message}`)
    })
  })
  server.on('clientError', (_, socket) => socket.destroy())
  return { serve: (connection) => void server.emit('connection', connection) }
}
