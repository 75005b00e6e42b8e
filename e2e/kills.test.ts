/** The way with a model that errs, in a browser and in real sandboxes, while its worker is killed again and again. */
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import pg from 'pg'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FakeVendor, startFakeVendor } from '../packages/agents/src/testing/index.ts'
import type { FeatureView } from '../packages/domain/src/index.ts'
import { EVENTS_CHANNEL } from '../packages/storage/src/events.ts'
import { type RunningPostgres, startPostgres } from '../packages/storage/src/index.ts'
import { unpackFiles } from '../packages/workflows/src/archive.ts'
import { numbers } from '../packages/workflows/src/testing/numbers.ts'
import { CRITERIA_TEST, erringModel, SAFE } from './erring-model.ts'
import { askPage, downloadedZip, enterKey, shownFeature, walkToReady } from './model-walk.ts'
import { openBrowser, type RunningSlipway, startSlipway, startWorker } from './slipway.ts'

const KEY = 'sk-planted-0123456789abcdef'
const KILLS = 30
/** Parents of a backlog, or plans, that are at work at once. */
const LANES = 4

let slipway: RunningSlipway
let database: RunningPostgres
let ear: pg.Client
let vendor: FakeVendor
let browser: Browser
let page: Page
let worker: ChildProcess | undefined
let received = 0
let onSign: (sign: 'asked' | 'answered' | 'event') => void = () => undefined

beforeAll(async () => {
  const script = erringModel()
  vendor = await startFakeVendor(
    async (request) => {
      received++
      onSign('asked')
      const reply = await script(request)
      setImmediate(() => onSign('answered'))
      // By its count of tokens each answer is known in the record.
      return { ...reply, usage: { inputTokens: 1_000 + request.index, outputTokens: 10 } }
    },
    { apiKey: KEY, models: ['house-model'] },
  )
  slipway = await startSlipway(undefined, { SLIPWAY_ROLE: 'server' })
  database = await startPostgres({ folder: join(slipway.folder, 'postgres') })
  ear = new pg.Client({ connectionString: database.adminUrl })
  await ear.connect()
  ear.on('notification', () => onSign('event'))
  await ear.query(`listen ${EVENTS_CHANNEL}`)
  browser = await openBrowser()
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  page.setDefaultTimeout(300_000)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  worker?.kill('SIGTERM')
  await ear?.end()
  await database?.stop()
  await slipway?.stop()
  await vendor?.close()
}, 60_000)

/** Indexes of the requests whose answers are kept. */
async function recorded(): Promise<Set<number>> {
  const { rows } = await ear.query<{ tokens: number }>(
    `select (exchange::json->'reply'->'usage'->>'inputTokens')::int as tokens from model_exchanges`,
  )
  return new Set(rows.map(({ tokens }) => tokens - 1_000))
}

/** Calls in flight at a kill: asked, and perhaps answered, but not kept. */
const lost = new Set<number>()
let kills = 0

/** Lives of a worker, each ended at a point that chance chooses; the last one is left alone. */
async function liveAndDie(): Promise<void> {
  const chance = numbers(20_261_121)
  const draw = (count: number) => chance.next().value % count
  let known = new Set<number>()
  while (kills < KILLS) {
    const sign = (['asked', 'answered', 'event'] as const)[draw(3)]
    let left = sign === 'event' ? 1 + draw(12) : 1
    const living = startWorker(slipway.folder)
    worker = living
    onSign = (seen) => {
      if (seen === sign && --left === 0) living.kill('SIGKILL')
    }
    await new Promise((resolve) => living.once('exit', resolve))
    kills++
    const now = await recorded()
    expect([...known].filter((index) => !now.has(index))).toEqual([])
    const inFlight = Array.from({ length: received }, (_, index) => index).filter((index) => !now.has(index) && !lost.has(index))
    expect(inFlight.length).toBeLessThanOrEqual(LANES)
    for (const index of inFlight) lost.add(index)
    known = now
  }
  onSign = () => undefined
  worker = startWorker(slipway.folder)
}

async function walk(): Promise<void> {
  await enterKey(page, slipway.url, { baseUrl: vendor.baseUrl, key: KEY })
  do await walkToReady(page, slipway.url, 600_000)
  while (kills < KILLS)
}

test(`a worker killed at ${KILLS} points of the way pays no finished call twice, and the app is the one that it would be`, {
  timeout: 900_000,
}, async () => {
  await Promise.all([liveAndDie(), walk()])

  // Every call that came is in the record, or was in flight at a kill: a finished one that was paid again would stand there once.
  expect((await recorded()).size + lost.size).toBe(received)
  expect(received).toBeGreaterThan(KILLS)

  const { evidence } = await askPage<FeatureView>(page, `/api/features/${shownFeature(page)}`)
  const verdicts = (requirement: string) => evidence.filter((row) => row.requirement === requirement).map(({ verdict }) => verdict)
  expect(new Set(verdicts('REQ-90'))).toEqual(new Set(['satisfied']))
  expect(verdicts('REQ-91')).toContain('violated')

  const files = unpackFiles(await downloadedZip(page))
  expect(Buffer.from(files['server/doubles.ts'] ?? '').toString()).toBe(SAFE)
  expect(Buffer.from(files['tests/doubles-criteria.test.ts'] ?? '').toString()).toBe(CRITERIA_TEST)
  expect(Object.keys(files)).not.toContain('server/odd.ts')
  expect(Buffer.from(files['package.json'] ?? '').toString()).toContain('vitest')
})
