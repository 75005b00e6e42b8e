import { API_KEY_PROVIDERS } from '@slipway/domain'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FakeVendor, startFakeVendor } from '../testing/index.ts'
import { listModels, testKey } from './list-models.ts'
import type { ProviderId } from './providers.ts'
import { scrub } from './scrub.ts'

const KEY = 'sk-test-0123456789abcdefghij'
let vendor: FakeVendor
beforeAll(async () => {
  vendor = await startFakeVendor(() => ({}), { apiKey: KEY, models: ['fake-large', 'fake-small', 'fake-embedding-2', 'gpt-image-1'] })
})
afterAll(() => vendor.close())

const access = (provider: ProviderId, apiKey = KEY) => ({
  provider,
  apiKey,
  baseUrl: provider === 'google' ? vendor.googleBaseUrl : vendor.baseUrl,
})

test.each(API_KEY_PROVIDERS)('%s lists its models and tests a key without asking a model', async (provider) => {
  expect((await listModels(access(provider))).map((model) => model.id)).toEqual(['fake-large', 'fake-small'])
  expect(await testKey(access(provider))).toEqual({ ok: true })
  expect(vendor.requests).toEqual([])
})

test.each(API_KEY_PROVIDERS)('%s: a wrong key is refused in words that do not hold it', async (provider) => {
  const wrong = 'sk-wrong-zyxwvutsrqponmlkjihg'
  const answer = await testKey(access(provider, wrong))
  expect(answer).toMatchObject({ ok: false })
  expect(JSON.stringify(answer)).not.toContain('zyxw')
})

test('a server that is not there, or is no API, is said to be', async () => {
  expect(await testKey({ provider: 'openai', apiKey: KEY, baseUrl: 'http://127.0.0.1:9/v1' })).toMatchObject({ ok: false })
  await expect(listModels({ provider: 'openai', apiKey: KEY, baseUrl: vendor.baseUrl.replace('/v1', '/v7') })).rejects.toMatchObject({
    code: 'MODEL_UNAVAILABLE',
  })
})

test('what a vendor echoes of a key is taken out, also in parts', () => {
  expect(scrub(`bad key ${KEY}`, KEY)).toBe('bad key [key]')
  expect(scrub(`bad key ${KEY.slice(0, 12)}***${KEY.slice(-8)}`, KEY)).not.toContain('abcdefghij'.slice(-8))
  expect(scrub('Authorization: Bearer abcdefghijklmnopqrstuvwxyz', '')).toBe('Authorization: [key]')
})
