import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { createModel } from '../exchange.ts'
import { memoryLedger } from '../ledger.ts'
import { FAKE_PRICE, startFakeVendor } from '../testing/index.ts'
import { checkedFetch, isPublicAddress, PUBLIC_ONLY } from './checked-fetch.ts'
import { connect } from './connect.ts'
import { testKey } from './list-models.ts'

const cleanup: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanup.splice(0)) await clean()
})
const KEY = 'sk-fake-loopback-0123456789'
const loopbackOnly = { isAllowed: (address: string) => address === '127.0.0.1', needsTls: false }

test.each([
  ['8.8.8.8', true],
  ['2606:4700::1111', true],
  ['127.0.0.1', false],
  ['0.0.0.0', false],
  ['10.1.2.3', false],
  ['100.100.100.200', false],
  ['169.254.169.254', false],
  ['172.31.255.255', false],
  ['172.32.0.1', true],
  ['192.168.1.1', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['::1', false],
  ['::', false],
  ['fe80::1', false],
  ['fd00::1', false],
  ['::ffff:127.0.0.1', false],
  ['::ffff:8.8.8.8', false],
  ['64:ff9b::7f00:1', false],
  ['2002:7f00:1::', false],
  ['2001:db8::1', false],
  ['localhost', false],
])('%s is on the internet: %s', (address, isPublic) => {
  expect(isPublicAddress(address)).toBe(isPublic)
})

test('nothing that is no address is on the internet', () => {
  fc.assert(fc.property(fc.string(), (text) => !isPublicAddress(text) || /^[\d.]+$|:/.test(text)))
})

test.each([
  'http://8.8.8.8/v1',
  'https://127.0.0.1:1/v1',
  'https://127.1/v1',
  'https://0x7f000001/v1',
  'https://2130706433/v1',
  'https://[::1]:1/v1',
  'https://[::ffff:127.0.0.1]/v1',
  'https://localhost:1/v1',
])('%s is refused before a connection is made, in words', async (baseUrl) => {
  const answer = await testKey({ provider: 'openai-compatible', apiKey: KEY, baseUrl, fetch: checkedFetch(PUBLIC_ONLY) })
  expect(answer).toMatchObject({ ok: false, reason: expect.stringMatching(/not allowed here|only https/) })
})

test('a name that leads to a public and to a private address is refused, and the address is not told', async () => {
  const fetch = checkedFetch({
    ...PUBLIC_ONLY,
    lookup: (_host, _options, done) =>
      done(null, [
        { address: '8.8.8.8', family: 4 },
        { address: '10.0.0.5', family: 4 },
      ]),
  })
  const answer = await testKey({ provider: 'openai', apiKey: KEY, baseUrl: 'https://models.example/v1', fetch })
  expect(answer).toMatchObject({ ok: false, reason: expect.stringContaining('models.example is not on the internet') })
  expect(JSON.stringify(answer)).not.toContain('10.0.0.5')
})

test('a name is connected to at the very address that was checked', async () => {
  const vendor = await startFakeVendor(() => ({}), { apiKey: KEY })
  cleanup.push(vendor.close)
  let asked = 0
  const fetch = checkedFetch({
    ...loopbackOnly,
    // The second answer of a rebinding name: nobody may ask for it.
    lookup: (_host, _options, done) => done(null, [{ address: asked++ === 0 ? '127.0.0.1' : '127.0.0.2', family: 4 }]),
  })
  const baseUrl = vendor.baseUrl.replace('127.0.0.1', 'models.example')
  expect(await testKey({ provider: 'openai', apiKey: KEY, baseUrl, fetch })).toEqual({ ok: true })
  expect(asked).toBe(1)
})

test('a redirect is not followed: the key stays where it was sent', async () => {
  const seen: (string | undefined)[] = []
  const server = createServer((request, response) => {
    seen.push(request.url)
    response.writeHead(302, { location: '/elsewhere' }).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanup.push(() => server.close())
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  const answer = await testKey({ provider: 'openai', apiKey: KEY, baseUrl, fetch: checkedFetch(loopbackOnly) })
  expect(answer).toMatchObject({ ok: false, reason: expect.stringContaining('redirects') })
  expect(seen).toEqual(['/v1/models'])
})

test.each(['anthropic', 'openai', 'openai-compatible'] as const)(
  '%s streams, cuts and stops through it as through fetch',
  async (provider) => {
    const vendor = await startFakeVendor(
      ({ index }) => (index === 0 ? { text: 'Half an answer.', fault: { kind: 'cut' } } : { text: 'Hello.' }),
      {
        apiKey: KEY,
      },
    )
    cleanup.push(vendor.close)
    const driver = connect({ provider, model: 'fake', apiKey: KEY, baseUrl: vendor.baseUrl, fetch: checkedFetch(loopbackOnly) })
    const ledger = memoryLedger([])
    const model = createModel({ driver, ledger, priceOf: () => FAKE_PRICE, sleep: async () => {} })
    const ask = (signal: AbortSignal) =>
      model.exchange({ key: 'k', agent: 'a', system: 'Be short.', messages: [{ role: 'user', text: 'Hi' }], outputTokensMax: 100, signal })
    expect(await ask(new AbortController().signal)).toMatchObject({ text: 'Hello.', stop: 'end' })
    expect(ledger.charges.map(({ result }) => result)).toEqual(['cut', 'reply'])
    await expect(ask(AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
  },
)
