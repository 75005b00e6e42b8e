import { randomUUID } from 'node:crypto'
import { isFailure, type Ledger, ModelSettings, type Reservation, type RunScope, type Settlement, type SpendingCap } from '@slipway/domain'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runLedger, runRecording } from './run-of-models.ts'
import { type FilledWorkspace, filledWorkspace } from './testing/filled-workspace.ts'
import { type TestDatabase, testDatabase } from './testing/index.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

const NO_CAP: SpendingCap = { micros: null, tokens: null }
const reservation = (rest: Partial<Reservation> = {}): Reservation => ({
  key: 'k',
  agent: 'coder',
  role: 'coder',
  provider: 'anthropic',
  model: 'm',
  tokensMax: 100,
  microsMax: 100,
  retryOf: null,
  ...rest,
})
const settlement = (micros: number | null, rest: Partial<Settlement> = {}): Settlement => ({
  usage: { inputTokens: 50, cachedTokens: 20, cacheWriteTokens: 5, outputTokens: 10, isEstimated: false },
  micros,
  firstTokenMs: 5,
  durationMs: 9,
  result: 'reply',
  outcome: 'useful',
  ...rest,
})

/** A workspace with these caps, and a run in it. */
async function run(caps: Partial<ModelSettings['caps']> = {}) {
  const at = await filledWorkspace(database)
  await setCaps(at, caps, 0)
  const scope: RunScope = { projectId: at.project.id, featureId: at.feature.id, runId: at.job.id }
  return { at, scope, ledger: runLedger(database.storage, at.orgId, scope) }
}
const setCaps = (at: FilledWorkspace, caps: Partial<ModelSettings['caps']>, revision: number) =>
  at.inside(({ modelSettings }) =>
    modelSettings.save(ModelSettings.parse({ version: 1, caps: { run: NO_CAP, feature: NO_CAP, project: NO_CAP, ...caps } }), revision),
  )
const spentOf = ({ at, scope }: { at: FilledWorkspace; scope: RunScope }) => at.inside((stores) => stores.ledger.spent(scope))

/** A lane that works on and on until the cap ends it; how many calls it made. */
async function endless(ledger: Ledger, lane: string, cost: () => number): Promise<number> {
  for (let step = 0; ; step++) {
    try {
      const id = await ledger.reserve(reservation({ key: `${lane}/${step}` }))
      await ledger.settle(id, settlement(cost()))
    } catch (error) {
      if (isFailure(error, 'CAP_REACHED')) return step
      throw error
    }
  }
}

test.each(['run', 'feature', 'project'] as const)(
  'four endless lanes stop below the cap of a %s, 20 of 20',
  async (level) => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 1_500 }),
        fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1 }),
        async (cap, costs) => {
          const { at, scope } = await run({ [level]: { micros: cap, tokens: null } })
          let call = 0
          const cost = () => costs[call++ % costs.length] as number
          // Lanes of one run share its name; of a feature or project they are runs of their own, maybe in processes of their own.
          const lanes = Array.from({ length: 4 }, (_, lane) => {
            const runId = level === 'run' ? scope.runId : randomUUID()
            const featureId = level === 'project' && lane % 2 ? null : scope.featureId
            return endless(runLedger(database.storage, at.orgId, { ...scope, runId, featureId }), `lane-${lane}`, cost)
          })
          await Promise.all(lanes)
          const spent = (await spentOf({ at, scope }))[level]
          expect(spent.micros).toBeLessThanOrEqual(cap)
          expect(spent.micros).toBeGreaterThan(cap - 100 - 1)
        },
      ),
      { numRuns: 20 },
    )
  },
  120_000,
)

test('work for no project counts together, in a cap of its own, and in no project', async () => {
  const { at, scope, ledger } = await run({ project: { micros: 250, tokens: null } })
  const none = (runId: string) => runLedger(database.storage, at.orgId, { projectId: null, featureId: null, runId })
  await ledger.settle(await ledger.reserve(reservation()), settlement(90))
  await none('one').settle(await none('one').reserve(reservation()), settlement(90))
  await none('two').settle(await none('two').reserve(reservation()), settlement(90))
  await expect(none('three').reserve(reservation())).rejects.toMatchObject({ code: 'CAP_REACHED' })
  await ledger.reserve(reservation({ key: 'k2' }))
  expect((await spentOf({ at, scope })).project).toMatchObject({ micros: 190 })
  expect((await at.inside((stores) => stores.ledger.receipt({ runId: 'one' }))).total).toMatchObject({ calls: 1, micros: 90 })
})

test('a cap that is raised while the work waits lets it go on', async () => {
  const { at, ledger } = await run({ feature: { micros: 150, tokens: null } })
  await ledger.settle(await ledger.reserve(reservation()), settlement(90))
  await expect(ledger.reserve(reservation({ key: 'k2' }))).rejects.toThrow(
    'The cap of this feature is $0.00; $0.00 are spent or reserved, and the next call may take $0.00. Raise the cap to go on.',
  )
  await setCaps(at, { feature: { micros: 190, tokens: null } }, 1)
  await ledger.reserve(reservation({ key: 'k2' }))
})

test('an unknown price stays unknown: refused under a cap of money alone, counted in tokens, never a zero on the receipt', async () => {
  const { at, scope, ledger } = await run({ project: { micros: 1_000, tokens: null } })
  await expect(ledger.reserve(reservation({ microsMax: null }))).rejects.toMatchObject({ code: 'PRICE_UNKNOWN' })
  await setCaps(at, { project: { micros: 1_000, tokens: 250 } }, 1)
  const id = await ledger.reserve(reservation({ microsMax: null }))
  await ledger.settle(id, settlement(null))
  expect((await spentOf({ at, scope })).project).toEqual({ micros: 0, tokens: 60 })
  const [charge] = await at.inside((stores) => stores.ledger.charges({ runId: scope.runId, limit: 10 }))
  expect(charge).toMatchObject({ id, micros: null, microsMax: null, role: 'coder', usage: { inputTokens: 50, cachedTokens: 20 } })
  expect((await at.inside((stores) => stores.ledger.receipt({ runId: scope.runId }))).total).toMatchObject({ calls: 1, unpricedCalls: 1 })
})

test('what a dead process had reserved is counted in full once its work begins again, also when the cap then refuses', async () => {
  const { at, scope, ledger } = await run({ run: { micros: 250, tokens: null } })
  await ledger.reserve(reservation())
  const again = await ledger.reserve(reservation())
  await ledger.settle(again, settlement(20))
  await ledger.settle(again, settlement(99))
  const rows = await at.inside((stores) => stores.ledger.charges({ runId: scope.runId, limit: 10 }))
  expect(rows.map(({ micros, outcome, result }) => [micros, outcome, result])).toEqual([
    [20, 'useful', 'reply'],
    [100, 'wasted', 'cut'],
  ])
  await ledger.reserve(reservation({ key: 'k2' }))
  await expect(ledger.reserve(reservation({ key: 'k2' }))).rejects.toMatchObject({ code: 'CAP_REACHED' })
  expect((await at.inside((stores) => stores.ledger.receipt({ runId: scope.runId }))).wasted).toMatchObject({ calls: 2, micros: 200 })
})

test('the same key in another run is another call', async () => {
  const { at, scope, ledger } = await run()
  await ledger.reserve(reservation())
  const other = runLedger(database.storage, at.orgId, { ...scope, runId: 'other' })
  await other.settle(await other.reserve(reservation()), settlement(1))
  expect((await spentOf({ at, scope })).project.micros).toBe(101)
  expect(await at.inside((stores) => stores.ledger.closeRun(scope.runId))).toBe(1)
  expect(await at.inside((stores) => stores.ledger.closeRun(scope.runId))).toBe(0)
})

test('a receipt adds up per outcome and agent, and a verdict that comes later counts', async () => {
  const { at, scope, ledger } = await run()
  const pay = async (agent: string, micros: number, rest: Partial<Settlement> = {}) => {
    const id = await ledger.reserve(reservation({ agent, key: randomUUID() }))
    await ledger.settle(id, settlement(micros, rest))
    return id
  }
  const rejected = await pay('write-spec', 7)
  await ledger.judge(rejected, 'wasted')
  await pay('write-spec', 8, { outcome: 'retried' })
  await pay('coder', 30)
  const open = await ledger.reserve(reservation({ key: 'open' }))
  await ledger.judge(open, 'wasted')
  const receipt = await at.inside((stores) => stores.ledger.receipt({ featureId: at.feature.id }))
  expect(receipt).toMatchObject({
    useful: { calls: 1, micros: 30 },
    retried: { calls: 1, micros: 8 },
    wasted: { calls: 1, micros: 7 },
    total: { calls: 3, micros: 45, inputTokens: 150, cachedTokens: 60, outputTokens: 30 },
  })
  expect(receipt.agents.map(({ agent, sum }) => [agent, sum.micros])).toEqual([
    ['write-spec', 15],
    ['coder', 30],
  ])
  expect((await at.inside((stores) => stores.ledger.history(['coder', 'nobody']))).map(({ agent }) => agent)).toEqual(['coder'])
  expect((await spentOf({ at, scope })).run.micros).toBe(145)
})

test('every settled call is told by one event of its feature', async () => {
  const { at, ledger } = await run()
  const id = await ledger.reserve(reservation())
  await ledger.settle(id, settlement(3))
  await ledger.settle(id, settlement(3))
  const events = await at.inside((stores) => stores.events.after(0, { featureId: at.feature.id, types: ['money-spent'], limit: 10 }))
  expect(events.map(({ body }) => body)).toMatchObject([{ type: 'money-spent', agent: 'coder', micros: 3, projectId: at.project.id }])
})

test('a purged feature leaves its receipt with the project, and takes its conversations along', async () => {
  const { at, scope, ledger } = await run()
  await ledger.settle(await ledger.reserve(reservation()), settlement(3))
  await runRecording(database.storage, at.orgId, scope).put({ key: 'k' })
  await at.inside((stores) => stores.features.remove(at.feature.id))
  await at.inside((stores) => stores.features.purgeDeleted(new Date(Date.now() + 60_000)))
  expect((await at.inside((stores) => stores.ledger.receipt({ projectId: at.project.id }))).total.micros).toBe(3)
  expect(await runRecording(database.storage, at.orgId, scope).get('k')).toBeUndefined()
})

test('an exchange comes back as it was recorded, whatever the model said, and only in its run', async () => {
  const { at, scope } = await run()
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), fc.jsonValue(), async (text, value) => {
      const recording = runRecording<{ key: string; text: string; value: unknown }>(database.storage, at.orgId, scope)
      const exchange = { key: 'spec/write-spec/0', text: `${text}\u0000`, value: JSON.parse(JSON.stringify(value)) }
      await recording.put(exchange)
      expect(await recording.get(exchange.key)).toEqual(exchange)
    }),
    { numRuns: 30 },
  )
  expect(await runRecording(database.storage, at.orgId, { ...scope, runId: 'other' }).get('spec/write-spec/0')).toBeUndefined()
})

test('settings begin with nothing chosen, gain revisions, and a save on an old one is refused', async () => {
  const { inside } = await filledWorkspace(database)
  expect(await inside((stores) => stores.modelSettings.get())).toEqual({ settings: ModelSettings.parse({ version: 1 }), revision: 0 })
  const chosen = ModelSettings.parse({ version: 1, main: { provider: 'anthropic', model: 'x' } })
  expect(await inside((stores) => stores.modelSettings.save(chosen, 0))).toBe(1)
  await expect(inside((stores) => stores.modelSettings.save(chosen, 0))).rejects.toMatchObject({ code: 'CONFLICT' })
  expect(await inside((stores) => stores.modelSettings.save(chosen, 1))).toBe(2)
  await expect(inside((stores) => stores.modelSettings.save(chosen, 1))).rejects.toMatchObject({ code: 'CONFLICT' })
  expect(await inside((stores) => stores.modelSettings.get())).toEqual({ settings: chosen, revision: 2 })
})

test('a key is bound to its address: a row whose address was changed does not open', async () => {
  const { orgId, inside } = await filledWorkspace(database)
  const baseUrl = 'https://models.example/v1'
  expect(await inside((stores) => stores.secrets.put('openai-compatible', 'key-of-twelve-characters', baseUrl))).toMatchObject({ baseUrl })
  expect(await inside((stores) => stores.secrets.open('openai-compatible'))).toEqual({ key: 'key-of-twelve-characters', baseUrl })
  for (const changed of ['https://evil.example/v1', null]) {
    const client = await database.pool.connect()
    await client.query('begin')
    await client.query("select set_config('app.org_id', $1, true)", [orgId])
    await client.query('update secrets set base_url = $1', [changed])
    await client.query('commit')
    client.release()
    await expect(inside((stores) => stores.secrets.open('openai-compatible'))).rejects.toMatchObject({ code: 'VAULT_SEAL_BROKEN' })
  }
})
