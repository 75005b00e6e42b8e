/** A worker for the test that kills it: goes on with the session that it finds, tells each step, and dies in one. */
import { createStorage, folderObjects } from '@slipway/storage'
import { testVault } from '@slipway/storage/testing'
import pg from 'pg'
import { chromium } from 'playwright-core'
import { createEngine, type Engine } from '../../engine.ts'
import { tell } from '../../testing/told-engine.ts'
import { until } from '../../testing/until.ts'
import { createPrototypes } from '../create-prototypes.ts'
import { createFigmaClient } from '../figma-client.ts'
import type { MeasuringBrowser } from '../measure-result.ts'
import { FILE_KEY, FRAME_ID } from './booking-design.ts'
import { TOKEN } from './loopback-figma.ts'

export interface PrototypeWorkerSettings {
  readonly databaseUrl: string
  readonly folder: string
  readonly figmaUrl: string
  readonly orgId: string
  /** The step whose work is done and never recorded. */
  readonly diesIn?: string
  /** Goes on until a model's names were judged as well; the Chromium that measures. */
  readonly refinesWith?: string
}

const settings = JSON.parse(process.argv[2] as string) as PrototypeWorkerSettings
const { databaseUrl, folder, figmaUrl, orgId, diesIn, refinesWith } = settings
const log = () => undefined

const mortal = (engine: Engine): Engine => ({
  ...engine,
  register: (name, workflow) =>
    engine.register(name, (step, input) =>
      workflow(
        (stepName, work) =>
          step(stepName, async (signal) => {
            tell({ begins: stepName, run: name, id: input.id })
            const result = await work(signal)
            if (stepName === diesIn) process.kill(process.pid, 'SIGKILL')
            return result
          }),
        input,
      ),
    ),
})

const pool = new pg.Pool({ connectionString: databaseUrl })
const storage = createStorage({ pool, listenUrl: databaseUrl, vault: testVault() })
const engine = createEngine({ databaseUrl, executorId: 'prototypes', stepsVersion: 'tests', buildsMax: 1, log })
const browse: MeasuringBrowser = async (work) => {
  const browser = await chromium.launch({ executablePath: refinesWith as string, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    return await work(await browser.newPage())
  } finally {
    await browser.close()
  }
}
const prototypes = createPrototypes({
  storage,
  objects: folderObjects(`${folder}/objects`),
  engine: mortal(engine),
  figma: createFigmaClient({ baseUrl: figmaUrl }),
  createProject: () => Promise.reject(new Error('No project is begun here.')),
  ...(refinesWith ? { browse } : {}),
  log,
})
await engine.start({ isWorker: true })
const asker = { orgId, sessionId: 'browser' }
const { session } = await prototypes.show(asker)
if (!session) {
  await prototypes.connect(asker, { token: TOKEN })
  await prototypes.generate(asker, { source: { kind: 'figma', fileKey: FILE_KEY, version: '100' }, frameIds: [FRAME_ID] })
}
await until(storage, orgId, async (stores) => {
  const found = await stores.prototypes.get('browser')
  return found && ['ready', 'error'].includes(found.session.status) ? found : undefined
})
if (refinesWith) {
  if (session?.refinement == null) await prototypes.refine(asker)
  await until(storage, orgId, async (stores) => {
    const state = (await stores.prototypes.get('browser'))?.session.refinement?.state
    return state && state !== 'running' ? state : undefined
  })
}
tell({ isDone: true })
await engine.stop()
await storage.close()
await pool.end()
