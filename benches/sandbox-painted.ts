/** From an approved plan to the first paint in a browser, and to ready, beside the same steps typed into a shell without any sandbox. */
import { mkdtempSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isFinal, JOB, type Job } from '@slipway/domain'
import { createPreviewProxy, type PreviewProxy } from '@slipway/sandbox'
import type { Browser, Page } from 'playwright-core'
import { freePort, openBrowser } from '../e2e/slipway.ts'
import { packFiles } from '../packages/workflows/src/archive.ts'
import { inShell, serveInShell, writeApp } from './by-hand.ts'
import { median, ms, timed } from './measure.ts'
import { compiledApp, openParts, type Parts, plannedFeature, waitFor } from './parts.ts'

/** Goals of ours, and what the study reached on a busy machine, in milliseconds. */
const GOAL = { painted: 1.25, ready: 1.15 }
const STUDY = { painted: 2_291, ready: 6_145 }

interface Run {
  readonly painted: number
  readonly ready: number
  /** How long each stage took, in order. */
  readonly stages: Readonly<Record<string, number>>
}

/** Names the stages that end one after the other. */
function stopwatch() {
  const started = performance.now()
  const stages: Record<string, number> = {}
  let last = started
  return {
    stages,
    sinceStart: () => performance.now() - started,
    ends(stage: string) {
      const now = performance.now()
      stages[stage] = now - last
      last = now
    },
  }
}
/** A build that ended well, and sleeps. */
interface Built {
  readonly org: string
  readonly jobId: string
}

export async function benchPainted(rounds: number): Promise<string[]> {
  const parts = await openParts()
  const browser = await openBrowser()
  const door = await openDoor(parts)
  try {
    const { org, jobId } = await throughSlipway(parts, door, browser) // installs the dependencies, once
    await byHand(parts, browser)
    const pairs: { slipway: Run; hand: Run }[] = []
    for (let round = 0; round < rounds; round++) {
      // Each goes first as often as the other: whoever is second finds the machine warmer.
      const first = round % 2 === 0 ? await throughSlipway(parts, door, browser) : undefined
      const hand = await byHand(parts, browser)
      pairs.push({ slipway: first ?? (await throughSlipway(parts, door, browser)), hand })
    }
    const { wake, reload } = await hotReload(parts, door, browser, { org, jobId })
    const stages = (who: 'slipway' | 'hand') =>
      Object.keys(pairs[0]?.[who].stages ?? {})
        .map((stage) => `${stage} ${ms(median(pairs.map((pair) => pair[who].stages[stage] ?? 0)))}`)
        .join(', ')
    const line = (what: 'painted' | 'ready', name: string) => {
      const [through, by] = [median(pairs.map(({ slipway }) => slipway[what])), median(pairs.map(({ hand }) => hand[what]))]
      const ratio = median(pairs.map(({ slipway, hand }) => slipway[what] / hand[what]))
      return `${name.padEnd(19)}${ms(through)}; by hand ${ms(by)}: ${ratio.toFixed(2)} × (goal ${GOAL[what]}); the study: ${ms(STUDY[what])}`
    }
    return [
      line('painted', 'plan to painted'),
      line('ready', 'plan to ready'),
      `  of Slipway       ${stages('slipway')}`,
      `  by hand          ${stages('hand')}`,
      `${'wake'.padEnd(19)}${ms(wake)} from a visit of a preview that sleeps to an app that answers`,
      `${'hot reload'.padEnd(19)}${ms(reload)} from a file that changed in the sandbox to the page that shows it, through the proxy; the study: 59 to 254 ms`,
    ]
  } finally {
    await browser.close()
    door.server.close()
    door.server.closeAllConnections()
    await parts.close()
  }
}

interface Door {
  readonly server: Server
  readonly proxy: PreviewProxy
  enter(previewId: string, port: number): string
}

/** The preview proxy as the server wires it. */
async function openDoor({ pipeline }: Parts): Promise<Door> {
  const proxy = createPreviewProxy({
    domain: 'preview.localhost',
    frameAncestors: () => [],
    find: (previewId) => pipeline.visitPreview(previewId),
    wake: (previewId) => pipeline.wakePreview(previewId),
    admits: (previewId, viewer) => pipeline.admitsToPreview(previewId, viewer),
  })
  const server = createServer((request, response) => void proxy.handle(request, response))
  server.on('upgrade', (request, socket, head) => proxy.upgrade(request, socket, head))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port: serverPort } = server.address() as AddressInfo
  const enter = (previewId: string, port: number) => proxy.open({ previewId, port, viewer: 'bench' }, { port: serverPort, isSecure: false })
  return { server, proxy, enter }
}

/** Resolves when the browser has painted something of the app. */
async function paint(page: Page, url: string): Promise<void> {
  await page.goto(url, { waitUntil: 'commit' })
  await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0, undefined, { polling: 10 })
}

async function throughSlipway(parts: Parts, door: Door, browser: Browser): Promise<Run & Built> {
  const { storage, pipeline, runtime } = parts
  const { org, featureId } = await plannedFeature(parts)
  const page = await browser.newPage()
  const watch = stopwatch()
  const { job } = await pipeline.approvePlan(org, featureId)
  const stands = (isWanted: (job: Job) => boolean) =>
    waitFor(storage, org, async (stores) => {
      const now = await stores.jobs.get(job.id)
      if (now.failure) throw new Error(`The build failed: ${now.failure}`)
      return isWanted(now)
    })
  const passed = (name: string) => stands(({ checks }) => checks.some((check) => check.name === name && check.status === 'passed'))
  await stands(({ status }) => status !== 'queued')
  watch.ends('taken up')
  await stands(({ sandboxId }) => sandboxId !== null)
  watch.ends('files and sandbox')
  await passed('build')
  watch.ends('build')
  await stands(({ previewUrl }) => previewUrl !== null)
  watch.ends('start')
  const { previewId, port } = await pipeline.openPreview(org, job.id)
  await paint(page, door.enter(previewId, port))
  watch.ends('paint')
  const painted = watch.sinceStart()
  await stands(({ status }) => isFinal(JOB, status))
  watch.ends('checks')
  const ready = watch.sinceStart()
  const { sandboxId } = await storage.inWorkspace(org, (stores) => stores.jobs.get(job.id))
  await page.close()
  await runtime.get(sandboxId ?? '')?.stop()
  return { painted, ready, stages: watch.stages, org, jobId: job.id }
}

/** The same files, tree, commands and order; the second look at the page has a browser of its own, as a check has. */
async function byHand({ templatesFolder }: Parts, browser: Browser): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-hand-'))
  const tree = join(templatesFolder, readdirSync(templatesFolder)[0] as string)
  const files = compiledApp()
  const port = await freePort()
  const page = await browser.newPage()
  let stop: () => void = () => undefined
  try {
    const watch = stopwatch()
    await writeApp(folder, files)
    await inShell(`cp -al ${tree}/node_modules node_modules 2>/dev/null || cp -a ${tree}/node_modules node_modules`, folder)
    watch.ends('files and tree')
    await inShell('npm run build', folder)
    watch.ends('build')
    await inShell('[ ! -d node_modules/.empty-database ] || cp -r node_modules/.empty-database data', folder)
    stop = await serveInShell(folder, port)
    watch.ends('start')
    const url = `http://127.0.0.1:${port}/`
    let painted = 0
    const painting = paint(page, url).then(() => {
      watch.ends('paint')
      painted = watch.sinceStart()
    })
    await Promise.all([painting, inShell('npm run typecheck', folder), inShell('npm test', folder), look(url)])
    packFiles(Object.fromEntries(files.map(({ path, content }) => [path, Buffer.from(content)])))
    watch.ends('checks')
    return { painted, ready: watch.sinceStart(), stages: watch.stages }
  } finally {
    stop()
    await page.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** What the check of the first page does, in a browser that is started for it. */
async function look(url: string): Promise<void> {
  const browser = await openBrowser()
  const page = await browser.newPage()
  await page.goto(url, { waitUntil: 'networkidle' })
  await page.screenshot()
  await browser.close()
}

const DEV_PORT = 5_173
const STYLES = 'web/styles.css'

/** A sleeping preview wakes; then, on its dev server, a style changes and the page that is open shows it. */
async function hotReload(parts: Parts, door: Door, browser: Browser, { org, jobId }: Built): Promise<{ wake: number; reload: number }> {
  const { ms: wake, value } = await timed(() => parts.pipeline.openPreview(org, jobId))
  const { previewId } = value
  const sandbox = parts.pipeline.visitPreview(previewId)
  if (!sandbox) throw new Error('The preview is not running.')
  await sandbox.start(['npm', 'run', 'dev'], { env: { PORT: String(DEV_PORT) } })
  await sandbox.waitForPort(DEV_PORT, { timeoutMs: 60_000 })
  const page = await browser.newPage()
  await page.goto(door.enter(previewId, DEV_PORT), { waitUntil: 'networkidle' })
  const styles = Buffer.from(await sandbox.readFile(STYLES)).toString()
  const times: number[] = []
  for (let round = 0; round < 5; round++) {
    const started = performance.now()
    await sandbox.writeFiles({ [STYLES]: `${styles}\n:root { --bench: ${round}; }\n` })
    await page.waitForFunction(
      (wanted) => getComputedStyle(document.documentElement).getPropertyValue('--bench').trim() === wanted,
      String(round),
      { polling: 10 },
    )
    times.push(performance.now() - started)
  }
  await page.close()
  await sandbox.stop()
  return { wake, reload: median(times) }
}
