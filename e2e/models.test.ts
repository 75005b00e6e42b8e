import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { agentOf, type FakeVendor, startFakeVendor } from '../packages/agents/src/testing/index.ts'
import { unpackFiles } from '../packages/workflows/src/archive.ts'
import { COMMENT, CRITERIA_TEST, erringModel, IDEA, SAFE } from './erring-model.ts'
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
  await page.context().request.post(`${slipway.url}/api/first-visit`, { data: {}, headers: { origin: slipway.url } })
  await page.goto(`${slipway.url}/settings`)
  await page.getByLabel('Provider', { exact: true }).selectOption('openai-compatible')
  await page.getByLabel('Address of the server').fill(vendor.baseUrl)
  await page.getByLabel('Key', { exact: true }).fill(KEY)
  await button('Test').click()
  await page.getByText('It works').waitFor()
  await button(/^(Add key|Connect)$/).click()
  await page.getByText(`ends in ${KEY.slice(-4)}`).waitFor()
  await page.getByLabel('Provider of Main model').selectOption('openai-compatible')
  await page.getByLabel('Model of Main model').fill('house-model')
  await page.getByLabel('Own price of house-model, in,').fill('1')
  await page.getByLabel('Own price of house-model, out,').fill('4')
  await button('Save').click()
  await page.getByText('The model settings are saved.').waitFor()

  await page.goto(`${slipway.url}/new`)
  await page.getByLabel('What do you want to build?').fill(IDEA)
  await button('Start').click()
  await page.getByText('Customers, their bikes, and the repairs.').waitFor()
  await button('Confirm the brief').click()
  await page.getByText('Doubles are told').first().waitFor()
  await page.getByLabel('What should change in the spec?').fill(COMMENT)
  await button('Revise').click()
  await page.getByText('Revised the spec: REQ-91 changed.').waitFor()
  await page.getByText('revision 2', { exact: true }).waitFor()
  await page.getByRole('link', { name: 'History' }).click()
  await page.getByText('Revised by house-model').waitFor()
  expect(await page.locator('ins').allTextContents()).toContain(' at once')
  await page.getByRole('link', { name: 'Close the history' }).click()
  const stages = page.getByRole('navigation', { name: 'Stages' })
  await stages.getByRole('link', { name: /^Backlog/ }).click()
  await button('Generate the backlog').click()
  await page.getByText('Serve REQ-91').first().waitFor()
  await button('Try the failed ones again').or(button('Generate again')).first().waitFor()
  await stages.getByRole('link', { name: /^Spec/ }).click()
  await button('Approve the spec').click()
  await button('Approve and build').click()
  await page.waitForURL('**/build')
  await page.getByText('Ready', { exact: true }).first().waitFor({ timeout: 300_000 })

  const agents = vendor.requests.map((request) => agentOf(request))
  const count = (agent: string) => agents.filter((one) => one === agent).length
  expect([count('business-analyst'), count('write-spec'), count('write-epics'), count('write-plan'), count('reviewer')]).toEqual([
    2, 3, 2, 2, 1,
  ])

  const featureId = new URL(page.url()).pathname.split('/')[2]
  const view = JSON.parse((await page.evaluate(async (path) => (await fetch(path)).text(), `/api/features/${featureId}`)) as string)
  const verdicts = (requirement: string) =>
    view.evidence.filter((row: { requirement: string }) => row.requirement === requirement).map((row: { verdict: string }) => row.verdict)
  expect(new Set(verdicts('REQ-90'))).toEqual(new Set(['satisfied']))
  expect(verdicts('REQ-91')).toContain('violated')
  const said = JSON.stringify(view.evidence)
  expect(said).toContain('written without having seen the code')
  expect(said).toContain('Slow on long lists (server/doubles.ts:2) was closed')

  const zip = await page.evaluate(async (path) => {
    const bytes = new Uint8Array(await (await fetch(path)).arrayBuffer())
    return [...bytes]
  }, `/api/features/${featureId}/download`)
  const files = unpackFiles(Uint8Array.from(zip))
  expect(Buffer.from(files['server/doubles.ts'] ?? '').toString()).toBe(SAFE)
  expect(Buffer.from(files['tests/doubles-criteria.test.ts'] ?? '').toString()).toBe(CRITERIA_TEST)
  expect(Object.keys(files)).not.toContain('server/odd.ts')
  expect(Buffer.from(files['package.json'] ?? '').toString()).toContain('vitest')

  const money = JSON.parse((await page.evaluate(async (path) => (await fetch(path)).text(), `/api/features/${featureId}/money`)) as string)
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
