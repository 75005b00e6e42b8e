/** The built web app on a port of this machine, in front of a fake of the API: what the browser tests open. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { text } from 'node:stream/consumers'
import { ERRORS, isFailure, type LiveEvent, type Problem, ROUTES, type Route, type RouteName } from '@slipway/domain'
import { type FakeHandlers, fakeHandlers } from './fake-handlers.ts'
import { FakeWorkspace } from './fake-workspace.ts'

const BUILD = join(import.meta.dirname, '../../build')
const PASSWORD = 'correct horse'
const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
}
const PREVIEW = `<!doctype html><html lang="en"><title>Bike Workshop</title><body style="font-family:system-ui;margin:0">
<header style="padding:14px 20px;background:#2f6b3c;color:#fff">Bike Workshop</header><main style="padding:20px"><h1>Repair jobs</h1>
<table style="width:100%;text-align:left"><tr><th>Job</th><th>Status</th><th>Price</th></tr><tr><td>New chain</td><td>In repair</td><td>$48</td></tr>
<tr><td>Brake pads</td><td>Received</td><td>$32</td></tr><tr><td>Full service</td><td>Ready</td><td>$110</td></tr></table></main></body></html>`

export interface FakeServer {
  readonly url: string
  readonly workspace: FakeWorkspace
  /** What the app asked for, in order: `POST /api/projects`. */
  readonly requests: string[]
  /** The next call of the route fails so. */
  refuse(route: RouteName, problem: Problem): void
  /** Calls of the route wait until the function that comes back is called. */
  hold(route: RouteName): () => void
  /** Ends every event stream, as a restart of the server would. */
  cutStreams(): void
  close(): Promise<void>
}

/** Listens on a free port of 127.0.0.1. */
export async function startFakeServer(): Promise<FakeServer> {
  const workspace = new FakeWorkspace()
  const requests: string[] = []
  const refusals = new Map<RouteName, Problem>()
  const gates = new Map<RouteName, Promise<void>>()
  const streams = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => sendJson(response, 500, String(error)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const handlers = fakeHandlers(workspace, { previewUrl: (sandboxId) => `http://${sandboxId}.preview.localhost:${port}/?token=once` })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
    if (url.hostname.endsWith('.preview.localhost')) return void response.setHeader('content-type', 'text/html').end(PREVIEW)
    if (!url.pathname.startsWith('/api')) return serveFile(url.pathname, response)
    requests.push(`${request.method} ${url.pathname}`)
    if (url.pathname === '/api/auth/sign-in/email') {
      const { password } = JSON.parse(await text(request)) as { password: string }
      if (password !== PASSWORD) return sendJson(response, 401, { message: 'Invalid email or password' })
      workspace.signIn()
      return sendJson(response, 200, {})
    }
    if (url.pathname === '/api/auth/sign-out') {
      workspace.signOut()
      return sendJson(response, 200, {})
    }
    if (url.pathname === '/api/events')
      return stream(request, response, Number(request.headers['last-event-id'] ?? url.searchParams.get('after') ?? 0))
    if (url.pathname.endsWith('/download')) {
      response.setHeader('content-disposition', 'attachment; filename="bike-workshop-build_v0_1.zip"')
      return void response.end('PK')
    }
    const found = findRoute(request.method ?? 'GET', url.pathname)
    if (!found) return sendJson(response, 404, problemOf(404, 'ROUTE_NOT_FOUND', `There is nothing at ${url.pathname}.`))
    await gates.get(found.name)
    const refusal = refusals.get(found.name)
    if (refusal) {
      refusals.delete(found.name)
      return sendJson(response, refusal.status, refusal)
    }
    const body = await text(request)
    return call(response, found.name, {
      ...found.params,
      ...Object.fromEntries(url.searchParams),
      ...(body ? (JSON.parse(body) as object) : {}),
    })
  }

  function call(response: ServerResponse, name: RouteName, input: Record<string, unknown>): void {
    const route: Route = ROUTES[name]
    const isOpen = route.isOpen || workspace.session.user
    if (!isOpen) {
      sendJson(response, 401, problemOf(401, 'NOT_SIGNED_IN', 'Sign in to go on.'))
      return
    }
    const given = Object.assign({}, ...[route.params, route.query, route.body].map((schema) => schema?.parse(input) ?? {})) as never
    try {
      const output = (handlers[name] as FakeHandlers[RouteName] & ((input: never) => unknown))(given)
      sendJson(response, 200, route.response.parse(output))
    } catch (error) {
      if (!isFailure(error)) throw error
      const status = ERRORS[error.code].http
      sendJson(response, status, problemOf(status, error.code, error.message))
    }
  }

  function stream(request: IncomingMessage, response: ServerResponse, after: number): void {
    if (!workspace.session.user) {
      sendJson(response, 401, {})
      return
    }
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    response.write('retry: 50\n\n')
    const send = (event: LiveEvent) => response.write(`id: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`)
    workspace.events.filter((event) => event.id > after).forEach(send)
    const stop = workspace.onEvent(send)
    streams.add(response)
    request.on('close', () => {
      stop()
      streams.delete(response)
    })
  }

  return {
    url: `http://localhost:${port}`,
    workspace,
    requests,
    refuse: (route, problem) => void refusals.set(route, problem),
    hold(route) {
      const { promise, resolve } = Promise.withResolvers<void>()
      gates.set(route, promise)
      return () => {
        gates.delete(route)
        resolve()
      }
    },
    cutStreams: () => streams.forEach((response) => void response.end()),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export const problemOf = (status: number, code: string, detail: string): Problem => ({
  type: 'about:blank',
  title: code,
  status,
  code,
  detail,
})

function findRoute(method: string, path: string): { name: RouteName; params: Record<string, string> } | undefined {
  for (const [name, route] of Object.entries(ROUTES)) {
    if (route.method !== method) continue
    const match = new RegExp(`^${route.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`).exec(path)
    if (match) return { name: name as RouteName, params: { ...match.groups } }
  }
  return undefined
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

/** Files as the real server sends them, brotli where there is one, and its strict policy on the page. */
function serveFile(path: string, response: ServerResponse): void {
  const file = normalize(join(BUILD, path))
  if (file.startsWith(BUILD) && extname(path) && existsSync(file) && statSync(file).isFile()) {
    const hasBrotli = existsSync(`${file}.br`)
    response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream')
    if (hasBrotli) response.setHeader('content-encoding', 'br')
    return void response.end(readFileSync(hasBrotli ? `${file}.br` : file))
  }
  if (extname(path)) return void response.writeHead(404).end()
  const page = readFileSync(join(BUILD, 'index.html'), 'utf8')
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.setHeader('content-security-policy', policyOf(page))
  response.end(page)
}

function policyOf(page: string): string {
  const hashes = [...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, script]) => `'sha256-${createHash('sha256').update(String(script)).digest('base64')}'`,
  )
  return [
    "default-src 'self'",
    `script-src 'self' ${hashes.join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    'frame-src http://*.preview.localhost:* https:',
  ].join('; ')
}
