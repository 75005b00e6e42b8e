import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { analyse } from '@slipway/blueprint'
import { testDatabase } from '@slipway/storage/testing'
import { expect, test } from 'vitest'
import { numbers } from './testing/numbers.ts'
import { spawnWorker } from './testing/spawn-worker.ts'

const KILLS = 30
const FEATURES = 12
const IDEA = 'Track repairs in a bike workshop with customers and bikes'

test('a worker killed at 30 points of its builds ends them all, and repeats no step that had finished', { timeout: 600_000 }, async () => {
  const database = await testDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'slipway-chaos-'))
  const orgId = await database.newWorkspace()
  const { brief, questions } = analyse(IDEA)
  await database.storage.inWorkspace(orgId, async (stores) => {
    const project = await stores.projects.create({ name: 'One project for all' })
    for (let number = 0; number < FEATURES; number++) {
      // Half of them share a project, so that versions are counted under contention.
      const { id } = number % 2 ? project : await stores.projects.create({ name: `Project ${number}` })
      const feature = await stores.features.create({ projectId: id, title: `Feature ${number}`, idea: IDEA })
      await stores.briefs.save(feature.id, { brief, questions, answers: [] })
    }
  })

  const finished = async () => {
    const { rows } = await database.pool.query<{ run: string; step: string }>(
      'select workflow_uuid as run, function_name as step from dbos.operation_outputs',
    )
    return new Set(rows.map((row) => `${row.run} ${row.step}`))
  }
  /** Runs a worker until it has begun `steps` steps, or is done. */
  const work = async (steps: number) => {
    const settings = { databaseUrl: database.appUrl, folder, executorId: 'chaos', buildsMax: 4, approves: orgId }
    const lines = await spawnWorker(settings, (worker) => {
      const begun = worker.lines.filter((line) => line.begins).length
      if (begun >= steps && !worker.lines.at(-1)?.isDone) worker.process.kill('SIGKILL')
    }).ended
    return { lines, isDone: lines.some((line) => line.isDone) }
  }

  try {
    const chance = numbers(20_261_121)
    const repeated: string[] = []
    let kills = 0
    for (let isDone = false; !isDone; ) {
      const before = await finished().catch(() => new Set<string>())
      const steps = kills < KILLS ? 1 + (chance.next().value % 9) : Number.POSITIVE_INFINITY
      const outcome = await work(steps)
      isDone = outcome.isDone
      if (!isDone) kills++
      // A build's run has the job's id; those of documents have ids of their own, and their steps are counted by the feature below.
      for (const line of outcome.lines)
        if (line.run === 'build-app' && before.has(`${line.id} ${line.begins}`)) repeated.push(`${line.id} ${line.begins}`)
    }
    expect(kills).toBe(KILLS)
    expect(repeated).toEqual([])

    const { jobs, versions, features } = await database.storage.inWorkspace(orgId, async (stores) => ({
      jobs: await stores.jobs.list(),
      features: await stores.features.list(),
      versions: (await Promise.all((await stores.projects.list()).map((project) => stores.versions.list(project.id)))).map((list) =>
        list.map((one) => one.number),
      ),
    }))
    expect(features.map((feature) => feature.status)).toEqual(Array.from({ length: FEATURES }, () => 'built'))
    expect(jobs.map((job) => job.status)).toEqual(Array.from({ length: FEATURES }, () => 'ready'))
    expect(versions.map((list) => list.toSorted((a, b) => a - b))).toEqual(versions.map((list) => list.map((_, index) => index + 1)))
  } finally {
    await database.close()
    await rm(folder, { recursive: true, force: true })
  }
})
