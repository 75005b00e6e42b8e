import { createServer, request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { failure } from '@slipway/domain'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Sandbox } from '../sandbox.ts'
import { createPreviewProxy, type PreviewProxy } from './preview-proxy.ts'

const ID = 'a1b2c3d4e5f6'
let app: Server
let server: Server
let proxy: PreviewProxy
let now = 0
let seen: IncomingMessage[] = []
let reports: unknown[] = []
let isAwake = true
let wake: (id: string) => Promise<Sandbox | undefined>
let shownOut: Set<string>

/** A sandbox whose port 3000 is a server of this test: a fake at the process's edge. */
const sandbox = () =>
  ({
    id: ID,
    connect: async (port: number) => {
      if (port !== 3000) throw new Error('Nothing listens')
      return connect((app.address() as AddressInfo).port, '127.0.0.1')
    },
  }) as unknown as Sandbox

beforeAll(async () => {
  app = createServer((request, response) => {
    seen.push(request)
    if (request.url === '/page') {
      const headers = {
        'content-type': 'text/html',
        'x-frame-options': 'DENY',
        'set-cookie': ['a=1; Domain=preview.localhost', '__Host-slipway-preview=stolen', 'b=2'],
        'clear-site-data': '"*"',
      }
      response.writeHead(200, headers).end('<!doctype html><html><head><title>x</title></head><body>hi</body></html>')
    } else if (request.method === 'POST') {
      let text = ''
      request.on('data', (bytes) => {
        text += String(bytes)
      })
      request.on('end', () => response.end(`got ${text}`))
    } else response.end(`at ${request.url}`)
  })
  app.on('upgrade', (_, socket) => socket.end('HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\nhello'))
  proxy = createPreviewProxy({
    domain: 'preview.localhost',
    frameAncestors: () => ['http://localhost:4600'],
    find: (id) => (isAwake && id === ID ? sandbox() : undefined),
    wake: (id) => wake(id),
    admits: async (_, viewer) => !shownOut.has(viewer),
    onReport: (id, report) => reports.push({ id, ...report }),
    clock: () => now,
  })
  server = createServer((request, response) => {
    if (!proxy.handle(request, response)) response.writeHead(418).end()
  })
  server.on('upgrade', (request, socket, head) => proxy.upgrade(request, socket, head) || socket.destroy())
  for (const one of [app, server]) await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  for (const one of [app, server]) one.close()
})
beforeEach(() => {
  seen = []
  reports = []
  isAwake = true
  wake = async () => undefined
  shownOut = new Set()
  now = 1_000_000
})

const port = () => (server.address() as AddressInfo).port
const hostOf = (id = ID, at = 3000) => `${at}-${id}.preview.localhost:${port()}`

function ask(path: string, headers: Record<string, string> = {}, options: { host?: string; method?: string; body?: string } = {}) {
  return new Promise<{ status: number; headers: IncomingMessage['headers']; text: string }>((resolve, reject) => {
    const request = httpRequest(
      { port: port(), path, method: options.method ?? 'GET', headers: { host: options.host ?? hostOf(), ...headers } },
      (response) => {
        let text = ''
        response.on('data', (bytes) => {
          text += String(bytes)
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
      },
    )
    request.on('error', reject)
    request.end(options.body)
  })
}

const addressFor = (id = ID, entry: { viewer?: string; until?: number } = {}) =>
  new URL(proxy.open({ previewId: id, port: 3000, viewer: 'v', ...entry }, { port: port(), isSecure: false }))
async function enter(entry: { viewer?: string; until?: number } = {}): Promise<Record<string, string>> {
  const { pathname, search } = addressFor(ID, entry)
  const { headers } = await ask(pathname + search)
  return { cookie: String(headers['set-cookie']?.[0]?.split(';')[0]) }
}

test('a link opens once and leaves a cookie that belongs to this host alone', async () => {
  const { pathname, search, host } = addressFor()
  expect(host).toBe(hostOf())
  const first = await ask(pathname + search)
  expect(first).toMatchObject({ status: 302, headers: { location: '/' } })
  expect(first.headers['set-cookie']?.[0]).toMatch(
    /^__Host-slipway-preview=.*; Path=\/; Max-Age=\d+; HttpOnly; Secure; SameSite=None; Partitioned$/,
  )
  expect((await ask(pathname + search)).status).toBe(403)
})

test('without the cookie, or with one of another sandbox, nothing of the app is shown', async () => {
  expect(await ask('/')).toMatchObject({ status: 401, text: expect.stringContaining('This preview is private') })
  const cookie = await enter()
  expect((await ask('/', cookie)).text).toBe('at /')
  expect((await ask('/', cookie, { host: hostOf('ffffffffffff') })).status).toBe(401)
  expect((await ask(addressFor('ffffffffffff').pathname + addressFor().search, {}, { host: hostOf('ffffffffffff') })).status).toBe(403)
  expect(seen).toHaveLength(1)
})

test('what a form sends arrives whole, with a length and without one', async () => {
  const cookie = await enter()
  const body = JSON.stringify({ name: 'Ada', text: 'x'.repeat(200_000) })
  const length = { 'content-length': String(Buffer.byteLength(body)) }
  expect((await ask('/api', { ...cookie, ...length }, { method: 'POST', body })).text).toBe(`got ${body}`)
  expect((await ask('/api', { ...cookie, 'transfer-encoding': 'chunked' }, { method: 'POST', body })).text).toBe(`got ${body}`)
})

test('links expire after a minute, cookies after their time, and both when they are revoked', async () => {
  const { pathname, search } = addressFor()
  now += 61_000
  expect((await ask(pathname + search)).status).toBe(403)
  const cookie = await enter()
  now += 9 * 60 * 60_000
  expect((await ask('/', cookie)).status).toBe(401)
  const fresh = await enter()
  proxy.revoke(ID)
  expect((await ask('/', fresh)).status).toBe(401)
})

test('an entry leads to a path of the preview and never to another host', async () => {
  for (const to of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)']) {
    const { pathname, search } = addressFor()
    expect((await ask(`${pathname}${search}&to=${encodeURIComponent(to)}`)).headers.location, to).toBe('/')
  }
})

test('the app hears nothing of ours and can set nothing of ours', async () => {
  const cookie = await enter()
  const answer = await ask('/page', { cookie: `${cookie.cookie}; own=1`, 'x-forwarded-for': '1.2.3.4', 'sec-fetch-dest': 'iframe' })
  expect(seen[0]?.headers.cookie).toBe('own=1')
  expect(seen[0]?.headers['x-forwarded-for']).toBeUndefined()
  expect(answer.headers['set-cookie']).toEqual(['a=1', 'b=2'])
  expect(answer.headers['x-frame-options']).toBeUndefined()
  expect(answer.headers['clear-site-data']).toBeUndefined()
  expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'self' http://localhost:4600")
  expect(answer.text).toContain('<head><script src="/__slipway/report.js"></script>')
})

test('what a page reports is told, what is no report is not', async () => {
  const cookie = await enter()
  const post = (body: string) => ask('/__slipway/report', cookie, { method: 'POST', body })
  expect((await post(JSON.stringify({ kind: 'console-error', text: 'boom' }))).status).toBe(204)
  await post('{"kind":"ready","text":"forged"}')
  await post('no json')
  expect((await post('x'.repeat(10_000))).status).toBe(413)
  expect(reports).toEqual([{ id: ID, kind: 'console-error', text: 'boom' }])
  for (let count = 0; count < 100; count++) await post(JSON.stringify({ kind: 'console-error', text: 'flood' }))
  expect(reports.length).toBeLessThanOrEqual(60)
})

test('a sandbox that ended, a port that is shut, a port that is none and another host say what they are', async () => {
  const cookie = await enter()
  isAwake = false
  expect(await ask('/', cookie)).toMatchObject({ status: 404, text: expect.stringContaining('has ended') })
  isAwake = true
  expect((await ask('/', cookie, { host: hostOf(ID, 3001) })).status).toBe(502)
  for (const at of [22, 80, 4873]) expect((await ask('/', cookie, { host: hostOf(ID, at) })).status, String(at)).toBe(404)
  expect((await ask('/', cookie, { host: 'localhost' })).status).toBe(418)
})

test('a web socket needs the cookie and the origin of its own page', async () => {
  const cookie = await enter()
  const join = (headers: Record<string, string>) =>
    new Promise<number>((resolve) => {
      const request = httpRequest({
        port: port(),
        path: '/socket',
        headers: { host: hostOf(), connection: 'Upgrade', upgrade: 'websocket', ...headers },
      })
      request.on('upgrade', (response, socket) => {
        socket.destroy()
        resolve(response.statusCode ?? 0)
      })
      request.on('response', (response) => resolve(response.statusCode ?? 0))
      request.on('error', () => resolve(0))
      request.end()
    })
  expect(await join({})).toBe(401)
  expect(await join({ ...cookie, origin: 'http://evil.example' })).toBe(403)
  expect(await join({ ...cookie, origin: `http://${hostOf()}` })).toBe(101)
})

test('a page of a preview that sleeps waits for it and says so; whatever else is asked waits quietly', async () => {
  const cookie = await enter()
  isAwake = false
  const woken = Promise.withResolvers<Sandbox | undefined>()
  wake = () => woken.promise
  const page = await ask('/deep/page?x=1', { ...cookie, 'sec-fetch-dest': 'iframe' })
  expect(page).toMatchObject({ status: 503, text: expect.stringContaining('Waking the preview') })
  expect(page.text).toContain('<script src="/__slipway/waking.js"></script>')
  expect(page.headers['content-security-policy']).toContain("default-src 'none'")
  expect((await ask('/__slipway/waking.js')).text).toContain('/__slipway/awake')
  const waiting = [ask('/__slipway/awake', cookie), ask('/api', cookie)] as const
  isAwake = true
  woken.resolve(sandbox())
  expect((await waiting[0]).status).toBe(204)
  expect((await waiting[1]).text).toBe('at /api')
})

test('a preview that does not wake says why, in words for people only', async () => {
  const cookie = await enter()
  isAwake = false
  expect(await ask('/__slipway/awake', cookie)).toMatchObject({ status: 404, text: expect.stringContaining('has ended') })
  wake = () => Promise.reject(failure('BUILD_FAILED', { stage: 'the start of the app', reason: 'It said nothing.' }))
  expect(await ask('/__slipway/awake', cookie)).toMatchObject({ status: 503, text: expect.stringContaining('It said nothing.') })
  wake = () => Promise.reject(new Error('a secret of the inside'))
  expect((await ask('/__slipway/awake', cookie)).text).not.toContain('secret')
  expect((await ask('/', cookie)).text).not.toContain('secret')
  expect((await ask('/__slipway/awake')).status).toBe(401)
})

test('whoever is let in for a while leaves when it ends', async () => {
  const cookie = await enter({ viewer: 'share:1', until: now + 120_000 })
  expect((await ask('/', cookie)).status).toBe(200)
  now += 120_001
  expect((await ask('/', cookie)).status).toBe(401)
  const late = addressFor(ID, { until: now - 1 })
  expect((await ask(late.pathname + late.search)).status).toBe(403)
})

test('one viewer is shown out and the others stay', async () => {
  const [one, other] = [await enter({ viewer: 'share:1' }), await enter({ viewer: 'user-1' })]
  proxy.revoke(ID, 'share:1')
  expect((await ask('/', one)).status).toBe(401)
  expect((await ask('/', other)).status).toBe(200)
  expect((await ask('/', await enter({ viewer: 'share:1' }))).status).toBe(200)
  shownOut.add('user-1')
  expect((await ask('/', other)).status).toBe(401)
})

test('a report is told without what a terminal would obey', async () => {
  now += 60_000
  const cookie = await enter()
  await ask('/__slipway/report', cookie, { method: 'POST', body: JSON.stringify({ kind: 'console-error', text: '\u001b[2Jred\u202e' }) })
  expect(reports).toEqual([{ id: ID, kind: 'console-error', text: 'red' }])
})

test.each([
  '3000-ID.PREVIEW.LOCALHOST',
  '3000-ID.preview.localhost.',
  'preview.localhost',
  'x.3000-ID.preview.localhost',
  '3000-ID-1.preview.localhost',
])('a host spelled as %s is no preview, and not the product either', async (spelled) => {
  const cookie = await enter()
  expect((await ask('/', cookie, { host: `${spelled.replace('ID', ID)}:${port()}` })).status).toBe(404)
  expect(seen).toEqual([])
})

test('previews can live at a domain of their own, and only there', async () => {
  const none = async () => undefined
  const elsewhere = createPreviewProxy({ domain: 'apps.example.net', frameAncestors: () => [], find: () => undefined, wake: none })
  const url = elsewhere.open({ previewId: ID, port: 3000, viewer: 'v' }, { port: 443, isSecure: true })
  expect(url).toMatch(/^https:\/\/3000-a1b2c3d4e5f6\.apps\.example\.net\/__slipway\/enter\?token=/)
  const isTaken = (host: string) => elsewhere.handle({ headers: { host } } as IncomingMessage, silent as unknown as ServerResponse)
  const silent = { writeHead: () => silent, end: () => silent }
  expect(isTaken('3000-a1b2c3d4e5f6.apps.example.net')).toBe(true)
  for (const host of ['example.net', 'slipway.example.net', 'apps.example.net.evil.example', 'xapps.example.net', 'apps-example.net'])
    expect(isTaken(host), host).toBe(false)
})
