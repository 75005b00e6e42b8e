/** The run of a model under kills: every finished call is paid once, and at most those in flight are paid again. */
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { byAgent, type FakeReply } from '@slipway/agents/testing'
import { analyse, writeSpec } from '@slipway/blueprint'
import { folderObjects } from '@slipway/storage'
import { testDatabase } from '@slipway/storage/testing'
import pg from 'pg'
import { expect, test } from 'vitest'
import { createPipeline } from './create-pipeline.ts'
import { createEngine } from './engine.ts'
import { chooseModel } from './testing/pipeline-with-model.ts'
import { scriptedRuntime } from './testing/scripted-runtime.ts'
import { type SpawnedWorker, spawnWorker } from './testing/spawn-worker.ts'
import { appTemplate } from './testing/template-files.ts'

const KILLS = 30
/** Parents of a backlog, or plans, that are at work at once. */
const LANES = 4
const IDEA = 'Track repairs in a bike workshop with customers and bikes'
const { brief } = analyse(IDEA)
const spec = writeSpec(brief, IDEA)
const BY_MODEL = ['REQ-90', 'REQ-91']
const REQUIREMENTS = [...spec.requirements.map(({ id }) => id), ...BY_MODEL]
const fileOf = (requirement: string) => `server/${requirement.toLowerCase()}.ts`

const item = {
  description: 'In a few words.',
  effort: 'S',
  dependsOn: [],
  criteria: spec.requirements.flatMap((one) => one.criteria).slice(0, 2),
}
const story = (requirement: string) => ({
  ...{ ...item, key: requirement.toLowerCase(), title: `Serve ${requirement}`, requirement },
  ...{ asA: 'a clerk', iWant: 'to do it', soThat: 'it is done' },
})
const plan = (requirement: string, index: number) => {
  const file = fileOf(requirement)
  return {
    ...{
      phase: '01-doubles',
      plan: `0${index + 1}`,
      wave: 1,
      dependsOn: [],
      filesModified: [file],
      requirements: [requirement],
      context: [],
    },
    objective: 'Doubles are told.',
    mustHaves: { truths: ['A double is told.'], artifacts: [{ path: file, provides: 'doubles', contains: ['doubles'] }], keyLinks: [] },
    tasks: [
      {
        ...{ name: `Serve ${requirement}`, files: [file], action: 'Export doubles(bikes).', verify: { automated: 'npm run typecheck' } },
        ...{ acceptanceCriteria: ['doubles are told'], done: 'Doubles are told.' },
      },
    ],
    verification: ['it passes'],
    successCriteria: ['Doubles are told.'],
  }
}
const coder = (file: string): readonly FakeReply[] => [
  { calls: [{ name: 'read', input: { path: 'package.json' } }] },
  { calls: [{ name: 'write', input: { path: 'package.json', content: '{}' } }] },
  { calls: [{ name: 'write', input: { path: file, content: 'export const doubles = () => []\n' } }] },
  { calls: [{ name: 'edit', input: { path: file, edits: [{ old: 'nowhere', new: 'x' }] } }] },
  { text: 'Done.' },
]

/** Errs at each stage once; what it says follows from what it is told alone, so that the same question has the same answer. */
const script = byAgent({
  'business-analyst': () => ({ json: { say: 'Clear.', questions: [], brief, isReady: true } }),
  'write-spec': ({ messages }) =>
    messages.length === 1
      ? { text: 'Let me think.' }
      : {
          json: {
            ...spec,
            requirements: [
              ...spec.requirements,
              ...BY_MODEL.map((id) => ({ ...spec.requirements[0], id, title: 'Doubles', delivery: 'model' })),
            ],
          },
        },
  'name-app': () => ({ json: { name: 'Spokes', title: 'Bike repairs' } }),
  'write-epics': () => ({
    json: {
      epics: [0, 1, 2, 3].map((part) => ({
        ...{ ...item, key: `part-${part}`, title: `Part ${part}` },
        requirements: REQUIREMENTS.filter((_, index) => index % 4 === part),
      })),
      openQuestions: [],
    },
  }),
  'write-stories': ({ messages }) => {
    const part = Number(/"title": "Part (\d)"/.exec(messages[0]?.text ?? '')?.[1])
    return { json: { stories: REQUIREMENTS.filter((_, index) => index % 4 === part).map(story), openQuestions: [] } }
  },
  'write-subtasks': () => ({ json: { subtasks: [{ ...item, key: 'do-it', title: 'Do all of it' }] } }),
  'write-plan': () => ({ json: { plans: BY_MODEL.map(plan) } }),
  planner: () => ({ json: { approach: 'Write it.', readFirst: [], steps: ['Write it.'], risks: [] } }),
  coder: ({ messages }) => {
    const requirement = BY_MODEL.find((id) => messages[0]?.text.includes(`Serve ${id}`)) ?? 'REQ-90'
    return coder(fileOf(requirement))[messages.filter(({ role }) => role === 'assistant').length] ?? { text: 'Done.' }
  },
  tester: () => ({ json: { files: [{ path: 'tests/doubles.test.ts', content: "import './nowhere'\n", covers: BY_MODEL }] } }),
  security: () => ({
    json: {
      findings: [
        {
          ...{ path: fileOf('REQ-90'), line: 1, severity: 'high', title: 'Everybody sees it', text: 'Nobody is asked who they are.' },
          fix: { action: 'Ask.', files: [fileOf('REQ-90')] },
        },
      ],
    },
  }),
  reviewer: () => ({ json: { criteria: [{ number: 1, isMet: true, where: `${fileOf('REQ-90')}:1` }], findings: [], verdict: 'approve' } }),
})

/** The same sequence each time: a failure can be looked at again. @see Park and Miller, 1988 */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (state * 48_271) % 2_147_483_647
    yield state
  }
}

test(`a worker killed at ${KILLS} points of a model's run pays no finished call twice`, { timeout: 600_000 }, async () => {
  const database = await testDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'slipway-models-kill-'))
  const orgId = await database.newWorkspace()
  let received = 0
  let onRequest: (phase: 'asked' | 'answered') => void = () => undefined
  const vendor = await chooseModel(database.storage, orgId, async (request) => {
    received++
    onRequest('asked')
    const reply = await script(request)
    setImmediate(() => onRequest('answered'))
    // By its count of tokens each answer is known in the record.
    return { ...reply, usage: { inputTokens: 1_000 + request.index, outputTokens: 10 } }
  })
  const log = () => undefined
  /** Hands work in and does none. */
  const desk = createPipeline({
    ...{
      storage: database.storage,
      objects: folderObjects(join(folder, 'objects')),
      runtime: scriptedRuntime(),
      template: appTemplate(),
      log,
    },
    engine: createEngine({ databaseUrl: database.appUrl, executorId: 'desk', stepsVersion: 'tests', buildsMax: 1, log }),
    ...{ templatesFolder: join(folder, 'trees'), previewIdleMs: 60_000 },
  })
  await desk.start({ isWorker: false })

  const admin = new pg.Pool({ connectionString: database.adminUrl, max: 1 })
  /** Indexes of the requests whose answers are kept. */
  const recorded = async () => {
    const { rows } = await admin.query<{ tokens: number }>(
      `select (exchange::json->'reply'->'usage'->>'inputTokens')::int as tokens from model_exchanges`,
    )
    return new Set(rows.map(({ tokens }) => tokens - 1_000))
  }
  const chance = numbers(20_261_122)
  const draw = (count: number) => (chance.next().value as number) % count

  /** One life of a worker: it dies at a point that chance chooses, or ends when nothing is left to do. */
  const live = async (isMortal: boolean): Promise<{ isDone: boolean }> => {
    const [requests, phase] = [1 + draw(4), draw(3)]
    const from = received
    let worker: SpawnedWorker | undefined
    const kill = () => isMortal && worker?.process.kill('SIGKILL')
    onRequest = (now) => {
      if (received - from < requests) return
      if ((phase === 0 && now === 'asked') || (phase === 1 && now === 'answered')) kill()
    }
    const settings = { databaseUrl: database.appUrl, folder, executorId: 'killed', buildsMax: 1, approves: orgId }
    worker = spawnWorker(settings, ({ lines }) => {
      if (phase === 2 && received - from >= requests && lines.at(-1)?.begins) kill()
    })
    const lines = await worker.ended
    return { isDone: lines.some((line) => line.isDone) }
  }

  const begin = async () => {
    const { feature } = await desk.createProject(orgId, { idea: IDEA })
    await database.storage.inWorkspace(orgId, ({ specs }) => specs.save(feature.id, spec, 0))
    await desk.backlog.generate(orgId, feature.id)
  }

  try {
    let kills = 0
    let known = new Set<number>()
    const lost = new Set<number>()
    await begin()
    for (;;) {
      const { isDone } = await live(kills < KILLS)
      if (isDone && kills >= KILLS) break
      if (isDone) {
        await begin()
        continue
      }
      kills++
      const now = await recorded()
      expect([...known].filter((index) => !now.has(index))).toEqual([])
      const inFlight = Array.from({ length: received }, (_, index) => index).filter((index) => !now.has(index) && !lost.has(index))
      expect(inFlight.length).toBeLessThanOrEqual(LANES)
      for (const index of inFlight) lost.add(index)
      known = now
    }
    const end = await recorded()
    expect([...known].filter((index) => !end.has(index))).toEqual([])
    expect(end.size + lost.size).toBe(received)
    expect(received).toBeGreaterThan(KILLS)

    const { features, jobs } = await database.storage.inWorkspace(orgId, async (stores) => ({
      features: await stores.features.list(),
      jobs: await stores.jobs.list(),
    }))
    expect(new Set(features.map(({ status }) => status))).toEqual(new Set(['built']))
    expect(new Set(jobs.map(({ status }) => status))).toEqual(new Set(['ready']))
  } finally {
    await desk.stop()
    await vendor.close()
    await admin.end()
    await database.close()
    await rm(folder, { recursive: true, force: true })
  }
})
