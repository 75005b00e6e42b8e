import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { agentOf, type FakeVendor, startFakeVendor } from '../packages/agents/src/testing/index.ts'
import type { FeatureMoney, FeatureView } from '../packages/domain/src/index.ts'
import { treeHash, unpackFiles } from '../packages/workflows/src/archive.ts'
import { readRecording } from '../packages/workflows/src/index.ts'
import { CRITERIA_TEST, erringModel, SAFE } from './erring-model.ts'
import { askPage, downloadedZip, enterKey, shownFeature, walkToReady } from './model-walk.ts'
import { consoleErrors, openBrowser, type RunningSlipway, startSlipway } from './slipway.ts'

const KEY = 'sk-planted-0123456789abcdef'

let slipway: RunningSlipway
let vendor: FakeVendor
let browser: Browser
let page: Page
let errors: string[]

beforeAll(async () => {
  vendor = await startFakeVendor(erringModel(), { apiKey: KEY, models: ['house-model'] })
  slipway = await startSlipway()
  browser = await openBrowser()
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  page.setDefaultTimeout(30_000)
  errors = consoleErrors(page)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await slipway?.stop()
  await vendor?.close()
}, 60_000)

const button = (name: string | RegExp) => page.getByRole('button', { name })

test('with a key of the owner, a model that errs on the way comes from words to a verified app, and what it could not do is told', {
  timeout: 420_000,
}, async () => {
  await enterKey(page, slipway.url, { baseUrl: vendor.baseUrl, key: KEY })
  await walkToReady(page, slipway.url, 300_000)
  const stages = page.getByRole('navigation', { name: 'Stages' })

  await stages.getByRole('link', { name: /^Spec/ }).click()
  await page.getByRole('link', { name: 'History' }).click()
  await page.getByText('Revised by house-model').waitFor()
  expect(await page.locator('ins').allTextContents()).toContain(' at once')
  await page.getByRole('link', { name: 'Close the history' }).click()
  await stages.getByRole('link', { name: /^Build/ }).click()

  const agents = vendor.requests.map((request) => agentOf(request))
  const count = (agent: string) => agents.filter((one) => one === agent).length
  expect([count('business-analyst'), count('write-spec'), count('write-epics'), count('write-plan'), count('reviewer')]).toEqual([
    2, 3, 2, 2, 1,
  ])

  const featureId = shownFeature(page)
  const view = await askPage<FeatureView>(page, `/api/features/${featureId}`)
  const verdicts = (requirement: string) => view.evidence.filter((row) => row.requirement === requirement).map(({ verdict }) => verdict)
  expect(new Set(verdicts('REQ-90'))).toEqual(new Set(['satisfied']))
  expect(verdicts('REQ-91')).toContain('violated')
  const said = JSON.stringify(view.evidence)
  expect(said).toContain('written without having seen the code')
  expect(said).toContain('Slow on long lists (server/doubles.ts:2) was closed')

  const files = unpackFiles(await downloadedZip(page))
  expect(Buffer.from(files['server/doubles.ts'] ?? '').toString()).toBe(SAFE)
  expect(Buffer.from(files['tests/doubles-criteria.test.ts'] ?? '').toString()).toBe(CRITERIA_TEST)
  expect(Object.keys(files)).not.toContain('server/odd.ts')
  expect(Buffer.from(files['package.json'] ?? '').toString()).toContain('vitest')

  const money = await askPage<FeatureMoney>(page, `/api/features/${featureId}/money`)
  expect(money.receipt.total).toMatchObject({ calls: vendor.requests.length, unpricedCalls: 0 })
  expect(money.receipt.wasted.calls).toBeGreaterThan(3)
  expect(errors).toEqual([])
})

test('a second build of the same plan pays for no task that was written before', { timeout: 300_000 }, async () => {
  const paid = () =>
    vendor.requests.filter(
      (request) => ['tester', 'security'].includes(agentOf(request) ?? '') || request.messages[0]?.text.includes('Write doubles'),
    ).length
  const before = paid()
  await button('Build again').click()
  await page
    .getByText(/\bv2\b/)
    .first()
    .waitFor({ timeout: 280_000 })
  expect(paid()).toBe(before)
})

test('the run with both builds is one file, downloaded where its cost is shown', async () => {
  await page.goto(`${slipway.url}/features/${shownFeature(page)}/money`)
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download recording' }).click()])
  expect(download.suggestedFilename()).toBe('bike-repairs.slipway-run.jsonl')
  const { header, exchanges } = await readRecording(await download.path())
  expect(header.acts.map(({ act }) => act.kind)).toEqual([
    ...['tell-idea', 'confirm-brief', 'revise-spec', 'make-backlog', 'approve-spec', 'build', 'build'],
  ])
  expect(header.end).toMatchObject({ status: 'built', stages: { code: treeHash(unpackFiles(await downloadedZip(page))) } })
  expect(exchanges.size).toBe(vendor.requests.length)
  expect([...exchanges.keys()].filter((key) => /[0-9a-f]{8}-[0-9a-f]{4}/.test(key))).toEqual([])
  expect(errors).toEqual([])
})
