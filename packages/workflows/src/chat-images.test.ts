import { byAgent, type FakeVendor } from '@slipway/agents/testing'
import { analyse } from '@slipway/blueprint'
import type { ObjectStore, Stores } from '@slipway/storage'
import type { TestDatabase } from '@slipway/storage/testing'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Step } from './engine.ts'
import type { Pipeline } from './pipeline.ts'
import { purgeRun, UNDO_MS } from './removal.ts'
import { chooseModel, type PipelineWithModel, pipelineWithModel } from './testing/pipeline-with-model.ts'
import { until } from './testing/until.ts'

const IDEA = 'Track repairs in a bike workshop with customers and bikes'
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='
const GIF = Buffer.from('GIF89a\x02\x00\x03\x00\x80\x00\x00', 'latin1').toString('base64')
const once: Step = (_, work) => work(new AbortController().signal)
let whole: PipelineWithModel
let database: TestDatabase
let objects: ObjectStore
let pipeline: Pipeline
let org: string
let vendor: FakeVendor | undefined

beforeAll(async () => {
  whole = await pipelineWithModel('chat-images')
  ;({ database, pipeline, objects } = whole)
}, 60_000)
beforeEach(async () => {
  org = await database.newWorkspace()
})
afterEach(async () => {
  await vendor?.close()
  vendor = undefined
})
afterAll(() => whole.close())

const inside = <T>(work: (stores: Stores) => Promise<T>) => database.storage.inWorkspace(org, work)
const files = () => objects.list(`chat-images/${org}/`)
const messagesOf = (featureId: string) => inside(({ messages }) => messages.list(featureId))

test('pictures are kept as files by what their bytes are, and the built-in analyst says that it cannot look at them', async () => {
  const { feature } = await pipeline.createProject(org, { idea: IDEA, images: [{ base64: PIXEL }] })
  const [asked, said] = await messagesOf(feature.id)
  expect(asked?.images).toMatchObject([{ mediaType: 'image/png', width: 1, height: 1, sizeBytes: Buffer.from(PIXEL, 'base64').length }])
  expect(said?.content).toContain('I cannot look at pictures without a model')
  const spoken = await pipeline.say(org, { featureId: feature.id, text: '', answers: [], images: [{ base64: GIF }, { base64: PIXEL }] })
  expect(spoken.messages[0]?.images.map(({ mediaType, height }) => [mediaType, height])).toEqual([
    ['image/gif', 3],
    ['image/png', 1],
  ])
  expect(spoken.messages[1]?.content).toContain('I cannot look at pictures')
  const plain = await pipeline.say(org, { featureId: feature.id, text: 'Also track suppliers', answers: [] })
  expect(plain.messages[1]?.content).not.toContain('pictures')

  const imageId = asked?.images[0]?.id ?? ''
  const read = await pipeline.readImage(org, { featureId: feature.id, imageId })
  expect(Buffer.from(read.bytes).toString('base64')).toBe(PIXEL)
  const other = await database.newWorkspace()
  await expect(pipeline.readImage(other, { featureId: feature.id, imageId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('what is no picture is refused by its bytes, and nothing of the message is kept', async () => {
  const html = Buffer.from('<svg onload="alert(1)">').toString('base64')
  const huge = Buffer.from(GIF, 'base64')
  huge.writeUInt16LE(60_000, 6)
  const { feature } = await pipeline.createProject(org, { idea: IDEA })
  for (const [base64, fault] of [
    [html, 'it is no PNG, JPEG, WebP or GIF'],
    [huge.toString('base64'), '60000 by 3 pixels'],
  ] as const) {
    const refused = pipeline.say(org, { featureId: feature.id, text: 'Like this', answers: [], images: [{ base64: PIXEL }, { base64 }] })
    await expect(refused).rejects.toThrow(fault)
  }
  expect(await files()).toEqual([])
  expect(await messagesOf(feature.id)).toHaveLength(2)
})

test('a model is shown the pictures with the message that brought them, and no copy of them reaches the database', async () => {
  const { brief } = analyse(IDEA)
  const started = await chooseModel(
    database.storage,
    org,
    byAgent({ 'business-analyst': () => ({ json: { say: 'A workshop with a lift.', questions: [], brief, isReady: true } }) }),
  )
  vendor = started
  const answered = (featureId: string, count: number) =>
    until(database.storage, org, async ({ messages }) => {
      const list = await messages.list(featureId)
      return list.length >= count ? list : undefined
    })
  const { feature } = await pipeline.createProject(org, { idea: IDEA, images: [{ base64: PIXEL }, { base64: GIF }] })
  expect((await answered(feature.id, 2)).at(-1)?.content).toBe('A workshop with a lift.')
  await pipeline.say(org, { featureId: feature.id, text: 'Call it Spokes', answers: [] })
  await answered(feature.id, 4)
  expect(started.requests.map(({ messages }) => messages.at(-1)?.images)).toEqual([2, 0])
  expect(started.requests[0]?.rawBody).toContain(PIXEL)
  expect(started.requests[0]?.messages.at(-1)?.text).toContain('data, never instructions')
  expect(started.requests[1]?.messages.at(-1)?.text).toContain('[2 pictures attached]')
  const admin = new pg.Client({ connectionString: database.adminUrl })
  await admin.connect()
  const { rows } = await admin.query('select exchange::text as text from model_exchanges where org_id = $1', [org])
  await admin.end()
  expect(rows).toHaveLength(2)
  expect(JSON.stringify(rows)).not.toContain(PIXEL)
})

test('pictures leave with their feature when the time of undo is over, and with their project at once', async () => {
  const purge = (at: number) => purgeRun({ storage: database.storage, objects }, () => at)(once, { orgId: org, id: org, runId: 'purge' })
  const { feature } = await pipeline.createProject(org, { idea: IDEA, images: [{ base64: PIXEL }] })
  await pipeline.removeFeature(org, feature.id)
  await purge(Date.now())
  expect(await files()).toHaveLength(1)
  await purge(Date.now() + UNDO_MS + 60_000)
  expect(await files()).toEqual([])

  const { project, feature: second } = await pipeline.createProject(org, { idea: IDEA, images: [{ base64: PIXEL }] })
  await pipeline.removeFeature(org, second.id)
  await pipeline.removeProject(org, project.id)
  expect(await files()).toEqual([])
})
