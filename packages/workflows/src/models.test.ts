import { byAgent, type FakeScript, type FakeVendor } from '@slipway/agents/testing'
import { analyse, writeSpec } from '@slipway/blueprint'
import { isRunning } from '@slipway/domain'
import type { TestDatabase } from '@slipway/storage/testing'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Pipeline } from './pipeline.ts'
import { chooseModel, type PipelineWithModel, pipelineWithModel } from './testing/pipeline-with-model.ts'
import { until, untilStatus } from './testing/until.ts'

const IDEA = 'Track repairs in a bike workshop with customers and bikes'
const { brief } = analyse(IDEA)
const spec = writeSpec(brief, IDEA)
const byCode = {
  ...spec.requirements[0],
  id: 'REQ-90',
  title: 'Find doubles',
  text: 'Bikes with the same frame number are told.',
  delivery: 'model',
}
const question = {
  id: 'pickup',
  text: 'Do you pick bikes up?',
  why: '',
  options: [
    { value: 'yes', label: 'Yes' },
    { value: 'no', label: 'No' },
  ],
  isMultiple: false,
  defaults: ['no'],
}
const plan = {
  phase: '01-doubles',
  plan: '01',
  wave: 1,
  dependsOn: [],
  filesModified: ['server/doubles.ts'],
  requirements: ['REQ-90'],
  objective: 'Doubles are told.',
  context: [],
  mustHaves: {
    truths: ['A double is told.'],
    artifacts: [{ path: 'server/doubles.ts', provides: 'doubles', contains: ['doubles'] }],
    keyLinks: [],
  },
  tasks: [
    {
      name: 'Tell doubles',
      files: ['server/doubles.ts'],
      action: 'Export doubles(bikes).',
      verify: { automated: 'npm run typecheck' },
      acceptanceCriteria: ['doubles are told'],
      done: 'Doubles are told.',
    },
  ],
  verification: ['it passes'],
  successCriteria: ['Doubles are told.'],
}

let whole: PipelineWithModel
let database: TestDatabase
let pipeline: Pipeline
let org: string
let vendor: FakeVendor

beforeAll(async () => {
  whole = await pipelineWithModel('models')
  ;({ database, pipeline } = whole)
}, 60_000)
beforeEach(async () => {
  org = await database.newWorkspace()
})
afterEach(() => vendor.close())
afterAll(() => whole.close())

/** The owner of the workspace has entered this model. @param apiKey that the vendor takes */
async function withModel(script: FakeScript, apiKey?: string): Promise<void> {
  vendor = await chooseModel(database.storage, org, script, apiKey)
}

const messagesOf = (featureId: string) => database.storage.inWorkspace(org, ({ messages }) => messages.list(featureId))
/** The conversation, once it has that many messages. */
const untilMessages = (featureId: string, count: number) =>
  until(database.storage, org, async ({ messages }) => {
    const list = await messages.list(featureId)
    return list.length >= count ? list : undefined
  })
const eventsOf = (featureId: string, ...types: string[]) =>
  database.storage.inWorkspace(org, ({ events }) => events.after(0, { featureId, types, limit: 1_000 }))

test('a model asks, listens, writes the spec and plans only what has to be coded; everything is in the ledger', async () => {
  await withModel(
    byAgent({
      'business-analyst': (_, nth) => ({
        json: {
          say: nth ? 'Then all is clear.' : 'A workshop, I see.',
          questions: nth ? [] : [question],
          brief: { ...brief, name: 'Spokes' },
          isReady: nth > 0,
        },
      }),
      'write-spec': (_, nth) =>
        nth ? { json: { ...spec, requirements: [...spec.requirements, byCode] } } : { text: '{"version": 1, "summary": "A work' },
      'name-app': () => ({ json: { name: 'Spokes', title: 'Bike repairs' } }),
      'write-plan': () => ({ json: { plans: [plan] } }),
    }),
  )
  const { feature } = await pipeline.createProject(org, { idea: IDEA })
  const [asked, said] = await untilMessages(feature.id, 2)
  expect(asked).toMatchObject({ role: 'user', content: IDEA })
  expect(said).toMatchObject({ role: 'assistant', content: 'A workshop, I see.', questions: [{ id: 'pickup' }] })

  const answered = await pipeline.say(org, { featureId: feature.id, text: '', answers: [{ questionId: 'pickup', values: ['yes'] }] })
  expect(answered).toMatchObject({ messages: [{ role: 'user', content: 'Yes' }], questions: [] })
  expect((await untilMessages(feature.id, 4)).at(-1)).toMatchObject({ role: 'assistant', content: 'Then all is clear.', questions: [] })
  expect(vendor.requests.at(-1)?.rawBody).toContain('Do you pick bikes up?')

  await pipeline.confirmBrief(org, feature.id)
  expect((await untilStatus(database.storage, org, feature.id, 'spec_ready', 'drafting')).title).toBe('Bike repairs')
  expect(await eventsOf(feature.id, 'writing')).not.toEqual([])
  await pipeline.approveSpec(org, feature.id)
  await untilStatus(database.storage, org, feature.id, 'plan_ready', 'spec_ready')
  const plans = await database.storage.inWorkspace(org, (stores) => stores.plans.list(feature.id))
  expect(plans.map(({ name }) => name)).toContain('02-01')
  expect(plans.filter(({ source }) => source.includes('REQ-90')).map(({ name }) => name)).toEqual(['02-01'])

  const receipt = await database.storage.inWorkspace(org, ({ ledger }) => ledger.receipt({ featureId: feature.id }))
  expect(receipt.total).toMatchObject({ calls: vendor.requests.length, unpricedCalls: 0 })
  expect(receipt.agents.map(({ agent }) => agent)).toEqual(['business-analyst', 'write-spec', 'name-app', 'write-plan'])
  expect(await eventsOf(feature.id, 'money-spent')).toHaveLength(vendor.requests.length)
})

test('where the model cannot be asked, the built-in analyst answers and says why', async () => {
  await withModel(() => ({ text: 'never' }), 'another key')
  const { feature } = await pipeline.createProject(org, { idea: IDEA })
  const said = (await untilMessages(feature.id, 2)).at(-1)
  expect(said?.content).toContain('refused the key')
  expect(said?.content).not.toContain('sk-planted')
  expect(said?.questions.length).toBeGreaterThan(0)
})

test('a spec that stays wrong leaves the brief open, and the analyst says so', async () => {
  await withModel(
    byAgent({
      'business-analyst': () => ({ json: { say: 'Clear.', questions: [], brief, isReady: true } }),
      'write-spec': () => ({ text: 'I would rather write a poem.' }),
    }),
  )
  const { feature } = await pipeline.createProject(org, { idea: IDEA })
  await untilMessages(feature.id, 2)
  await pipeline.confirmBrief(org, feature.id)
  const said = (await untilMessages(feature.id, 3)).at(-1)
  expect(said?.content).toContain('could not write the spec')
  expect((await database.storage.inWorkspace(org, ({ features }) => features.get(feature.id))).status).toBe('drafting')
  expect((await messagesOf(feature.id)).length).toBe(3)
})

test('a model writes the backlog: what it gets wrong is sent back, a part that stays wrong fails alone, and a retry makes only that one', async () => {
  const criteria = spec.requirements.flatMap((requirement) => requirement.criteria).slice(0, 2)
  const item = { description: 'In a few words.', effort: 'S', dependsOn: [], criteria }
  const ids = spec.requirements.map(({ id }) => id)
  const [first = '', ...others] = ids
  const epics = [
    { ...item, key: 'intake', title: 'Take repairs in', requirements: [first] },
    { ...item, key: 'all-else', title: 'Everything else', requirements: others },
  ]
  let isWilling = false
  await withModel(
    byAgent({
      'business-analyst': () => ({ json: { say: 'Clear.', questions: [], brief, isReady: true } }),
      'analyze-cards': () => ({
        json: {
          ideas: [
            {
              ids: ['1', '3'],
              title: 'Text messages',
              summary: 'Tell by text.',
              value: 5,
              effort: 'M',
              keep: true,
              reason: 'Asked for twice.',
            },
            { ids: ['2'], title: 'Robots', summary: 'Let robots repair.', value: 1, effort: 'XL', keep: false, reason: 'Out of scope.' },
          ],
        },
      }),
      'write-epics': (_, nth) => ({ json: { epics: nth ? epics : epics.slice(1), openQuestions: [] } }),
      'write-stories': ({ messages }) => {
        const isFirst = messages[0]?.text.includes('Take repairs in')
        const story = (requirement: string) => ({
          ...item,
          ...{ key: requirement.toLowerCase(), title: `Serve ${requirement}`, asA: 'a clerk', iWant: 'to do it', soThat: 'it is done' },
          requirement,
        })
        if (isFirst && !isWilling) return { text: 'No stories today.' }
        return { json: { stories: (isFirst ? [first] : others).map(story), openQuestions: [] } }
      },
      'write-subtasks': () => ({ json: { subtasks: [{ ...item, key: 'do-it', title: 'Do all of it' }] } }),
    }),
  )
  const { feature } = await pipeline.createProject(org, { idea: IDEA })
  await untilMessages(feature.id, 2)
  await database.storage.inWorkspace(org, ({ specs }) => specs.save(feature.id, spec, 0))
  await pipeline.backlog.addCards(org, feature.id, 'Text customers\nLet robots repair\nSend a text when ready')
  const ended = () =>
    until(database.storage, org, async ({ runs }) => {
      const all = await runs.newest(feature.id)
      return all.length > 0 && all.every(({ status }) => !isRunning(status)) ? all : undefined
    })

  await pipeline.backlog.generate(org, feature.id)
  const runs = await ended()
  expect(runs.map(({ stage, status, maker }) => [stage, status, maker])).toEqual([
    ['ANALYZE_CARDS', 'COMPLETED', 'house-model'],
    ['GENERATE_EPICS', 'COMPLETED', 'house-model'],
    ['GENERATE_STORIES', 'FAILED', 'house-model'],
    ['GENERATE_SUBTASKS', 'COMPLETED', 'house-model'],
  ])
  const failed = runs[2]?.items.find(({ status }) => status === 'FAILED')
  expect(failed).toMatchObject({ parentTitle: 'Take repairs in', errorMsg: expect.stringContaining('not JSON') })
  expect(failed?.tokensUsed).toBeGreaterThan(0)
  const view = await pipeline.backlog.view(org, feature.id)
  expect(view.cards.map(({ title, isKept, mergedIntoId }) => [title, isKept, mergedIntoId !== null])).toEqual([
    ['Text customers', true, false],
    ['Let robots repair', false, false],
    ['Send a text when ready', true, true],
  ])
  expect(view.epics.map(({ stories }) => stories.length)).toEqual([0, others.length])
  expect(view.epics[1]?.stories[0]?.description).toMatch(/^As a clerk, I want to do it, so that it is done\./)

  isWilling = true
  const before = vendor.requests.length
  await pipeline.backlog.retry(org, feature.id)
  expect((await ended()).map(({ status }) => status)).toEqual(['COMPLETED', 'COMPLETED', 'COMPLETED', 'COMPLETED'])
  expect(vendor.requests.length - before).toBe(2) // the stories of one epic, the subtasks of its story
})
