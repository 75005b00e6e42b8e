/** Loads a page of an app in a browser that itself runs in a sandbox, and tells what a person at its console would have seen. */

import type { Browser } from 'playwright-core'
import { printable } from '../agent/printable.ts'
import { EGRESS_PORT, type Sandbox } from '../sandbox.ts'
import { type BrowserDeps, inSandboxedBrowser } from './sandboxed-browser.ts'

export interface PageReport {
  readonly ok: boolean
  readonly title: string
  readonly consoleErrors: readonly string[]
  readonly failedRequests: readonly string[]
  /** PNG. */
  readonly screenshot: Uint8Array | undefined
}

const LOAD_TIMEOUT_MS = 30_000
const REPORTED_MAX = 20
const TITLE_CHARS_MAX = 200

/**
 * @param target.port where the app listens inside its sandbox
 * @throws SANDBOX_UNAVAILABLE, SANDBOX_LOST; a page that does not load is a report, not an error
 */
export async function checkPage(
  deps: BrowserDeps,
  target: { sandbox: Sandbox; port: number; path?: string; width?: number; height?: number; signal?: AbortSignal },
): Promise<PageReport> {
  const { sandbox, port, signal } = target
  return inSandboxedBrowser(deps, { timeoutMs: LOAD_TIMEOUT_MS, target: { sandbox, port }, signal }, (browser) => look(browser, target))
}

async function look(browser: Browser, { path = '/', width = 1280, height = 800 }: { path?: string; width?: number; height?: number }) {
  const context = await browser.newContext({ viewport: { width, height } })
  const page = await context.newPage()
  const consoleErrors: string[] = []
  const failedRequests: string[] = []
  const tell = (list: string[], text: string) => {
    if (list.length < REPORTED_MAX) list.push(printable(text).slice(0, 500))
  }
  page.on('console', (message) => message.type() === 'error' && tell(consoleErrors, message.text()))
  page.on('pageerror', (error) => tell(consoleErrors, error.message))
  page.on('requestfailed', (request) => tell(failedRequests, `${request.url()}: ${request.failure()?.errorText ?? 'failed'}`))
  page.on('response', (response) => response.status() >= 400 && tell(failedRequests, `${response.url()} answered ${response.status()}`))
  try {
    const answer = await page.goto(`http://127.0.0.1:${EGRESS_PORT}${path}`, { waitUntil: 'networkidle', timeout: LOAD_TIMEOUT_MS })
    if (!answer?.ok()) tell(failedRequests, `${path} answered ${answer?.status() ?? 'nothing'}`)
    const hasContent = (await page.locator('body').innerText()).trim().length > 0
    if (!hasContent) tell(consoleErrors, 'The page stayed empty.')
    const screenshot = await page.screenshot()
    return report(printable(await page.title()).slice(0, TITLE_CHARS_MAX), screenshot)
  } catch (error) {
    tell(failedRequests, `${path} did not load: ${(error as Error).message.split('\n')[0]}`)
    return report('', undefined)
  }

  function report(title: string, screenshot: Uint8Array | undefined): PageReport {
    return { ok: consoleErrors.length === 0 && failedRequests.length === 0, title, consoleErrors, failedRequests, screenshot }
  }
}
