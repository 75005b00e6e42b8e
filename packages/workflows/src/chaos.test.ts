import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { analyse } from '@slipway/blueprint'
import { testDatabase } from '@slipway/storage/testing'
import { expect, test } from 'vitest'

const WORKER = join(dirname(fileURLToPath(import.meta.url)), 'testing/chaos-worker.ts')
const KILLS = 30
const FEATURES = 12
const IDEA = 'Track repairs in a bike workshop with customers and bikes'

interface Line {
  readonly begins?: string
  readonly run?: string
  readonly id?: string
  readonly done?: true
}

/** The same sequence each time: a failure can be looked at again. @see Park and Miller, 1988 */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (state * 48_271) % 2_147_483_647
    yield state
  }
}

test('a worker killed at 30 points of its builds ends them all, and repeats no step that had finished', { timeout: 180_000 }, async () => {
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
  const work = (steps: number): Promise<{ lines: Line[]; isDone: boolean; pid: number }> =>
    new Promise((resolve) => {
      const lines: Line[] = []
      const settings = JSON.stringify({ databaseUrl: database.appUrl, folder, orgId })
      const child = spawn(process.execPath, ['--disable-warning=DeprecationWarning', WORKER, settings], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      createInterface({ input: child.stdout }).on('line', (text) => {
        const line = JSON.parse(text) as Line
        lines.push(line)
        if (lines.length >= steps && !line.done) child.kill('SIGKILL')
      })
      child.on('close', () => resolve({ lines, isDone: lines.some((line) => line.done), pid: child.pid ?? 0 }))
    })

  try {
    const chance = numbers(20_261_121)
    const repeated: string[] = []
    let kills = 0
    for (let isDone = false; !isDone; ) {
      const before = await finished().catch(() => new Set<string>())
      const steps = kills < KILLS ? 1 + ((chance.next().value as number) % 9) : Number.POSITIVE_INFINITY
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
