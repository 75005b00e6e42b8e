import { randomUUID } from 'node:crypto'
import { DesignContext, PrototypeReport } from '@slipway/domain'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Stores } from './stores.ts'
import { type TestDatabase, testDatabase } from './testing/index.ts'

const design = (frame: string) =>
  DesignContext.parse({ version: 1, source: { kind: 'upload', sha256: 'a'.repeat(64), form: 'json' }, frameIds: [frame] })
const report = PrototypeReport.parse({ nodes: 1, exact: 1, remarks: [], components: [], missingImages: 0 })
const code = (text: string) => ({
  files: [
    { path: 'src/pages/home.tsx', content: text },
    { path: 'src/tokens.css', content: ':root {}' },
  ],
  report,
})

let database: TestDatabase
let org: string
let inside: <T>(work: (stores: Stores) => Promise<T>) => Promise<T>
beforeAll(async () => {
  database = await testDatabase()
})
beforeEach(async () => {
  org = await database.newWorkspace()
  inside = (work) => database.storage.inWorkspace(org, work)
})
afterAll(() => database.close())

/** A session that has code. */
async function ready(sessionId = 'browser') {
  const runId = randomUUID()
  await inside(({ prototypes }) => prototypes.begin(sessionId, { runId, designContext: design('1:2') }))
  await inside(({ prototypes }) => prototypes.move(runId, 'generate'))
  await inside(({ prototypes }) => prototypes.saveCode(runId, code('one')))
  const record = await inside(({ prototypes }) => prototypes.move(runId, 'complete', { thumbnailUrl: '/picture' }))
  return { runId, session: record?.session }
}

test('a session goes from pending to ready with its code, the page first', async () => {
  const { session } = await ready()
  expect(session).toMatchObject({ status: 'ready', generatedCode: 'one', revision: 1, isEdited: false, thumbnailUrl: '/picture' })
  expect(session?.files.map((file) => file.path)).toEqual(['src/pages/home.tsx', 'src/tokens.css'])
  expect((await inside(({ prototypes }) => prototypes.get('browser')))?.session).toEqual(session)
})

test('each browser has one session; another design takes its place', async () => {
  const { session } = await ready()
  const begun = await inside(({ prototypes }) => prototypes.begin('browser', { runId: randomUUID(), designContext: design('3:4') }))
  expect(begun.session).toMatchObject({ id: session?.id, status: 'pending', generatedCode: null, files: [], thumbnailUrl: null })
  await ready('another')
  expect((await inside(({ prototypes }) => prototypes.get('browser')))?.session.designContext.frameIds).toEqual(['3:4'])
})

test('regenerating keeps the old code until the new one is there', async () => {
  await ready()
  const runId = randomUUID()
  const again = await inside(({ prototypes }) => prototypes.restart('browser', runId))
  expect(again.session).toMatchObject({ status: 'pending', generatedCode: 'one' })
  await inside(({ prototypes }) => prototypes.move(runId, 'generate'))
  const saved = await inside(({ prototypes }) => prototypes.saveCode(runId, code('two')))
  expect(saved?.session).toMatchObject({ generatedCode: 'two', revision: 2 })
  await expect(inside(({ prototypes }) => prototypes.restart('browser', randomUUID()))).rejects.toMatchObject({ code: 'MOVED_ON' })
  await expect(inside(({ prototypes }) => prototypes.restart('nobody', randomUUID()))).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a run that was overtaken writes nothing', async () => {
  const old = await ready()
  const runId = randomUUID()
  await inside(({ prototypes }) => prototypes.restart('browser', runId))
  expect(await inside(({ prototypes }) => prototypes.move(old.runId, 'complete'))).toBeUndefined()
  expect(await inside(({ prototypes }) => prototypes.saveCode(old.runId, code('late')))).toBeUndefined()
  expect(await inside(({ prototypes }) => prototypes.update(old.runId, { frameName: 'late' }))).toBeUndefined()
  expect((await inside(({ prototypes }) => prototypes.get('browser')))?.session).toMatchObject({ status: 'pending', generatedCode: 'one' })
})

test('a failed session says why and when to try again; the next start forgets it', async () => {
  const runId = randomUUID()
  await inside(({ prototypes }) => prototypes.begin('browser', { runId, designContext: design('1:2') }))
  await inside(({ prototypes }) => prototypes.move(runId, 'generate'))
  const told = { errorCode: 'figma_rate_limited', errorMessage: 'Wait.', retryAt: '2030-01-01T00:00:00.000Z' } as const
  expect((await inside(({ prototypes }) => prototypes.move(runId, 'fail', told)))?.session).toMatchObject({ status: 'error', ...told })
  const again = await inside(({ prototypes }) => prototypes.restart('browser', randomUUID()))
  expect(again.session).toMatchObject({ status: 'pending', errorCode: null, errorMessage: null, retryAt: null })
})

test('of two edits on the same revision one is refused', async () => {
  await ready()
  const edit = (content: string, path = 'src/tokens.css') =>
    inside(({ prototypes }) => prototypes.edit('browser', { file: { path, content }, revision: 1 }))
  const answers = await Promise.allSettled([edit('a'), edit('b')])
  expect(answers.map((answer) => answer.status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const { session } = (await inside(({ prototypes }) => prototypes.get('browser'))) ?? {}
  expect(session).toMatchObject({ revision: 2, isEdited: true, generatedCode: 'one' })
  await expect(edit('c', 'src/none.ts')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(edit('c')).rejects.toMatchObject({ code: 'CONFLICT' })
})

test('a Figma token is sealed to its browser, shown by four characters, and opened by nobody else', async () => {
  const secret = 'figd_a-planted-token-of-a-person'
  const values = { kind: 'token', secret, lastFour: 'rson', handle: 'Ada', expiresAt: null } as const
  expect(await inside(({ figmaTokens }) => figmaTokens.put('browser', values))).toMatchObject({ lastFour: 'rson', handle: 'Ada' })
  expect(JSON.stringify(await inside(({ figmaTokens }) => figmaTokens.get('browser')))).not.toContain('planted')
  expect(await inside(({ figmaTokens }) => figmaTokens.open('browser'))).toEqual({ kind: 'token', secret, retryAt: null })
  expect(await inside(({ figmaTokens }) => figmaTokens.open('another'))).toBeUndefined()
  await inside(({ figmaTokens }) => figmaTokens.holdUntil('browser', '2030-01-01T00:00:00.000Z'))
  expect(await inside(({ figmaTokens }) => figmaTokens.open('browser'))).toMatchObject({ retryAt: '2030-01-01T00:00:00.000Z' })
  await inside(({ figmaTokens }) => figmaTokens.remove('browser'))
  expect(await inside(({ figmaTokens }) => figmaTokens.get('browser'))).toBeUndefined()
})
