/** Endless work under a cap of money: the real coder loop in parallel lanes, the real exchange, the ledger in PostgreSQL; only the vendor is scripted. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CoderResult, modelChooser, type RecordedExchange, runCoder } from '../packages/agents/src/index.ts'
import { type FakeVendor, folderSandbox, startFakeVendor } from '../packages/agents/src/testing/index.ts'
import { ModelSettings } from '../packages/domain/src/index.ts'
import { runLedger, runRecording } from '../packages/storage/src/index.ts'
import { type TestDatabase, testDatabase } from '../packages/storage/src/testing/index.ts'

const KEY = 'sk-fake-loopback-0123456789'
const PRICE = { input: 3, output: 15 }
const LANES = 4
const ROUNDS = 20
const CAP_MICROS = 200_000

let database: TestDatabase
let vendor: FakeVendor
/** Micro-dollars that the vendor would write on its bill. */
let billed = 0
/** The dearest single call. */
let dearest = 0
beforeAll(async () => {
  database = await testDatabase()
  vendor = await startFakeVendor(
    ({ index, messages }) => {
      const lane = /- (lane-\d)\.txt/.exec(messages[0]?.text ?? '')?.[1]
      const usage = { inputTokens: 2_000 + ((index * 37) % 500), outputTokens: 100 + ((index * 13) % 300) }
      const cost = usage.inputTokens * PRICE.input + usage.outputTokens * PRICE.output
      billed += cost
      dearest = Math.max(dearest, cost)
      return {
        calls: [
          { name: 'read', input: { path: `${lane}.txt` } },
          { name: 'write', input: { path: `${lane}.txt`, content: `${index}\n` } },
        ],
        usage,
      }
    },
    { apiKey: KEY },
  )
})
afterAll(async () => {
  await vendor.close()
  await database.close()
})

test(`planted endless work in ${LANES} parallel lanes is not billed more than the cap, ${ROUNDS} of ${ROUNDS}, and every lane says why it stopped`, {
  timeout: 240_000,
}, async () => {
  for (let round = 0; round < ROUNDS; round++) {
    billed = 0
    const { storage } = database
    const org = await database.newWorkspace()
    const caps = {
      run: { micros: null, tokens: null },
      feature: { micros: CAP_MICROS, tokens: null },
      project: { micros: null, tokens: null },
    }
    const settings = ModelSettings.parse({
      version: 1,
      main: { provider: 'openai-compatible', model: 'house-model' },
      prices: { 'openai-compatible/house-model': PRICE },
      caps,
    })
    const scope = await storage.inWorkspace(org, async ({ projects, features, modelSettings }) => {
      await modelSettings.save(settings, 0)
      const { id: projectId } = await projects.create({ name: 'Shop' })
      return { projectId, featureId: (await features.create({ projectId, title: 'First', idea: 'a shop for bikes' })).id }
    })
    const lane = async (number: number): Promise<CoderResult> => {
      // Runs of their own, as of processes of their own: they share nothing but the feature's cap in the database.
      const run = { ...scope, runId: `lane-${number}` }
      const sandbox = await folderSandbox()
      const modelOf = modelChooser({
        settings,
        keyOf: async () => ({ key: KEY, baseUrl: vendor.baseUrl }),
        ledger: runLedger(storage, org, run),
        known: () => null,
        recording: runRecording<RecordedExchange>(storage, org, run),
      })
      const task = { name: 'Endless', action: '', acceptanceCriteria: [], done: '', verify: ['false'], writable: [`lane-${number}.txt`] }
      const options = { key: 'task', debugId: 'dbg', plan: '', notes: null, findings: [], task, signal: new AbortController().signal }
      try {
        return await runCoder({ model: await modelOf('coder'), sandbox, limits: { outputTokens: 500 } }, options)
      } finally {
        await sandbox.stop()
      }
    }
    const results = await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)))
    expect(results.map(({ kind }) => kind)).toEqual(Array(LANES).fill('stopped'))
    const { total } = await storage.inWorkspace(org, ({ ledger }) => ledger.receipt({ featureId: scope.featureId }))
    expect(total.micros).toBe(billed)
    expect(billed).toBeLessThanOrEqual(CAP_MICROS)
    // It stops for the cap and not for something else: not much more than one call's reservation per lane is left.
    expect(billed).toBeGreaterThan(CAP_MICROS - LANES * 4 * dearest)
  }
})
