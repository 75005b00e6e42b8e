/** Figma on a port of this machine: the real shapes, refusals and limits, over a small design of our own. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { bookingFile, FILE_KEY, PICTURE_PNG } from './booking-design.ts'

export const TOKEN = 'figd_loopback-token-of-ada'

export interface LoopbackFigma {
  readonly url: string
  /** Paths that were asked for, pictures among them, in order. */
  readonly requests: string[]
  /** Of the file: raised by `change`. */
  version(): string
  /** Somebody edits the file. */
  change(text: string): void
  /** The next calls of tier 1 are refused with this wait, until `undefined`. */
  limit(retryAfter: string | undefined): void
  /** The next answers are broken off in the middle. */
  breakOff(times: number): void
  close(): Promise<void>
}

const NODE_FIELDS = ['components', 'componentSets', 'styles', 'schemaVersion'] as const
type Node = { id: string; type: string; children?: Node[]; fillGeometry?: unknown; strokeGeometry?: unknown }

const find = (node: Node, id: string): Node | undefined =>
  node.id === id ? node : (node.children ?? []).map((child) => find(child, id)).find((found) => found !== undefined)

const cut = (node: Node, depth: number): Node =>
  depth === 0
    ? { ...node, children: [] }
    : { ...node, ...(node.children ? { children: node.children.map((child) => cut(child, depth - 1)) } : {}) }

/** Geometry is there only for whoever asks for it. */
const withoutGeometry = ({ fillGeometry, strokeGeometry, ...node }: Node): Node => ({
  ...node,
  ...(node.children ? { children: node.children.map(withoutGeometry) } : {}),
})

export async function startLoopbackFigma(): Promise<LoopbackFigma> {
  const requests: string[] = []
  let version = 100
  let title = 'Book a table'
  let retryAfter: string | undefined
  let breaks = 0
  const server = createServer((request, response) => answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const refuse = (response: ServerResponse, status: number, err: string, headers: Record<string, string> = {}) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify({ status, err }))

  function answer(request: IncomingMessage, response: ServerResponse): unknown {
    const { pathname, searchParams } = new URL(request.url ?? '/', url)
    requests.push(pathname)
    if (pathname.startsWith('/pictures/')) return response.setHeader('content-type', 'image/png').end(PICTURE_PNG)
    const token = request.headers['x-figma-token'] ?? String(request.headers.authorization ?? '').replace('Bearer ', '')
    if (token === 'figd_without-scopes')
      return refuse(response, 403, 'Invalid scope(s): current_user:read. This endpoint requires the file_content:read scope')
    if (token !== TOKEN) return refuse(response, 403, 'Invalid token')
    const send = (body: object) => {
      const text = JSON.stringify(body)
      response.setHeader('content-type', 'application/json; charset=utf-8')
      if (breaks-- > 0) return response.writeHead(200, { 'content-length': text.length }).write(text.slice(0, 40), () => response.destroy())
      response.end(text)
    }
    if (pathname === '/v1/me') return send({ id: '1', email: 'ada@example.com', handle: 'Ada', img_url: `${url}/pictures/ada` })
    const [, kind, key, part] = /^\/v1\/(files|images)\/(\w+)(?:\/(\w+))?$/.exec(pathname) ?? []
    if (key === 'Secret1') return refuse(response, 403, 'File not exportable')
    if (key !== FILE_KEY) return refuse(response, 404, 'Not found')
    if (part === 'meta')
      return send({
        file: { name: 'Bistro', last_touched_at: '2026-11-01T10:00:00Z', version: String(version), editorType: 'figma', url: '' },
      })
    if (retryAfter !== undefined && part !== 'images')
      return refuse(response, 429, 'Rate limit exceeded', {
        'retry-after': retryAfter,
        'x-figma-plan-tier': 'starter',
        'x-figma-rate-limit-type': 'low',
        'x-figma-upgrade-link': 'https://www.figma.com/files?api_paywall=true',
      })
    const file = bookingFile(title)
    const ids = (searchParams.get('ids') ?? '').split(',').filter(Boolean)
    const document = file.document as unknown as Node
    const shown = (node: Node) => (searchParams.get('geometry') === 'paths' ? node : withoutGeometry(node))
    const head = {
      name: file.name,
      lastModified: '2026-11-01T10:00:00Z',
      thumbnailUrl: '',
      version: String(version),
      role: 'viewer',
      editorType: 'figma',
    }
    if (kind === 'images') {
      const images = Object.fromEntries(ids.map((id) => [id, find(document, id) ? `${url}/pictures/${id.replaceAll(':', '-')}.png` : null]))
      return send({ err: null, images })
    }
    if (part === 'images') return send({ error: false, status: 200, meta: { images: { room: `${url}/pictures/room.png` } }, i18n: null })
    if (part === 'nodes') {
      const entry = (id: string) => {
        const node = find(document, id)
        return node ? { document: shown(node), ...Object.fromEntries(NODE_FIELDS.map((name) => [name, file[name]])) } : null
      }
      return send({ ...head, nodes: Object.fromEntries(ids.map((id) => [id, entry(id)])) })
    }
    const depth = Number(searchParams.get('depth') ?? 100)
    return send({ ...head, ...file, document: shown(cut(document, depth)) })
  }

  return {
    url,
    requests,
    version: () => String(version),
    change(text) {
      title = text
      version++
    },
    limit(value) {
      retryAfter = value
    },
    breakOff(times) {
      breaks = times
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
