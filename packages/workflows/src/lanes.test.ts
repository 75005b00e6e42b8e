/** Plans of one wave, coded side by side by the real pipeline; sandboxes and the vendor are scripted. */
import { byAgent, type FakeReply, type FakeRequest, type FakeVendor } from '@slipway/agents/testing'
import { analyse, writeSpec } from '@slipway/blueprint'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { unpackFiles } from './archive.ts'
import { archiveKey } from './object-keys.ts'
import { chooseModel, type PipelineWithModel, pipelineWithModel } from './testing/pipeline-with-model.ts'
import { healthy } from './testing/scripted-runtime.ts'
import { until } from './testing/until.ts'

const IDEA = 'Track repairs in a bike workshop with customers and bikes'
const { brief } = analyse(IDEA)
const builtIn = writeSpec(brief, IDEA)
const specWith = (ids: readonly string[]) => ({
  ...builtIn,
  requirements: [
    ...builtIn.requirements,
    ...ids.map((id) => ({ ...builtIn.requirements[0], id, title: `Serve ${id}`, delivery: 'model' })),
  ],
})
const plan = (number: string, requirement: string, { dependsOn = [] as string[], wave = 1 } = {}) => {
  const file = `server/part-${number}.ts`
  return {
    ...{ phase: '01-parts', plan: number, wave, dependsOn, filesModified: [file], requirements: [requirement], context: [] },
    objective: `Part ${number} is there.`,
    mustHaves: { truths: ['It is there.'], artifacts: [{ path: file, provides: 'part', contains: ['part'] }], keyLinks: [] },
    tasks: [
      {
        ...{ name: `Write part ${number}`, files: [file], action: `Export part from ${file}.`, verify: { automated: 'npm run typecheck' } },
        ...{ acceptanceCriteria: ['it is there'], done: 'It is there.' },
      },
    ],
    ...{ verification: ['it passes'], successCriteria: ['It is there.'] },
  }
}
const partOf = ({ messages }: FakeRequest) => /"name": "(?:Write part|Bring plan \d\d-)\s?(\d\d)/.exec(messages[0]?.text ?? '')?.[1] ?? ''
const isJoining = ({ messages }: FakeRequest) => messages[0]?.text.includes('Bring plan') ?? false
const write = (number: string, content: string) => ({ calls: [{ name: 'write', input: { path: `server/part-${number}.ts`, content } }] })

let whole: PipelineWithModel
let vendor: FakeVendor
beforeAll(async () => {
  const text = (files: ReadonlyMap<string, Uint8Array>, number: string) => String(files.get(`server/part-${number}.ts`) ?? '')
  // Part 01 and a part 02 that says "clashes" are right alone, and wrong together; the impossible is wrong anywhere.
  whole = await pipelineWithModel('lanes', (command, files) => {
    if (!command.includes('npm run typecheck')) return healthy(command)
    const [one, two, three] = ['01', '02', '03'].map((number) => text(files, number))
    if (one && two?.includes('clashes')) return { exitCode: 1, output: 'part is exported twice\n' }
    return three?.includes('impossible') ? { exitCode: 1, output: 'part 03 does not compile\n' } : undefined
  })
}, 60_000)
afterEach(() => vendor.close())
afterAll(() => whole.close())

/** Builds these plans. @returns the app's parts, what is said of each requirement, and who was asked what */
async function build(
  plans: readonly ReturnType<typeof plan>[],
  coder: (request: FakeRequest) => Promise<FakeReply> | FakeReply,
  /** Micro-dollars that the feature may cost. */
  cap: number | null = null,
) {
  const { database, pipeline, objects } = whole
  const org = await database.newWorkspace()
  vendor = await chooseModel(
    database.storage,
    org,
    byAgent({
      'business-analyst': () => ({ json: { say: 'Clear.', questions: [], brief, isReady: true } }),
      'write-spec': () => ({ json: specWith(plans.flatMap(({ requirements }) => requirements)) }),
      'name-app': () => ({ json: { name: 'Spokes', title: 'Bike repairs' } }),
      'write-plan': () => ({ json: { plans } }),
      planner: () => ({ json: { approach: 'Write it.', readFirst: [], steps: ['Write it.'], risks: [] } }),
      coder,
      reviewer: () => ({ json: { criteria: [{ number: 1, isMet: true, where: 'x:1' }], findings: [], verdict: 'approve' } }),
      tester: () => ({ text: 'No tests today.' }),
      security: () => ({ json: { findings: [] } }),
    }),
  )
  await database.storage.inWorkspace(org, async ({ modelSettings }) => {
    const { settings, revision } = await modelSettings.get()
    await modelSettings.save({ ...settings, caps: { ...settings.caps, feature: { micros: cap, tokens: null } } }, revision)
  })
  const { feature } = await pipeline.createProject(org, { idea: IDEA })
  const reach = (status: string) =>
    until(database.storage, org, async ({ features }) => ((await features.get(feature.id)).status === status ? true : undefined))
  await until(database.storage, org, async ({ messages }) => ((await messages.list(feature.id)).length >= 2 ? true : undefined))
  await pipeline.confirmBrief(org, feature.id)
  await reach('spec_ready')
  await pipeline.approveSpec(org, feature.id)
  await reach('plan_ready')
  const { job } = await pipeline.approvePlan(org, feature.id)
  await reach('built')
  const { evidence, archive, log, receipt } = await database.storage.inWorkspace(org, async (stores) => ({
    evidence: await stores.evidence.list({ featureId: feature.id }),
    archive: (await stores.jobs.get(job.id)).archiveSha256 ?? '',
    log: await stores.events.after(0, { featureId: feature.id, types: ['job-log'], limit: 1_000 }),
    receipt: await stores.ledger.receipt({ featureId: feature.id }),
  }))
  const files = unpackFiles(await objects.get(archiveKey(org, archive)))
  const parts = Object.entries(files).flatMap(([path, bytes]) =>
    path.includes('part-') ? [[path.slice(12, 14), String(Buffer.from(bytes))]] : [],
  )
  return {
    parts: Object.fromEntries(parts),
    saidOf: (requirement: string) =>
      evidence.filter((row) => row.requirement === requirement).map(({ verdict, summary }) => `${verdict}: ${summary}`),
    log: log.map(({ body }) => (body.type === 'job-log' ? body.text : '')).join(''),
    spentMicros: receipt.total.micros ?? 0,
    left: await objects.list(`lanes/${org}/`),
  }
}

const isFirst = ({ messages }: FakeRequest) => messages.every(({ role }) => role !== 'assistant')

test('two plans that share no file are coded at the same time, and the app has both', async () => {
  const waiting: (() => void)[] = []
  // Nobody is answered before both have asked: one after the other, they would wait for ever.
  const together = () =>
    new Promise<void>((resolve) => {
      waiting.push(resolve)
      if (waiting.length === 2) for (const go of waiting) go()
    })
  const { parts, saidOf, log, left } = await build([plan('01', 'REQ-90'), plan('02', 'REQ-91')], async (request) => {
    if (!isFirst(request)) return { text: 'Done.' }
    await together()
    return write(partOf(request), `export const part = '${partOf(request)}'\n`)
  })
  expect(parts).toEqual({ '01': "export const part = '01'\n", '02': "export const part = '02'\n" })
  for (const requirement of ['REQ-90', 'REQ-91']) expect(saidOf(requirement).join('\n')).toMatch(/^satisfied: Plan 02-0\d: "Write part/m)
  expect(log).toContain('02-01 · ')
  expect(left).toEqual([])
})

test('what passes alone and fails beside the others is mended by its coder', async () => {
  const { parts, saidOf } = await build([plan('01', 'REQ-90'), plan('02', 'REQ-91')], (request) => {
    // A file that is there is read before it is written.
    if (isJoining(request) && isFirst(request)) return { calls: [{ name: 'read', input: { path: 'server/part-02.ts' } }] }
    if (isJoining(request) && request.messages.length === 3) return write('02', 'export const part = 2\n')
    if (!isFirst(request)) return { text: 'Done.' }
    return write(partOf(request), partOf(request) === '02' ? 'export const part = "clashes"\n' : 'export const part = 1\n')
  })
  expect(parts).toEqual({ '01': 'export const part = 1\n', '02': 'export const part = 2\n' })
  expect([...saidOf('REQ-90'), ...saidOf('REQ-91')].join('\n')).not.toContain('violated')
})

test('what cannot be brought together is left out, and said; the others stay', async () => {
  const { parts, saidOf } = await build([plan('01', 'REQ-90'), plan('02', 'REQ-91')], (request) => {
    if (!isFirst(request) || isJoining(request)) return { text: 'Done.' }
    return write(partOf(request), partOf(request) === '02' ? 'export const part = "clashes"\n' : 'export const part = 1\n')
  })
  expect(parts).toEqual({ '01': 'export const part = 1\n' })
  expect(saidOf('REQ-90').join('\n')).not.toContain('violated')
  expect(saidOf('REQ-91').join('\n')).toContain('violated: Plan 02-02: Its checks passed alone; beside the other plans of its wave')
})

test('nothing is paid for a plan whose ground could not be laid', async () => {
  const asked: string[] = []
  const plans = [plan('03', 'REQ-92'), plan('04', 'REQ-91', { dependsOn: ['01-03'], wave: 2 }), plan('01', 'REQ-90')]
  const { parts, saidOf } = await build(plans, (request) => {
    asked.push(partOf(request))
    return isFirst(request)
      ? write(partOf(request), `export const part = '${partOf(request) === '03' ? 'impossible' : 'fine'}'\n`)
      : { text: 'Done.' }
  })
  expect(parts).toEqual({ '01': "export const part = 'fine'\n" })
  expect(asked).not.toContain('04')
  expect(saidOf('REQ-91').join('\n')).toContain('Not tried: it needs plan 02-03, which could not be written.')
})

test('endless work in four lanes stops below the cap of the feature; each lane says why, and the app is ready without it', async () => {
  const CAP = 1_000_000
  const plans = [plan('01', 'REQ-90'), plan('02', 'REQ-91'), plan('03', 'REQ-92'), plan('04', 'REQ-93')]
  const endless = (request: FakeRequest): FakeReply => {
    const path = `server/part-${partOf(request)}.ts`
    const usage = { inputTokens: 30_000, outputTokens: 1_000 }
    if (isFirst(request)) return { ...write(partOf(request), 'export const part = 0\n'), usage }
    const content = `export const part = ${request.messages.length}\n`
    return {
      calls: [
        { name: 'read', input: { path } },
        { name: 'write', input: { path, content } },
      ],
      usage,
    }
  }
  const { parts, saidOf, spentMicros } = await build(plans, endless, CAP)
  expect(parts).toEqual({})
  expect(spentMicros).toBeLessThanOrEqual(CAP)
  expect(spentMicros).toBeGreaterThan(CAP / 2)
  for (const requirement of ['REQ-90', 'REQ-91', 'REQ-92', 'REQ-93'])
    expect(saidOf(requirement).join('\n')).toMatch(/undecided: Plan 02-0\d: "Write part 0\d" was stopped .*cap/)
})
