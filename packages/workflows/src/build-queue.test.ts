import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { folderObjects } from '@slipway/storage'
import { type TestDatabase, testDatabase } from '@slipway/storage/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPipeline } from './create-pipeline.ts'
import { createEngine } from './engine.ts'
import type { Pipeline } from './pipeline.ts'
import { healthy, scriptedRuntime } from './testing/scripted-runtime.ts'
import { appTemplate } from './testing/template-files.ts'
import { until, untilStatus } from './testing/until.ts'

const folder = mkdtempSync(join(tmpdir(), 'slipway-queue-'))
const log = () => undefined
let database: TestDatabase
let pipeline: Pipeline
/** Lets one build go on from its tests. */
const held: (() => void)[] = []
let wakeHeld: () => void = () => undefined

beforeAll(async () => {
  database = await testDatabase()
  pipeline = createPipeline({
    storage: database.storage,
    objects: folderObjects(join(folder, 'objects')),
    engine: createEngine({ databaseUrl: database.appUrl, executorId: 'queue', stepsVersion: 'tests', buildsMax: 1, log }),
    runtime: scriptedRuntime(async (command) => {
      if (command === 'npm test') {
        await new Promise<void>((resolve) => {
          held.push(resolve)
          wakeHeld()
        })
      }
      return (await healthy(command)) ?? {}
    }),
    template: appTemplate(),
    templatesFolder: join(folder, 'trees'),
    previewIdleMs: 60_000,
    log,
  })
  await pipeline.start({ isWorker: true })
}, 60_000)

afterAll(async () => {
  await pipeline.stop()
  await database.close()
  await rm(folder, { recursive: true })
})

async function planned(org: string): Promise<string> {
  const { feature } = await pipeline.createProject(org, { idea: 'Track repairs in a bike workshop with customers and bikes' })
  await pipeline.confirmBrief(org, feature.id)
  await untilStatus(database.storage, org, feature.id, 'spec_ready')
  await pipeline.approveSpec(org, feature.id)
  await untilStatus(database.storage, org, feature.id, 'plan_ready')
  return feature.id
}

/** Resolves when the build that goes on has come to its tests. */
async function atTests(): Promise<() => void> {
  while (held.length === 0) {
    await new Promise<void>((resolve) => {
      wakeHeld = resolve
    })
  }
  return held.shift() as () => void
}

test('who waits knows the place, hears when it changes, and comes before the second build of somebody else', {
  timeout: 120_000,
}, async () => {
  const [mine, theirs] = [await database.newWorkspace(), await database.newWorkspace()]
  const order = async (org: string, featureId: string) => (await pipeline.approvePlan(org, featureId)).job
  const features = { a: await planned(mine), b: await planned(mine), c: await planned(mine), other: await planned(theirs) }

  const a = await order(mine, features.a)
  const endA = await atTests()
  const b = await order(mine, features.b)
  const c = await order(mine, features.c)
  expect([b.queuePlace, c.queuePlace]).toEqual([1, 2])
  const other = await order(theirs, features.other)
  expect(other.queuePlace).toBe(1)
  const places = async () => {
    const now = await pipeline.queuePlaces()
    return [a, b, c, other].map(({ id }) => now.get(id))
  }
  expect(await places()).toEqual([undefined, 2, 3, 1])

  endA()
  const endOther = await atTests()
  expect(await places()).toEqual([undefined, 1, 2, undefined])
  await pipeline.cancelJob(mine, b.id)
  expect(await places()).toEqual([undefined, undefined, 1, undefined])
  endOther()
  ;(await atTests())()
  await untilStatus(database.storage, mine, features.c, 'built')
  expect(await places()).toEqual([undefined, undefined, undefined, undefined])

  const heard = async (org: string, jobId: string) => {
    const events = await database.storage.inWorkspace(org, (stores) => stores.events.after(0, { jobId, types: ['queue-moved'], limit: 50 }))
    return events.map(({ body }) => (body.type === 'queue-moved' ? body.place : 0))
  }
  await until(database.storage, mine, async () => ((await heard(mine, c.id)).length >= 4 ? true : undefined))
  expect(await heard(mine, b.id)).toEqual([1, 2, 1])
  expect(await heard(mine, c.id)).toEqual([2, 3, 2, 1])
  expect(await heard(theirs, other.id)).toEqual([1])
})
