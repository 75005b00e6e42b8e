import { afterAll, beforeAll, expect, test } from 'vitest'
import { createBrowserSessions } from './browser-sessions.ts'
import { ORIGIN, type TestApi, testApi } from './testing/test-api.ts'

let api: TestApi
let owner: string
beforeAll(async () => {
  api = await testApi()
  owner = await api.signIn()
}, 60_000)
afterAll(() => api.close())

const box = { x: 0, y: 0, width: 200, height: 100 }
const colour = { r: 1, g: 1, b: 1, a: 1 }
const frame = {
  ...{ id: '1:2', name: 'Hello', type: 'FRAME', absoluteBoundingBox: box, size: { x: 200, y: 100 } },
  ...{ fills: [{ type: 'SOLID', color: colour }], strokes: [], effects: [], children: [] },
}
const file = {
  document: { id: '0:0', type: 'DOCUMENT', name: 'D', children: [{ id: '0:1', type: 'CANVAS', name: 'One', children: [frame] }] },
}

/** A browser of its own: it keeps the cookie that it is given. */
function browser() {
  let own = ''
  return async (method: string, path: string, body?: object | string) => {
    const answer = await api.app.request(`/api/prototypes${path}`, {
      method,
      headers: { cookie: [owner, own].filter(Boolean).join('; '), origin: ORIGIN, 'content-type': 'application/json' },
      ...(body ? { body: typeof body === 'string' ? body : JSON.stringify(body) } : {}),
    })
    const [given] = answer.headers.getSetCookie()
    if (given) {
      expect(given).toMatch(/^bp_session=[\w-]+\.[\w-]+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/)
      own = given.split(';')[0] ?? ''
    }
    return answer
  }
}
const json = async (answer: Response) => {
  expect(answer.status).toBe(200)
  return (await answer.json()) as never
}

test('design context in, code out, for the browser that asked and no other', async () => {
  const [mine, another] = [browser(), browser()]
  expect(await json(await mine('GET', '/session'))).toMatchObject({ session: null })
  expect(await json(await mine('POST', '/generate', { designContext: file }))).toMatchObject({
    sessionId: expect.any(String),
    errorCode: null,
  })
  const { session } = (await json(await mine('GET', '/session'))) as { session: { status: string; generatedCode: string } }
  expect(session).toMatchObject({ status: 'ready', frameName: 'Hello', frameWidth: 200 })
  expect(session.generatedCode.length).toBeGreaterThan(20)
  expect(await json(await another('GET', '/session'))).toMatchObject({ session: null })
  expect((await another('GET', '/session/live')).status).toBe(404)
})

test('an upload lists its frames; the chosen one is generated, shown without rights, and packed', async () => {
  const mine = browser()
  const opened = (await json(await mine('POST', '/import?form=json&name=hello.json', JSON.stringify(file)))) as {
    source: object
    frames: { id: string }[]
  }
  expect(opened.frames).toMatchObject([{ id: '1:2', name: 'Hello', page: 'One', width: 200, height: 100 }])
  await json(await mine('POST', '/generate', { source: opened.source, frameIds: ['1:2'] }))
  const live = await mine('GET', '/session/live')
  expect(live.headers.get('content-security-policy')).toMatch(/^sandbox allow-scripts; default-src 'none'/)
  expect(live.headers.get('x-frame-options')).toBe('SAMEORIGIN')
  expect(await live.text()).toContain('data-node-id="1:2"')
  const zip = await mine('GET', '/session/download')
  expect(zip.headers.get('content-disposition')).toContain('hello.zip')
  expect(
    Buffer.from(await zip.arrayBuffer())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK')
})

test('what is no design, too large, or asked of Figma without a connection, is told in words', async () => {
  const mine = browser()
  const problem = async (answer: Response) => (await answer.json()) as { code: string; detail: string }
  expect(await problem(await mine('POST', '/import?form=json', '<html>'))).toMatchObject({ code: 'DESIGN_UNREADABLE' })
  expect(await problem(await mine('POST', '/generate', { designContext: { a: 1 } }))).toMatchObject({ code: 'DESIGN_UNREADABLE' })
  expect(await problem(await mine('POST', '/generate', { source: { kind: 'figma', fileKey: '../etc' }, frameIds: ['1:2'] }))).toMatchObject(
    { code: 'INPUT_INVALID' },
  )
  expect(await problem(await mine('POST', '/figma/file', { link: 'https://www.figma.com/design/AbC/x?node-id=1-2' }))).toMatchObject({
    code: 'FIGMA_NOT_CONNECTED',
  })
  const huge = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array(4_000_000)) })
  const answer = await api.app.request('/api/prototypes/import?form=fig', {
    method: 'POST',
    headers: { cookie: owner, origin: ORIGIN },
    body: huge,
    duplex: 'half',
  } as RequestInit)
  expect(await problem(answer)).toMatchObject({ code: 'TOO_LARGE' })
})

test('edits of the same revision: the second is a conflict; a frame of Figma that fails keeps the session’s words', async () => {
  const mine = browser()
  await mine('POST', '/generate', { designContext: file })
  const { session } = (await json(await mine('GET', '/session'))) as { session: { revision: number; files: { path: string }[] } }
  const edit = () => mine('PATCH', '/session', { file: { path: session.files[0]?.path, content: 'mine' }, revision: session.revision })
  expect(await json(await edit())).toEqual({ revision: session.revision + 1 })
  expect((await edit()).status).toBe(409)
  await mine('POST', '/generate', { source: { kind: 'figma', fileKey: 'AbC' }, frameIds: ['1:2'] })
  expect(await json(await mine('GET', '/session'))).toMatchObject({
    session: { status: 'error', errorCode: 'figma_not_connected', generatedCode: null },
  })
})

test('without signing in nothing of it answers', async () => {
  for (const [method, path] of [
    ['POST', '/import?form=json'],
    ['GET', '/session/live'],
    ['GET', '/session/download'],
    ['GET', `/pictures/${'a'.repeat(64)}`],
  ] as const)
    expect((await api.app.request(`/api/prototypes${path}`, { method, headers: { origin: ORIGIN } })).status, path).toBe(401)
})

test('a session cookie is ours or none: neither its id nor its proof can be changed', () => {
  const sessions = createBrowserSessions({ secret: 'one', isSecure: true })
  const { id, cookie } = sessions.issue()
  const pair = cookie.split(';')[0] ?? ''
  expect(cookie).toContain('; Secure')
  expect(sessions.read(`a=b; ${pair}; c=d`)).toBe(id)
  expect(createBrowserSessions({ secret: 'two', isSecure: true }).read(pair)).toBeUndefined()
  for (let at = 'bp_session='.length; at < pair.length; at++) {
    const other = pair[at] === 'A' ? 'B' : 'A'
    expect(sessions.read(pair.slice(0, at) + other + pair.slice(at + 1)), `letter ${at}`).toBeUndefined()
  }
})

test('without a model nothing is offered; asking for names says what to do, and what was not refined is not undone', async () => {
  const mine = browser()
  expect((await mine('GET', '/refinement')).status).toBe(404)
  await mine('POST', '/generate', { designContext: file })
  expect(await json(await mine('GET', '/refinement'))).toMatchObject({ model: null, estimate: null, isAnswered: false })
  const asked = await mine('POST', '/refinement', {})
  expect(asked.status).toBe(422)
  expect(await asked.json()).toMatchObject({ code: 'MODEL_MISSING', detail: expect.stringContaining('Settings') })
  expect((await mine('DELETE', '/refinement')).status).toBe(404)
})
