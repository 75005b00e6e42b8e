import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createFigmaClient, type FigmaClient } from './figma-client.ts'
import { readFigmaLink } from './figma-link.ts'
import { FILE_KEY } from './testing/booking-design.ts'
import { type LoopbackFigma, startLoopbackFigma, TOKEN } from './testing/loopback-figma.ts'

let figma: LoopbackFigma
let client: FigmaClient
const ada = { kind: 'token', token: TOKEN } as const
const what = { what: 'this file' }

beforeAll(async () => {
  figma = await startLoopbackFigma()
  client = createFigmaClient({ baseUrl: figma.url })
})
beforeEach(() => {
  figma.limit(undefined)
  figma.requests.length = 0
})
afterAll(() => figma.close())

test('a frame comes with its geometry', async () => {
  const text = await client.get(ada, `/files/${FILE_KEY}/nodes?ids=1:2&geometry=paths`, what)
  expect(JSON.parse(text)).toMatchObject({ nodes: { '1:2': { document: { name: 'Book / Phone' } } } })
  expect(text).toContain('fillGeometry')
})

test.each([
  ['a token that Figma does not know', { kind: 'token', token: 'figd_other' }, `/files/${FILE_KEY}`, 'FIGMA_AUTH'],
  ['an OAuth token that has run out', { kind: 'oauth', token: 'old' }, '/me', 'FIGMA_AUTH'],
  ['a token without the scope', { kind: 'token', token: 'figd_without-scopes' }, '/me', 'FIGMA_FORBIDDEN'],
  ['a file that this account may not read', ada, '/files/Secret1', 'FIGMA_FORBIDDEN'],
  ['a file that is not there', ada, '/files/Gone1', 'FIGMA_NOT_FOUND'],
] as const)('%s is told as such, without the token', async (_, access, path, code) => {
  const error = await client.get(access, path, what).catch((error: unknown) => error)
  expect(error).toMatchObject({ code })
  expect(JSON.stringify(error) + String(error)).not.toContain(access.token)
})

test('a long wait is told in words, a short one is waited for and asked once more', async () => {
  figma.limit('518400')
  await expect(client.get(ada, `/files/${FILE_KEY}`, what)).rejects.toMatchObject({
    code: 'FIGMA_RATE_LIMITED',
    message: expect.stringContaining('in 6 days'),
    detail: { seconds: 518_400 },
  })
  figma.limit('0')
  await expect(client.get(ada, `/files/${FILE_KEY}`, what)).rejects.toMatchObject({ code: 'FIGMA_RATE_LIMITED' })
  expect(figma.requests).toHaveLength(3)
})

test('an answer that is larger than it may be is not read to its end', async () => {
  const small = createFigmaClient({ baseUrl: figma.url, answerBytesMax: 1_000 })
  await expect(small.get(ada, `/files/${FILE_KEY}`, what)).rejects.toMatchObject({ code: 'FIGMA_TOO_LARGE' })
  const endless = createServer((_, response) => {
    const more = (): boolean => response.write('x'.repeat(65_536)) && more()
    response.on('drain', more)
    more()
  })
  await new Promise<void>((resolve) => endless.listen(0, '127.0.0.1', resolve))
  const open = createFigmaClient({ baseUrl: `http://127.0.0.1:${(endless.address() as AddressInfo).port}`, answerBytesMax: 10_000_000 })
  await expect(open.get(ada, '/files/x', what)).rejects.toMatchObject({ code: 'FIGMA_TOO_LARGE' })
  endless.closeAllConnections()
  endless.close()
})

test('a connection that breaks off, and a server that is not there, may be tried again', async () => {
  figma.breakOff(1)
  await expect(client.get(ada, '/me', what)).rejects.toMatchObject({ code: 'FIGMA_UNREACHABLE' })
  const nowhere = createFigmaClient({ baseUrl: 'http://127.0.0.1:9' })
  await expect(nowhere.get(ada, '/me', what)).rejects.toMatchObject({ code: 'FIGMA_UNREACHABLE' })
})

test('pictures are fetched from where Figma keeps them and from nowhere else', async () => {
  expect((await client.picture(`${figma.url}/pictures/room.png`))?.byteLength).toBeGreaterThan(50)
  const usual = createFigmaClient()
  for (const address of [
    `${figma.url}/pictures/room.png`,
    'http://s3.amazonaws.com/x',
    'https://evil.example/figma.com',
    'file:///etc/passwd',
    'nonsense',
  ])
    expect(await usual.picture(address), address).toBeUndefined()
})

test.each([
  ['https://www.figma.com/design/AbC123/Bistro?node-id=1-2&t=x', 'AbC123', '1:2'],
  ['figma.com/file/AbC123/Bistro', 'AbC123', undefined],
  ['https://www.figma.com/design/AbC123/branch/Br9/Bistro?node-id=10-20', 'Br9', '10:20'],
  ['https://www.figma.com/proto/AbC123/x?node-id=I1%3A2%3B3%3A4', 'AbC123', 'I1:2;3:4'],
])('the link %s names its file and node', (link, fileKey, nodeId) => {
  expect(readFigmaLink(link)).toEqual({ fileKey, nodeId })
})

test.each([
  '',
  'hello',
  'https://figma.com.evil.example/file/AbC123',
  'https://www.figma.com/community/x',
  'https://www.figma.com/file/../x',
])('"%s" is no link to a file', (link) => {
  expect(readFigmaLink(link)).toBeUndefined()
})
