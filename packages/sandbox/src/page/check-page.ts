/** Loads a page of an app in a browser that itself runs in a sandbox, and tells what a person at its console would have seen. */

import type { AddressInfo } from 'node:net'
import { createServer, type Server } from 'node:net'
import { type Browser, chromium } from 'playwright-core'
import { printable } from '../agent/printable.ts'
import { EGRESS_PORT, type Sandbox, type SandboxRuntime } from '../sandbox.ts'

export interface PageReport {
  readonly ok: boolean
  readonly title: string
  readonly consoleErrors: readonly string[]
  readonly failedRequests: readonly string[]
  /** PNG. */
  readonly screenshot: Uint8Array | undefined
}

const DEBUG_PORT = 9_222
const START_TIMEOUT_MS = 30_000
const LOAD_TIMEOUT_MS = 30_000
const REPORTED_MAX = 20
const TITLE_CHARS_MAX = 200
const BROWSER_ARGUMENTS = [
  '--headless',
  // Its own sandbox needs namespaces, which the filter around it refuses: the bubblewrap is the stronger wall.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--user-data-dir=/home/user/chromium',
  `--remote-debugging-port=${DEBUG_PORT}`,
  '--remote-debugging-address=127.0.0.1',
  'about:blank',
]

/**
 * @param deps.executablePath a Chromium below /usr, which every sandbox sees
 * @param target.port where the app listens inside its sandbox
 * @throws SANDBOX_UNAVAILABLE, SANDBOX_LOST; a page that does not load is a report, not an error
 */
export async function checkPage(
  deps: { runtime: SandboxRuntime; executablePath: string },
  target: { sandbox: Sandbox; port: number; path?: string; width?: number; height?: number; signal?: AbortSignal },
): Promise<PageReport> {
  const home = await deps.runtime.create({ memoryMb: 2_048, isBackground: true, timeoutMs: 2 * (START_TIMEOUT_MS + LOAD_TIMEOUT_MS) })
  let door: Server | undefined
  let browser: Browser | undefined
  try {
    await home.setEgress({ kind: 'sandbox', sandbox: target.sandbox, port: target.port })
    await home.start([deps.executablePath, ...BROWSER_ARGUMENTS])
    await home.waitForPort(DEBUG_PORT, { timeoutMs: START_TIMEOUT_MS, ...(target.signal ? { signal: target.signal } : {}) })
    door = await doorTo(home, DEBUG_PORT)
    browser = await chromium.connectOverCDP(`http://127.0.0.1:${(door.address() as AddressInfo).port}`)
    return await look(browser, target)
  } finally {
    await browser?.close().catch(() => undefined) // it ends with its sandbox in any case
    door?.close()
    await home.stop()
  }
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

/** A port of the host's loopback that leads to one port of a sandbox, for as long as it is open. */
function doorTo(sandbox: Sandbox, port: number): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    sandbox.connect(port).then(
      (far) => {
        far.on('error', () => undefined)
        far.on('close', () => socket.destroy())
        socket.on('close', () => far.destroy())
        socket.pipe(far).pipe(socket)
      },
      () => socket.destroy(),
    )
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve(server))
  })
}
