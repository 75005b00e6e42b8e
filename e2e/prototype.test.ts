import { mkdtempSync, readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { byAgent, startFakeVendor } from '../packages/agents/src/testing/index.ts'
import { unpackFiles } from '../packages/workflows/src/archive.ts'
import { bookingFile, FILE_KEY } from '../packages/workflows/src/prototypes/testing/booking-design.ts'
import { type LoopbackFigma, startLoopbackFigma, TOKEN } from '../packages/workflows/src/prototypes/testing/loopback-figma.ts'
import { consoleErrors, openBrowser, type RunningSlipway, startSlipway } from './slipway.ts'

const LINK = `https://www.figma.com/design/${FILE_KEY}/Bistro?node-id=1-2`
const KEY = 'sk-planted-0123456789abcdef'
const folder = mkdtempSync(join(tmpdir(), 'slipway-prototype-'))
const design = join(folder, 'bistro.json')
let figma: LoopbackFigma
let slipway: RunningSlipway
let browser: Browser
let context: BrowserContext
let page: Page
let errors: string[]

beforeAll(async () => {
  await writeFile(design, JSON.stringify(bookingFile()))
  figma = await startLoopbackFigma()
  slipway = await startSlipway(undefined, { SLIPWAY_FIGMA_API: figma.url })
  browser = await openBrowser()
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true })
  page = await context.newPage()
  page.setDefaultTimeout(20_000)
  errors = consoleErrors(page)
  // The owner of a fresh installation is made by the first visit.
  await page.goto(slipway.url)
  await context.request.post(`${slipway.url}/api/first-visit`, { data: {}, headers: { origin: slipway.url } })
}, 120_000)
afterAll(async () => {
  await browser.close()
  await slipway.stop()
  await figma.close()
  await rm(folder, { recursive: true, force: true })
}, 60_000)

const button = (name: string | RegExp) => page.getByRole('button', { name })
const live = () => page.frameLocator('iframe')

test('a file is handed in, a frame of it picked, and its live page lies where the design says', { timeout: 90_000 }, async () => {
  await page.goto(`${slipway.url}/prototype`)
  await page.getByLabel('Choose a file').setInputFiles(design)
  await button(/Book \/ Phone/).click()
  await button('Turn the frame into code').click()
  await live().getByRole('heading', { name: 'Book a table' }).waitFor()
  await page.getByText(/of \d+ layers lie within 2 px/).waitFor()
  expect(await page.getByTestId('comparison').textContent()).toContain('6 of 6 layers')
})

test('the live page has no rights: it sees neither cookies nor the page around it, and can load nothing', async () => {
  const frame = page.frames().find((one) => one.url().includes('/session/live'))
  const seen = await frame?.evaluate(async () => {
    const attempt = (work: () => unknown) => {
      try {
        return String(work())
      } catch (error) {
        return (error as Error).name
      }
    }
    const fetched = await fetch('/api/session').then(
      () => 'loaded',
      () => 'refused',
    )
    return { cookie: attempt(() => document.cookie), parent: attempt(() => parent.document.title), fetched, origin: self.origin }
  })
  expect(seen).toEqual({ cookie: 'SecurityError', parent: 'SecurityError', fetched: 'refused', origin: 'null' })
  errors.length = 0 // the refusals above are written to the console
})

test('overlay, other widths and the report are shown, by keyboard too', { timeout: 60_000 }, async () => {
  await button('Overlay').click()
  await page.getByLabel('Share of the live result').press('ArrowRight')
  await button('Live only').click()
  await page.getByLabel('Width of the window').selectOption('768')
  expect(await page.locator('iframe').evaluate((one) => one.clientWidth)).toBe(768)
  await page.getByRole('tab', { name: 'Report' }).click()
  await page.getByText('1 picture is not part of the design').waitFor()
})

test('code is edited and packed, and regenerating gives the compiled code back', { timeout: 60_000 }, async () => {
  await page.getByRole('tab', { name: 'Code' }).click()
  await button('Edit').click()
  const field = page.getByRole('textbox', { name: /^Content of/ })
  await field.fill((await field.inputValue()).replace('Book a table', 'Book two tables'))
  await field.press('Control+Enter')
  await page.getByText('Saved. The zip holds your edit.').waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download zip' }).click()])
  expect(download.suggestedFilename()).toBe('book-phone.zip')
  const path = join(folder, 'book-phone.zip')
  await download.saveAs(path)
  const files = unpackFiles(readFileSync(path))
  expect(Buffer.from(files['src/pages/book-phone.tsx'] ?? []).toString()).toContain('Book two tables')
  expect(Object.keys(files)).toContain('package.json')
  page.once('dialog', (dialog) => void dialog.accept())
  await button('Regenerate').click()
  await page
    .getByRole('region', { name: /^Content of/ })
    .getByText('Book a table')
    .waitFor()
})

test('a link needs a connection; with one, the frame comes with its pictures and Figma’s own render', { timeout: 60_000 }, async () => {
  await page.getByRole('link', { name: 'Import another' }).click()
  await page.getByLabel('Link to a frame in Figma').fill(LINK)
  await button('Import').click()
  await page.getByRole('alert').getByText('Slipway is not connected to Figma').waitFor()
  errors.length = 0 // the browser writes the refused request to the console
  await page.getByLabel('Figma token').fill(TOKEN)
  await button('Connect').click()
  await page.getByText('Connected as Ada').waitFor()
  await button('Choose a frame of the file').click()
  await page.getByRole('region', { name: 'Screens' }).getByRole('img').or(page.locator('li img')).first().waitFor()
  await button('Turn the frame into code').click()
  await page.getByRole('img', { name: 'Book / Phone as Figma shows it' }).waitFor()
  await live().getByRole('img', { name: 'Room' }).waitFor()
  expect(
    await live()
      .getByRole('img', { name: 'Room' })
      .evaluate((one: HTMLImageElement) => one.naturalWidth),
  ).toBe(16)
  figma.requests.length = 0
  await button('Refresh from Figma').click()
  await page.getByText('has not changed in Figma').waitFor()
  await button('Regenerate').click()
  await live().getByRole('heading', { name: 'Book a table' }).waitFor()
  expect(figma.requests).toEqual([`/v1/files/${FILE_KEY}/meta`])
  expect(errors).toEqual([])
})

test('layers copied elsewhere are refused in words; JSON that is pasted is taken', { timeout: 60_000 }, async () => {
  await page.goto(`${slipway.url}/prototype?import`)
  await page.getByText('Select a frame in Figma').waitFor()
  const paste = (type: string, content: string) =>
    page.evaluate(
      ([type, content]) => {
        const data = new DataTransfer()
        data.setData(type as string, content as string)
        window.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data }))
      },
      [type, content],
    )
  await paste('text/plain', 'a shopping list')
  await page.getByRole('alert').getByText('Neither layers from Figma nor a link').waitFor()
  await paste('text/plain', JSON.stringify(bookingFile('Pasted')))
  await button(/Book \/ Phone/).waitFor()
})

test.each([
  ['light', 1440],
  ['dark', 1440],
  ['light', 390],
  ['dark', 390],
] as const)('its screens are accessible and fit the window: %s at %i px', { timeout: 90_000 }, async (colorScheme, width) => {
  const own = await browser.newContext({ colorScheme, viewport: { width, height: 844 }, storageState: await context.storageState() })
  const tab = await own.newPage()
  for (const path of ['?import', '?view=compare', '?view=code', '?view=report']) {
    await tab.goto(`${slipway.url}/prototype${path}`)
    await tab.getByRole('heading').first().waitFor()
    await tab.waitForLoadState('networkidle')
    const { violations } = await new AxeBuilder({ page: tab }).exclude('iframe').analyze()
    expect(violations.map((one) => `${path} ${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([])
    expect(await tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), path).toBeLessThanOrEqual(0)
  }
  await own.close()
})

test('a model of the owner proposes names: priced before, measured in a sandbox, kept, and undone', { timeout: 120_000 }, async () => {
  const hints = { pages: [{ nodeId: '1:2', name: 'Reserve a table' }], elements: [{ nodeId: '1:5', label: 'Our dining room' }] }
  const vendor = await startFakeVendor(byAgent({ 'refine-names': () => ({ json: hints }) }), { apiKey: KEY, models: ['house-model'] })
  const put = (path: string, data: object) => context.request.put(`${slipway.url}${path}`, { data, headers: { origin: slipway.url } })
  try {
    const provider = 'openai-compatible'
    await context.request.post(`${slipway.url}/api/settings/api-key`, {
      data: { provider, key: KEY, baseUrl: vendor.baseUrl },
      headers: { origin: slipway.url },
    })
    const settings = {
      version: 1,
      main: { provider, model: 'house-model' },
      prices: { 'openai-compatible/house-model': { input: 1, output: 4 } },
    }
    expect((await put('/api/settings/models', { settings, revision: 0 })).status()).toBe(200)
    await page.goto(`${slipway.url}/prototype?view=code`)
    await page.getByText(/^Probably .*\$0\.\d\d/).waitFor()
    await button('Refine names with house-model').click()
    await page.getByText('Nothing measures worse').waitFor({ timeout: 60_000 })
    await page
      .getByRole('region', { name: /^Content of/ })
      .getByText('ReserveATable')
      .waitFor()
    await page.getByRole('link', { name: 'What was measured' }).click()
    await page.getByRole('row', { name: /Layers within 2 px/ }).waitFor()
    await page.getByRole('tab', { name: 'Compare' }).click()
    await live().getByRole('img', { name: 'Our dining room' }).waitFor()
    await button('Undo the names').click()
    await live().getByRole('img', { name: 'Room', exact: true }).waitFor()
    await page.getByText('Was answered before, costs nothing').waitFor()
    expect(vendor.requests).toHaveLength(1)
    expect(errors).toEqual([])
  } finally {
    await vendor.close()
  }
})

test('the page becomes the start of a project', { timeout: 60_000 }, async () => {
  await page.goto(`${slipway.url}/prototype`)
  await button('Use in a project').click()
  await page.waitForURL('**/features/**')
})
