import { analyse, writeSpec } from '@slipway/blueprint'
import { CHANGE_KINDS, isRunning, type RunStage } from '@slipway/domain'
import { type TestDatabase, testDatabase } from '@slipway/storage/testing'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type BacklogDesk, createBacklogDesk } from './backlog-desk.ts'
import { type BacklogMaker, builtInMaker } from './backlog-maker.ts'
import { createEngine, type Engine } from './engine.ts'
import { until } from './testing/until.ts'
import { writeBacklogRun } from './write-backlog.ts'

const IDEA = 'Track repairs in a bike workshop with customers and bikes'
const { brief } = analyse(IDEA)
const SPEC = writeSpec(brief, IDEA)

let database: TestDatabase
let engine: Engine
let desk: BacklogDesk
let org: string
let featureId: string
/** The built-in maker, unless a test says otherwise for a moment. */
let maker: BacklogMaker = builtInMaker

beforeAll(async () => {
  database = await testDatabase()
  const log = () => undefined
  engine = createEngine({ databaseUrl: database.appUrl, executorId: 'backlog', stepsVersion: 'tests', buildsMax: 1, log })
  const current: BacklogMaker = {
    nameFor: builtInMaker.nameFor,
    sortCards: (...all) => maker.sortCards(...all),
    writeEpics: (...all) => maker.writeEpics(...all),
    writeStories: (...all) => maker.writeStories(...all),
    writeSubtasks: (...all) => maker.writeSubtasks(...all),
  }
  engine.register('write-backlog', writeBacklogRun({ storage: database.storage, maker: current, log }))
  desk = createBacklogDesk({ storage: database.storage, engine, maker: current })
  await engine.start({ isWorker: true })
}, 60_000)

beforeEach(async () => {
  maker = builtInMaker
  org = await database.newWorkspace()
  featureId = await database.storage.inWorkspace(org, async (stores) => {
    const project = await stores.projects.create({ name: 'Workshop' })
    const feature = await stores.features.create({ projectId: project.id, title: 'Workshop', idea: IDEA })
    await stores.specs.save(feature.id, SPEC, 0)
    return feature.id
  })
})

afterAll(async () => {
  await engine.stop()
  await database.close()
})

const ended = () =>
  until(database.storage, org, async ({ runs }) => {
    const all = await runs.newest(featureId)
    return all.length > 0 && all.every(({ status }) => !isRunning(status)) ? all : undefined
  })
const generated = async (stages?: readonly RunStage[]) => {
  await desk.generate(org, featureId, stages)
  return ended()
}
const view = () => desk.view(org, featureId)
const stories = async () =>
  (await view()).epics.flatMap((epic) => epic.stories.map((story) => ({ ...story, name: epic.code + story.code })))
const sumOf = (runs: Awaited<ReturnType<typeof generated>>) =>
  Object.fromEntries(CHANGE_KINDS.map((kind) => [kind, runs.reduce((sum, run) => sum + run.counts[kind], 0)]))

test('without a key every requirement becomes a story with subtasks, and each parent has a row that says so', async () => {
  const runs = await generated()
  expect(runs.map(({ stage, status }) => [stage, status])).toEqual([
    ['GENERATE_EPICS', 'COMPLETED'],
    ['GENERATE_STORIES', 'COMPLETED'],
    ['GENERATE_SUBTASKS', 'COMPLETED'],
  ])
  const { epics, coverage } = await view()
  expect(coverage.map(({ requirement }) => requirement)).toEqual(SPEC.requirements.map(({ id }) => id))
  expect(coverage.filter((row) => row.stories.length !== 1)).toEqual([])
  expect(runs[1]?.items.map(({ parentCode, status }) => [parentCode, status])).toEqual(epics.map(({ code }) => [code, 'COMPLETED']))
  expect(runs[2]?.items).toHaveLength(SPEC.requirements.length)
  expect(runs[2]?.counts.created).toBe(epics.flatMap((epic) => epic.stories.flatMap((story) => story.subtasks)).length)
  const told = await database.storage.inWorkspace(org, ({ events }) => events.after(0, { featureId, limit: 1_000 }))
  const stages = told.flatMap(({ body }) => (body.type === 'backlog-run-changed' ? [body] : []))
  expect(stages.filter(({ stage }) => stage === 'GENERATE_STORIES').at(-1)).toMatchObject({
    status: 'COMPLETED',
    doneCount: epics.length,
    itemCount: epics.length,
  })
})

test('generated again nothing changes; what was edited, begun or added stays, what was put away stays away', async () => {
  const first = await generated()
  const again = await generated()
  expect(sumOf(again)).toEqual({ ...sumOf(first), created: 0, unchanged: sumOf(first).created })

  const [edited, begun, away, deleted] = await stories()
  const at = (story: { id: string } | undefined) => ({ level: 'story' as const, id: story?.id ?? '' })
  await desk.change(org, at(edited), { title: 'Mine now', effort: 'XL' })
  await desk.change(org, at(begun), { isStarted: true })
  await desk.remove(org, at(away))
  const own = await desk.add(org, featureId, { level: 'story', parentId: deleted?.epicId, title: 'Added by hand' })
  await database.storage.inWorkspace(org, async ({ specs }) => {
    const requirements = SPEC.requirements.map((one) => ({ ...one, title: `${one.title}, again` }))
    await specs.save(featureId, { ...SPEC, requirements: requirements.filter(({ id }) => id !== deleted?.requirement) }, 1)
  })
  const third = await generated()
  const after = new Map((await stories()).map((story) => [story.id, story]))
  expect(after.get(edited?.id ?? '')).toMatchObject({ title: 'Mine now', effort: 'XL', code: edited?.code })
  expect(after.get(begun?.id ?? '')?.title).toBe(begun?.title)
  expect(after.get(away?.id ?? '')?.archivedAt).not.toBeNull()
  expect(after.get(deleted?.id ?? '')?.archivedAt).not.toBeNull()
  expect(after.get(own.id)).toMatchObject({ title: 'Added by hand', archivedAt: null })
  expect(third[1]?.counts).toMatchObject({ created: 0, deleted: 0, archived: 1, kept: 4, updated: SPEC.requirements.length - 4 })
})

test('a story that a person moved to another epic is not made again where it was', async () => {
  await generated()
  const [story] = await stories()
  const { epics } = await view()
  const target = epics.find(({ id }) => id !== story?.epicId)
  await desk.move(org, { level: 'story', id: story?.id ?? '' }, { parentId: target?.id, beforeId: null })
  await generated()
  const same = (await stories()).filter(({ requirement }) => requirement === story?.requirement)
  expect(same.map(({ id, epicId }) => [id, epicId])).toEqual([[story?.id, target?.id]])
})

test('what failed is told, the others are saved, and a retry makes the failed ones only', async () => {
  const asked: string[] = []
  maker = {
    ...builtInMaker,
    writeStories: async (source, epic, existing, context) => {
      asked.push(epic.code)
      if (epic.code === 'E2' && asked.length < 20 && context.key.endsWith('/0'))
        return { kind: 'failed', reason: 'It gave up.', tokensUsed: 7 }
      return builtInMaker.writeStories(source, epic, existing, context)
    },
  }
  const runs = await generated()
  expect(runs.map(({ status }) => status)).toEqual(['COMPLETED', 'FAILED', 'COMPLETED'])
  expect(runs[1]?.items.find(({ parentCode }) => parentCode === 'E2')).toMatchObject({
    status: 'FAILED',
    errorMsg: 'It gave up.',
    tokensUsed: 7,
  })
  const count = (await stories()).length
  asked.length = 0
  await desk.retry(org, featureId)
  const after = await ended()
  expect(asked).toEqual(['E2'])
  expect(after.map(({ status }) => status)).toEqual(['COMPLETED', 'COMPLETED', 'COMPLETED'])
  expect((await stories()).length).toBeGreaterThan(count)
  // the new stories have their subtasks too
  expect(after[2]?.items).toHaveLength(SPEC.requirements.length)
})

test('a cancelled generation stops, keeps what is saved, saves nothing more, and goes on where it was', async () => {
  let reached: () => void = () => undefined
  const waiting = new Promise<void>((resolve) => {
    reached = resolve
  })
  maker = {
    ...builtInMaker,
    writeSubtasks: (_, __, ___, { signal }) =>
      new Promise((_resolve, reject) => {
        reached()
        signal.addEventListener('abort', () => reject(signal.reason))
      }),
  }
  await desk.generate(org, featureId)
  await waiting
  const runs = await desk.cancel(org, featureId)
  expect(runs.map(({ status }) => status)).toEqual(['COMPLETED', 'COMPLETED', 'SKIPPED'])
  expect(new Set(runs[2]?.items.map(({ status }) => status))).toEqual(new Set(['SKIPPED']))
  maker = builtInMaker
  const [skipped] = runs[2]?.items ?? []
  await desk.skip(org, { runId: runs[2]?.id ?? '', parentId: skipped?.parentId ?? '' })
  await desk.retry(org, featureId)
  const after = await ended()
  expect(after[2]?.status).toBe('COMPLETED')
  expect((await stories()).filter(({ subtasks }) => subtasks.length === 0).map(({ id }) => id)).toEqual([skipped?.parentId])
})

test('asked twice at once it is one generation', async () => {
  const both = await Promise.all([desk.generate(org, featureId), desk.generate(org, featureId)])
  const runs = await ended()
  expect(new Set(both.flat().map(({ generationId }) => generationId)).size).toBe(1)
  expect((await view()).epics.map(({ code }) => code)).toEqual(runs[1]?.items.map(({ parentCode }) => parentCode))
})

test('cards are read, sorted and become stories beside the requirements; what a person decides is kept', async () => {
  const [first] = SPEC.requirements
  await desk.addCards(org, featureId, `- Remind customers by mail\n- Remind customers by mail!\n- ${first?.title}\n- Loyalty points`)
  await generated(['ANALYZE_CARDS'])
  const sorted = (await view()).cards
  expect(sorted.map(({ isKept, mergedIntoId }) => [isKept, mergedIntoId])).toEqual([
    [true, null],
    [true, sorted[0]?.id],
    [false, null],
    [true, null],
  ])
  await desk.changeCard(org, sorted[3]?.id ?? '', { isKept: false })
  const runs = await generated()
  expect(runs[0]).toMatchObject({ stage: 'ANALYZE_CARDS', status: 'COMPLETED', counts: { kept: 1, unchanged: 3 } })
  expect((await stories()).filter(({ requirement }) => !requirement).map(({ title }) => title)).toEqual(['Remind customers by mail'])
})

test('an order that would be a circle, an unknown requirement and a parent of another feature are refused', async () => {
  await generated()
  const epic = (await view()).epics.find((one) => one.stories.length > 1)
  const [a, b] = epic?.stories ?? []
  const change = (story: typeof a, dependsOn: string[]) => desk.change(org, { level: 'story', id: story?.id ?? '' }, { dependsOn })
  await change(a, [b?.code ?? ''])
  await expect(change(b, [a?.code ?? ''])).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    message: expect.stringContaining('wait for each other'),
  })
  await expect(change(b, ['S99'])).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  await expect(desk.change(org, { level: 'story', id: a?.id ?? '' }, { requirement: 'REQ-99' })).rejects.toMatchObject({
    code: 'INPUT_INVALID',
  })
  const other = await database.storage.inWorkspace(org, async ({ features, backlog }) => {
    const { projectId } = await features.get(featureId)
    const feature = await features.create({ projectId, title: 'Other', idea: IDEA })
    return backlog.add('epic', feature.id, { title: 'Elsewhere' })
  })
  await expect(desk.move(org, { level: 'story', id: a?.id ?? '' }, { parentId: other.id, beforeId: null })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('without a spec and without cards there is nothing to make a backlog from', async () => {
  const empty = await database.storage.inWorkspace(org, async (stores) => {
    const project = await stores.projects.create({ name: 'Empty' })
    return stores.features.create({ projectId: project.id, title: 'Empty', idea: IDEA })
  })
  await expect(desk.generate(org, empty.id)).rejects.toMatchObject({ code: 'INPUT_INVALID' })
})

test('the file leaves out what was put away', async () => {
  await generated()
  const [story] = await stories()
  await desk.remove(org, { level: 'story', id: story?.id ?? '' })
  const { text } = await desk.file(org, featureId, 'json')
  const backlog = JSON.parse(text) as { epics: { code: string; stories: { code: string }[] }[] }
  const names = backlog.epics.flatMap((epic) => epic.stories.map(({ code }) => epic.code + code))
  expect(names).toHaveLength(SPEC.requirements.length - 1)
  expect(names).not.toContain(story?.name)
})
