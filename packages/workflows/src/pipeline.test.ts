import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isFinal, JOB } from '@slipway/domain'
import { folderObjects } from '@slipway/storage'
import { type TestDatabase, testDatabase } from '@slipway/storage/testing'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { sha256, unpackFiles } from './archive.ts'
import { createPipeline } from './create-pipeline.ts'
import { createEngine, type Step } from './engine.ts'
import { archiveKey } from './object-keys.ts'
import type { Pipeline } from './pipeline.ts'
import { purgeRun, UNDO_MS } from './removal.ts'
import { healthy, type Script, type ScriptedRuntime, scriptedRuntime } from './testing/scripted-runtime.ts'
import { appTemplate } from './testing/template-files.ts'
import { until, untilStatus } from './testing/until.ts'

const IDEA = 'Track repairs in a bike workshop with customers and bikes'
const folder = mkdtempSync(join(tmpdir(), 'slipway-pipeline-'))
const objects = folderObjects(join(folder, 'objects'))
/** Steps without an engine: each runs when it is asked for. */
const once: Step = (_, work) => work(new AbortController().signal)
let database: TestDatabase
let runtime: ScriptedRuntime
let pipeline: Pipeline
let org: string
let script: Script = healthy
const logged: { debugId?: string; error?: string }[] = []

beforeAll(async () => {
  database = await testDatabase()
  runtime = scriptedRuntime((...asked) => script(...asked))
  const log = (line: object) => void logged.push(line)
  const engine = createEngine({ databaseUrl: database.appUrl, executorId: 'tests', stepsVersion: 'tests', buildsMax: 4, log })
  pipeline = createPipeline({
    storage: database.storage,
    objects,
    engine,
    runtime,
    template: appTemplate(),
    templatesFolder: join(folder, 'trees'),
    checkPage: async () => ({ ok: true, title: 'Workshop', consoleErrors: [], failedRequests: [], screenshot: undefined }),
    previewIdleMs: 60_000,
    log,
  })
  await pipeline.start({ isWorker: true })
}, 60_000)

beforeEach(async () => {
  org = await database.newWorkspace()
  script = healthy
})

afterAll(async () => {
  await pipeline.stop()
  await database.close()
  await rm(folder, { recursive: true })
})

const status = (featureId: string, ...statuses: string[]) => untilStatus(database.storage, org, featureId, ...statuses)
const jobOf = (featureId: string) => database.storage.inWorkspace(org, async ({ jobs }) => (await jobs.list({ featureId }))[0])

/** From the idea to a plan that waits for approval. */
async function planned(idea = IDEA) {
  const { feature } = await pipeline.createProject(org, { idea })
  await pipeline.confirmBrief(org, feature.id)
  await status(feature.id, 'spec_ready')
  await pipeline.approveSpec(org, feature.id)
  await status(feature.id, 'plan_ready')
  return feature
}

async function built(idea?: string) {
  const feature = await planned(idea)
  await pipeline.approvePlan(org, feature.id)
  await status(feature.id, 'built', 'build_failed')
  return feature
}

test('an idea becomes a ready version whose zip is what was checked', async () => {
  const feature = await built()
  const job = await jobOf(feature.id)
  expect(job).toMatchObject({ status: 'ready', buildVersion: 'build_v0_1', failure: null })
  expect(job?.checks.map((check) => [check.name, check.status])).toEqual([
    ['types', 'passed'],
    ['tests', 'passed'],
    ['build', 'passed'],
    ['start', 'passed'],
    ['health', 'passed'],
    ['page', 'passed'],
  ])
  const { body, fileName, sizeBytes, version } = await pipeline.download(org, { featureId: feature.id })
  const bytes = new Uint8Array(await new Response(body).arrayBuffer())
  expect(bytes.byteLength).toBe(sizeBytes)
  expect(sha256(bytes)).toBe(version.archiveSha256)
  expect(fileName).toMatch(/^[a-z-]+-build_v0_1\.zip$/)
  expect(Object.keys(unpackFiles(bytes))).toContain('package.json')
  expect(await pipeline.listFiles(org, job?.id ?? '')).toContainEqual({ path: 'package.json', sizeBytes: expect.any(Number) })
})

test('every step of the way is told in order, and the preview answers before the checks end', async () => {
  const feature = await built()
  const events = await database.storage.inWorkspace(org, (stores) => stores.events.after(0, { featureId: feature.id, limit: 1_000 }))
  const bodies = events.map((event) => event.body)
  const statuses = bodies.flatMap((body) => (body.type === 'job-changed' ? [body.status] : []))
  expect(statuses).toEqual(['queued', 'starting', 'scaffold', 'code', 'deps', 'checks', 'ready'])
  const place = (test: (body: (typeof bodies)[number]) => boolean) => bodies.findIndex(test)
  const previewAt = place((body) => body.type === 'preview-answers')
  const testsAt = place((body) => body.type === 'check-changed' && body.check.name === 'tests' && body.check.status === 'passed')
  expect(previewAt).toBeGreaterThan(0)
  expect(previewAt).toBeLessThan(testsAt)
})

test('every requirement has evidence, and none that needs a model claims to be satisfied', async () => {
  const feature = await built('A chat app where an AI answers questions about my recipes, which I keep with ingredients')
  const { rows, spec } = await database.storage.inWorkspace(org, async (stores) => ({
    rows: await stores.evidence.list({ featureId: feature.id }),
    spec: (await stores.specs.get(feature.id))?.spec,
  }))
  const requirements = spec?.requirements ?? []
  expect(new Set(rows.flatMap((row) => row.requirement ?? []))).toEqual(new Set(requirements.map((one) => one.id)))
  const promised = new Set(requirements.filter((one) => one.delivery !== 'compiled').map((one) => one.id))
  expect(promised.size).toBeGreaterThan(0)
  for (const row of rows) if (row.requirement && promised.has(row.requirement)) expect(row.verdict).toBe('undecided')
})

test('an approval that comes twice is one approval', async () => {
  const { feature } = await pipeline.createProject(org, { idea: IDEA })
  await Promise.all([pipeline.confirmBrief(org, feature.id), pipeline.confirmBrief(org, feature.id)])
  await status(feature.id, 'spec_ready')
  expect(await database.storage.inWorkspace(org, async (stores) => (await stores.specs.get(feature.id))?.revision)).toBe(1)
  await pipeline.approveSpec(org, feature.id)
  await status(feature.id, 'plan_ready')
  const [one, two] = await Promise.all([pipeline.approvePlan(org, feature.id), pipeline.approvePlan(org, feature.id)])
  expect(one.job.id).toBe(two.job.id)
  await status(feature.id, 'built')
  expect(await database.storage.inWorkspace(org, (stores) => stores.jobs.list({ featureId: feature.id }))).toHaveLength(1)
})

test('what is not allowed where the feature stands is refused, and nothing is handed in', async () => {
  const { feature } = await pipeline.createProject(org, { idea: IDEA })
  await expect(pipeline.approvePlan(org, feature.id)).rejects.toMatchObject({ code: 'MOVED_ON' })
  await expect(pipeline.approveSpec(org, feature.id)).rejects.toMatchObject({ code: 'MOVED_ON' })
  await expect(pipeline.download(org, { featureId: feature.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect((await status(feature.id, 'drafting')).status).toBe('drafting')
})

test('answers change the brief, and a question that was answered is not asked again', async () => {
  const { feature } = await pipeline.createProject(org, { idea: IDEA })
  const before = await database.storage.inWorkspace(org, (stores) => stores.briefs.get(feature.id))
  const [question] = before?.questions ?? []
  const value = question?.options.at(-1)?.value ?? ''
  const said = await pipeline.say(org, { featureId: feature.id, text: '', answers: [{ questionId: question?.id ?? '', values: [value] }] })
  expect(said.questions.map((one) => one.id)).not.toContain(question?.id)
  expect(said.messages.map((message) => message.role)).toEqual(['user', 'assistant'])
  const more = await pipeline.say(org, { featureId: feature.id, text: 'Call it Spokes', answers: [] })
  expect(more.brief?.name).toBe('Spokes')
  expect(more.questions.map((one) => one.id)).not.toContain(question?.id)
})

test('the name that the brief was given in the talk becomes the name of the feature, but never against a name given by hand', async () => {
  const { feature } = await pipeline.createProject(org, { idea: IDEA })
  await pipeline.say(org, { featureId: feature.id, text: 'Call it Spokes', answers: [] })
  await pipeline.confirmBrief(org, feature.id)
  expect((await status(feature.id, 'spec_ready')).title).toBe('Spokes')

  const { feature: own } = await pipeline.createProject(org, { idea: IDEA })
  await database.storage.inWorkspace(org, (stores) => stores.features.rename(own.id, 'My shop'))
  await pipeline.say(org, { featureId: own.id, text: 'Call it Spokes', answers: [] })
  await pipeline.confirmBrief(org, own.id)
  expect((await status(own.id, 'spec_ready')).title).toBe('My shop')
})

test('from a spec one can go back to the brief; confirmed again it is written as a further revision', async () => {
  const { feature } = await pipeline.createProject(org, { idea: IDEA })
  await pipeline.confirmBrief(org, feature.id)
  await status(feature.id, 'spec_ready')
  expect((await pipeline.reopenBrief(org, feature.id)).status).toBe('drafting')
  await pipeline.say(org, { featureId: feature.id, text: 'Call it Spokes', answers: [] })
  await pipeline.confirmBrief(org, feature.id)
  await status(feature.id, 'spec_ready')
  const noted = await database.storage.inWorkspace(org, ({ specs }) => specs.get(feature.id))
  expect(noted).toMatchObject({ revision: 2, spec: { blueprint: { appName: 'Spokes' } } })
})

test('a failing check ends the build in words, with an id that finds the log, and leaves no sandbox', async () => {
  script = (command) =>
    command === 'npm test' ? { exitCode: 1, output: ' ✓ fine\n × expected 2 to be 3\n Duration 3 s\n' } : healthy(command)
  const living = runtime.living()
  const feature = await built()
  const job = await jobOf(feature.id)
  expect(job?.status).toBe('failed')
  expect(job?.failure).toContain('expected 2 to be 3')
  expect(job?.debugId).toMatch(/^dbg_/)
  expect(logged.some((line) => line.debugId === job?.debugId)).toBe(true)
  expect(runtime.living()).toBe(living)
  script = healthy
  const again = await pipeline.startBuild(org, feature.id)
  await status(feature.id, 'built')
  expect(await database.storage.inWorkspace(org, (stores) => stores.jobs.get(again.id))).toMatchObject({ buildVersion: 'build_v0_1' })
})

test('an app that changes its own sources while it is checked is not packed', async () => {
  script = (command) =>
    command === 'npm run build' ? { effect: (files) => void files.set('sneaky.ts', Buffer.from('x')) } : healthy(command)
  const feature = await built()
  expect(await jobOf(feature.id)).toMatchObject({ status: 'failed', failure: expect.stringContaining('sneaky.ts') })
})

test('types and tests are each judged where nothing else of the app has run, and what they leave is in no zip', async () => {
  const seen: Record<string, string[]> = {}
  script = async (command) => {
    if (!['npm run build', 'npm run typecheck', 'npm test'].includes(command)) return {}
    const effect = (files: Map<string, Uint8Array>) => {
      seen[command] = [...files.keys()].filter((path) => path.endsWith('.trace'))
      if (command !== 'npm run build') files.set(`${command}.trace`, Buffer.from('x'))
    }
    return { ...(await healthy(command)), effect }
  }
  const feature = await built()
  expect(await jobOf(feature.id)).toMatchObject({ status: 'ready' })
  expect(seen).toMatchObject({ 'npm run build': [], 'npm run typecheck': [], 'npm test': [] })
  const { body } = await pipeline.download(org, { featureId: feature.id })
  const paths = Object.keys(unpackFiles(new Uint8Array(await new Response(body).arrayBuffer())))
  expect(paths.filter((path) => path.endsWith('.trace'))).toEqual([])
})

test('a cancelled build stops, lets go of its sandbox, and can be built again', async () => {
  const feature = await planned()
  let reached: () => void = () => undefined
  const atTests = new Promise<void>((resolve) => {
    reached = resolve
  })
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  script = async (command) => {
    if (command !== 'npm test') return {}
    reached()
    await held
    return {}
  }
  const living = runtime.living()
  const { job } = await pipeline.approvePlan(org, feature.id)
  await atTests
  expect((await pipeline.cancelJob(org, job.id)).status).toBe('cancelled')
  release()
  expect((await status(feature.id, 'plan_approved')).status).toBe('plan_approved')
  expect(runtime.living()).toBe(living)
  script = healthy
  await pipeline.startBuild(org, feature.id)
  await status(feature.id, 'built')
  expect(await database.storage.inWorkspace(org, (stores) => stores.jobs.get(job.id))).toMatchObject({
    status: 'cancelled',
    buildVersion: null,
  })
})

test('a sandbox that is lost while it is looked at is made again once', async () => {
  const feature = await planned()
  let losses = 0
  script = async (command) => {
    if (!command.includes('/health') || losses++ > 0) return (await healthy(command)) ?? {}
    const job = await jobOf(feature.id)
    await runtime.get(job?.sandboxId ?? '')?.stop()
    return {}
  }
  const living = runtime.living()
  await pipeline.approvePlan(org, feature.id)
  await status(feature.id, 'built', 'build_failed')
  expect(await jobOf(feature.id)).toMatchObject({ status: 'ready' })
  expect(losses).toBeGreaterThan(1)
  expect(runtime.living()).toBe(living + 1)
})

test('a deleted feature leaves with its files when the time of undo is over, and one that was restored stays', async () => {
  const [gone, back] = [await built(), await built('Keep recipes with ingredients')]
  const keyOf = async (featureId: string) => archiveKey(org, (await jobOf(featureId))?.archiveSha256 ?? '')
  const [goneKey, backKey] = [await keyOf(gone.id), await keyOf(back.id)]
  for (const { id } of [gone, back]) await pipeline.removeFeature(org, id)
  await database.storage.inWorkspace(org, (stores) => stores.features.restore(back.id))
  const purge = (at: number) =>
    purgeRun({ storage: database.storage, objects }, () => at)(once, { orgId: org, id: gone.id, runId: 'purge' })
  await purge(Date.now())
  expect([await objects.has(goneKey), await objects.has(backKey)]).toEqual([true, true])
  await purge(Date.now() + UNDO_MS + 60_000)
  const features = await database.storage.inWorkspace(org, (stores) => stores.features.list())
  expect(features.map((feature) => feature.id)).toEqual([back.id])
  expect([await objects.has(goneKey), await objects.has(backKey)]).toEqual([false, true])
})

test('a deleted project ends its build and takes its files along', async () => {
  const feature = await built()
  const key = archiveKey(org, (await jobOf(feature.id))?.archiveSha256 ?? '')
  expect(await objects.has(key)).toBe(true)
  let reached: () => void = () => undefined
  const atTests = new Promise<void>((resolve) => {
    reached = resolve
  })
  script = async (command) => {
    if (command !== 'npm test') return {}
    reached()
    return new Promise<never>(() => undefined)
  }
  const preview = runtime.living()
  await pipeline.startBuild(org, feature.id)
  await atTests
  await pipeline.removeProject(org, feature.projectId)
  expect(runtime.living()).toBe(preview)
  expect(await objects.has(key)).toBe(false)
  expect(await database.storage.inWorkspace(org, (stores) => stores.projects.list())).toEqual([])
})

test('versions count up without a gap, whatever is built at once, and an old one can be restored', async () => {
  const first = await built()
  const second = await planned()
  await pipeline.approvePlan(org, second.id)
  const again = await pipeline.startBuild(org, first.id)
  await until(database.storage, org, async ({ jobs }) => (isFinal(JOB, (await jobs.get(again.id)).status) ? true : undefined))
  await status(second.id, 'built')
  const versions = await database.storage.inWorkspace(org, (stores) => stores.versions.list(first.projectId))
  expect(versions.map((version) => version.name)).toEqual(['build_v0_2', 'build_v0_1'])

  const old = versions[1]
  const restoring = await pipeline.restoreVersion(org, old?.id ?? '')
  await until(database.storage, org, async ({ jobs }) => (isFinal(JOB, (await jobs.get(restoring.id)).status) ? true : undefined))
  const [newest] = await database.storage.inWorkspace(org, (stores) => stores.versions.list(first.projectId))
  expect(newest).toMatchObject({ name: 'build_v0_3', restoredFrom: 'build_v0_1', archiveSha256: old?.archiveSha256 })
})

test('a preview that fell asleep is woken from the archive, at the address it had', async () => {
  const feature = await built()
  const job = await jobOf(feature.id)
  const awake = await pipeline.openPreview(org, job?.id ?? '')
  expect(pipeline.visitPreview(awake.previewId)?.id).toBe(job?.sandboxId)
  await runtime.get(job?.sandboxId ?? '')?.stop()
  expect(pipeline.visitPreview(awake.previewId)).toBeUndefined()
  expect(await pipeline.openPreview(org, job?.id ?? '')).toEqual(awake)
  expect(pipeline.visitPreview(awake.previewId)?.id).not.toBe(job?.sandboxId)
})

test('another workspace sees nothing of it', async () => {
  const feature = await planned()
  const stranger = await database.newWorkspace()
  await expect(pipeline.approvePlan(stranger, feature.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(pipeline.say(stranger, { featureId: feature.id, text: 'hi', answers: [] })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
