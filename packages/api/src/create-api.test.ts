import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type FeatureView, Problem, RecordingHeader, ROUTES, Session } from '@slipway/domain'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { viewersOfIssuer } from './other-issuer.ts'
import { ORIGIN, type TestApi, testApi } from './testing/test-api.ts'

let api: TestApi
let cookie: string
beforeAll(async () => {
  api = await testApi()
  cookie = await api.signIn()
}, 60_000)
afterAll(() => api.close())

const get = (path: string) => api.as(cookie, 'GET', path)
const post = (path: string, body: object = {}) => api.as(cookie, 'POST', path, body)
const problem = async (answer: Response) => {
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  return Problem.parse(await answer.json())
}
async function feature(idea = 'Track repairs in a bike workshop'): Promise<string> {
  const answer = (await (await post('/api/projects', { idea })).json()) as { feature: { id: string } }
  return answer.feature.id
}

test('the first visit makes one owner, whoever comes at the same moment', async () => {
  const fresh = await testApi()
  expect(Session.parse(await (await fresh.as('', 'GET', '/api/session')).json())).toEqual({
    user: null,
    workspace: null,
    isFirstVisit: true,
  })
  const answers = await Promise.all(Array.from({ length: 5 }, () => fresh.as('', 'POST', '/api/first-visit', { name: 'Ada' })))
  expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 403, 403, 403, 403])
  const [owner] = answers.filter((answer) => answer.ok)
  const session = Session.parse(await (owner as Response).json())
  expect(session).toMatchObject({ user: { name: 'Ada' }, isFirstVisit: false })
  expect(session.workspace?.name).toBe("Ada's workspace")
  expect(owner?.headers.getSetCookie()[0]).toMatch(/HttpOnly; SameSite=Lax/)
  await fresh.close()
})

test('without signing in every route but the open ones answers 401', async () => {
  const id = '00000000-0000-4000-8000-000000000000'
  for (const route of Object.values(ROUTES)) {
    if ('isOpen' in route && route.isOpen) continue
    const path = route.path.replace(/\{\w+\}/g, id)
    const answer = await api.as('', route.method, path, route.method === 'GET' || route.method === 'DELETE' ? undefined : {})
    expect(answer.status, `${route.method} ${route.path}`).toBe(401)
    expect((await problem(answer)).code).toBe('NOT_SIGNED_IN')
  }
})

test('a feature is made, shown, renamed, deleted and brought back', async () => {
  const id = await feature()
  const view = (await (await get(`/api/features/${id}`)).json()) as FeatureView
  expect(view.feature).toMatchObject({ id, status: 'drafting' })
  expect(view.eventId).toBeGreaterThan(0)
  expect((await (await api.as(cookie, 'PATCH', `/api/features/${id}`, { title: 'Spokes' })).json()) as object).toMatchObject({
    title: 'Spokes',
  })
  const listed = async () => ((await (await get('/api/features')).json()) as { features: { id: string }[] }).features.map((one) => one.id)
  expect(await listed()).toContain(id)
  expect((await api.as(cookie, 'DELETE', `/api/features/${id}`)).status).toBe(200)
  expect(await listed()).not.toContain(id)
  expect((await problem(await get(`/api/features/${id}`))).code).toBe('NOT_FOUND')
  expect((await post(`/api/features/${id}/restore`)).status).toBe(200)
  expect(await listed()).toContain(id)
})

test('a wrong request is told place by place, and nothing of it is stored', async () => {
  const before = await (await get('/api/projects')).text()
  const answer = await post('/api/projects', { idea: ' ' })
  expect(answer.status).toBe(422)
  expect(await problem(answer)).toMatchObject({ code: 'INPUT_INVALID', faults: [{ path: 'idea' }] })
  for (const body of ['{', 'null', '[]', '"x"']) {
    const refused = await api.app.request('/api/projects', { method: 'POST', headers: { cookie, origin: ORIGIN }, body })
    expect(refused.status, body).toBe(422)
  }
  expect((await problem(await get('/api/features/not-an-id'))).code).toBe('INPUT_INVALID')
  expect(await (await get('/api/projects')).text()).toBe(before)
})

test('what is too large is refused before it is read to the end', async () => {
  expect(await problem(await post(`/api/features/${await feature()}/revise-spec`, { comment: 'x'.repeat(3_000_000) }))).toMatchObject({
    code: 'TOO_LARGE',
    status: 413,
  })
})

test('a message is answered as JSON, or, for who asks for a stream, by the events until the answer is there', async () => {
  const featureId = await feature()
  const message = { featureId, text: 'Hello' }
  expect(await (await post('/api/chat/message', message)).json()).toMatchObject({ messages: [{ content: 'Hello' }] })
  const streamed = await api.as(cookie, 'POST', '/api/chat/message', message, { accept: 'text/event-stream' })
  expect(streamed.headers.get('content-type')).toBe('text/event-stream')
  const events = [...(await streamed.text()).matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? '').body)
  expect(events.map(({ type, role }) => [type, role])).toEqual([
    ['message-added', 'user'],
    ['writing', undefined],
    ['message-added', 'assistant'],
  ])
})

test('an event that a status does not know is a conflict in words', async () => {
  const id = await feature()
  const answer = await problem(await post(`/api/features/${id}/approve-spec`))
  expect(answer).toMatchObject({ status: 409, code: 'MOVED_ON' })
  expect(answer.detail).toContain('Reload to see where it stands')
})

test('an unknown path is a problem, an unexpected failure has an id that finds the log', async () => {
  expect(await problem(await get('/api/nothing'))).toMatchObject({ status: 404, code: 'ROUTE_NOT_FOUND' })
  const broken = await testApi({
    previewUrl: () => {
      throw new Error('a secret of the inside')
    },
  })
  const owner = await broken.signIn()
  const { feature } = await (await broken.as(owner, 'POST', '/api/projects', { idea: 'Recipes with ingredients' })).json()
  const { job } = await (await broken.as(owner, 'POST', `/api/features/${feature.id}/approve-plan`)).json()
  const answer = await broken.as(owner, 'POST', `/api/jobs/${job.id}/preview`, {})
  const said = await problem(answer)
  expect(said).toMatchObject({ status: 500, code: 'UNEXPECTED' })
  expect(JSON.stringify(said)).not.toContain('secret')
  expect(broken.logged.some((line) => line.debugId === said.debug_id)).toBe(true)
  await broken.close()
})

test('a picture of the conversation is shown as what it is, and can run nothing', async () => {
  const id = await feature()
  const path = `/api/features/${id}/images/${id}`
  const answer = await get(path)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png'])
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'.*; sandbox$/)
  expect((await api.as('', 'GET', path)).status).toBe(401)
})

test('a message may carry four pictures, and no fifth', async () => {
  const images = Array.from({ length: 5 }, () => ({ base64: 'iVBORw0KGgo=' }))
  const answer = await post('/api/chat/message', { featureId: await feature(), text: 'Like this', images })
  expect(await problem(answer)).toMatchObject({ code: 'INPUT_INVALID', faults: [{ path: 'images' }] })
})

test('another page cannot make this browser write', async () => {
  for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }]) {
    const answer = await api.as(cookie, 'POST', '/api/projects', { idea: 'An app' }, headers)
    expect(await problem(answer)).toMatchObject({ status: 403, code: 'ORIGIN_REFUSED' })
  }
  const answer = await api.app.request('/api/projects', { method: 'POST', headers: { cookie, 'sec-fetch-site': 'cross-site' }, body: '{}' })
  expect(answer.status).toBe(403)
})

test('too many writes from one address wait, those from another do not', async () => {
  const limited = await testApi({ clock: () => 0 })
  const owner = await limited.signIn()
  const write = (address: string) =>
    limited.as(owner, 'DELETE', '/api/settings/api-key?provider=openai', undefined, { 'x-test-address': address })
  const answers = await Promise.all(Array.from({ length: 250 }, () => write('10.0.0.1')))
  expect(answers.filter((answer) => answer.status === 429).length).toBe(10)
  expect(answers.find((answer) => answer.status === 429)?.headers.get('retry-after')).toBe('60')
  expect((await write('10.0.0.2')).status).toBe(200)
  await limited.close()
})

test('one workspace sees nothing of another, by any route', async () => {
  const id = await feature()
  const { databaseUrl, stranger } = {
    databaseUrl: api.database.appUrl,
    stranger: { userId: 'x', name: 'X', email: '', orgId: 'org_other', orgName: 'X' },
  }
  expect(databaseUrl).toBeTruthy()
  const other = await testApi({ storage: api.database.storage, otherViewers: [async () => stranger] })
  const ask = (method: string, path: string, body?: object) => other.as('', method, path, body)
  for (const [method, path, body] of [
    ['GET', `/api/features/${id}`, undefined],
    ['PATCH', `/api/features/${id}`, { title: 'stolen' }],
    ['DELETE', `/api/features/${id}`, undefined],
    ['GET', `/api/chat/${id}`, undefined],
  ] as const)
    expect((await ask(method, path, body)).status, `${method} ${path}`).toBe(404)
  expect(await (await ask('GET', '/api/features')).json()).toMatchObject({ features: [] })
  await other.close()
})

test('a model key is sealed and shown by its last four characters only', async () => {
  const key = 'sk-planted-key-123456789'
  const saved = await post('/api/settings/api-key', { provider: 'anthropic', key })
  expect(await saved.json()).toMatchObject({ provider: 'anthropic', lastFour: '6789' })
  const shown = await (await get('/api/settings/api-key')).text()
  expect(shown).toContain('6789')
  expect(shown).not.toContain('planted')
  expect((await api.as(cookie, 'DELETE', '/api/settings/api-key?provider=anthropic')).status).toBe(200)
  expect(await (await get('/api/settings/api-key')).json()).toEqual({ keys: [] })
})

test('the zip streams with its length, its name and the hash it was checked by', async () => {
  const answer = await get(`/api/features/${await feature()}/download`)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-length': '9',
    'content-disposition': 'attachment; filename="app-build_v0_1.zip"',
    etag: `"${'a'.repeat(64)}"`,
  })
  expect(await answer.text()).toBe('zip bytes')
})

test('a run is recorded for whoever may see it, as lines of JSON', async () => {
  const id = await feature()
  const answer = await get(`/api/features/${id}/recording`)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/jsonl; charset=utf-8',
    'content-disposition': 'attachment; filename="app.slipway-run.jsonl"',
    'cache-control': 'private, no-store',
  })
  const [first] = (await answer.text()).split('\n')
  expect(RecordingHeader.parse(JSON.parse(first ?? ''))).toMatchObject({ acts: [{ act: { kind: 'tell-idea' } }] })
  expect((await get('/api/features/00000000-0000-4000-8000-000000000000/recording')).status).toBe(404)
  expect((await api.app.request(`/api/features/${id}/recording`)).status).toBe(401)
})

test('code is shown as text, and what is none is not', async () => {
  const id = '00000000-0000-4000-8000-000000000000'
  expect(await (await get(`/api/jobs/${id}/file?path=a.ts`)).json()).toEqual({ path: 'a.ts', isBinary: false, content: 'const a = 1\n' })
  expect(await (await get(`/api/jobs/${id}/file?path=logo.png`)).json()).toMatchObject({ isBinary: true, content: '' })
  expect((await get(`/api/jobs/${id}/file?path=../etc/passwd`)).status).toBe(422)
})

test('the document names every route with the schemas that the server parses by', async () => {
  const document = (await (await get('/api/openapi.json')).json()) as { openapi: string; paths: Record<string, Record<string, object>> }
  expect(document.openapi).toBe('3.1.0')
  for (const route of Object.values(ROUTES)) expect(document.paths[route.path]?.[route.method.toLowerCase()], route.path).toBeTruthy()
  const page = await (await get('/api/docs')).text()
  for (const name of Object.keys(ROUTES)) expect(page).toContain(`id="${name}"`)
  expect(page).not.toContain('<script')
})

test('it says whether it lives and whether it can work', async () => {
  expect((await api.app.request('/health')).status).toBe(200)
  expect((await api.app.request('/ready')).status).toBe(200)
})

test('every answer carries the headers that keep a browser safe', async () => {
  const answer = await get('/api/session')
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cache-control': 'no-store',
  })
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
})

test('strangers make no account unless the host says so, and keys for tokens are published', async () => {
  const account = { email: 'b@example.com', password: 'long enough password', name: 'B' }
  expect(await problem(await post('/api/auth/sign-up/email', account))).toMatchObject({ status: 403 })
  const open = await testApi({ isSignUpOpen: true })
  expect((await open.as('', 'POST', '/api/auth/sign-up/email', account)).status).toBe(200)
  const signedIn = await open.as('', 'POST', '/api/auth/sign-in/email', account)
  const own = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  expect(Session.parse(await (await open.as(own, 'GET', '/api/session')).json()).workspace?.name).toBe("B's workspace")
  const { token } = (await (await open.as(own, 'GET', '/api/auth/token')).json()) as { token: string }
  const bearer = { authorization: `Bearer ${token}` }
  expect((await open.app.request('/api/features', { headers: bearer })).status).toBe(200)
  expect((await open.app.request('/api/features', { headers: { authorization: `${bearer.authorization}x` } })).status).toBe(401)
  expect(await (await open.app.request('/api/auth/jwks')).json()).toHaveProperty('keys')
  await open.close()
})

test('a token of a configured issuer is accepted, one for somebody else or by somebody else is not', async () => {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' }
  const issuer = createServer((_, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] })))
  await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve))
  const jwksUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/jwks`
  const other = await testApi({ otherViewers: [viewersOfIssuer({ jwksUrl, issuer: 'https://issuer.example', audience: 'slipway' })] })
  const token = (claims: { issuer?: string; audience?: string; key?: typeof privateKey; org?: string } = {}) =>
    new SignJWT({ name: 'Eve', ...(claims.org ? { org_id: claims.org } : {}) })
      .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
      .setSubject('u1')
      .setIssuer(claims.issuer ?? 'https://issuer.example')
      .setAudience(claims.audience ?? 'slipway')
      .setExpirationTime('5m')
      .sign(claims.key ?? privateKey)
  const session = async (value: string) =>
    Session.parse(await (await other.app.request('/api/session', { headers: { authorization: `Bearer ${value}` } })).json())
  const one = await session(await token({ org: 'acme' }))
  expect(one.user?.name).toBe('Eve')
  expect((await session(await token({ org: 'acme' }))).workspace?.id).toBe(one.workspace?.id)
  expect((await session(await token({ org: 'other' }))).workspace?.id).not.toBe(one.workspace?.id)
  const foreign = (await generateKeyPair('ES256')).privateKey
  for (const bad of [{ issuer: 'https://evil.example' }, { audience: 'elsewhere' }, { key: foreign }])
    expect((await session(await token(bad))).user).toBeNull()
  issuer.close()
  await other.close()
})

test('a sign-in link opens one browser, once', async () => {
  const { path } = (await (await post('/api/sign-in-link')).json()) as { path: string }
  const entered = await api.app.request(path)
  expect([entered.status, entered.headers.get('location')]).toEqual([302, '/'])
  const own = entered.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  expect(Session.parse(await (await api.as(own, 'GET', '/api/session')).json()).user?.name).toBe('Owner')
  expect((await api.app.request(path)).status).toBe(403)
})
