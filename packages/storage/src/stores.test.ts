import { randomUUID } from 'node:crypto'
import { FEATURE, targetOf } from '@slipway/domain'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FilledWorkspace, filledWorkspace } from './testing/filled-workspace.ts'
import { type TestDatabase, testDatabase } from './testing/index.ts'
import { sampleBrief, sampleSpec } from './testing/samples.ts'

let database: TestDatabase
let at: FilledWorkspace
beforeAll(async () => {
  database = await testDatabase()
  at = await filledWorkspace(database)
})
afterAll(() => database.close())

const nobody = '0198c0de-0000-7000-8000-000000000000'
const newFeature = () => at.inside((stores) => stores.features.create({ projectId: at.project.id, title: 'T', idea: 'an idea' }))

test('what is not there and what is no id are both not found', async () => {
  for (const id of [nobody, 'no-uuid']) {
    await expect(at.inside((stores) => stores.projects.get(id))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(at.inside((stores) => stores.features.get(id))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(at.inside((stores) => stores.jobs.get(id))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(at.inside((stores) => stores.versions.get(id))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(at.inside((stores) => stores.messages.add({ featureId: id, role: 'user', content: 'x' }))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  }
})

test('projects are listed newest first, renamed, and gone with everything under them', async () => {
  const second = await at.inside((stores) => stores.projects.create({ name: 'Second' }))
  const feature = await at.inside((stores) => stores.features.create({ projectId: second.id, title: 'T', idea: 'an idea' }))
  expect((await at.inside((stores) => stores.projects.list())).map((project) => project.name)).toEqual(['Second', 'Shop'])
  expect((await at.inside((stores) => stores.projects.rename(second.id, 'Renamed'))).name).toBe('Renamed')

  await at.inside(async (stores) => {
    await stores.events.append({ type: 'feature-changed', featureId: feature.id, projectId: second.id, title: 'T', status: 'drafting' })
    await stores.projects.remove(second.id)
  })
  await expect(at.inside((stores) => stores.features.get(feature.id))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(await at.inside((stores) => stores.events.after(0, { featureId: feature.id, limit: 10 }))).toEqual([])
  await expect(at.inside((stores) => stores.projects.remove(second.id))).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('creating again under the same id gives the one that is there', async () => {
  const id = randomUUID()
  const make = () => at.inside((stores) => stores.features.create({ id, projectId: at.project.id, title: 'Once', idea: 'an idea' }))
  expect(await make()).toEqual(await make())
})

test('a feature goes the whole way, and every move may be repeated', async () => {
  const { id } = await newFeature()
  const way = ['confirm-brief', 'spec-written', 'approve-spec', 'plan-written', 'approve-plan', 'build', 'build-ready'] as const
  for (const event of way) {
    for (const time of ['first', 'again']) {
      expect({ event, time, status: (await at.inside((stores) => stores.features.move(id, event))).status }).toEqual({
        ...{ event, time },
        status: targetOf(FEATURE, event),
      })
    }
  }
})

test('a move that the status does not know is refused with the status it found', async () => {
  const { id } = await newFeature()
  await expect(at.inside((stores) => stores.features.move(id, 'approve-plan'))).rejects.toMatchObject({
    code: 'MOVED_ON',
    detail: { thing: 'feature', id, event: 'approve-plan', status: 'drafting' },
  })
  await expect(at.inside((stores) => stores.features.move(nobody, 'confirm-brief'))).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('of two different moves at once one wins', async () => {
  const { id } = await newFeature()
  await at.inside((stores) => stores.features.move(id, 'confirm-brief'))
  await at.inside((stores) => stores.features.move(id, 'spec-written'))
  const results = await Promise.allSettled([
    at.inside((stores) => stores.features.move(id, 'approve-spec')),
    at.inside((stores) => stores.features.move(id, 'reopen-brief')),
  ])
  expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('a removed feature is hidden, comes back, still moves, and is purged after its time', async () => {
  const { id } = await newFeature()
  await at.inside((stores) => stores.features.remove(id))
  await expect(at.inside((stores) => stores.features.get(id))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(at.inside((stores) => stores.features.rename(id, 'X'))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(at.inside((stores) => stores.features.remove(id))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect((await at.inside((stores) => stores.features.list())).map((feature) => feature.id)).not.toContain(id)
  expect((await at.inside((stores) => stores.features.move(id, 'confirm-brief'))).status).toBe('spec_generating')
  expect((await at.inside((stores) => stores.features.restore(id))).status).toBe('spec_generating')
  expect((await at.inside((stores) => stores.features.get(id))).id).toBe(id)

  await at.inside((stores) => stores.features.remove(id))
  expect(await at.inside((stores) => stores.features.purgeDeleted(new Date(0)))).toEqual([])
  expect(await at.inside((stores) => stores.features.purgeDeleted(new Date(Date.now() + 60_000)))).toEqual([id])
  await expect(at.inside((stores) => stores.features.restore(id))).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('features are listed last changed first', async () => {
  const [first, second] = [await newFeature(), await newFeature()]
  await at.inside((stores) => stores.features.rename(first.id, 'Changed'))
  const ids = (await at.inside((stores) => stores.features.list())).map((feature) => feature.id)
  expect(ids.slice(0, 2)).toEqual([first.id, second.id])
})

test('a brief is kept with its questions and answers, and replaced', async () => {
  const { id } = await newFeature()
  const question = { id: 'look', text: 'Which look?', why: '', options: [], isMultiple: false, defaults: [] }
  expect(await at.inside((stores) => stores.briefs.get(id))).toBeUndefined()
  await at.inside((stores) => stores.briefs.save(id, { brief: sampleBrief('One'), questions: [question], answers: [] }))
  const second = { brief: sampleBrief('Two'), questions: [], answers: [{ questionId: 'look', values: ['calm'] }] }
  await at.inside((stores) => stores.briefs.save(id, second))
  expect(await at.inside((stores) => stores.briefs.get(id))).toEqual(second)
})

test('a spec gains revisions, and one made on an old revision is refused', async () => {
  const { id } = await newFeature()
  expect(await at.inside((stores) => stores.specs.get(id))).toBeUndefined()
  expect(await at.inside((stores) => stores.specs.save(id, sampleSpec('REQ-01', 'REQ-02'), 0))).toBe(1)
  expect(await at.inside((stores) => stores.specs.save(id, sampleSpec('REQ-02', 'REQ-03'), 1))).toBe(2)
  await expect(at.inside((stores) => stores.specs.save(id, sampleSpec('REQ-09'), 1))).rejects.toMatchObject({ code: 'CONFLICT' })
  expect(await at.inside((stores) => stores.specs.get(id))).toEqual({ spec: sampleSpec('REQ-02', 'REQ-03'), revision: 2 })
})

test('every revision of a spec stays, says how it came to be, and keeps what the built-in analyst goes on from', async () => {
  const { id } = await newFeature()
  const basis = { spec: sampleSpec('REQ-01'), words: ['also suppliers'] }
  await at.inside((stores) => stores.specs.save(id, sampleSpec('REQ-01'), 0, { made: 'written', basis }))
  await at.inside((stores) => stores.specs.save(id, sampleSpec('REQ-01', 'REQ-02'), 1, { made: 'edited', by: 'Ada' }))
  expect(await at.inside((stores) => stores.specs.basis(id))).toEqual(basis)
  await at.inside((stores) =>
    stores.specs.save(id, sampleSpec('REQ-03'), 2, { made: 'revised', by: 'house-model', note: 'x', basis: null }),
  )
  expect(await at.inside((stores) => stores.specs.basis(id))).toBeUndefined()
  const moment = expect.any(String)
  expect(await at.inside((stores) => stores.specs.revisions(id))).toEqual([
    { number: 3, made: 'revised', by: 'house-model', note: 'x', createdAt: moment },
    { number: 2, made: 'edited', by: 'Ada', note: '', createdAt: moment },
    { number: 1, made: 'written', by: '', note: '', createdAt: moment },
  ])
  expect(await at.inside((stores) => stores.specs.revision(id, 1))).toMatchObject({ spec: sampleSpec('REQ-01'), basis })
  expect(await at.inside((stores) => stores.specs.numberMax(id))).toBe(3)
  await expect(at.inside((stores) => stores.specs.revision(id, 4))).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('of ten who save on the same revision one gets through', async () => {
  const { id } = await newFeature()
  const tries = Array.from({ length: 10 }, () => at.inside((stores) => stores.specs.save(id, sampleSpec('REQ-01'), 0)))
  const results = await Promise.allSettled(tries)
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
  for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'CONFLICT' })
})

test('plans are replaced as a whole, in order of wave and name, and keep their ids by name', async () => {
  const { id } = await newFeature()
  const plan = (name: string, wave: number, source = name) => ({ name, wave, title: name, source })
  const before = await at.inside((stores) => stores.plans.replace(id, [plan('01-02', 2), plan('01-01', 1)]))
  expect(before.map((document) => document.name)).toEqual(['01-01', '01-02'])
  const after = await at.inside((stores) => stores.plans.replace(id, [plan('01-01', 1, 'new'), plan('01-03', 1)]))
  expect(after.map(({ name, source }) => ({ name, source }))).toEqual([
    { name: '01-01', source: 'new' },
    { name: '01-03', source: '01-03' },
  ])
  expect(after[0]?.id).toBe(before[0]?.id)
  expect(await at.inside((stores) => stores.plans.replace(id, [], { made: 'revised', note: 'None of it' }))).toEqual([])
  expect((await at.inside((stores) => stores.plans.revisions(id))).map(({ number, made, note }) => [number, made, note])).toEqual([
    [3, 'revised', 'None of it'],
    [2, null, ''],
    [1, null, ''],
  ])
  expect((await at.inside((stores) => stores.plans.revision(id, 1))).plans).toEqual([plan('01-02', 2), plan('01-01', 1)])
  await expect(at.inside((stores) => stores.plans.revision(id, 4))).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('messages stay in the order in which they were said, also within one transaction', async () => {
  const { id: featureId } = await newFeature()
  await at.inside(async (stores) => {
    for (let count = 0; count < 8; count++)
      await stores.messages.add({ id: randomUUID(), featureId, role: count % 2 ? 'assistant' : 'user', content: `${count}` })
  })
  expect((await at.inside((stores) => stores.messages.list(featureId))).map((message) => message.content).join('')).toBe('01234567')
})

test('a message that is added twice is there once', async () => {
  const { id: featureId } = await newFeature()
  const id = randomUUID()
  const add = () => at.inside((stores) => stores.messages.add({ id, featureId, role: 'user', content: 'once' }))
  expect(await add()).toEqual(await add())
  expect(await at.inside((stores) => stores.messages.list(featureId))).toHaveLength(1)
})

test('evidence with the same key is written once per job', async () => {
  const look = {
    projectId: at.project.id,
    featureId: at.feature.id,
    jobId: at.job.id,
    requirement: 'REQ-01',
    kind: 'http',
    verdict: 'satisfied',
  } as const
  const rows = [
    { ...look, key: 'health', summary: 'GET /health answered 200' },
    { ...look, key: 'page', summary: 'no console errors' },
  ]
  await at.inside((stores) => stores.evidence.add(rows))
  await at.inside((stores) => stores.evidence.add(rows))
  await at.inside((stores) => stores.evidence.add([{ ...look, key: 'health', jobId: null, summary: 'of the feature' }]))
  expect((await at.inside((stores) => stores.evidence.list({ jobId: at.job.id }))).map((row) => row.summary)).toEqual([
    'GET /health answered 200',
    'no console errors',
  ])
  expect(await at.inside((stores) => stores.evidence.list({ featureId: at.feature.id }))).toHaveLength(3)
})
