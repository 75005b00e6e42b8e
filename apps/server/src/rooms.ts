/** The rooms that work: database, files, sandboxes, engine and pipeline, wired by hand in the order in which they need each other. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { vendorFetch } from '@slipway/agents'
import { checkPage, chooseRuntime, createRegistryMirror, findChromium, type SandboxRuntime } from '@slipway/sandbox'
import { createStorage, createVault, folderObjects, loadVaultKey, type ObjectStore, type Storage, s3Objects } from '@slipway/storage'
import { createEngine, createPipeline, type Engine, type Pipeline, type PipelineDeps } from '@slipway/workflows'
import pg from 'pg'
import type { Config } from './config.ts'
import { openDatabase } from './database.ts'
import type { LogFile } from './log-file.ts'
import { STEPS_VERSION } from './release.ts'
import { readTemplateFiles } from './template-files.ts'

export interface Rooms {
  /** The app's login. */
  readonly databaseUrl: string
  readonly vaultKey: Uint8Array
  readonly storage: Storage
  readonly objects: ObjectStore
  readonly runtime: SandboxRuntime
  /** The browser in which pages are looked at, where there is one. */
  readonly chromium: string | undefined
  readonly engine: Engine
  /** Not started. */
  readonly pipeline: Pipeline
  /** What the person who hosts it should know, in plain words. */
  readonly notes: string[]
}

const POOL_MAX = 20

/** What a replay has of its own. */
export interface RoomsOptions {
  readonly templatesFolder?: string
  readonly wrapEngine?: (engine: Engine) => Engine
  readonly replay?: PipelineDeps['replay']
}

/** @param cleanUps gets what takes down again what was opened, also when this throws */
export async function openRooms(
  config: Config,
  log: LogFile['write'],
  cleanUps: (() => unknown)[],
  { templatesFolder = join(config.dataFolder, 'dependency-trees'), wrapEngine = (engine) => engine, replay }: RoomsOptions = {},
): Promise<Rooms> {
  mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 })
  const vaultKey = config.vaultKey ? Buffer.from(config.vaultKey, 'hex') : await loadVaultKey(join(config.dataFolder, 'vault-key'))
  const vault = createVault(vaultKey)
  const database = await openDatabase({ ...config, vaultKey, log })
  cleanUps.push(database.stop)

  const pool = new pg.Pool({ connectionString: database.appUrl, max: POOL_MAX })
  cleanUps.push(() => pool.end())
  const storage = createStorage({ pool, listenUrl: database.appUrl, vault, log })
  cleanUps.push(storage.close)
  const objects = config.objectsUrl ? s3Objects(config.objectsUrl) : folderObjects(join(config.dataFolder, 'objects'))

  const notes: string[] = []
  const runtime = await chooseRuntime({
    engine: config.sandbox,
    dockerImage: config.dockerImage,
    e2bApiKey: config.e2bApiKey,
    e2bTemplate: config.e2bTemplate,
    previewDomain: config.previewDomain,
    folder: join(config.dataFolder, 'sandboxes'),
    node: process.execPath,
    registry: createRegistryMirror({
      upstream: config.registryUrl,
      ageMsMin: config.packageAgeMs,
      onRequest: (request) => log({ level: 'debug', at: 'registry', ...request }),
    }),
    log,
  })
  await runtime.sweep()
  cleanUps.push(runtime.close)
  const probe = await runtime.probe()
  if (!probe.ok) notes.push(`Builds cannot run yet: ${probe.reason}. To fix it: ${probe.fix}`)
  else notes.push(...probe.notes.map((note) => `Sandbox: ${note}.`))
  const chromium = runtime.capabilities.seesHostPrograms ? findChromium() : undefined
  if (!runtime.capabilities.seesHostPrograms) {
    notes.push(`Pages of builds are not looked at: sandboxes of ${runtime.name} have no browser inside.`)
  } else if (!chromium) notes.push('No Chromium: pages of builds are not looked at. To fix it: sudo apt-get install -y chromium')

  const engine = wrapEngine(
    createEngine({
      databaseUrl: database.appUrl,
      executorId: config.workerId,
      stepsVersion: STEPS_VERSION,
      buildsMax: config.buildsMax,
      buildsTotal: config.buildsTotal,
      log,
    }),
  )
  const pipeline = createPipeline({
    storage,
    objects,
    engine,
    runtime,
    template: readTemplateFiles(),
    templatesFolder,
    ...(chromium ? { checkPage: (target) => checkPage({ runtime, executablePath: chromium }, target) } : {}),
    modelFetch: vendorFetch(config.modelAddresses),
    ...(replay ? { replay } : {}),
    previewIdleMs: config.previewIdleMs,
    log,
  })
  return { databaseUrl: database.appUrl, vaultKey, storage, objects, runtime, chromium, engine, pipeline, notes }
}
