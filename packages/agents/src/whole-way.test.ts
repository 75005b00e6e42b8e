import { readFileSync } from 'node:fs'
import { type Brief, ModelSettings, type Spec } from '@slipway/domain'
import { parsePlan } from '@slipway/plan'
import { afterEach, expect, test } from 'vitest'
import type { AnalystTurn } from './agents/business-analyst.ts'
import {
  businessAnalyst,
  diffHash,
  fixImports,
  knownPrices,
  memoryLedger,
  modelChooser,
  nameApp,
  planDocuments,
  planner,
  receiptOf,
  reviewer,
  runAgent,
  runCoder,
  streamField,
  writeEpics,
  writePlan,
  writeSpec,
  writeStories,
  writeSubtasks,
} from './index.ts'
import { agentOf, byAgent, folderSandbox, startFakeVendor } from './testing/index.ts'

const KEY = 'sk-planted-0123456789abcdef'
const { brief, spec } = JSON.parse(readFileSync(new URL('./agents/samples/tables.json', import.meta.url), 'utf8')) as {
  brief: Brief
  spec: Spec
}
const toBuild = { ...spec, requirements: spec.requirements.map((requirement) => ({ ...requirement, delivery: 'model' })) }

const cleanup: (() => Promise<unknown>)[] = []
afterEach(async () => {
  await Promise.all(cleanup.splice(0).map((clean) => clean()))
})

const item = { description: 'What it is.', effort: 'S', dependsOn: [] }
const criteria = [0, 1].map((number) =>
  Object.fromEntries([
    ['given', `table ${number}`],
    ['when', 'it is booked'],
    ['then', 'it is taken'],
  ]),
)
const plan = {
  phase: '01-booking',
  plan: '01',
  wave: 1,
  dependsOn: [],
  filesModified: ['server/book.mjs'],
  requirements: ['REQ-01'],
  objective: 'A table is booked once.',
  context: [],
  mustHaves: {
    truths: ['A taken table is refused.'],
    artifacts: [{ path: 'server/book.mjs', provides: 'booking', contains: ['book'] }],
    keyLinks: [],
  },
  tasks: [
    {
      name: 'Refuse a taken table',
      files: ['server/book.mjs'],
      action: 'book(day, table, taken) returns false when taken has it.',
      verify: { automated: 'node tests/book.mjs' },
      acceptanceCriteria: ['a taken table is refused'],
      done: 'Tables are booked once.',
    },
  ],
  verification: ['the test passes'],
  successCriteria: ['Tables are booked once.'],
}
const APP = {
  'server/book.mjs': 'export const book = () => true\n',
  'tests/book.mjs':
    "import { book } from '../server/book.mjs'\nif (book('today', 4, [4])) { console.error('Error: a taken table was booked'); process.exit(1) }\n",
}

test('from words to a reviewed change, with a model that makes mistakes on the way, and its key nowhere but in the header', async () => {
  const question = {
    id: 'seats',
    text: 'How many seats?',
    why: '',
    options: [
      { value: 'few', label: 'Few' },
      { value: 'many', label: 'Many' },
    ],
    isMultiple: false,
    defaults: ['few'],
  }
  const script = byAgent({
    'business-analyst': (_, nth) => ({
      json: { say: nth ? 'Thank you, that is all.' : 'A place to book tables.', questions: nth ? [] : [question], brief, isReady: nth > 0 },
    }),
    'write-spec': (_, nth) => (nth === 0 ? { text: 'Here is your spec: {"version": 1,' } : { json: toBuild }),
    'name-app': () => ({ json: { name: 'Tables', title: 'Table booking' } }),
    'write-epics': () => ({
      json: { epics: [{ ...item, key: 'booking', title: 'Booking tables', requirements: ['REQ-01'], criteria }], openQuestions: [] },
    }),
    'write-stories': (_, nth) => ({
      json: {
        stories: [
          {
            ...item,
            key: 'book',
            title: 'Book a table',
            asA: 'guest',
            iWant: 'to book',
            soThat: 'I sit',
            requirement: nth ? 'REQ-01' : 'REQ-99',
            criteria,
          },
        ],
        openQuestions: [],
      },
    }),
    'write-subtasks': () => ({ json: { subtasks: [{ ...item, key: 'rule', title: 'Refuse a taken table', criteria }] } }),
    'write-plan': (_, nth) => ({ json: { plans: [nth ? plan : { ...plan, filesModified: ['server/other.mjs'] }] } }),
    planner: () => ({ json: { approach: 'Look into taken.', readFirst: ['server/book.mjs'], steps: ['Change book.'], risks: [] } }),
    coder: ({ messages }, nth) =>
      [
        { calls: [{ name: 'read', input: { path: 'server/book.mjs' } }] },
        {
          calls: [
            { name: 'write', input: { path: 'tests/book.mjs', content: '' } },
            { name: 'edit', input: { path: 'server/book.mjs', edits: [{ old: '() => true', new: '(day, table) => table !== 5' }] } },
          ],
        },
        { text: 'Done.' },
        { calls: [{ name: 'read', input: { path: 'server/book.mjs' } }] },
        {
          calls: [
            {
              name: 'write',
              input: { path: 'server/book.mjs', content: 'export const book = (_day, table, taken) => !taken.includes(table)\n' },
            },
          ],
        },
        { text: `Done after ${messages.length} messages.` },
      ][nth] ?? { text: 'Done.' },
    reviewer: () => ({ json: { criteria: [{ number: 1, isMet: true, where: 'server/book.mjs:1' }], findings: [], verdict: 'approve' } }),
  })
  const vendor = await startFakeVendor(script, { apiKey: KEY })
  const sandbox = await folderSandbox(APP)
  cleanup.push(vendor.close, () => sandbox.stop())

  const ledger = memoryLedger([{ scope: 'feature', micros: 20_000_000, tokens: null }])
  const main = { provider: 'openai-compatible' as const, model: 'house-model' }
  const settings = ModelSettings.parse({
    version: 1,
    main,
    roles: { reviewer: { provider: 'anthropic', model: 'fake-reviewer' } },
    prices: { 'openai-compatible/house-model': { input: 1, output: 4 }, 'anthropic/fake-reviewer': { input: 2, output: 8 } },
  })
  const modelOf = modelChooser({ settings, keyOf: async () => ({ key: KEY, baseUrl: vendor.baseUrl }), ledger, known: await knownPrices() })
  const options = (key: string) => ({ key, signal: new AbortController().signal, ledger })

  const said: string[] = []
  const conversation = [{ role: 'user' as const, text: 'I want guests to book tables.' }]
  const onPart = streamField('say', { onText: (text) => said.push(text), onRestart: () => said.splice(0) })
  const first = await runAgent(businessAnalyst, { conversation, brief: null, asked: [] }, await modelOf('analyst'), {
    ...options('chat/1'),
    onPart,
  })
  expect(said.join('')).toBe('A place to book tables.')
  const turn = (first as { value: AnalystTurn }).value
  const asked = turn.questions.map((own) => ({ question: own, answer: { questionId: own.id, values: ['few'] } }))
  const second = await runAgent(businessAnalyst, { conversation, brief: turn.brief, asked }, await modelOf('analyst'), options('chat/2'))
  expect(second).toMatchObject({ kind: 'answer', value: { isReady: true } })

  const specified = await runAgent(writeSpec, { brief: turn.brief }, await modelOf(writeSpec.role), options('spec'))
  expect(specified).toMatchObject({ kind: 'answer', repairs: 1 })
  const written = (specified as { value: Spec }).value
  expect(await runAgent(nameApp, { brief }, await modelOf(nameApp.role), options('name'))).toMatchObject({
    value: { title: 'Table booking' },
  })

  const { summary, requirements } = written
  const writer = await modelOf('writer')
  const epics = await runAgent(writeEpics, { summary, requirements, ideas: [], existing: [] }, writer, options('epics'))
  const epic = epics.kind === 'answer' ? epics.value.epics[0] : undefined
  if (!epic) throw new Error('no epic')
  const stories = await runAgent(writeStories, { summary, requirements, epic, existing: [] }, writer, options('stories/E1'))
  expect(stories).toMatchObject({ kind: 'answer', repairs: 1 })
  const story = stories.kind === 'answer' ? stories.value.stories[0] : undefined
  if (!story) throw new Error('no story')
  expect(await runAgent(writeSubtasks, { summary, story, existing: [] }, writer, options('subtasks/E1S1'))).toMatchObject({
    kind: 'answer',
  })

  const tree = Object.keys(APP)
  const plans = await runAgent(writePlan, { spec: written, tree }, writer, options('plan'))
  expect(plans).toMatchObject({ kind: 'answer', repairs: 1 })
  const [document] = planDocuments(plans.kind === 'answer' ? plans.value.plans : [])
  if (!document) throw new Error('no plan')
  const task = parsePlan(document.source).plan.tasks[0]
  if (!task) throw new Error('no task')

  const notes = await runAgent(planner, { plan: document.source, task, tree }, await modelOf('planner'), options('task/notes'))
  const coded = await runCoder(
    { model: await modelOf('coder'), sandbox, fixers: [fixImports] },
    {
      ...options('task'),
      debugId: 'dbg_1',
      plan: document.source,
      notes: notes.kind === 'answer' ? notes.value : null,
      findings: [],
      task: { ...task, verify: task.verify?.automated ?? [], writable: plan.filesModified },
    },
  )
  expect(coded).toMatchObject({ kind: 'done', changed: ['server/book.mjs'], lastVerification: { passed: true } })
  if (coded.kind !== 'done') return
  const evidence = JSON.stringify(coded.lastVerification)
  const review = await runAgent(
    reviewer,
    { task: task.action, acceptanceCriteria: task.acceptanceCriteria, diff: coded.diff, evidence },
    await modelOf('reviewer'),
    options('task/review'),
  )
  expect(review).toMatchObject({ kind: 'answer', value: { verdict: 'approve' } })
  expect(diffHash(coded.diff)).toMatch(/^[0-9a-f]{64}$/)

  const receipt = receiptOf(ledger.charges)
  expect(receipt.total).toMatchObject({ calls: vendor.requests.length, unpricedCalls: 0 })
  const others = vendor.requests.filter((request) => agentOf(request) !== 'coder')
  expect(others.every(({ tools, model }) => tools.length === 0 || (model === 'fake-reviewer' && tools.join() === 'json'))).toBe(true)
  expect([receipt.wasted.calls, receipt.retried.calls]).toEqual([3, 3])
  expect(vendor.requests.filter(({ model }) => model === 'fake-reviewer')).toHaveLength(1)
  const everything = JSON.stringify([vendor.requests.map(({ rawBody }) => rawBody), ledger.charges, coded, review, settings])
  expect(everything).not.toContain('sk-planted')
})

test('what is missing is said, and where to enter it', async () => {
  const source = { ledger: memoryLedger([]), known: () => null, keyOf: async () => undefined }
  const choose = (settings: object) => modelChooser({ ...source, settings: ModelSettings.parse({ version: 1, ...settings }) })('coder')
  await expect(choose({})).rejects.toThrow('No model can be asked: none is chosen. Open Settings')
  await expect(choose({ main: { provider: 'openai', model: 'x' } })).rejects.toThrow('there is no key for OpenAI')
  await expect(choose({ main: { provider: 'openai-compatible', model: 'x' } })).rejects.toThrow('needs a base URL')
  await expect(choose({ main: { provider: 'ollama', model: 'x' } })).resolves.toMatchObject({ provider: 'ollama', model: 'x' })
})
