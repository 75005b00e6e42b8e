/** A worker as a process of its own, over scripted sandboxes: tests kill it. With `approves` it is the owner too. */
import { createStorage, folderObjects } from '@slipway/storage'
import { testVault } from '@slipway/storage/testing'
import pg from 'pg'
import { createPipeline } from '../create-pipeline.ts'
import { createEngine } from '../engine.ts'
import { healthy, scriptedRuntime } from './scripted-runtime.ts'
import { appTemplate } from './template-files.ts'
import { tell, toldEngine } from './told-engine.ts'

export interface WorkerSettings {
  readonly databaseUrl: string
  readonly folder: string
  readonly executorId: string
  readonly buildsMax: number
  /** The workspace in which it approves whatever waits for approval, until everything is built. */
  readonly approves?: string
  /** Its builds stop at the tests of the app, for ever. */
  readonly isHeld?: boolean
}

const settings = JSON.parse(process.argv[2] as string) as WorkerSettings
const { databaseUrl, folder, executorId, buildsMax, approves, isHeld } = settings
const pool = new pg.Pool({ connectionString: databaseUrl })
const storage = createStorage({ pool, listenUrl: databaseUrl, vault: testVault() })
const log = () => undefined
const engine = createEngine({ databaseUrl, executorId, stepsVersion: 'tests', buildsMax, lookForDeadMs: 200, log })
const pipeline = createPipeline({
  storage,
  objects: folderObjects(`${folder}/objects`),
  engine: toldEngine(engine),
  runtime: scriptedRuntime((command) => (isHeld && command === 'npm test' ? new Promise(() => undefined) : healthy(command))),
  template: appTemplate(),
  templatesFolder: `${folder}/trees`,
  checkPage: async () => ({ ok: true, title: 'App', consoleErrors: [], failedRequests: [], screenshot: undefined }),
  previewIdleMs: 60_000,
  log,
})

async function approve(orgId: string): Promise<boolean> {
  const features = await storage.inWorkspace(orgId, (stores) => stores.features.list())
  for (const { id, status } of features) {
    if (status === 'drafting') await pipeline.confirmBrief(orgId, id)
    if (status === 'spec_ready') await pipeline.approveSpec(orgId, id)
    if (status === 'plan_ready') await pipeline.approvePlan(orgId, id)
  }
  return features.every((feature) => feature.status === 'built')
}

await pipeline.start({ isWorker: true })
tell({ isReady: true })
if (approves) {
  let wake: () => void = () => undefined
  storage.onEvents(() => wake())
  for (;;) {
    const woken = new Promise<void>((resolve) => {
      wake = resolve
    })
    if (await approve(approves)) break
    await woken
  }
  tell({ isDone: true })
  await pipeline.stop()
  await storage.close()
  await pool.end()
}
