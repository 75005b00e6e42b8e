/** Puts what people and tools reach on top of the rooms that work, and takes everything down in the other order. */
import { timingSafeEqual } from 'node:crypto'
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
import { createPreviewProxy, inSandboxedPage } from '@slipway/sandbox'
import { createFigmaClient, createPrototypes } from '@slipway/workflows'
import type { Config } from './config.ts'
import { cliToken, leaveNote } from './data-folder.ts'
import { derivedSecret } from './database.ts'
import { clientAddress, listen } from './listen.ts'
import type { LogFile } from './log-file.ts'
import { VERSION } from './release.ts'
import { openRooms } from './rooms.ts'

export interface RunningServer {
  readonly url: string
  /** What the person who hosts it should know, in plain words. */
  readonly notes: readonly string[]
  stop(): Promise<void>
}

const WEB = join(dirname(fileURLToPath(import.meta.url)), '../../web/build')

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
  const rooms = await openRooms(config, log, cleanUps)
  const { databaseUrl, vaultKey, storage, objects, runtime, chromium, engine, pipeline, notes } = rooms
  if (config.origin && config.previewDomain.endsWith('localhost') && new URL(config.origin).hostname !== 'localhost')
    notes.push(`Only this machine finds previews at *.${config.previewDomain}. To show them to others: set SLIPWAY_PREVIEW_DOMAIN.`)

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
    databaseUrl,
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
