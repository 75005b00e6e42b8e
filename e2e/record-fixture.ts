/** Makes the recording that the tests replay: a whole run with the scripted model that errs, recorded as its owner would. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FakeVendor, startFakeVendor } from '../packages/agents/src/testing/index.ts'
import { createClient, type FeatureView, isRunning, ModelSettings } from '../packages/domain/src/index.ts'
import { erringModel, IDEA } from './erring-model.ts'
import { type RunningSlipway, run, startSlipway } from './slipway.ts'

const KEY = 'sk-planted-0123456789abcdef'
const ROOT = join(import.meta.dirname, '..')
export const FIXTURE = join(import.meta.dirname, 'recordings/bike-repairs.jsonl.gz')

/** The command line of the project, on the data of a running server. */
export const slipwayCommand = (folder: string, ...args: string[]) =>
  run(process.execPath, [join(ROOT, 'apps/cli/src/main.ts'), ...args], { cwd: ROOT, env: { SLIPWAY_DATA: folder } })

/** The way of an owner who comments, edits and asks for a backlog. @returns the feature, built */
export async function walk(slipway: RunningSlipway, vendor: FakeVendor): Promise<FeatureView> {
  const headers = { authorization: `Bearer ${readFileSync(join(slipway.folder, 'cli-token'), 'utf8').trim()}` }
  const client = createClient({ fetch, baseUrl: slipway.url, headers: () => headers })
  /** Asks again after every event, until there is an answer. */
  const until = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
    const gone = new AbortController()
    const events = await fetch(`${slipway.url}/api/events?after=0`, { headers, signal: gone.signal })
    try {
      for await (const _ of events.body ?? []) {
        const found = await look()
        if (found !== undefined) return found
      }
    } finally {
      gone.abort()
    }
    throw new Error('the stream of events ended')
  }
  await client.saveApiKey({ provider: 'openai-compatible', key: KEY, baseUrl: vendor.baseUrl })
  const main = { provider: 'openai-compatible', model: 'house-model' } as const
  const prices = { 'openai-compatible/house-model': { input: 1, output: 4 } }
  await client.saveModelSettings({ settings: ModelSettings.parse({ version: 1, main, prices }), revision: 0 })

  const { feature } = await client.createProject({ idea: IDEA })
  const at = { id: feature.id }
  const view = () => client.getFeature(at)
  const reaches = (status: string) =>
    until(async () => {
      const seen = await view()
      return seen.feature.status === status ? seen : undefined
    })
  await until(async () => ((await client.getChat({ featureId: feature.id })).messages.length > 1 ? true : undefined))
  const { brief } = await view()
  if (brief) await client.saveBrief({ ...at, brief: { ...brief, assumptions: [...brief.assumptions, 'One workshop, one till.'] } })
  await client.confirmBrief(at)
  await reaches('spec_ready')
  await client.reviseSpec({ ...at, comment: 'Tell the odd ones at once' })
  await reaches('spec_ready')
  await client.generateBacklog(at)
  await until(async () => {
    const { runs } = await client.getBacklog(at)
    return runs.length > 0 && runs.every(({ status }) => !isRunning(status)) ? true : undefined
  })
  await client.approveSpec(at)
  const { plans, planRevision } = await reaches('plan_ready')
  const last = plans.at(-1)
  if (last)
    await client.savePlan({ ...at, name: last.name, source: last.source.replace('It counts.', 'It counts well.'), revision: planRevision })
  await client.approvePlan(at)
  return reaches('built')
}

/** A server and the scripted vendor; both are down when this returns. */
export async function withRecordedRun<T>(
  work: (run: { slipway: RunningSlipway; vendor: FakeVendor; view: FeatureView }) => Promise<T>,
): Promise<T> {
  const vendor = await startFakeVendor(erringModel(), { apiKey: KEY, models: ['house-model'] })
  const slipway = await startSlipway()
  try {
    return await work({ slipway, vendor, view: await walk(slipway, vendor) })
  } finally {
    await slipway.stop()
    await vendor.close()
  }
}

if (process.argv[1] === import.meta.filename) {
  await withRecordedRun(async ({ slipway, view }) => {
    process.stdout.write(await slipwayCommand(slipway.folder, 'record', view.feature.id, '--out', FIXTURE))
  })
}
