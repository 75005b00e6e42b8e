import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { byAgent } from '@slipway/agents/testing'
import { findChromium } from '@slipway/sandbox'
import { testDatabase } from '@slipway/storage/testing'
import { expect, test } from 'vitest'
import { chooseModel } from '../testing/pipeline-with-model.ts'
import { startLoopbackFigma } from './testing/loopback-figma.ts'
import type { PrototypeWorkerSettings } from './testing/prototype-worker.ts'

const WORKER = join(dirname(fileURLToPath(import.meta.url)), 'testing/prototype-worker.ts')
const STEPS = ['enter', 'freeze', 'compile', 'picture', 'finish']

/** Runs a worker to its end or its death. @returns which of them, and the steps it began */
function work(settings: PrototypeWorkerSettings): Promise<{ isDone: boolean; begun: string[] }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--disable-warning=DeprecationWarning', WORKER, JSON.stringify(settings)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let isDone = false
    const begun: string[] = []
    createInterface({ input: child.stdout }).on('line', (text) => {
      const line = JSON.parse(text) as { begins?: string; isDone?: true }
      if (line.begins) begun.push(line.begins)
      isDone ||= line.isDone === true
    })
    child.on('close', () => resolve({ isDone, begun }))
  })
}

test('a worker killed behind the work of each step, before that is recorded, leaves a session that ends ready; Figma is asked once', {
  timeout: 120_000,
}, async () => {
  const database = await testDatabase()
  const figma = await startLoopbackFigma()
  const folder = mkdtempSync(join(tmpdir(), 'slipway-kill-'))
  const orgId = await database.newWorkspace()
  const settings = { databaseUrl: database.appUrl, folder, figmaUrl: figma.url, orgId }
  try {
    for (const step of STEPS) {
      const { isDone, begun } = await work({ ...settings, diesIn: step })
      expect([step, isDone, begun.at(-1)]).toEqual([step, false, step])
      // What had ended before is not done again.
      expect(begun[0]).toBe(STEPS[Math.max(0, STEPS.indexOf(step) - 1)])
    }
    // The last death came after the session had been told to be ready: the next worker may find nothing left to do.
    expect((await work(settings)).isDone).toBe(true)
    const record = await database.storage.inWorkspace(orgId, ({ prototypes }) => prototypes.get('browser'))
    expect(record?.session).toMatchObject({ status: 'ready', thumbnailUrl: expect.stringContaining('/pictures/') })
    expect(record?.session.generatedCode).toContain('Book a table')
    const paid = figma.requests.filter((path) => path.startsWith('/v1/files') || path.startsWith('/v1/images'))
    expect(paid.length).toBe(new Set(paid).size)
  } finally {
    await figma.close()
    await database.close()
    await rm(folder, { recursive: true, force: true })
  }
})

const executablePath = findChromium()
if (!executablePath) console.warn('SKIPPED: killed refinements, because there is no Chromium. To run it: sudo apt-get install -y chromium')

test.skipIf(!executablePath)(
  'killed behind each step of refining, a worker pays one answer once, and the names are kept',
  {
    timeout: 120_000,
  },
  async () => {
    const database = await testDatabase()
    const figma = await startLoopbackFigma()
    const folder = mkdtempSync(join(tmpdir(), 'slipway-kill-'))
    const orgId = await database.newWorkspace()
    const hints = { pages: [{ nodeId: '1:2', name: 'Table booking' }] }
    const vendor = await chooseModel(database.storage, orgId, byAgent({ 'refine-names': () => ({ json: hints }) }))
    const settings = { databaseUrl: database.appUrl, folder, figmaUrl: figma.url, orgId, refinesWith: executablePath as string }
    try {
      for (const step of ['ask', 'measure', 'decide']) {
        const { isDone, begun } = await work({ ...settings, diesIn: step })
        expect([step, isDone, begun.at(-1)]).toEqual([step, false, step])
      }
      expect((await work(settings)).isDone).toBe(true)
      const record = await database.storage.inWorkspace(orgId, ({ prototypes }) => prototypes.get('browser'))
      expect(record?.session.refinement).toMatchObject({ state: 'kept', used: 1 })
      expect(record?.session.generatedCode).toContain('export function TableBooking')
      expect(vendor.requests).toHaveLength(1)
    } finally {
      await vendor.close()
      await figma.close()
      await database.close()
      await rm(folder, { recursive: true, force: true })
    }
  },
)
