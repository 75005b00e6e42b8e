/** A browser that itself runs in a sandbox: what it shows reaches nothing but what it is given. */
import type { AddressInfo } from 'node:net'
import { createServer, type Server } from 'node:net'
import { type Browser, chromium, type Page } from 'playwright-core'
import type { Sandbox, SandboxRuntime } from '../sandbox.ts'

const DEBUG_PORT = 9_222
const START_TIMEOUT_MS = 30_000
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

export interface BrowserDeps {
  readonly runtime: SandboxRuntime
  /** A Chromium below /usr, which every sandbox sees. */
  readonly executablePath: string
}

/**
 * A browser for the time of `work`, in a sandbox of its own; its network is empty, but for the target.
 * @param options.target the one sandbox that it reaches, and the port there
 * @param options.timeoutMs for the work; then the sandbox ends
 * @throws SANDBOX_UNAVAILABLE, SANDBOX_LOST, what `work` throws
 */
export async function inSandboxedBrowser<T>(
  deps: BrowserDeps,
  options: { timeoutMs: number; target?: { sandbox: Sandbox; port: number }; signal?: AbortSignal | undefined },
  work: (browser: Browser) => Promise<T>,
): Promise<T> {
  const home = await deps.runtime.create({
    memoryMb: 2_048,
    isBackground: true,
    timeoutMs: 2 * (START_TIMEOUT_MS + options.timeoutMs),
  })
  let door: Server | undefined
  let browser: Browser | undefined
  try {
    if (options.target) await home.setEgress({ kind: 'sandbox', ...options.target })
    await home.start([deps.executablePath, ...BROWSER_ARGUMENTS])
    await home.waitForPort(DEBUG_PORT, { timeoutMs: START_TIMEOUT_MS, ...(options.signal ? { signal: options.signal } : {}) })
    door = await doorTo(home, DEBUG_PORT)
    browser = await chromium.connectOverCDP(`http://127.0.0.1:${(door.address() as AddressInfo).port}`)
    return await work(browser)
  } finally {
    await browser?.close().catch(() => undefined) // it ends with its sandbox in any case
    door?.close()
    await home.stop()
  }
}

const PAGE_TIMEOUT_MS = 60_000

/** An empty page in such a browser, to be filled by `setContent`. It can load nothing. */
export const inSandboxedPage = <T>(deps: BrowserDeps, signal: AbortSignal | undefined, work: (page: Page) => Promise<T>): Promise<T> =>
  inSandboxedBrowser(deps, { timeoutMs: PAGE_TIMEOUT_MS, signal }, async (browser) => {
    const page = await (await browser.newContext({ acceptDownloads: false })).newPage()
    page.setDefaultTimeout(PAGE_TIMEOUT_MS)
    return work(page)
  })

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
