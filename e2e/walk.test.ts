import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync } from 'node:fs'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { unpackFiles } from '../packages/workflows/src/archive.ts'
import { consoleErrors, freePort, openBrowser, type RunningSlipway, run, startSlipway } from './slipway.ts'

const IDEA = 'An app for a bike workshop: customers, their bikes and repair jobs with status and price'
const folder = mkdtempSync(join(tmpdir(), 'slipway-walk-'))
let slipway: RunningSlipway
let browser: Browser
let context: BrowserContext
let page: Page
let errors: string[]
let featureUrl = ''

beforeAll(async () => {
  slipway = await startSlipway()
  browser = await openBrowser()
  context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true })
  page = await context.newPage()
  page.setDefaultTimeout(20_000)
  errors = consoleErrors(page)
}, 120_000)
afterAll(async () => {
  await browser.close()
  await slipway.stop()
  await rm(folder, { recursive: true, force: true })
}, 60_000)

const button = (name: string | RegExp) => page.getByRole('button', { name })
const stage = (name: string) => page.getByRole('navigation', { name: 'Stages' }).getByRole('link', { name: new RegExp(`^${name}`) })

test('an idea typed on the first visit becomes a brief, a spec, a plan and a build that is watched live', {
  timeout: 240_000,
}, async () => {
  await page.goto(slipway.url)
  await page.getByLabel('What do you want to build?').fill(IDEA)
  await button('Start').click()
  await page.getByRole('heading', { name: 'Bike Workshop', level: 2 }).waitFor()
  await page.getByLabel('Answer, or ask for a change').fill('Call it Spokes')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Spokes', level: 2 }).waitFor()
  await button('Confirm the brief').click()
  await button('Approve the spec').click()
  await button('Approve and build').click()
  await page.waitForURL('**/build')
  featureUrl = page.url().replace(/\/build$/, '')
  await page.getByText('Ready', { exact: true }).first().waitFor({ timeout: 180_000 })
  for (const check of ['Types', 'Tests', 'Production build', 'Start', 'Health route', 'First page'])
    await page.getByRole('listitem').filter({ hasText: check }).getByRole('img', { name: 'passed' }).waitFor()
  await page.getByLabel('Find in log').fill('files written')
  await page.getByText('files written').waitFor()
})

test('the preview is the running app: a record made in it is there after loading it again', { timeout: 120_000 }, async () => {
  await stage('Preview').click()
  const app = page.frameLocator('iframe')
  await app.getByRole('link', { name: 'Customers' }).first().click()
  await app
    .getByRole('link', { name: /New|Add/ })
    .first()
    .click()
  await app.getByLabel('Name').first().fill('Ada of the walk')
  await app
    .getByRole('button', { name: /Save|Create|Add/ })
    .first()
    .click()
  await app.getByText('Ada of the walk').first().waitFor()
  await button('Reload').click()
  await app.getByRole('link', { name: 'Customers' }).first().click()
  await app
    .getByRole('searchbox')
    .or(app.getByPlaceholder(/Search|Find/))
    .first()
    .fill('Ada of the walk')
  await app.getByText('Ada of the walk').first().waitFor()
})

test('the code is shown, and the console of the product stayed quiet', { timeout: 60_000 }, async () => {
  await stage('Code').click()
  await page.getByRole('button', { name: 'package.json' }).click()
  await page.getByText('"vite build"').waitFor()
  expect(errors).toEqual([])
})

test('another browser sees nothing without signing in', { timeout: 60_000 }, async () => {
  const stranger = await (await browser.newContext()).newPage()
  await stranger.goto(featureUrl)
  await stranger.getByRole('heading', { name: 'Sign in' }).waitFor()
  await stranger.context().close()
})

test.each([
  ['light', 1280],
  ['dark', 1280],
  ['light', 360],
  ['dark', 360],
] as const)(
  'every screen is accessible and nothing is wider than the window: %s at %i px',
  { timeout: 120_000 },
  async (colorScheme, width) => {
    const state = await context.storageState()
    const own = await browser.newContext({ colorScheme, viewport: { width, height: 760 }, storageState: state })
    const tab = await own.newPage()
    for (const path of [
      '/',
      '/new',
      '/settings',
      ...['brief', 'spec', 'plan', 'build', 'code'].map((name) => `${new URL(featureUrl).pathname}/${name}`),
    ]) {
      await tab.goto(slipway.url + path)
      await tab.getByRole('heading').first().waitFor()
      await tab.waitForLoadState('networkidle')
      const { violations } = await new AxeBuilder({ page: tab }).exclude('iframe').analyze()
      expect(
        violations.map((violation) => `${path} ${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).join(', ')}`),
      ).toEqual([])
      const overflow = await tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(overflow, path).toBeLessThanOrEqual(0)
    }
    await own.close()
  },
)

test('features are renamed in place, deleted with an undo, and found by keyboard', { timeout: 60_000 }, async () => {
  await page.goto(slipway.url)
  await button('Rename Spokes').click()
  await page.getByLabel('Name of the feature').fill('Never mind')
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Spokes' }).first().waitFor()
  await button('Rename Spokes').click()
  await page.getByLabel('Name of the feature').fill('Wheels')
  await page.keyboard.press('Enter')
  await page.getByRole('cell').getByRole('link', { name: 'Wheels' }).waitFor()
  await button('Delete Wheels').click()
  await page.getByText('Start the first feature').waitFor()
  await button('Undo').click()
  await page.getByRole('cell').getByRole('link', { name: 'Wheels' }).waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Find or do' }).fill('whee')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/features/**')
})

test('the zip is what was checked; elsewhere it installs, passes its tests, builds, starts and answers', { timeout: 300_000 }, async () => {
  await page.goto(`${featureUrl}/build`)
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download zip' }).click()])
  const path = join(folder, download.suggestedFilename())
  await download.saveAs(path)
  expect(download.suggestedFilename()).toMatch(/^[a-z-]+-build_v0_1\.zip$/)
  const bytes = readFileSync(path)
  const view = (await (await context.request.get(`${slipway.url}/api${new URL(featureUrl).pathname}`)).json()) as {
    jobs: { archiveSha256: string }[]
  }
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(view.jobs[0]?.archiveSha256)

  const app = join(folder, 'app')
  for (const [name, content] of Object.entries(unpackFiles(bytes))) {
    await mkdir(dirname(join(app, name)), { recursive: true })
    await writeFile(join(app, name), content)
  }
  expect(await readdir(app)).not.toContain('node_modules')
  await run('npm', ['install', '--no-audit', '--no-fund'], { cwd: app })
  expect(await run('npm', ['test'], { cwd: app })).toMatch(/Tests\s+\d+ passed/)
  await run('npm', ['run', 'build'], { cwd: app })
  const port = await freePort()
  const server = spawn('npm', ['start'], {
    cwd: app,
    env: { ...process.env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  try {
    await new Promise<void>((resolve) => server.stdout.on('data', (bytes) => String(bytes).includes('Listening') && resolve()))
    expect((await fetch(`http://localhost:${port}/health`)).status).toBe(200)
  } finally {
    process.kill(-(server.pid as number), 'SIGKILL')
  }
})

test('a link shows the preview to a stranger, wakes it after a restart, and ends when it is taken back', { timeout: 180_000 }, async () => {
  await page.goto(`${featureUrl}/preview`)
  await button('Share').click()
  await button('Make a link').click()
  const link = new URL(await page.getByLabel('Address of the link').first().inputValue())
  await slipway.end()
  slipway = await startSlipway(slipway.folder)
  link.port = new URL(slipway.url).port

  const stranger = await (await browser.newContext()).newPage()
  stranger.setDefaultTimeout(60_000)
  await stranger.goto(link.href)
  await stranger.getByRole('heading', { name: 'Waking the preview' }).waitFor()
  await stranger.getByRole('link', { name: 'Customers' }).first().click()
  await stranger.goto(`${slipway.url}${new URL(featureUrl).pathname}`)
  await stranger.getByRole('heading', { name: 'Sign in' }).waitFor()

  await page.goto(`${slipway.url}${new URL(featureUrl).pathname}/preview`)
  await button('Share').click()
  await page.getByText('opened once').waitFor()
  await page.frameLocator('iframe').getByRole('link', { name: 'Customers' }).first().waitFor()
  await button('Revoke').click()
  await page.getByText('The link opens nothing any more.').waitFor()
  expect((await stranger.goto(link.href))?.status()).toBe(404)
  await stranger.getByText('This link has ended').waitFor()
  await stranger.context().close()
})
