/** The HTTP interface as one function of a request: accounts, the routes of the table, streams, documents, the web app. */
import { Readable } from 'node:stream'
import type { VendorAddresses } from '@slipway/agents'
import { failure, isFailure, type LiveEvent, ROUTES, type Route, type RouteName, type Session, STREAMS } from '@slipway/domain'
import type { Storage } from '@slipway/storage'
import type { Pipeline, Prototypes } from '@slipway/workflows'
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { type Accounts, ADDRESS_HEADER } from './accounts.ts'
import type { BrowserSessions } from './browser-sessions.ts'
import { rateLimit, readJson, requireOrigin } from './guards.ts'
import { createHandlers, type PreviewUrl, type SignedInRoute } from './handlers.ts'
import type { LiveEvents } from './live-events.ts'
import { docsPage, openApiDocument } from './openapi.ts'
import { parsed, problemOf, problemResponse } from './problems.ts'
import { addPrototypeStreams } from './prototype-streams.ts'
import { SHARE_PATH, type ShareLinks } from './share-links.ts'
import { shareEndedPage } from './share-page.ts'
import type { StaticWeb } from './static-web.ts'
import type { Viewer } from './viewer.ts'

export interface ApiDeps {
  readonly storage: Storage
  readonly pipeline: Pipeline
  readonly prototypes: Prototypes
  readonly browserSessions: BrowserSessions
  readonly accounts: Accounts
  readonly events: LiveEvents
  readonly previewUrl: PreviewUrl
  readonly shutPreview: (target: { previewId: string; viewer: string }) => void
  readonly shareLinks: ShareLinks
  /** Where models may be asked. */
  readonly modelAddresses: VendorAddresses
  /** Who else may say who somebody is: tools of the same user, another issuer. */
  readonly otherViewers: readonly ((headers: Headers) => Promise<Viewer | undefined>)[]
  readonly web?: StaticWeb
  /** From which unsafe requests may come. */
  readonly origins: readonly string[]
  /** Whether strangers may make accounts. */
  readonly isSignUpOpen: boolean
  /** Whether the first visit may make the owner: on a machine that only its user reaches. */
  readonly isFirstVisitOpen: boolean
  readonly addressOf: (context: Context) => string
  readonly version: string
  readonly log: (line: object) => void
  readonly clock?: () => number
}

const BODY_BYTES_MAX = 2 * 1024 * 1024
const WRITES_A_MINUTE = 240

export function createApi(deps: ApiDeps): Hono {
  const { accounts, storage, log, clock = Date.now } = deps
  const app = new Hono()
  const writes = rateLimit({ max: WRITES_A_MINUTE, windowMs: 60_000, clock })
  const handlers = createHandlers({ ...deps, signInPath: accounts.signInPath })
  const document = openApiDocument(deps.version)

  app.onError((error) => {
    const headers = isFailure(error, 'TOO_MANY_REQUESTS') ? { 'retry-after': String((error.detail as { seconds: number }).seconds) } : {}
    return problemResponse(problemOf(error, log), headers as Record<string, string>)
  })

  app.use(async (context, next) => {
    await next()
    const { headers } = context.res
    headers.set('x-content-type-options', 'nosniff')
    headers.set('referrer-policy', 'same-origin')
    headers.set('cross-origin-opener-policy', 'same-origin')
    headers.set('cross-origin-resource-policy', 'same-origin')
    if (!headers.has('x-frame-options')) headers.set('x-frame-options', 'DENY')
    if (!headers.has('content-security-policy')) headers.set('content-security-policy', DOCUMENT_POLICY)
    if (context.req.path.startsWith('/api/') && !headers.has('cache-control')) headers.set('cache-control', 'no-store')
  })

  app.use('/api/*', async (context, next) => {
    requireOrigin(context.req.raw, deps.origins)
    if (context.req.method !== 'GET' && context.req.method !== 'HEAD') writes.take(deps.addressOf(context))
    await next()
  })

  const viewerOf = async (headers: Headers): Promise<Viewer | undefined> => {
    for (const ask of [...deps.otherViewers, accounts.viewerOf]) {
      const viewer = await ask(headers)
      if (viewer) return viewer
    }
    return undefined
  }
  const requireViewer = async (context: Context): Promise<Viewer> => {
    const viewer = await viewerOf(context.req.raw.headers)
    if (!viewer) throw failure('NOT_SIGNED_IN', undefined as never)
    return viewer
  }

  /** The browser of a request; one that comes for the first time gets its cookie with the answer. */
  const browserOf = (context: Context): string => {
    const known = deps.browserSessions.read(context.req.header('cookie'))
    if (known) return known
    const { id, cookie } = deps.browserSessions.issue()
    context.header('set-cookie', cookie, { append: true })
    return id
  }

  app.get('/health', (context) => context.json({ ok: true }))
  app.get('/ready', async (context) => {
    await storage.ping()
    return context.json({ ok: true })
  })

  app.all('/api/auth/*', async (context) => {
    if (context.req.path.includes('/sign-up/') && !deps.isSignUpOpen) throw failure('NOT_ALLOWED', { action: 'make an account' })
    const headers = new Headers(context.req.raw.headers)
    headers.set(ADDRESS_HEADER, deps.addressOf(context))
    return accounts.handle(new Request(context.req.raw, { headers }))
  })

  app.get(ROUTES.getSession.path, async (context) => {
    const viewer = await viewerOf(context.req.raw.headers)
    return context.json(sessionOf(viewer, !viewer && deps.isFirstVisitOpen && (await accounts.isFresh())))
  })

  app.post(ROUTES.createOwner.path, async (context) => {
    if (!deps.isFirstVisitOpen) throw failure('NOT_ALLOWED', { action: 'become the owner from another machine' })
    const { name } = parsed(
      ROUTES.createOwner.body as NonNullable<typeof ROUTES.createOwner.body>,
      await readJson(context.req.raw, BODY_BYTES_MAX),
    )
    const { viewer, cookies } = await accounts.createOwner(name || 'Owner')
    for (const cookie of cookies) context.header('set-cookie', cookie, { append: true })
    return context.json(sessionOf(viewer, false))
  })

  const newestEvent = (orgId: string) => storage.inWorkspace(orgId, (stores) => stores.events.newest())

  for (const [name, route] of Object.entries(ROUTES) as [RouteName, Route][]) {
    if (name === 'getSession' || name === 'createOwner') continue
    const handler = handlers[name as SignedInRoute] as (input: object, viewer: Viewer, browser: string) => Promise<object>
    app.on(route.method, route.path.replace(/\{(\w+)\}/g, ':$1'), async (context) => {
      const viewer = await requireViewer(context)
      const input = {
        ...(route.params ? (parsed(route.params, context.req.param()) as object) : {}),
        ...(route.query ? (parsed(route.query, context.req.query()) as object) : {}),
        ...(route.body ? (parsed(route.body, await readJson(context.req.raw, route.bodyBytesMax ?? BODY_BYTES_MAX)) as object) : {}),
      }
      const before = name === 'sendMessage' && isStreamWanted(context) ? await newestEvent(viewer.orgId) : undefined
      const answer = await handler(input, viewer, route.tag === 'prototypes' ? browserOf(context) : '')
      if (before === undefined) return context.json(answer)
      const { featureId } = input as { featureId: string }
      return eventStream(deps.events.stream(viewer.orgId, { after: before, featureId, last: isAnswer, signal: context.req.raw.signal }))
    })
  }

  addPrototypeStreams(app, {
    prototypes: deps.prototypes,
    askerOf: async (context) => ({ orgId: (await requireViewer(context)).orgId, sessionId: browserOf(context) }),
  })

  app.get(STREAMS.events.path, async (context) => {
    const { orgId } = await requireViewer(context)
    const query = parsed(STREAMS.events.query, context.req.query())
    const resumed = z.coerce.number().int().nonnegative().safeParse(context.req.header('last-event-id'))
    const after = resumed.data ?? query.after ?? (await newestEvent(orgId))
    return eventStream(deps.events.stream(orgId, { after, featureId: query.featureId, signal: context.req.raw.signal }))
  })

  app.get(STREAMS.download.path.replace('{id}', ':id'), async (context) => {
    const { orgId } = await requireViewer(context)
    const { id } = parsed(STREAMS.download.params, context.req.param())
    const { version } = parsed(STREAMS.download.query, context.req.query())
    const found = await deps.pipeline.download(orgId, { featureId: id, version })
    return new Response(found.body, {
      headers: {
        'content-type': 'application/zip',
        'content-length': String(found.sizeBytes),
        'content-disposition': `attachment; filename="${found.fileName}"`,
        etag: `"${found.version.archiveSha256}"`,
        'cache-control': 'private, no-cache',
      },
    })
  })

  app.get(STREAMS.recording.path.replace('{id}', ':id'), async (context) => {
    const { orgId } = await requireViewer(context)
    const { id } = parsed(STREAMS.recording.params, context.req.param())
    const { fileName, lines } = await deps.pipeline.record(orgId, { featureId: id, version: deps.version })
    return new Response(Readable.toWeb(Readable.from(lines, { objectMode: false })) as ReadableStream<Uint8Array>, {
      headers: {
        'content-type': 'application/jsonl; charset=utf-8',
        'content-disposition': `attachment; filename="${fileName}"`,
        'cache-control': 'private, no-store',
      },
    })
  })

  app.get(STREAMS.chatImage.path.replace(/\{(\w+)\}/g, ':$1'), async (context) => {
    const { orgId } = await requireViewer(context)
    const { id, imageId } = parsed(STREAMS.chatImage.params, context.req.param())
    const { image, bytes } = await deps.pipeline.readImage(orgId, { featureId: id, imageId })
    return new Response(bytes as Uint8Array<ArrayBuffer>, {
      headers: {
        'content-type': image.mediaType,
        'content-disposition': 'inline',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        'cache-control': 'private, max-age=31536000, immutable',
      },
    })
  })

  app.get(`${SHARE_PATH}:token`, async (context) => {
    context.header('cache-control', 'no-store')
    context.header('referrer-policy', 'no-referrer')
    const link = deps.shareLinks.read(context.req.param('token'))
    const preview = link && (await deps.pipeline.followShare(link.orgId, link.shareId).catch(ifGone))
    if (!preview) return context.html(shareEndedPage, 404)
    return context.redirect(deps.previewUrl({ ...preview, until: Date.parse(preview.expiresAt) }))
  })

  app.get('/api/openapi.json', (context) => context.json(document))
  app.get('/api/docs', (context) => context.html(docsPage(document)))

  app.notFound((context) => {
    const { path, method } = context.req
    const isPage = (method === 'GET' || method === 'HEAD') && !path.startsWith('/api/')
    const page = isPage ? deps.web?.answer(path, context.req.raw.headers) : undefined
    return page ?? problemResponse(problemOf(failure('ROUTE_NOT_FOUND', { path }), log))
  })
  return app
}

const isStreamWanted = (context: Context) => context.req.header('accept')?.includes(EVENT_STREAM) ?? false
const isAnswer = ({ body }: LiveEvent) => body.type === 'message-added' && body.role === 'assistant'

const EVENT_STREAM = 'text/event-stream'
const eventStream = (stream: ReadableStream<Uint8Array>) =>
  new Response(stream, { headers: { 'content-type': EVENT_STREAM, 'cache-control': 'no-store', 'x-accel-buffering': 'no' } })

/** What is not there any more is nothing; every other failure is one. */
function ifGone(error: unknown): undefined {
  if (!isFailure(error, 'NOT_FOUND') && !isFailure(error, 'PREVIEW_GONE')) throw error
}

const DOCUMENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

const sessionOf = (viewer: Viewer | undefined, isFirstVisit: boolean): Session => ({
  user: viewer ? { id: viewer.userId, name: viewer.name, email: viewer.email } : null,
  workspace: viewer ? { id: viewer.orgId, name: viewer.orgName } : null,
  isFirstVisit,
})
