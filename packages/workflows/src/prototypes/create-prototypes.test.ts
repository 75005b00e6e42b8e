import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { folderObjects } from '@slipway/storage'
import { type TestDatabase, testDatabase } from '@slipway/storage/testing'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createEngine, type Engine } from '../engine.ts'
import { until } from '../testing/until.ts'
import { createPrototypes } from './create-prototypes.ts'
import { createFigmaClient } from './figma-client.ts'
import type { Asker, Prototypes } from './prototypes.ts'
import { bookingFile, bookingNodes, FILE_KEY, FRAME_ID } from './testing/booking-design.ts'
import { type LoopbackFigma, startLoopbackFigma, TOKEN } from './testing/loopback-figma.ts'

const LINK = `https://www.figma.com/design/${FILE_KEY}/Bistro?node-id=1-2`
const folder = mkdtempSync(join(tmpdir(), 'slipway-prototypes-'))
let database: TestDatabase
let engine: Engine
let figma: LoopbackFigma
let prototypes: Prototypes
let ada: Asker
let nowMs = Date.parse('2026-11-21T12:00:00Z')
const logged: object[] = []

beforeAll(async () => {
  database = await testDatabase()
  figma = await startLoopbackFigma()
  const log = (line: object) => void logged.push(line)
  engine = createEngine({ databaseUrl: database.appUrl, executorId: 'prototypes', stepsVersion: 'tests', buildsMax: 1, log })
  prototypes = createPrototypes({
    storage: database.storage,
    objects: folderObjects(join(folder, 'objects')),
    engine,
    figma: createFigmaClient({ baseUrl: figma.url }),
    createProject: (orgId, { idea }) =>
      database.storage.inWorkspace(orgId, async (stores) => {
        const project = await stores.projects.create({ name: 'Bistro' })
        return { project, feature: await stores.features.create({ projectId: project.id, title: 'Bistro', idea }) }
      }),
    clock: () => nowMs,
    log,
  })
  await engine.start({ isWorker: true })
}, 60_000)
beforeEach(async () => {
  ada = { orgId: await database.newWorkspace(), sessionId: 'browser-of-ada' }
  figma.limit(undefined)
  figma.requests.length = 0
})
afterAll(async () => {
  await engine.stop()
  await figma.close()
  await database.close()
  await rm(folder, { recursive: true })
})

/** The session of a browser once its run has ended. */
const ended = (asker: Asker = ada) =>
  until(database.storage, asker.orgId, async (stores) => {
    const session = (await stores.prototypes.get(asker.sessionId))?.session
    return session && ['ready', 'error'].includes(session.status) ? session : undefined
  })
const bytesOf = (value: object) => Buffer.from(JSON.stringify(value))
async function fromFigma(asker: Asker = ada) {
  await prototypes.connect(asker, { token: TOKEN })
  const { source } = await prototypes.openFigmaFile(asker, { link: LINK, isWhole: false })
  await prototypes.generate(asker, { source, frameIds: [FRAME_ID] })
  return ended(asker)
}
const calls = () => figma.requests.filter((path) => path.startsWith('/v1/') && path !== '/v1/me')

test('REST JSON in the request becomes code, a page and a zip that holds both', async () => {
  const designContext = bookingNodes('A table <b>for</b> {two}') as Record<string, unknown>
  const begun = await prototypes.generate(ada, { designContext })
  expect(begun).toEqual({ sessionId: ada.sessionId, status: 'pending', errorCode: null })
  const session = await ended()
  expect(session).toMatchObject({ status: 'ready', frameName: 'Book / Phone', frameWidth: 390, frameHeight: 480, errorCode: null })
  expect(session.generatedCode).toContain('Tonight, for two')
  expect(session.generatedCode).toMatch(/\{(['"`])A table <b>for<\/b> \{two\}\1\}/)
  expect(session.report?.nodes).toBeGreaterThan(4)

  const { html, policy } = await prototypes.live(ada)
  expect(html).toContain('data-node-id="1:3"')
  expect(html).not.toContain('<b>')
  expect(policy).toContain("default-src 'none'")
  const { boxes } = await prototypes.boxes(ada)
  expect(boxes.find((box) => box.id === '1:5')).toMatchObject({ name: 'Room', x: 24, y: 119, width: 342, height: 181 })

  const { fileName, bytes } = await prototypes.download(ada)
  expect(fileName).toBe('book-phone.zip')
  const files = unzipSync(bytes)
  expect(Object.keys(files)).toEqual(expect.arrayContaining(['package.json', 'index.html', 'src/main.tsx', session.files[0]?.path]))
})

test('an upload shows its frames by page; the chosen one is compiled', async () => {
  const opened = await prototypes.openUpload(ada, { form: 'json', name: 'bistro.json', bytes: bytesOf(bookingFile()) })
  expect(opened.frames.map(({ id, name, page, width }) => [id, name, page, width])).toEqual([
    ['1:2', 'Book / Phone', 'Screens', 390],
    ['2:2', 'Book / Desktop', 'Screens', 1280],
  ])
  await prototypes.generate(ada, { source: opened.source, frameIds: ['1:2'] })
  expect(await ended()).toMatchObject({ status: 'ready', frameName: 'Book / Phone' })
  await expect(prototypes.openUpload(ada, { form: 'json', name: 'x.json', bytes: Buffer.from('{"a":1}') })).rejects.toMatchObject({
    code: 'DESIGN_UNREADABLE',
  })
})

test.each([
  ['a layer that is no frame', '2:9', 'node_not_frame', '"A note" is a text'],
  ['a layer that is not there', '9:9', 'figma_not_found', 'this frame'],
])('%s ends as an error in words', async (_, id, errorCode, words) => {
  const { source } = await prototypes.openUpload(ada, { form: 'json', name: 'bistro.json', bytes: bytesOf(bookingFile()) })
  await prototypes.generate(ada, { source, frameIds: [id] })
  const session = await ended()
  expect(session).toMatchObject({ status: 'error', errorCode })
  expect(session.errorMessage).toContain(words)
})

test('a frame from Figma costs one call of each kind, and never another: not by regenerating, not for a hundred people', async () => {
  const session = await fromFigma()
  expect(session).toMatchObject({ status: 'ready', thumbnailUrl: expect.stringMatching(/^\/api\/prototypes\/pictures\/[0-9a-f]{64}$/) })
  expect(calls().toSorted()).toEqual([
    `/v1/files/${FILE_KEY}/images`,
    `/v1/files/${FILE_KEY}/meta`,
    `/v1/files/${FILE_KEY}/nodes`,
    `/v1/images/${FILE_KEY}`,
  ])
  expect((await prototypes.picture(ada, session.thumbnailUrl?.slice(-64) ?? '')).type).toBe('image/png')
  expect((await prototypes.live(ada)).html).toContain('data:image/png;base64,')
  expect(Object.keys(unzipSync((await prototypes.download(ada)).bytes)).some((path) => path.startsWith('public/pictures/'))).toBe(true)

  figma.requests.length = 0
  figma.limit('518400')
  for (let time = 0; time < 3; time++) {
    await prototypes.regenerate(ada)
    expect(await ended()).toMatchObject({ status: 'ready' })
  }
  expect(figma.requests).toEqual([])
  for (let number = 0; number < 5; number++)
    expect(await fromFigma({ ...ada, sessionId: `person ${number}` })).toMatchObject({ status: 'ready' })
  expect(new Set(calls())).toEqual(new Set([`/v1/files/${FILE_KEY}/meta`]))
})

test('refreshing asks for the version alone, and fetches the frame only when it is another', async () => {
  await fromFigma()
  figma.requests.length = 0
  expect(await prototypes.refresh(ada)).toEqual({ isChanged: false })
  expect(calls()).toEqual([`/v1/files/${FILE_KEY}/meta`])
  figma.change('Book two tables')
  expect(await prototypes.refresh(ada)).toEqual({ isChanged: true })
  expect((await ended()).generatedCode).toContain('Book two tables')
})

test('when Figma allows no more, the session says how long, and Figma is left in peace until then', async () => {
  await prototypes.connect(ada, { token: TOKEN })
  const { source } = await prototypes.openFigmaFile(ada, { link: LINK.replace('1-2', '2-2'), isWhole: false })
  figma.limit('3600')
  await prototypes.generate(ada, { source, frameIds: ['2:2'] })
  const session = await ended()
  expect(session).toMatchObject({ status: 'error', errorCode: 'figma_rate_limited', retryAt: new Date(nowMs + 3_600_000).toISOString() })
  expect(session.errorMessage).toContain('in 60 minutes')
  figma.limit(undefined)
  figma.requests.length = 0
  await prototypes.regenerate(ada)
  expect(await ended()).toMatchObject({ status: 'error', errorCode: 'figma_rate_limited' })
  expect(figma.requests).toEqual([])
  nowMs += 3_600_001
  await prototypes.regenerate(ada)
  expect(await ended()).toMatchObject({ status: 'ready' })
})

test('the picker lists pages and frames with pictures of them, copied', async () => {
  await prototypes.connect(ada, { token: TOKEN })
  const opened = await prototypes.openFigmaFile(ada, { link: LINK, isWhole: true })
  expect(opened).toMatchObject({ name: 'Bistro', chosen: '1:2' })
  expect(opened.frames.map((frame) => [frame.page, frame.name, frame.thumbnailUrl !== null])).toEqual([
    ['Screens', 'Book / Phone', true],
    ['Screens', 'Book / Desktop', true],
  ])
  const before = calls().length
  await prototypes.openFigmaFile(ada, { link: LINK, isWhole: true })
  expect(calls().slice(before)).toEqual([`/v1/files/${FILE_KEY}/meta`])
})

test('a token is asked about before it is kept, is never told, and can be forgotten', async () => {
  await expect(prototypes.connect(ada, { token: 'figd_not-a-token' })).rejects.toMatchObject({ code: 'FIGMA_AUTH' })
  await expect(prototypes.openFigmaFile(ada, { link: LINK, isWhole: false })).rejects.toMatchObject({ code: 'FIGMA_NOT_CONNECTED' })
  await expect(prototypes.openFigmaFile(ada, { link: 'https://example.com', isWhole: false })).rejects.toMatchObject({
    code: 'FIGMA_LINK_UNKNOWN',
  })
  expect(await prototypes.connect(ada, { token: TOKEN })).toMatchObject({ kind: 'token', handle: 'Ada', lastFour: TOKEN.slice(-4) })
  expect(await prototypes.connection({ ...ada, sessionId: 'another' })).toMatchObject({ connection: null })
  await prototypes.disconnect(ada)
  expect(await prototypes.connection(ada)).toMatchObject({ connection: null })
  expect(JSON.stringify(logged)).not.toContain(TOKEN)
})

test('edited code is what the zip holds, and regenerating overwrites it', async () => {
  await prototypes.generate(ada, { designContext: bookingNodes() as Record<string, unknown> })
  const session = await ended()
  const [page] = session.files
  const content = `${page?.content}\n// mine\n`
  const { revision } = await prototypes.edit(ada, { file: { path: page?.path ?? '', content }, revision: session.revision })
  expect(revision).toBe(session.revision + 1)
  const packed = unzipSync((await prototypes.download(ada)).bytes)[page?.path ?? ''] as Uint8Array
  expect(Buffer.from(packed).toString()).toBe(content)
  await prototypes.regenerate(ada)
  expect((await ended()).generatedCode).toBe(page?.content)
})

test('while a page is made again, what was made before can be looked at', async () => {
  await prototypes.generate(ada, { designContext: bookingNodes() as Record<string, unknown> })
  await ended()
  const before = await prototypes.live(ada)
  await database.storage.inWorkspace(ada.orgId, ({ prototypes }) => prototypes.restart(ada.sessionId, randomUUID()))
  expect(await prototypes.live(ada)).toEqual(before)
})

test('another workspace, and another browser of the same one, see nothing of it', async () => {
  await prototypes.generate(ada, { designContext: bookingNodes() as Record<string, unknown> })
  await ended()
  for (const stranger of [
    { ...ada, sessionId: 'another' },
    { ...ada, orgId: await database.newWorkspace() },
  ]) {
    expect((await prototypes.show(stranger)).session).toBeNull()
    for (const ask of [prototypes.live, prototypes.boxes, prototypes.download, prototypes.regenerate, prototypes.use])
      await expect(ask(stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  }
})

test('a project begins from the page, with its words', async () => {
  await prototypes.generate(ada, { designContext: bookingNodes() as Record<string, unknown> })
  await ended()
  const { feature } = await prototypes.use(ada)
  expect(feature.idea).toContain('Book / Phone')
  expect(feature.idea).toContain('Tonight, for two')
})

test('a session whose run was never handed in goes on when it is looked at', async () => {
  await prototypes.generate(ada, { designContext: bookingNodes() as Record<string, unknown> })
  const { designContext } = await ended()
  await database.storage.inWorkspace(ada.orgId, (stores) =>
    stores.prototypes.begin('killed', { runId: '00000000-0000-4000-8000-000000000001', designContext }),
  )
  const killed = { ...ada, sessionId: 'killed' }
  expect((await prototypes.show(killed)).session).toMatchObject({ status: 'pending' })
  expect(await ended(killed)).toMatchObject({ status: 'ready' })
})
