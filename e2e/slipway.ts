/** The product as a person meets it: the real server in an empty folder, a real browser, real sandboxes. */
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const CHROMIUM = '/usr/bin/chromium'
const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export interface RunningSlipway {
  readonly url: string
  readonly folder: string
  /** What it has written to its terminal so far. */
  said(): string
  /** Ends it and keeps its data. */
  end(): Promise<void>
  /** Ends it and removes its data. */
  stop(): Promise<void>
}

/** @param settings of the server's environment, beside the test's own */
export async function startSlipway(
  folder = mkdtempSync(join(tmpdir(), 'slipway-e2e-')),
  settings: Readonly<Record<string, string>> = {},
): Promise<RunningSlipway> {
  const child: ChildProcess = fork(join(ROOT, 'apps/server/src/main.ts'), ['--data', folder, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...settings },
    execArgv: ['--disable-warning=DeprecationWarning'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (bytes) => {
      said += String(bytes)
    })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { url: string }).url))
    void ended.then(() => reject(new Error(`Slipway ended: ${said}`)))
  })
  return {
    url,
    folder,
    said: () => said,
    async end() {
      child.kill('SIGTERM')
      await ended
    },
    async stop() {
      child.kill('SIGTERM')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A worker beside a server of role `server`, which share the folder. */
export const startWorker = (folder: string): ChildProcess =>
  fork(join(ROOT, 'apps/server/src/main.ts'), ['--data', folder, '--role', 'worker'], {
    stdio: 'ignore',
    execArgv: ['--disable-warning=DeprecationWarning'],
  })

/** As root Chromium runs without its own sandbox; it only ever sees our own pages and compiled apps here. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, args: [...FLAGS, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])] })

/** Whatever a person would see as an error on the console of the page. */
export function consoleErrors(page: Page): string[] {
  const errors: string[] = []
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  page.on('pageerror', (error) => errors.push(error.message))
  return errors
}

/** Output without colours, whoever runs us. */
const plain = ({ FORCE_COLOR, ...environment }: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({ ...environment, NO_COLOR: '1' })

/** Runs a command as its user would. @returns its output; @throws Error with it when it fails */
export function run(command: string, args: readonly string[], options: { cwd: string; env?: Record<string, string> }): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], {
      cwd: options.cwd,
      env: { ...plain(process.env), ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (bytes) => {
        output += String(bytes)
      })
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`${command} ${args.join(' ')} ended with ${code}\n${output}`)),
    )
  })
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
