import { randomUUID } from 'node:crypto'
import { CHECKS, JOB, type JobEvent } from '@slipway/domain'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FilledWorkspace, filledWorkspace } from './testing/filled-workspace.ts'
import { type TestDatabase, testDatabase } from './testing/index.ts'

let database: TestDatabase
let at: FilledWorkspace
let time = new Date('2026-01-01T00:00:00.000Z')
beforeAll(async () => {
  database = await testDatabase({ clock: () => time })
  at = await filledWorkspace(database)
})
afterAll(() => database.close())

const newJob = (restoreFrom?: string) =>
  at.inside((stores) => stores.jobs.create({ featureId: at.feature.id, ...(restoreFrom ? { restoreFrom } : {}) }))
const sha256 = 'a'.repeat(64)

test('a job goes the whole way; times are set once', async () => {
  const { id } = await newJob()
  const way: JobEvent[] = ['start', 'scaffold', 'code', 'deps', 'check', 'pass']
  for (const [hour, event] of way.entries()) {
    time = new Date(Date.UTC(2026, 0, 1, hour))
    await at.inside((stores) => stores.jobs.move(id, event))
    time = new Date(Date.UTC(2026, 0, 1, hour, 30))
    await at.inside((stores) => stores.jobs.move(id, event))
  }
  expect(await at.inside((stores) => stores.jobs.get(id))).toMatchObject({
    status: 'ready',
    startedAt: '2026-01-01T00:00:00.000Z',
    completedAt: '2026-01-01T05:00:00.000Z',
  })
})

test('what is written beside a move is there with it', async () => {
  const { id } = await newJob()
  const failed = await at.inside((stores) => stores.jobs.move(id, 'fail', { failure: 'Tests failed.', debugId: 'd-1' }))
  expect(failed).toMatchObject({ status: 'failed', failure: 'Tests failed.', debugId: 'd-1', startedAt: null })
  expect(failed.completedAt).not.toBeNull()
  await expect(at.inside((stores) => stores.jobs.move(id, 'start', { sandboxId: 'late' }))).rejects.toMatchObject({ code: 'MOVED_ON' })
  expect((await at.inside((stores) => stores.jobs.get(id))).sandboxId).toBeNull()
})

test('of cancel and fail at once one wins, and a job that ended stays as it ended', async () => {
  const { id } = await newJob()
  const results = await Promise.allSettled([
    at.inside((stores) => stores.jobs.move(id, 'cancel')),
    at.inside((stores) => stores.jobs.move(id, 'fail')),
  ])
  expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
  const { status } = await at.inside((stores) => stores.jobs.get(id))
  for (const event of JOB.events.filter((event) => event !== 'cancel' && event !== 'fail')) {
    await expect(at.inside((stores) => stores.jobs.move(id, event))).rejects.toMatchObject({ code: 'MOVED_ON', detail: { status } })
  }
})

test('the same id again gives the job that is there, also when both come at once', async () => {
  const id = randomUUID()
  const jobs = await Promise.all(
    Array.from({ length: 5 }, () => at.inside((stores) => stores.jobs.create({ id, featureId: at.feature.id }))),
  )
  expect(new Set(jobs.map((job) => JSON.stringify(job))).size).toBe(1)
})

test('an update writes what it names and keeps the rest; null clears', async () => {
  const { id } = await newJob()
  await at.inside((stores) => stores.jobs.update(id, { sandboxId: 's-1', previewUrl: 'http://x', previewAt: '2026-02-02T00:00:00.000Z' }))
  expect(await at.inside((stores) => stores.jobs.update(id, { previewUrl: null }))).toMatchObject({
    sandboxId: 's-1',
    previewUrl: null,
    previewAt: '2026-02-02T00:00:00.000Z',
  })
  expect((await at.inside((stores) => stores.jobs.update(id, {}))).sandboxId).toBe('s-1')
})

test('checks begin pending, in the order in which people read them, and are set one by one without losing another', async () => {
  const { id, checks } = await newJob()
  expect(checks.map(({ name, status }) => ({ name, status }))).toEqual(CHECKS.map((name) => ({ name, status: 'pending' })))
  await Promise.all(
    CHECKS.map((name) =>
      at.inside((stores) => stores.jobs.setCheck(id, { name, status: 'passed', summary: `"${name}" it's`, durationMs: 5 })),
    ),
  )
  expect((await at.inside((stores) => stores.jobs.get(id))).checks).toEqual(
    CHECKS.map((name) => ({ name, status: 'passed', summary: `"${name}" it's`, durationMs: 5 })),
  )
})

test('jobs are listed newest first, of a feature or of the workspace', async () => {
  time = new Date('2027-01-01T00:00:00.000Z')
  const older = await newJob()
  time = new Date('2027-01-01T00:00:01.000Z')
  const newer = await newJob()
  const ids = (filter?: { featureId: string }) => at.inside(async (stores) => (await stores.jobs.list(filter)).map((job) => job.id))
  expect((await ids({ featureId: at.feature.id })).slice(0, 2)).toEqual([newer.id, older.id])
  expect((await ids()).slice(0, 2)).toEqual([newer.id, older.id])
  expect(await ids({ featureId: randomUUID() })).toEqual([])
})

test('a job knows what it restores', async () => {
  const [plain, restoring] = [await newJob(), await newJob('build_v0_1')]
  expect(await at.inside((stores) => stores.jobs.restoreFrom(plain.id))).toBeUndefined()
  expect(await at.inside((stores) => stores.jobs.restoreFrom(restoring.id))).toBe('build_v0_1')
})

test('fifty versions at once are numbered 1 to 50 without a gap', async () => {
  const other = await filledWorkspace(database)
  const jobs = await other.inside((stores) =>
    Promise.all(Array.from({ length: 50 }, () => stores.jobs.create({ featureId: other.feature.id }))),
  )
  const add = (jobId: string) => other.inside((stores) => stores.versions.add({ jobId, archiveSha256: sha256, archiveBytes: 1 }))
  const versions = await Promise.all(jobs.map((job) => add(job.id)))
  expect(versions.map((version) => version.number).sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1))
  expect((await other.inside((stores) => stores.versions.list(other.project.id)))[0]?.name).toBe('build_v0_50')

  const [again] = await Promise.all([add(jobs[7]?.id ?? ''), add(jobs[7]?.id ?? '')])
  expect(again).toEqual(versions[7])
})

test('a version that was rolled back leaves no gap, and one that was purged is not numbered again', async () => {
  const other = await filledWorkspace(database)
  const add = (jobId: string) => other.inside((stores) => stores.versions.add({ jobId, archiveSha256: sha256, archiveBytes: 1 }))
  const second = await other.inside((stores) => stores.features.create({ projectId: other.project.id, title: 'T', idea: 'an idea' }))
  const job = await other.inside((stores) => stores.jobs.create({ featureId: second.id }))
  await expect(
    other.inside(async (stores) => {
      await stores.versions.add({ jobId: other.job.id, archiveSha256: sha256, archiveBytes: 1 })
      throw new Error('power cut')
    }),
  ).rejects.toThrow('power cut')
  expect((await add(other.job.id)).name).toBe('build_v0_1')
  expect((await add(job.id)).name).toBe('build_v0_2')

  await other.inside((stores) => stores.features.remove(second.id))
  await other.inside((stores) => stores.features.purgeDeleted(new Date('2099-01-01')))
  const third = await other.inside((stores) => stores.jobs.create({ featureId: other.feature.id }))
  expect((await add(third.id)).name).toBe('build_v0_3')
})
