/** The real rooms, wired for measuring: built-in PostgreSQL, local sandboxes, no HTTP. */
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { analyse, compileApp, writeSpec } from '@slipway/blueprint'
import { checkPage, createRegistryMirror, findChromium, localRuntime, type SandboxRuntime } from '@slipway/sandbox'
import { createStorage, createVault, folderObjects, migrate, type Storage, type Stores, startPostgres } from '@slipway/storage'
import { createEngine, createPipeline, type Pipeline } from '@slipway/workflows'
import pg from 'pg'
import { readTemplateFiles } from '../apps/server/src/template-files.ts'

export const IDEA = 'An app for a bike workshop: customers, their bikes and repair jobs with status and price'

export const compiledApp = () => compileApp(writeSpec(analyse(IDEA).brief, IDEA).blueprint, readTemplateFiles())

export interface Database {
  readonly folder: string
  /** The app's login. */
  readonly url: string
  readonly storage: Storage
  close(): Promise<void>
}

export async function openDatabase(): Promise<Database> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'))
  const postgres = await startPostgres({ folder: join(folder, 'postgres') })
  await migrate(postgres.adminUrl, { appRole: 'slipway_app', appPassword: 'bench' })
  const login = new URL(postgres.adminUrl)
  login.username = 'slipway_app'
  login.password = 'bench'
  const url = login.href
  const pool = new pg.Pool({ connectionString: url })
  const storage = createStorage({ pool, listenUrl: url, vault: createVault(new Uint8Array(32)) })
  return {
    folder,
    url,
    storage,
    async close() {
      await storage.close()
      await pool.end()
      await postgres.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export interface Parts {
  readonly storage: Storage
  readonly pipeline: Pipeline
  readonly runtime: SandboxRuntime
  readonly templatesFolder: string
  close(): Promise<void>
}

/** Once per process: the durable engine keeps its registry there. */
export async function openParts(): Promise<Parts> {
  const { folder, url, storage, close } = await openDatabase()
  const registry = createRegistryMirror({ upstream: 'https://registry.npmjs.org/' })
  const runtime = localRuntime({ folder: join(folder, 'sandboxes'), node: process.execPath, registry })
  const log = () => undefined
  const engine = createEngine({ databaseUrl: url, executorId: 'bench', stepsVersion: 'bench', buildsMax: 2, log })
  const chromium = findChromium()
  const templatesFolder = join(folder, 'trees')
  const pipeline = createPipeline({
    storage,
    objects: folderObjects(join(folder, 'objects')),
    engine,
    runtime,
    template: readTemplateFiles(),
    templatesFolder,
    ...(chromium ? { checkPage: (target) => checkPage({ runtime, executablePath: chromium }, target) } : {}),
    previewIdleMs: 60_000,
    log,
  })
  await pipeline.start({ isWorker: true })
  return {
    storage,
    pipeline,
    runtime,
    templatesFolder,
    async close() {
      await pipeline.stop()
      await runtime.close()
      await close()
    },
  }
}

/** A feature whose plan waits for approval, in a workspace of its own. */
export async function plannedFeature({ storage, pipeline }: Parts): Promise<{ org: string; featureId: string }> {
  const org = `org_bench_${performance.now()}`
  const { feature } = await pipeline.createProject(org, { idea: IDEA })
  const reaches = (status: string) => waitFor(storage, org, async (stores) => (await stores.features.get(feature.id)).status === status)
  await pipeline.confirmBrief(org, feature.id)
  await reaches('spec_ready')
  await pipeline.approveSpec(org, feature.id)
  await reaches('plan_ready')
  return { org, featureId: feature.id }
}

/** Resolves when `look` is true; it looks after each commit with events. */
export async function waitFor(storage: Storage, org: string, look: (stores: Stores) => Promise<boolean>): Promise<void> {
  let wake: () => void = () => undefined
  const stop = storage.onEvents(() => wake())
  try {
    for (;;) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve
      })
      if (await storage.inWorkspace(org, look)) return
      await woken
    }
  } finally {
    stop()
  }
}
