import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type FakeVendor, startFakeVendor } from '@slipway/agents/testing'
import { analyse, writeSpec } from '@slipway/blueprint'
import { type FeatureMoney, type ModelSettings, Problem, type ProjectMoney, type Reservation } from '@slipway/domain'
import { runLedger, type Stores } from '@slipway/storage'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApi, testApi } from './testing/test-api.ts'

const KEY = 'sk-planted-0123456789abcdef'
let api: TestApi
let cookie: string
let vendor: FakeVendor
beforeAll(async () => {
  api = await testApi()
  cookie = await api.signIn()
  vendor = await startFakeVendor(() => ({}), { apiKey: KEY, models: ['house-large', 'house-small', 'house-embedding'] })
}, 60_000)
afterAll(async () => {
  await vendor.close()
  await api.close()
})

const get = (path: string) => api.as(cookie, 'GET', path)
const post = (path: string, body: object) => api.as(cookie, 'POST', path, body)
const read = async <T>(answer: Response | Promise<Response>) => (await (await answer).json()) as T
const compatible = () => ({ provider: 'openai-compatible', key: KEY, baseUrl: vendor.baseUrl })
const forget = (provider = 'openai-compatible') => api.as(cookie, 'DELETE', `/api/settings/api-key?provider=${provider}`)

test('a key is sealed with its address, shown by four characters, tested and asked for its models', async () => {
  expect(await read(post('/api/settings/api-key', compatible()))).toMatchObject({ lastFour: 'cdef', baseUrl: vendor.baseUrl })
  expect(await read(post('/api/settings/api-key/test', { provider: 'openai-compatible' }))).toEqual({ ok: true })
  const { models } = await read<{ models: object[] }>(get('/api/settings/available-models?provider=openai-compatible'))
  expect(models).toEqual([
    { id: 'house-large', label: 'house-large', contextTokens: 100_000, price: null },
    { id: 'house-small', label: 'house-small', contextTokens: 100_000, price: null },
  ])
  expect(await (await get('/api/settings/api-key')).text()).not.toContain('planted')
  expect(vendor.requests).toEqual([])
  await forget()
})

test('a key is tested before it is stored, and a wrong one is refused in the words of the vendor without the key', async () => {
  expect(await read(post('/api/settings/api-key/test', compatible()))).toEqual({ ok: true })
  const wrong = await read<{ ok: false; reason: string }>(
    post('/api/settings/api-key/test', { ...compatible(), key: 'sk-wrong-zyxwvutsrqponmlk' }),
  )
  expect(wrong.ok).toBe(false)
  expect(wrong.reason).toBe('OpenAI-compatible refused the key: invalid x-api-key: [key] (HTTP 401). Enter another one in Settings.')
  expect(await read(get('/api/settings/api-key'))).toEqual({ keys: [] })
})

test('a stored key goes to no address that somebody types', async () => {
  await post('/api/settings/api-key', compatible())
  const heard: string[] = []
  const listener = createServer((request, response) => {
    heard.push(JSON.stringify([request.url, request.headers]))
    response.setHeader('content-type', 'application/json').end('{"data":[]}')
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const typed = { provider: 'openai-compatible', baseUrl: `http://127.0.0.1:${(listener.address() as AddressInfo).port}/v1` }
  await post('/api/settings/api-key/test', typed)
  await post('/api/settings/api-key', typed)
  await post('/api/settings/api-key/test', { provider: 'openai-compatible' })
  await get('/api/settings/available-models?provider=openai-compatible')
  expect(heard).toHaveLength(3)
  expect(heard.join()).not.toContain(KEY)
  listener.close()
  await forget()
})

test.each([
  [{ provider: 'anthropic', key: '' }, 'key', 'enter the key'],
  [{ provider: 'anthropic', key: 'sk-3x9q' }, 'key', 'is shorter than any key: it needs at least 8 characters'],
  [{ provider: 'anthropic', key: 'sk-with a blank inside' }, 'key', 'must be letters, digits and signs without blanks: copy it again'],
  [{ provider: 'anthropic', key: 'sk-with\u2026ellipsis' }, 'key', 'must be letters, digits and signs without blanks: copy it again'],
  [{ provider: 'openai-compatible', key: KEY }, 'baseUrl', 'enter the address of the server, with its /v1'],
  [{ provider: 'ollama', baseUrl: 'http://me:secret@127.0.0.1/v1' }, 'baseUrl', 'must not hold a name or a password: enter the key as key'],
])('%j is refused at the place that is wrong', async (body, path, message) => {
  const answer = await post('/api/settings/api-key', body)
  expect(answer.status).toBe(422)
  const problem = Problem.parse(await answer.json())
  expect(problem.faults).toEqual([{ path, message }])
  if ('key' in body && body.key) expect(JSON.stringify(problem)).not.toContain(body.key)
})

test('a server of one’s own needs no key', async () => {
  const open = await startFakeVendor(() => ({}), { models: ['llama'] })
  expect(await read(post('/api/settings/api-key', { provider: 'ollama', baseUrl: open.baseUrl }))).toMatchObject({ lastFour: '' })
  const { models } = await read<{ models: { price: unknown }[] }>(get('/api/settings/available-models?provider=ollama'))
  expect(models.map(({ price }) => price)).toEqual([{ input: 0, output: 0, cached: 0, cacheWrite: 0 }])
  await forget('ollama')
  await open.close()
})

test('what cannot be asked is said with what to do about it', async () => {
  const refused = async (path: string) => Problem.parse(await (await get(path)).json())
  expect((await refused('/api/settings/available-models?provider=openai')).detail).toBe(
    'No model can be asked: there is no key for OpenAI. Open Settings, choose a model and enter its key.',
  )
  expect(await read(post('/api/settings/api-key/test', { provider: 'google' }))).toEqual({
    ok: false,
    reason: 'There is no key for Google yet. Enter one.',
  })
  expect(await read(post('/api/settings/api-key/test', { provider: 'openai-compatible' }))).toMatchObject({ ok: false })
})

test('behind an address for other people, nobody reaches the inside of the network through a base URL', async () => {
  const hosted = await testApi({ modelAddresses: 'public' })
  const owner = await hosted.signIn()
  const ask = (path: string, body: object) => hosted.as(owner, 'POST', path, body)
  for (const baseUrl of [vendor.baseUrl, 'https://169.254.169.254/v1', 'https://[::1]/v1']) {
    const answer = await ask('/api/settings/api-key', { provider: 'openai-compatible', key: KEY, baseUrl })
    expect([answer.status, Problem.parse(await answer.json()).detail]).toEqual([422, expect.stringMatching(/allowed here/)])
    expect(await read(ask('/api/settings/api-key/test', { provider: 'openai-compatible', key: KEY, baseUrl }))).toMatchObject({ ok: false })
  }
  // A name tells nothing before it is looked up, so it is stored; what it leads to is refused.
  await ask('/api/settings/api-key', {
    provider: 'openai-compatible',
    key: KEY,
    baseUrl: vendor.baseUrl.replace('http://127.0.0.1', 'https://localhost'),
  })
  expect(await read(ask('/api/settings/api-key/test', { provider: 'openai-compatible' }))).toMatchObject({
    ok: false,
    reason: expect.stringContaining('not on the internet'),
  })
  expect(vendor.requests).toEqual([])
  await hosted.close()
})

test('settings are saved whole, and two who save at once do not overwrite each other', async () => {
  const { settings, revision } = await read<{ settings: ModelSettings; revision: number }>(get('/api/settings/models'))
  expect(settings.main).toBeNull()
  const main = { provider: 'openai-compatible' as const, model: 'house-large' }
  const save = (more: object) => api.as(cookie, 'PUT', '/api/settings/models', { settings: { ...settings, ...more }, revision })
  const answers = await Promise.all([save({ main }), save({ main: { ...main, model: 'house-small' } })])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  expect((await save({ caps: { ...settings.caps, run: { micros: -1, tokens: null } } })).status).toBe(422)
})

const reservation = (rest: Partial<Reservation>): Reservation => ({
  key: 'k',
  agent: 'write-spec',
  role: 'writer',
  provider: 'openai-compatible',
  model: 'house-large',
  tokensMax: 4_000,
  microsMax: 9_000,
  retryOf: null,
  ...rest,
})

test('money is told per feature and project: an estimate before, what is reserved meanwhile, what it came to after', async () => {
  const made = await read<{ project: { id: string }; feature: { id: string } }>(
    post('/api/projects', { idea: 'Track repairs in a bike workshop' }),
  )
  const money = () => read<FeatureMoney>(get(`/api/features/${made.feature.id}/money`))
  const before = await money()
  expect(before).toMatchObject({ hasModel: false, estimates: [], calls: [], receipt: { total: { calls: 0 } } })

  await post('/api/settings/api-key', compatible())
  const { settings, revision } = await read<{ settings: ModelSettings; revision: number }>(get('/api/settings/models'))
  const chosen: ModelSettings = {
    ...settings,
    main: { provider: 'openai-compatible', model: 'house-large' },
    caps: { ...settings.caps, feature: { micros: 2_000_000, tokens: null } },
  }
  await api.as(cookie, 'PUT', '/api/settings/models', { settings: chosen, revision })
  const unpriced = await money()
  expect(unpriced).toMatchObject({ hasModel: true, estimates: [{ stage: 'spec', micros: null }], caps: { feature: { micros: 2_000_000 } } })
  expect(unpriced.estimates[0]?.tokens.likely).toBeGreaterThan(1_000)
  await api.as(cookie, 'PUT', '/api/settings/models', {
    settings: { ...chosen, prices: { 'openai-compatible/house-large': { input: 3, output: 15 } } },
    revision: revision + 1,
  })
  const { low = 0, likely = 0, high = 0 } = (await money()).estimates[0]?.micros ?? {}
  expect([low > 0, likely >= low, high > likely]).toEqual([true, true, true])

  const session = await read<{ workspace: { id: string } }>(get('/api/session'))
  const scope = { projectId: made.project.id, featureId: made.feature.id, runId: 'spec-1' }
  const ledger = runLedger(api.database.storage, session.workspace.id, scope)
  const usage = { inputTokens: 1_000, cachedTokens: 400, cacheWriteTokens: 0, outputTokens: 200, isEstimated: false }
  const end = { usage, firstTokenMs: 80, durationMs: 900, result: 'reply', outcome: 'useful' } as const
  await ledger.settle(await ledger.reserve(reservation({ key: 'a' })), { ...end, micros: 6_000 })
  await ledger.settle(await ledger.reserve(reservation({ key: 'b', agent: 'name-app' })), { ...end, micros: null, outcome: 'retried' })
  await ledger.reserve(reservation({ key: 'c' }))
  const after = await money()
  expect(after.spent).toEqual({ feature: { micros: 15_000, tokens: 6_400 }, project: { micros: 15_000, tokens: 6_400 } })
  expect(after.receipt.total).toMatchObject({ calls: 2, micros: 6_000, unpricedCalls: 1, cachedTokens: 800 })
  expect(after.calls.map(({ agent, micros, outcome }) => [agent, micros, outcome])).toEqual([
    ['name-app', null, 'retried'],
    ['write-spec', 6_000, 'useful'],
  ])
  const project = await read<ProjectMoney>(get(`/api/projects/${made.project.id}/money`))
  expect(project.features).toMatchObject([{ featureId: made.feature.id, receipt: { total: { calls: 2 } } }])
  await forget()
  expect((await money()).hasModel).toBe(false)
})

test('before it is asked for, a change by comment has its estimate; what the compiler does alone has none', async () => {
  await post('/api/settings/api-key', compatible())
  const { settings, revision } = await read<{ settings: ModelSettings; revision: number }>(get('/api/settings/models'))
  const chosen = { ...settings, main: { provider: 'openai-compatible', model: 'house-large' } }
  await api.as(cookie, 'PUT', '/api/settings/models', { settings: chosen, revision })
  const idea = 'Track repairs in a bike workshop'
  const { brief: conversation } = await read<{ brief: { model: string; estimate: { calls: { low: number } } } }>(
    get('/api/estimates/brief'),
  )
  expect(conversation).toMatchObject({ model: 'house-large', estimate: { calls: { low: 1 } } })
  const { feature } = await read<{ feature: { id: string } }>(post('/api/projects', { idea }))
  const { workspace } = await read<{ workspace: { id: string } }>(get('/api/session'))
  const inside = <T>(work: (stores: Stores) => Promise<T>) => api.database.storage.inWorkspace(workspace.id, work)
  const stages = async () => (await read<FeatureMoney>(get(`/api/features/${feature.id}/money`))).estimates.map(({ stage }) => stage)

  const { brief } = analyse(idea)
  const spec = writeSpec(brief, idea)
  await inside(async ({ specs, briefs, features }) => {
    await briefs.save(feature.id, { brief, questions: [], answers: [] })
    await specs.save(feature.id, spec, 0)
    await features.move(feature.id, 'confirm-brief')
    await features.move(feature.id, 'spec-written')
  })
  expect(await stages()).toEqual(['revise-spec', 'backlog'])
  const requirements = spec.requirements.map(
    (requirement, index) => ({ ...requirement, delivery: index ? requirement.delivery : 'model' }) as const,
  )
  await inside(({ specs }) => specs.save(feature.id, { ...spec, requirements }, 1))
  expect(await stages()).toEqual(['plan', 'revise-spec', 'backlog'])
  await inside(async ({ features }) => {
    await features.move(feature.id, 'approve-spec')
    await features.move(feature.id, 'plan-written')
  })
  expect(await stages()).toEqual(['revise-plan', 'backlog'])
  await forget()
  expect(await read(get('/api/estimates/brief'))).toEqual({ brief: null })
})

test('the money of somebody else is not there', async () => {
  const stranger = { userId: 'x', name: 'X', email: '', orgId: 'org_other', orgName: 'X' }
  const made = await read<{ project: { id: string }; feature: { id: string } }>(post('/api/projects', { idea: 'A shop' }))
  await post('/api/settings/api-key', compatible())
  const other = await testApi({ storage: api.database.storage, otherViewers: [async () => stranger] })
  expect((await other.as('', 'GET', `/api/features/${made.feature.id}/money`)).status).toBe(404)
  expect((await other.as('', 'GET', `/api/projects/${made.project.id}/money`)).status).toBe(404)
  expect(await read(other.as('', 'GET', '/api/settings/api-key'))).toEqual({ keys: [] })
  expect(await read(other.as('', 'GET', '/api/settings/models'))).toMatchObject({ settings: { main: null }, revision: 0 })
  await other.close()
  await forget()
})
