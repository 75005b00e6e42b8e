import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { folderObjects } from '@slipway/storage'
import { type TestDatabase, testDatabase } from '@slipway/storage/testing'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createPipeline } from './create-pipeline.ts'
import { createEngine } from './engine.ts'
import type { Pipeline } from './pipeline.ts'
import { scriptedRuntime } from './testing/scripted-runtime.ts'
import { type SpawnedWorker, spawnWorker } from './testing/spawn-worker.ts'
import { appTemplate } from './testing/template-files.ts'
import { untilStatus } from './testing/until.ts'
import { holdWorkerLock } from './worker-lock.ts'

const folder = mkdtempSync(join(tmpdir(), 'slipway-workers-'))
const log = () => undefined
let database: TestDatabase
let pipeline: Pipeline
let org: string
let workers: SpawnedWorker[] = []

/** The server hands work in; workers in processes of their own do it. */
beforeAll(async () => {
  database = await testDatabase()
  org = await database.newWorkspace()
  pipeline = createPipeline({
    storage: database.storage,
    objects: folderObjects(join(folder, 'objects')),
    engine: createEngine({ databaseUrl: database.appUrl, executorId: 'server', stepsVersion: 'tests', buildsMax: 1, log }),
    runtime: scriptedRuntime(),
    template: appTemplate(),
    templatesFolder: join(folder, 'trees'),
    previewIdleMs: 60_000,
    log,
  })
  await pipeline.start({ isWorker: false })
}, 60_000)

afterEach(async () => {
  for (const worker of workers) worker.process.kill('SIGKILL')
  await Promise.all(workers.map((worker) => worker.ended))
  workers = []
})

afterAll(async () => {
  await pipeline.stop()
  await database.close()
  await rm(folder, { recursive: true })
})

async function startWorker(executorId: string, options: { isHeld?: boolean } = {}): Promise<SpawnedWorker> {
  const worker = spawnWorker({ databaseUrl: database.appUrl, folder, executorId, buildsMax: 1, ...options })
  workers.push(worker)
  await worker.heard((line) => line.isReady === true)
  return worker
}

const status = (featureId: string, ...statuses: string[]) => untilStatus(database.storage, org, featureId, ...statuses)

/** A feature of a project of its own, as far as its build's order. */
async function ordered(): Promise<{ featureId: string; jobId: string }> {
  const { feature } = await pipeline.createProject(org, { idea: 'Track repairs in a bike workshop with customers and bikes' })
  await pipeline.confirmBrief(org, feature.id)
  await status(feature.id, 'spec_ready')
  await pipeline.approveSpec(org, feature.id)
  await status(feature.id, 'plan_ready')
  const { job } = await pipeline.approvePlan(org, feature.id)
  return { featureId: feature.id, jobId: job.id }
}

const stepsOf = (worker: SpawnedWorker, jobId: string) => worker.lines.flatMap((line) => (line.id === jobId ? (line.begins ?? []) : []))

test('workers share the builds, and what one that was killed had begun is ended by another', async () => {
  const first = await startWorker('first', { isHeld: true })
  const held = await ordered()
  await first.heard((line) => line.id === held.jobId && line.begins === 'tests')

  // The first has its hands full with one build: the next one is the second's.
  const second = await startWorker('second')
  const free = await ordered()
  await status(free.featureId, 'built')
  expect(stepsOf(first, free.jobId)).toEqual([])
  expect(stepsOf(second, free.jobId)).toContain('ready')
  expect(stepsOf(second, held.jobId)).toEqual([])

  first.process.kill('SIGKILL')
  await status(held.featureId, 'built')
  const afterwards = stepsOf(second, held.jobId)
  expect(afterwards).toContain('ready')
  for (const done of ['job', 'starting', 'scaffold', 'code', 'deps', 'build', 'start']) expect(afterwards).not.toContain(done)
})

test('a build is cancelled from another process than the one that runs it', async () => {
  const worker = await startWorker('held', { isHeld: true })
  const { featureId, jobId } = await ordered()
  await worker.heard((line) => line.id === jobId && line.begins === 'tests')
  expect((await pipeline.cancelJob(org, jobId)).status).toBe('cancelled')
  // Its place is free again: the same worker takes the next one.
  const next = await ordered()
  await worker.heard((line) => line.id === next.jobId && line.begins === 'tests')
  expect((await status(featureId, 'plan_approved')).status).toBe('plan_approved')
})

test('of one name one worker lives', { timeout: 60_000 }, async () => {
  const lock = await holdWorkerLock({ databaseUrl: database.appUrl, workerId: 'only', log })
  await expect(holdWorkerLock({ databaseUrl: database.appUrl, workerId: 'only', waitMs: 50, log })).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringContaining('"only"'),
  })
  await lock.release()
  await (await holdWorkerLock({ databaseUrl: database.appUrl, workerId: 'only', waitMs: 50, log })).release()
})

test('a worker whose connection is cut is known to live again', { timeout: 60_000 }, async () => {
  const lock = await holdWorkerLock({ databaseUrl: database.appUrl, workerId: 'cut', reconnectMs: 10, log })
  const other = await holdWorkerLock({ databaseUrl: database.appUrl, workerId: 'other', log })
  await database.pool.query(`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted
    and classid = (hashtextextended('slipway worker cut', 0) >> 32 & 4294967295)::oid`)
  const isTaken = async () => {
    let isDead = false
    await other.asHeirOf('cut', async () => {
      isDead = true
    })
    return !isDead
  }
  await expect.poll(isTaken, { timeout: 30_000 }).toBe(true)
  await other.release()
  await lock.release()
})
