import { byAgent, type FakeVendor } from '@slipway/agents/testing'
import { analyse, writeSpec } from '@slipway/blueprint'
import { type RecordedPicture, RecordingHeader } from '@slipway/domain'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { chooseModel, MODEL_KEY, type PipelineWithModel, pipelineWithModel } from '../testing/pipeline-with-model.ts'
import { until, untilStatus } from '../testing/until.ts'
import type { ExchangeLine } from './record-run.ts'

const IDEA = 'Track repairs in a bike workshop with customers and bikes'
const { brief } = analyse(IDEA)
const spec = writeSpec(brief, IDEA)
/** One pixel. */
const PICTURE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

let whole: PipelineWithModel
let vendor: FakeVendor | undefined
beforeAll(async () => {
  whole = await pipelineWithModel('recordings')
}, 60_000)
afterEach(async () => {
  await vendor?.close()
  vendor = undefined
})
afterAll(() => whole.close())

async function recorded(org: string, featureId: string) {
  const { fileName, lines } = await whole.pipeline.record(org, { featureId, version: '1.2.3' })
  let text = ''
  for await (const line of lines) text += line
  const [first, ...rest] = text.trimEnd().split('\n')
  const read = rest.map((line) => JSON.parse(line) as Partial<RecordedPicture & ExchangeLine>)
  return { fileName, text, header: RecordingHeader.parse(JSON.parse(first ?? '')), rest: read }
}
const answered = (org: string, featureId: string, count: number) =>
  until(whole.database.storage, org, async ({ messages }) =>
    (await messages.list(featureId)).filter(({ role }) => role === 'assistant').length >= count ? true : undefined,
  )

test('a run is one file: what was done, the pictures, every exchange under its act, and no key', async () => {
  const org = await whole.database.newWorkspace()
  vendor = await chooseModel(
    whole.database.storage,
    org,
    byAgent({
      'business-analyst': () => ({ json: { say: 'Clear.', questions: [], brief, isReady: true } }),
      'write-spec': ({ messages }) => (messages.length === 1 ? { text: 'Let me think.' } : { json: spec }),
      'name-app': () => ({ json: { name: 'Spokes', title: 'Bike repairs' } }),
    }),
  )
  const { feature } = await whole.pipeline.createProject(org, { idea: IDEA, images: [{ base64: PICTURE }] })
  await answered(org, feature.id, 1)
  await whole.pipeline.say(org, { featureId: feature.id, text: `My key is ${MODEL_KEY}, is it?`, answers: [] })
  await answered(org, feature.id, 2)
  await whole.pipeline.confirmBrief(org, feature.id)
  await untilStatus(whole.database.storage, org, feature.id, 'spec_ready')

  const { fileName, text, header, rest } = await recorded(org, feature.id)
  expect(fileName).toBe('bike-repairs.slipway-run.jsonl')
  expect(header).toMatchObject({
    slipway: { version: '1.2.3', steps: 'tests' },
    models: { main: { model: 'house-model' } },
    leftOut: [],
    end: { status: 'spec_ready', stages: { plan: null, code: null } },
  })
  expect(header.acts.map(({ act }) => act.kind)).toEqual(['tell-idea', 'say', 'confirm-brief'])
  expect(rest.filter(({ picture }) => picture).map(({ base64 }) => base64)).toEqual([PICTURE])
  const exchanges = rest.flatMap(({ act, exchange }) => (exchange ? [`${act} ${exchange.key}`] : []))
  expect(exchanges).toEqual([
    ...['1 turn/business-analyst/0', '2 turn/business-analyst/0'],
    ...['3 spec/write-spec/0', '3 spec/write-spec/1', '3 title/name-app/0'],
  ])
  expect(text).not.toContain(MODEL_KEY)
  expect(text).toContain('My key is [key], is it?')
})

test('what is at work is not recorded, nor is what belongs to others', async () => {
  const org = await whole.database.newWorkspace()
  let answer: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    answer = resolve
  })
  vendor = await chooseModel(whole.database.storage, org, async (request) => {
    if (request.system.includes('business analyst')) return { text: JSON.stringify({ say: 'Clear.', questions: [], brief, isReady: true }) }
    await held
    return { text: JSON.stringify(spec) }
  })
  const { feature } = await whole.pipeline.createProject(org, { idea: IDEA })
  await whole.pipeline.confirmBrief(org, feature.id)
  await expect(recorded(org, feature.id)).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  await expect(recorded(await whole.database.newWorkspace(), feature.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  answer()
  await untilStatus(whole.database.storage, org, feature.id, 'spec_ready', 'drafting')
})
