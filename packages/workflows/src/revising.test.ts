import { byAgent, type FakeScript, type FakeVendor } from '@slipway/agents/testing'
import { analyse, writeSpec } from '@slipway/blueprint'
import type { Stores } from '@slipway/storage'
import type { TestDatabase } from '@slipway/storage/testing'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Pipeline } from './pipeline.ts'
import { chooseModel, type PipelineWithModel, pipelineWithModel } from './testing/pipeline-with-model.ts'
import { until, untilStatus } from './testing/until.ts'

const IDEA = 'Track repairs in a bike workshop with customers and bikes'
const { brief } = analyse(IDEA)
const builtIn = writeSpec(brief, IDEA)
const byCode = (id: string, title: string) => ({ ...builtIn.requirements[0], id, title, text: `${title}.`, delivery: 'model' })
const spec = { ...builtIn, requirements: [...builtIn.requirements, byCode('REQ-90', 'Find doubles')] }
const plan = (number: string, wave: number, dependsOn: string[]) => ({
  ...{ phase: '01-doubles', plan: number, wave, dependsOn, filesModified: [`server/doubles-${number}.ts`], requirements: ['REQ-90'] },
  ...{ objective: `Doubles are told, part ${number}.`, context: [] },
  mustHaves: {
    truths: ['A double is told.'],
    artifacts: [{ path: `server/doubles-${number}.ts`, provides: 'doubles', contains: ['doubles'] }],
    keyLinks: [],
  },
  tasks: [
    {
      ...{ name: 'Tell doubles', files: [`server/doubles-${number}.ts`], action: 'Export doubles(bikes).' },
      ...{ verify: { automated: 'npm run typecheck' }, acceptanceCriteria: ['doubles are told'], done: 'Doubles are told.' },
    },
  ],
  ...{ verification: ['it passes'], successCriteria: ['Doubles are told.'] },
})

let whole: PipelineWithModel
let database: TestDatabase
let pipeline: Pipeline
let org: string
let vendor: FakeVendor | undefined

beforeAll(async () => {
  whole = await pipelineWithModel('revising')
  ;({ database, pipeline } = whole)
}, 60_000)
beforeEach(async () => {
  org = await database.newWorkspace()
})
afterEach(async () => {
  await vendor?.close()
  vendor = undefined
})
afterAll(() => whole.close())

async function withModel(script: FakeScript): Promise<FakeVendor> {
  vendor = await chooseModel(database.storage, org, script)
  return vendor
}

const inside = <T>(work: (stores: Stores) => Promise<T>): Promise<T> => database.storage.inWorkspace(org, work)
const status = (id: string, ...statuses: string[]) => untilStatus(database.storage, org, id, ...statuses)
const specOf = (id: string) => inside(async ({ specs }) => (await specs.get(id)) ?? { spec: builtIn, revision: 0 })

/** What a model was seen writing; a text is told as it grows, and seldom to its end. */
const writtenOf = async (featureId: string, document: string) =>
  (await inside(({ events }) => events.after(0, { featureId, types: ['writing'], limit: 1_000 }))).flatMap(({ body }) =>
    body.type === 'writing' && body.document === document ? [body.text] : [],
  )

/** What was said about the document after the comment, once it was. */
const answerTo = (featureId: string, comment: string) =>
  until(database.storage, org, async ({ messages }) => {
    const list = await messages.list(featureId)
    const at = list.findIndex(({ content, role }) => role === 'user' && content === comment)
    return at < 0 ? undefined : list.slice(at + 1).find(({ role }) => role === 'assistant')
  })

async function specified(): Promise<string> {
  const { feature } = await pipeline.createProject(org, { idea: IDEA })
  await pipeline.confirmBrief(org, feature.id)
  await status(feature.id, 'spec_ready', 'drafting')
  return feature.id
}

test('without a model a comment that is understood makes a revision, and what a person edited stays', async () => {
  const id = await specified()
  const { spec: first } = await specOf(id)
  const edited = { ...first, requirements: first.requirements.map((one, at) => (at ? one : { ...one, text: 'In our own words.' })) }
  await inside(({ specs }) => specs.save(id, edited, 1, { made: 'edited', by: 'Ada' }))

  expect((await pipeline.reviseSpec(org, { featureId: id, comment: 'Also track suppliers' })).status).toBe('spec_generating')
  const said = await answerTo(id, 'Also track suppliers')
  expect(said).toMatchObject({
    about: 'spec',
    content: expect.stringMatching(/^Revised the spec: REQ-\d\d added .*record "Suppliers" added/),
  })
  await status(id, 'spec_ready')
  const { spec: second, revision } = await specOf(id)
  expect(revision).toBe(3)
  expect(second.requirements[0]?.text).toBe('In our own words.')
  expect(second.blueprint.entities.map(({ label }) => label)).toContain('Supplier')
  const revisions = await inside(({ specs }) => specs.revisions(id))
  expect(revisions.map(({ number, made, by, note }) => [number, made, by, note])).toEqual([
    [3, 'revised', '', 'Also track suppliers'],
    [2, 'edited', 'Ada', ''],
    [1, 'written', '', ''],
  ])
})

test('an older revision is brought back as a new one, the analyst goes on from there, and no id is given twice', async () => {
  const id = await specified()
  await pipeline.reviseSpec(org, { featureId: id, comment: 'Also track suppliers' })
  await answerTo(id, 'Also track suppliers')
  const { spec: withSuppliers } = await specOf(id)
  expect(await pipeline.restoreSpec(org, { featureId: id, number: 1, seen: 2, by: 'Ada' })).toMatchObject({
    ...{ number: 3, made: 'restored', by: 'Ada', note: '1' },
  })
  expect((await specOf(id)).spec).toEqual((await inside(({ specs }) => specs.revision(id, 1))).spec)
  await expect(pipeline.restoreSpec(org, { featureId: id, number: 2, seen: 2, by: 'Ada' })).rejects.toMatchObject({ code: 'CONFLICT' })
  await pipeline.reviseSpec(org, { featureId: id, comment: 'Also track mechanics' })
  await answerTo(id, 'Also track mechanics')
  const { spec: now } = await specOf(id)
  const labels = now.blueprint.entities.map(({ label }) => label)
  expect([labels.includes('Mechanic'), labels.includes('Supplier')]).toEqual([true, false])
  const first = (await inside(({ specs }) => specs.revision(id, 1))).spec.requirements.map(({ id }) => id)
  const fresh = now.requirements.map(({ id }) => id).filter((one) => !first.includes(one))
  expect(fresh.length).toBeGreaterThan(0)
  for (const one of fresh) expect(withSuppliers.requirements.map(({ id }) => id)).not.toContain(one)
})

test('without a model what is not understood changes nothing, and says what would help', async () => {
  const id = await specified()
  await pipeline.reviseSpec(org, { featureId: id, comment: 'Tell doubles twice over the wire' })
  const said = await answerTo(id, 'Tell doubles twice over the wire')
  expect(said?.content).toMatch(/^I did not change the spec\. .*need a model: choose one in Settings, or edit the requirements by hand/)
  expect((await status(id, 'spec_ready')).status).toBe('spec_ready')
  expect((await specOf(id)).revision).toBe(1)
})

test('a comment on what does not wait for approval is refused, and is no message', async () => {
  const { feature } = await pipeline.createProject(org, { idea: IDEA })
  for (const refused of [pipeline.reviseSpec, pipeline.revisePlan])
    await expect(refused(org, { featureId: feature.id, comment: 'Add suppliers' })).rejects.toMatchObject({ code: 'MOVED_ON' })
  await expect(pipeline.restorePlan(org, { featureId: feature.id, number: 1, seen: 1, by: '' })).rejects.toMatchObject({ code: 'MOVED_ON' })
  expect((await inside(({ messages }) => messages.list(feature.id))).map(({ about }) => about)).toEqual(['brief', 'brief'])
})

test('a model gets spec and comment, is sent back when it gives an old id to something new, and its revision is told', async () => {
  const asked: string[] = []
  const later = {
    ...spec,
    summary: 'A workshop that tells doubles.',
    requirements: [...spec.requirements.slice(0, -1), byCode('REQ-91', 'Tell doubles')],
  }
  const reused = { ...later, requirements: [...spec.requirements.slice(0, -1), byCode('REQ-89', 'Tell doubles')] }
  await withModel(
    byAgent({
      'business-analyst': () => ({ json: { say: 'Clear.', questions: [], brief, isReady: true } }),
      'write-spec': ({ messages }, nth) => {
        asked.push(messages.at(-1)?.text ?? '')
        return { json: [spec, reused, later][nth] }
      },
      'name-app': () => ({ json: { name: 'Spokes', title: 'Bike repairs' } }),
    }),
  )
  const id = await specified()
  await pipeline.reviseSpec(org, { featureId: id, comment: 'Doubles are told, not found' })
  const said = await answerTo(id, 'Doubles are told, not found')
  expect(said?.content).toBe('Revised the spec: REQ-91 added ("Tell doubles"), REQ-90 removed; the summary changed.')
  expect(asked[1]).toContain('Doubles are told, not found')
  expect(asked[1]).toContain('Find doubles')
  expect(asked[2]).toContain('REQ-89 was another requirement once: number new ones from 91 on')
  const [revised] = await inside(({ specs }) => specs.revisions(id))
  expect(revised).toMatchObject({ number: 2, made: 'revised', by: 'house-model', note: 'Doubles are told, not found' })
  expect(await writtenOf(id, 'spec')).toContainEqual(expect.stringMatching(/^A/))
})

test('a model that gives nothing usable leaves the spec as it was, and says why', async () => {
  await withModel(
    byAgent({
      'business-analyst': () => ({ json: { say: 'Clear.', questions: [], brief, isReady: true } }),
      'write-spec': (_, nth) => (nth ? { text: 'I would rather write a poem.' } : { json: spec }),
      'name-app': () => ({ json: { name: 'Spokes', title: 'Bike repairs' } }),
    }),
  )
  const id = await specified()
  await pipeline.reviseSpec(org, { featureId: id, comment: 'Make it rhyme' })
  expect((await answerTo(id, 'Make it rhyme'))?.content).toMatch(
    /^I did not change the spec\. The model gave no usable answer .*The spec is as it was\.$/s,
  )
  expect((await status(id, 'spec_ready', 'drafting')).status).toBe('spec_ready')
  expect((await specOf(id)).revision).toBe(1)
})

test('plans that a model wrote are revised by a comment, every revision stays, and an older one can be brought back', async () => {
  const asked: string[] = []
  await withModel(
    byAgent({
      'business-analyst': () => ({ json: { say: 'Clear.', questions: [], brief, isReady: true } }),
      'write-spec': () => ({ json: spec }),
      'name-app': () => ({ json: { name: 'Spokes', title: 'Bike repairs' } }),
      'write-plan': ({ messages }, nth) => {
        asked.push(messages[0]?.text ?? '')
        const behind = { ...plan('01', 1, []), phase: '02-doubles' }
        return { json: { plans: nth ? [behind, { ...plan('02', 2, ['02-01']), phase: '02-doubles' }] : [plan('01', 1, [])] } }
      },
    }),
  )
  const id = await specified()
  await pipeline.approveSpec(org, id)
  await status(id, 'plan_ready', 'spec_ready')
  const namesOf = async () => (await inside(({ plans }) => plans.list(id))).map(({ name }) => name).filter((name) => name.startsWith('02'))
  expect(await namesOf()).toEqual(['02-01'])

  expect((await pipeline.revisePlan(org, { featureId: id, comment: 'Split plan 02-01' })).status).toBe('plan_generating')
  expect((await answerTo(id, 'Split plan 02-01'))?.content).toMatch(/^Revised the plan: .*02-02 added \("Doubles are told, part 02"\)\.$/)
  expect(asked[1]).toContain('Split plan 02-01')
  expect(asked[1]).toContain('plan 02-01 so far')
  await status(id, 'plan_ready')
  expect(await namesOf()).toEqual(['02-01', '02-02'])
  expect(await writtenOf(id, 'plan')).toContainEqual(expect.stringMatching(/^D/))

  await pipeline.restorePlan(org, { featureId: id, number: 1, seen: 2, by: 'Ada' })
  expect(await namesOf()).toEqual(['02-01'])
  expect((await inside(({ plans }) => plans.revisions(id))).map(({ number, made }) => [number, made])).toEqual([
    [3, 'restored'],
    [2, 'revised'],
    [1, 'written'],
  ])
})

test('a plan is changed by hand where it stays sound, and no newer revision is overwritten', async () => {
  const id = await specified()
  await pipeline.approveSpec(org, id)
  await status(id, 'plan_ready')
  const planOf = async () =>
    (await inside(({ plans }) => plans.list(id))).find(({ name }) => name === '01-01') as { source: string; wave: number }
  const { source, wave } = await planOf()
  const edit = (text: string, seen: number) => pipeline.editPlan(org, { featureId: id, plan: '01-01', source: text, seen, by: 'Ada' })
  const better = source.replace('<objective>', '<objective>\nWith care: ')
  expect(await edit(better, 1)).toMatchObject({ number: 2, made: 'edited', by: 'Ada' })
  expect(await planOf()).toMatchObject({ source: better, wave })
  await expect(edit(source, 1)).rejects.toMatchObject({ code: 'CONFLICT' })
  await expect(edit(source.replace(/depends_on: .*/, 'depends_on: ["01-01"]'), 2)).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  await expect(pipeline.editPlan(org, { featureId: id, plan: '09-09', source, seen: 2, by: '' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  expect((await planOf()).source).toBe(better)
})

test('without a model a comment on the plan says where to change it instead', async () => {
  const id = await specified()
  await pipeline.approveSpec(org, id)
  await status(id, 'plan_ready')
  await pipeline.revisePlan(org, { featureId: id, comment: 'Split it' })
  expect((await answerTo(id, 'Split it'))?.content).toMatch(/^I did not change the plan\. .*change the spec\. The plan is as it was\.$/)
  await status(id, 'plan_ready')
})
