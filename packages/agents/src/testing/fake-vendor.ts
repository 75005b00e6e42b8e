/** A fake vendor on the loopback: speaks Anthropic Messages, OpenAI Chat Completions and Responses, and Gemini from one script. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FakeFault, FakeReply, FakeRequest, FakeScript, Protocol } from './fake-script.ts'
import { readRequest } from './read-request.ts'
import { errorEvent, type Tokens, writeEvents } from './write-events.ts'

export interface FakeVendor {
  /** `http://127.0.0.1:PORT/v1`: the base URL for every provider but Google. */
  readonly baseUrl: string
  readonly googleBaseUrl: string
  /** Every exchange asked for, in order; lists of models are not among them. */
  readonly requests: readonly FakeRequest[]
  close(): Promise<void>
}

export interface FakeVendorOptions {
  /** Requests with another key are answered 401. */
  readonly apiKey?: string
  readonly models?: readonly string[]
  /** Port to listen on; any free one by default. */
  readonly port?: number
}

const ROUTES: readonly [RegExp, Protocol][] = [
  [/^\/v1\/messages$/, 'anthropic'],
  [/^\/v1\/chat\/completions$/, 'chat'],
  [/^\/v1\/responses$/, 'responses'],
  [/^\/v1beta\/models\/[^:]+:streamGenerateContent$/, 'google'],
]

export async function startFakeVendor(script: FakeScript, options: FakeVendorOptions = {}): Promise<FakeVendor> {
  const requests: FakeRequest[] = []
  const cache = promptCache()
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ error: { type: 'script_error', message: String(error) } }))
    })
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://fake').pathname
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
    if (options.apiKey && keyOf(headers) !== options.apiKey)
      return json(response, 401, { error: { type: 'authentication_error', message: `invalid x-api-key: ${keyOf(headers)}` } })
    if (request.method === 'GET') return json(response, ...listed(path, options.models ?? ['fake-large', 'fake-small'], headers))
    const protocol = ROUTES.find(([pattern]) => pattern.test(path))?.[1]
    if (!protocol) return json(response, 404, { error: { type: 'not_found', message: `no such route: ${path}` } })
    const rawBody = await bodyOf(request)
    const body = JSON.parse(rawBody) as Record<string, unknown>
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    const asked: FakeRequest = {
      protocol,
      ...readRequest(protocol, body, path),
      index: requests.length,
      rawBody,
      headers,
      signal: gone.signal,
    }
    requests.push(asked)
    const reply = await script(asked)
    const { fault } = reply
    if (fault?.kind === 'http')
      return json(response, fault.status, fault.body ?? { error: { type: 'api_error', message: `fake ${fault.status}` } }, fault.headers)
    const tokens = tokensOf(reply, cache(protocol, body))
    const isJsonTool = protocol === 'anthropic' && asked.tools.includes('json') && JSON.stringify(body.tool_choice ?? '').includes('any')
    const jsonTool = isJsonTool ? 'json' : null
    await stream(response, writeEvents(protocol, reply, tokens, asked.model, jsonTool), fault, protocol)
  }

  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    baseUrl: `${origin}/v1`,
    googleBaseUrl: `${origin}/v1beta`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const keyOf = (headers: Record<string, string>) =>
  headers['x-api-key'] ?? headers['x-goog-api-key'] ?? headers.authorization?.replace(/^Bearer /, '') ?? ''

function json(response: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

function listed(path: string, models: readonly string[], headers: Record<string, string>): [number, unknown] {
  if (path === '/v1/key') return [200, { data: { label: 'fake' } }]
  if (path === '/v1beta/models')
    return [
      200,
      {
        models: models.map((id) => ({
          name: `models/${id}`,
          displayName: id,
          inputTokenLimit: 100_000,
          supportedGenerationMethods: ['generateContent'],
        })),
      },
    ]
  if (path !== '/v1/models') return [404, { error: { message: `no such route: ${path}` } }]
  if (headers['x-api-key'])
    return [200, { data: models.map((id) => ({ type: 'model', id, display_name: id })), has_more: false, last_id: models.at(-1) }]
  return [200, { object: 'list', data: models.map((id) => ({ id, object: 'model', context_length: 100_000 })) }]
}

async function stream(
  response: ServerResponse,
  events: readonly string[],
  fault: FakeFault | undefined,
  protocol: Protocol,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  const after = fault && 'afterEvents' in fault ? fault.afterEvents : undefined
  const count = fault ? (after ?? Math.max(1, Math.floor(events.length / 2))) : events.length
  for (const event of events.slice(0, count)) {
    if (response.destroyed) return
    if (!response.write(event)) await new Promise<void>((resolve) => response.once('drain', resolve).once('close', resolve))
  }
  switch (fault?.kind) {
    case 'cut':
      // the written events must be on the wire before it breaks
      setImmediate(() => setImmediate(() => response.socket?.resetAndDestroy()))
      return
    case 'stall':
      return
    case 'error-event':
      response.end(errorEvent(protocol, fault.message ?? 'Overloaded'))
      return
    default:
      response.end()
  }
}

function tokensOf(reply: FakeReply, input: { total: number; cached: number; written: number }): Tokens {
  const output = (reply.text ?? '') + (reply.calls ?? []).map((call) => JSON.stringify(call.input)).join('')
  return {
    inputTokens: reply.usage?.inputTokens ?? input.total,
    cachedTokens: reply.usage ? (reply.usage.cachedTokens ?? 0) : input.cached,
    cacheWriteTokens: reply.usage ? 0 : input.written,
    outputTokens: reply.usage?.outputTokens ?? Math.ceil(output.length / 4),
  }
}

/**
 * Counts as vendors do: Anthropic serves the longest prefix that an earlier request marked, OpenAI and Google the longest
 * prefix they have seen, from 1,024 tokens on.
 */
function promptCache(): (protocol: Protocol, body: Record<string, unknown>) => { total: number; cached: number; written: number } {
  const seen = new Set<string>()
  return (protocol, body) => {
    const { blocks, marks } = blocksOf(body)
    const prefixes = blocks.map((_, index) => blocks.slice(0, index + 1).join('\n'))
    const sizeAt = (index: number) => (index < 0 ? 0 : Math.ceil((prefixes[index] as string).length / 4))
    const total = sizeAt(prefixes.length - 1)
    const usable = prefixes.map((_, index) => index).filter((index) => sizeAt(index) >= 1_024)
    const hit = usable.filter((index) => seen.has(`${protocol} ${prefixes[index]}`)).at(-1) ?? -1
    const kept = protocol === 'anthropic' ? usable.filter((index) => marks.has(index)) : usable
    for (const index of kept) seen.add(`${protocol} ${prefixes[index]}`)
    const written = protocol === 'anthropic' ? Math.max(0, sizeAt(kept.at(-1) ?? -1) - sizeAt(hit)) : 0
    return { total, cached: sizeAt(hit), written }
  }
}

function blocksOf(body: Record<string, unknown>): { blocks: string[]; marks: Set<number> } {
  const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value])
  const messages = asList(body.messages ?? body.input ?? body.contents)
  const parts = [
    ...asList(body.tools),
    ...asList(body.system ?? body.systemInstruction),
    ...messages.flatMap((message) => {
      const { content, role } = message as { content?: unknown; role?: unknown }
      return Array.isArray(content) ? content.map((part: unknown) => ({ role, part })) : [message]
    }),
  ]
  const marks = new Set(parts.flatMap((part, index) => (JSON.stringify(part).includes('"cache_control"') ? [index] : [])))
  const blocks = parts.map((part) => JSON.stringify(part, (name, value: unknown) => (name === 'cache_control' ? undefined : value)))
  return { blocks, marks }
}
