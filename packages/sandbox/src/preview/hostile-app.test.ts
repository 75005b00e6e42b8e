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

/** Resolves when the socket is closed; the test's own limit is the failure. */
async function closed(socket: Socket | undefined): Promise<void> {
  socket?.resume()
  if (socket && !socket.closed) await new Promise((resolve) => socket.once('close', resolve))
}
