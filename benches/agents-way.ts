/** What a model's whole way costs, from a confirmed brief to ready, on the scripted model that errs: calls, tokens, share from the cache, by agent. */
import { startFakeVendor } from '@slipway/agents/testing'
import { ModelSettings } from '@slipway/domain'
import { erringModel, IDEA } from '../e2e/erring-model.ts'
import { openParts, waitFor } from './parts.ts'

const KEY = 'sk-bench-0123456789abcdef'
/** As a large model of today is priced, in dollars per million tokens. */
const PRICE = { input: 3, output: 15, cached: 0.3 }

const print = (figure: object) => process.stdout.write(`${JSON.stringify(figure)}\n`)
const vendor = await startFakeVendor(erringModel(), { apiKey: KEY })
const { storage, pipeline, close } = await openParts()
const org = 'org_bench_agents'
await storage.inWorkspace(org, async ({ secrets, modelSettings }) => {
  await secrets.put('openai-compatible', KEY, vendor.baseUrl)
  const main = { provider: 'openai-compatible', model: 'house-model' }
  await modelSettings.save(ModelSettings.parse({ version: 1, main, prices: { 'openai-compatible/house-model': PRICE } }), 0)
})
const { feature } = await pipeline.createProject(org, { idea: IDEA })
const reaches = (...statuses: string[]) =>
  waitFor(storage, org, async ({ features }) => statuses.includes((await features.get(feature.id)).status))
await waitFor(storage, org, async ({ messages }) => (await messages.list(feature.id)).length > 1)

const startedAt = performance.now()
await pipeline.confirmBrief(org, feature.id)
await reaches('spec_ready')
await pipeline.approveSpec(org, feature.id)
await reaches('plan_ready')
await pipeline.approvePlan(org, feature.id)
await reaches('built', 'build_failed')
const wallMs = Math.round(performance.now() - startedAt)

const { receipt, status } = await storage.inWorkspace(org, async ({ ledger, features }) => ({
  receipt: await ledger.receipt({ featureId: feature.id }),
  status: (await features.get(feature.id)).status,
}))
const figures = ({ calls, inputTokens, outputTokens, cachedTokens, micros }: typeof receipt.total) => ({
  ...{ calls, inputTokens, outputTokens },
  cachedShare: Math.round((cachedTokens / Math.max(1, inputTokens)) * 100) / 100,
  dollars: micros / 1_000_000,
})
for (const { agent, sum } of receipt.agents) print({ name: `brief to ready, ${agent}`, ...figures(sum) })
const { useful, retried, wasted } = receipt
print({
  name: 'brief to ready, all',
  status,
  ...figures(receipt.total),
  wallMs,
  useful: useful.calls,
  retried: retried.calls,
  wasted: wasted.calls,
})
await close()
await vendor.close()
