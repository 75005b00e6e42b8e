import { createServer as createHttpServer, type Server as HttpServer, request as httpRequest, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Sandbox } from '../sandbox.ts'
import { createPreviewProxy, type PreviewProxy } from './preview-proxy.ts'

const ID = 'a1b2c3d4e5f6'
const BODY = 'content-length: 2\r\nconnection: close\r\n\r\nhi'
let app: Server
let server: HttpServer
let proxy: PreviewProxy
let cookie: Record<string, string>
let answer = ''
let appSockets: Socket[] = []

/** An app that writes any bytes it likes: what stands behind the tunnel is not ours. */
beforeAll(async () => {
  app = createServer((socket) => {
    appSockets.push(socket)
    socket.on('error', () => undefined)
    socket.once('data', () => socket.write(answer, 'latin1'))
  })
  const sandbox = { id: ID, connect: async () => connect((app.address() as AddressInfo).port, '127.0.0.1') } as unknown as Sandbox
  proxy = createPreviewProxy({ domain: 'preview.localhost', frameAncestors: () => [], find: () => sandbox, wake: async () => sandbox })
  server = createHttpServer((request, response) => void proxy.handle(request, response))
  server.on('upgrade', (request, socket, head) => proxy.upgrade(request, socket, head))
  for (const one of [app, server]) await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve))
})
beforeEach(async () => {
  appSockets = []
  const { headers } = await ask(entry())
  cookie = { cookie: String(headers['set-cookie']?.[0]?.split(';')[0]) }
})
afterAll(() => {
  for (const socket of appSockets) socket.destroy()
  for (const one of [app, server]) one.close()
})

const port = () => (server.address() as AddressInfo).port
const host = () => `3000-${ID}.preview.localhost:${port()}`
const entry = () => {
  const { pathname, search } = new URL(proxy.open({ previewId: ID, port: 3000, viewer: 'v' }, { port: port(), isSecure: false }))
  return pathname + search
}

interface Heard {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly socket?: Socket
}

function ask(path: string, headers: Record<string, string> = {}): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port: port(), path, headers: { host: host(), ...headers } })
    request.on('response', (response) => {
      response.resume()
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }))
    })
    request.on('upgrade', (response, socket) => resolve({ status: 101, headers: response.headers, socket: socket as Socket }))
    request.on('error', reject)
    request.end()
  })
}
const join = () => ask('/socket', { ...cookie, connection: 'Upgrade', upgrade: 'websocket', origin: `http://${host()}` })

test('a used link stays used, however it is spelled', async () => {
  const path = entry()
  expect((await ask(path)).status).toBe(302)
  for (const tail of ['', '.', '.x', '=', '%20', '&token=x']) expect((await ask(path + tail)).status, tail).toBe(403)
})

test.each(['constructor', '__proto__', 'Constructor', 'hasownproperty'])('a header called %s is a header like any other', async (name) => {
  answer = `HTTP/1.1 200 OK\r\n${name}: x\r\n${BODY}`
  expect((await ask('/', cookie)).status).toBe(200)
})

test.each([
  ['a status that is none', `HTTP/1.1 099 X\r\n${BODY}`],
  ['no HTTP at all', 'garbage\r\n\r\n'],
  ['two lengths', `HTTP/1.1 200 OK\r\ncontent-length: 2\r\n${BODY}`],
  ['a switch of protocol that nobody asked for', 'HTTP/1.1 101 X\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n'],
])('an app that answers %s does not answer, and the service goes on', async (_, bytes) => {
  answer = bytes
  expect((await ask('/', cookie)).status).toBe(502)
})

test('a web socket sets no cookie for the previews of others', async () => {
  answer =
    'HTTP/1.1 101 X\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: a\r\n' +
    'set-cookie: a=1; Domain=preview.localhost\r\nset-cookie: __Host-slipway-preview=stolen\r\n\r\n'
  const { status, headers, socket } = await join()
  socket?.destroy()
  expect(status).toBe(101)
  expect(headers['sec-websocket-accept']).toBe('a')
  expect(headers['set-cookie']).toEqual(['a=1'])
})

test('a web socket that the app refuses is refused, and no connection to the app is left', async () => {
  answer = 'HTTP/1.1 403 No\r\ncontent-length: 1000\r\n\r\n'
  expect((await join()).status).toBe(403)
  await closed(appSockets[0])
})

test('whoever leaves before the app joined leaves no connection behind', async () => {
  answer = ''
  const request = httpRequest({
    port: port(),
    path: '/',
    headers: { host: host(), ...cookie, connection: 'Upgrade', upgrade: 'websocket' },
  })
  request.on('error', () => undefined)
  const reached = new Promise((resolve) => app.once('connection', resolve))
  request.end()
  await reached
  request.destroy()
  await closed(appSockets[0])
})

test('a preview that is revoked closes the sockets that were open', async () => {
  answer = 'HTTP/1.1 101 X\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n'
  const { socket } = await join()
  proxy.revoke(ID)
  await closed(socket)
})

test.each(['null', 'http://evil.example', 'http://preview.localhost', `http://3001-${ID}.preview.localhost`, 'not an origin'])(
  'a web socket of a page at %s is refused before the app hears of it',
  async (origin) => {
    expect((await ask('/socket', { ...cookie, connection: 'Upgrade', upgrade: 'websocket', origin })).status).toBe(403)
    expect(appSockets).toEqual([])
  },
)

/** Bytes as they are, and everything that came back. */
function say(text: string): Promise<string> {
  return new Promise((resolve) => {
    let heard = ''
    const socket = connect(port(), '127.0.0.1', () => socket.end(text, 'latin1'))
    socket.on('data', (bytes) => {
      heard += bytes.toString('latin1')
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(heard))
  })
}

test('what is glued, doubled or bent in a request reaches the app as one request or not at all, and never with our cookie', async () => {
  answer = `HTTP/1.1 200 OK\r\n${BODY}`
  const told: string[] = []
  const listen = (socket: Socket) => socket.on('data', (bytes) => told.push(bytes.toString('latin1')))
  app.on('connection', listen)
  const head = (line: string, ...lines: string[]) =>
    `${[line, `Host: ${host()}`, `Cookie: ${cookie.cookie}`, ...lines].join('\r\n')}\r\n\r\n`
  const hidden = 'GET /hidden HTTP/1.1\r\nHost: 3000-ffffffffffff.preview.localhost\r\n\r\n'
  const requests = [
    head('POST / HTTP/1.1', 'Content-Length: 4', 'Transfer-Encoding: chunked') + `0\r\n\r\n${hidden}`,
    head('POST / HTTP/1.1', 'Transfer-Encoding: chunked', 'Transfer-Encoding: identity') + `0\r\n\r\n${hidden}`,
    head('POST / HTTP/1.1', 'Transfer-Encoding : chunked') + `0\r\n\r\n${hidden}`,
    head('POST / HTTP/1.1', 'Content-Length: 0', `Content-Length: ${hidden.length}`) + hidden,
    head('GET / HTTP/1.1', `Content-Length: ${hidden.length}`, 'Connection: close') + hidden,
    `${head('GET / HTTP/1.1', 'Transfer-Encoding: chunked', 'Connection: close')}${hidden.length.toString(16)}\r\n${hidden}\r\n0\r\n\r\n`,
    head('GET /a\thttp/1.1 HTTP/1.1'),
    head('GET / HTTP/1.1', 'X: a\r\n folded: b'),
    head('GET / HTTP/1.1', 'X: a\rGET /hidden HTTP/1.1'),
    head('GET http://3000-ffffffffffff.preview.localhost/hidden HTTP/1.1', 'Connection: close'),
    head('GET / HTTP/1.1', `Host: 3000-ffffffffffff.preview.localhost`, 'Connection: close'),
    head('GET / HTTP/1.1', 'Connection: close, cookie, host', 'X-Forwarded-Host: evil.example', 'Forwarded: host=evil.example'),
  ]
  for (const request of requests) {
    told.length = 0
    appSockets = []
    await say(request)
    expect(appSockets.length, request).toBeLessThanOrEqual(1)
    const heard = told.join('')
    // What follows a head is the body of that request: its length, or its chunks, say so.
    const isFramed = /^(?:content-length: [1-9]|transfer-encoding: chunked)/im.test(heard.split('\r\n\r\n')[0] ?? '')
    expect(heard.match(/^(GET|POST) .* HTTP\/1\.1\r$/gm)?.length ?? 0, request).toBeLessThanOrEqual(isFramed ? 2 : 1)
    expect(heard, request).not.toContain('slipway-preview')
    expect(heard, request).not.toContain('evil.example')
  }
  app.off('connection', listen)
})

test('of two cookies of our name the app hears neither, and a forged one opens nothing', async () => {
  answer = `HTTP/1.1 200 OK\r\n${BODY}`
  const told: string[] = []
  app.once('connection', (socket) => socket.on('data', (bytes) => told.push(String(bytes))))
  const forged = '__Host-slipway-preview=forged.token'
  expect((await ask('/', { cookie: forged })).status).toBe(401)
  expect((await ask('/', { cookie: `${cookie.cookie}; a=1; ${forged}` })).status).toBe(200)
  expect(told.join('')).toMatch(/cookie: a=1\r\n/i)
  expect(told.join('')).not.toContain('slipway-preview')
})

test('an answer that never ends goes on until the viewer leaves, and leaves nothing behind', async () => {
  answer = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: first\n\n'
  const request = httpRequest({ port: port(), path: '/events', headers: { host: host(), ...cookie } })
  request.on('error', () => undefined)
  const first = new Promise<string>((resolve) =>
    request.on('response', (response) => {
      response.on('error', () => undefined)
      response.once('data', (bytes) => resolve(String(bytes)))
    }),
  )
  request.end()
  expect(await first).toBe('data: first\n\n')
  request.destroy()
  await closed(appSockets[0])
})

test.each([
  ['ten thousand headers', `HTTP/1.1 200 OK\r\n${'x-flood: 1\r\n'.repeat(10_000)}${BODY}`],
  ['one header without an end', `HTTP/1.1 200 OK\r\nx: ${'a'.repeat(1_000_000)}`],
  ['a line break in a header', `HTTP/1.1 200 OK\r\nx: a\rset-cookie: b=1\r\n${BODY}`],
])('%s of an app end in no answer of the app', async (_, bytes) => {
  answer = bytes
  expect((await ask('/', cookie)).status).toBe(502)
})

/** Resolves when the socket is closed; the test's own limit is the failure. */
async function closed(socket: Socket | undefined): Promise<void> {
  socket?.resume()
  if (socket && !socket.closed) await new Promise((resolve) => socket.once('close', resolve))
}
