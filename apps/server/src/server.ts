/** Wires every room by hand, in the order in which they need each other, and takes them down in the other. */
import { timingSafeEqual } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { vendorFetch } from '@slipway/agents'
import {
  type Accounts,
  createAccounts,
  createApi,
  createBrowserSessions,
  createShareLinks,
  liveEvents,
  staticWeb,
  type Viewer,
  viewersOfIssuer,
} from '@slipway/api'
import { checkPage, chooseRuntime, createPreviewProxy, createRegistryMirror, findChromium, inSandboxedPage } from '@slipway/sandbox'
import { createStorage, createVault, folderObjects, loadVaultKey, s3Objects } from '@slipway/storage'
import { createEngine, createFigmaClient, createPipeline, createPrototypes } from '@slipway/workflows'
import pg from 'pg'
import type { Config } from './config.ts'
import { cliToken, leaveNote } from './data-folder.ts'
import { derivedSecret, openDatabase } from './database.ts'
import { clientAddress, listen } from './listen.ts'
import type { LogFile } from './log-file.ts'
import { readTemplateFiles } from './template-files.ts'

export interface RunningServer {
  readonly url: string
  /** What the person who hosts it should know, in plain words. */
  readonly notes: readonly string[]
  stop(): Promise<void>
}

const WEB = join(dirname(fileURLToPath(import.meta.url)), '../../web/build')
const VERSION = '0.1.0'
/** Raised when a release changes the steps of a workflow. */
const STEPS_VERSION = 'steps-4'
const POOL_MAX = 20

export async function startServer(config: Config, log: LogFile['write']): Promise<RunningServer> {
  const cleanUps: (() => unknown)[] = []
  const stop = async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) {
      await Promise.resolve()
        .then(cleanUp)
        .catch((error: unknown) => log({ level: 'error', at: 'stop', error: String(error) }))
    }
  }
  try {
    return { ...(await wire(config, log, cleanUps)), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function wire(config: Config, log: LogFile['write'], cleanUps: (() => unknown)[]) {
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

  if (config.origin && config.previewDomain.endsWith('localhost') && new URL(config.origin).hostname !== 'localhost')
    notes.push(`Only this machine finds previews at *.${config.previewDomain}. To show them to others: set SLIPWAY_PREVIEW_DOMAIN.`)

  const engine = createEngine({
    databaseUrl: database.appUrl,
    executorId: config.workerId,
    stepsVersion: STEPS_VERSION,
    buildsMax: config.buildsMax,
    buildsTotal: config.buildsTotal,
    log,
  })
  const pipeline = createPipeline({
    storage,
    objects,
    engine,
    runtime,
    template: readTemplateFiles(),
    templatesFolder: join(config.dataFolder, 'dependency-trees'),
    ...(chromium ? { checkPage: (target) => checkPage({ runtime, executablePath: chromium }, target) } : {}),
    modelFetch: vendorFetch(config.modelAddresses),
    previewIdleMs: config.previewIdleMs,
    log,
  })
  const prototypes = createPrototypes({
    storage,
    objects,
    engine,
    figma: createFigmaClient({ baseUrl: config.figma.apiUrl }),
    createProject: pipeline.createProject,
    ...(chromium ? { browse: (work, signal) => inSandboxedPage({ runtime, executablePath: chromium }, signal, work) } : {}),
    modelFetch: vendorFetch(config.modelAddresses),
    log,
  })
  await pipeline.start({ isWorker: config.role !== 'server' })
  cleanUps.push(pipeline.stop)
  if (config.role === 'worker') return { url: '', notes }

  const events = liveEvents({ storage })
  cleanUps.push(events.close)
  const origins: string[] = []
  const previews = createPreviewProxy({
    domain: config.previewDomain,
    frameAncestors: () => origins,
    find: (previewId) => pipeline.visitPreview(previewId),
    wake: (previewId) => pipeline.wakePreview(previewId),
    admits: (previewId, viewer) => pipeline.admitsToPreview(previewId, viewer),
    onReport: (previewId, report) => {
      pipeline
        .reportPreview(previewId, report)
        .catch((error: unknown) => log({ level: 'warn', at: 'preview.report', error: String(error) }))
    },
  })

  // The port is known once something listens there; what needs to know it is made then, before anybody has been told of it.
  let answer: (request: Request, environment: { incoming: IncomingMessage }) => Response | Promise<Response> = () =>
    new Response(null, { status: 503 })
  const listening = await listen({ ...config, previews, fetch: (request, environment) => answer(request, environment) })
  cleanUps.push(listening.close)
  const { port } = listening
  const url = config.origin ?? `http://localhost:${port}`
  const isSecure = url.startsWith('https:')
  const publicPort = config.origin ? Number(new URL(config.origin).port || (isSecure ? 443 : 80)) : port
  origins.push(url, ...(config.origin ? [] : [`http://127.0.0.1:${port}`]))

  const accounts = createAccounts({
    databaseUrl: database.appUrl,
    secret: derivedSecret(vaultKey, 'cookies'),
    origin: url,
    trustedOrigins: origins,
    log,
  })
  cleanUps.push(accounts.close)
  await accounts.migrate()
  const api = createApi({
    storage,
    pipeline,
    prototypes,
    browserSessions: createBrowserSessions({ secret: derivedSecret(vaultKey, 'browser sessions'), isSecure }),
    accounts,
    events,
    previewUrl: (entry) => previews.open(entry, { port: publicPort, isSecure }),
    shutPreview: ({ previewId, viewer }) => previews.revoke(previewId, viewer),
    shareLinks: createShareLinks({ origin: url, secret: derivedSecret(vaultKey, 'preview shares') }),
    modelAddresses: config.modelAddresses,
    otherViewers: [
      viewerOfTool(accounts, await cliToken(config.dataFolder)),
      ...(config.otherIssuer ? [viewersOfIssuer(config.otherIssuer)] : []),
    ],
    web: staticWeb({ folder: WEB, frameSources: ["'self'", `${isSecure ? 'https' : 'http'}://*.${config.previewDomain}:${publicPort}`] }),
    origins,
    isSignUpOpen: config.isSignUpOpen,
    isFirstVisitOpen: config.origin === undefined,
    addressOf: (context) => clientAddress((context.env as { incoming?: IncomingMessage })?.incoming, config.trustedProxies),
    version: VERSION,
    log,
  })
  answer = (request, environment) => api.fetch(request, environment)
  cleanUps.push(await leaveNote(config.dataFolder, { url, pid: process.pid }))
  return { url, notes }
}

/** Tools that can read the token's file are the owner; on a fresh installation the first of them makes one. */
function viewerOfTool(accounts: Accounts, token: string): (headers: Headers) => Promise<Viewer | undefined> {
  const wanted = Buffer.from(`Bearer ${token}`)
  return async (headers) => {
    const given = Buffer.from(headers.get('authorization') ?? '')
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined
    return (await accounts.owner()) ?? (await accounts.createOwner('Owner')).viewer
  }
}
