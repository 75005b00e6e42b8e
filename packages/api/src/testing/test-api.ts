/** The API over a real database and real accounts; only the pipeline is scripted, a fake at the process's edge that builds nothing. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { analyse, titleOf } from '@slipway/blueprint'
import { FEATURE, type FeatureEvent, failure, sourcesOf } from '@slipway/domain'
import { folderObjects } from '@slipway/storage'
import { type TestDatabase, testDatabase } from '@slipway/storage/testing'
import { builtInMaker, createBacklogDesk, createRevising, type Pipeline, recordRun } from '@slipway/workflows'
import type { Hono } from 'hono'
import { type Accounts, createAccounts } from '../accounts.ts'
import { createBrowserSessions } from '../browser-sessions.ts'
import { type ApiDeps, createApi } from '../create-api.ts'
import { type LiveEvents, liveEvents } from '../live-events.ts'
import { createShareLinks } from '../share-links.ts'
import { ownPrototypes } from './own-prototypes.ts'

export const ORIGIN = 'http://localhost:4600'

export interface TestApi {
  readonly database: TestDatabase
  readonly app: Hono
  readonly accounts: Accounts
  readonly events: LiveEvents
  readonly logged: { debugId?: string }[]
  /** Whom the API had shown out of previews. */
  readonly shownOut: { previewId: string; viewer: string }[]
  /** Sends JSON as the signed-in owner. */
  as(cookie: string, method: string, path: string, body?: object, headers?: Record<string, string>): Promise<Response>
  /** The first visit: a cookie of the owner. */
  signIn(): Promise<string>
  close(): Promise<void>
}

/** Moves features and makes jobs as the real one does; nothing is compiled or run. */
function scriptedPipeline({ storage }: TestDatabase): Pipeline {
  const move = (orgId: string, id: string, event: FeatureEvent) =>
    storage.inWorkspace(orgId, async (stores) => {
      const { status } = await stores.features.get(id)
      if (!sourcesOf(FEATURE, event).includes(status)) throw failure('MOVED_ON', { thing: 'feature', id, event, status })
      const feature = await stores.features.move(id, event)
      await stores.events.append({
        type: 'feature-changed',
        projectId: feature.projectId,
        featureId: id,
        title: feature.title,
        status: feature.status,
      })
      return feature
    })
  const previewOf = async (orgId: string, jobId: string) => {
    const job = await storage.inWorkspace(orgId, (stores) => stores.jobs.get(jobId))
    return { previewId: job.id.replaceAll('-', '') }
  }
  const nothing = async () => {
    throw failure('NOT_FOUND', { thing: 'version', id: 'any' })
  }
  return {
    // a generation or a revision is handed in and never begun
    backlog: createBacklogDesk({ storage, maker: builtInMaker, engine: { begin: async () => undefined, cancel: async () => undefined } }),
    ...createRevising({ storage, engine: { begin: async () => undefined } }),
    start: async () => undefined,
    stop: async () => undefined,
    createProject: (orgId, { idea }) =>
      storage.inWorkspace(orgId, async (stores) => {
        const { brief, questions } = analyse(idea)
        const project = await stores.projects.create({ name: titleOf(brief) })
        const feature = await stores.features.create({ projectId: project.id, title: titleOf(brief), idea })
        await stores.briefs.save(feature.id, { brief, questions, answers: [] })
        await stores.events.append({
          type: 'feature-changed',
          projectId: project.id,
          featureId: feature.id,
          title: feature.title,
          status: feature.status,
        })
        return { project, feature }
      }),
    readImage: async (_, { imageId }) => ({
      image: { id: imageId, mediaType: 'image/png', width: 1, height: 1, sizeBytes: 4 },
      bytes: Uint8Array.of(137, 80, 78, 71),
    }),
    // the answer comes later, as a model's does
    say: (orgId, { featureId, text }) =>
      storage.inWorkspace(orgId, async (stores) => {
        const { projectId } = await stores.features.get(featureId)
        const add = async (role: 'user' | 'assistant', content: string) => {
          const message = await stores.messages.add({ featureId, role, content })
          return { message, event: { type: 'message-added', projectId, featureId, messageId: message.id, role } as const }
        }
        const [asked, answered] = [await add('user', text), await add('assistant', 'I see.')]
        await stores.events.append(asked.event, { type: 'writing', projectId, featureId, document: 'message', text: 'I s' }, answered.event)
        await stores.events.append({ type: 'brief-changed', projectId, featureId })
        return { messages: [asked.message], brief: null, questions: [] }
      }),
    confirmBrief: (orgId, id) => move(orgId, id, 'confirm-brief'),
    approveSpec: (orgId, id) => move(orgId, id, 'approve-spec'),
    reopenBrief: (orgId, id) => move(orgId, id, 'reopen-brief'),
    reopenSpec: (orgId, id) => move(orgId, id, 'reopen-spec'),
    approvePlan: (orgId, id) =>
      storage.inWorkspace(orgId, async (stores) => ({
        feature: await stores.features.get(id),
        job: await stores.jobs.create({ featureId: id }),
      })),
    startBuild: (orgId, id) => storage.inWorkspace(orgId, (stores) => stores.jobs.create({ featureId: id })),
    restoreVersion: nothing,
    queuePlaces: async () => new Map(),
    cancelJob: (orgId, id) => storage.inWorkspace(orgId, (stores) => stores.jobs.move(id, 'cancel')),
    removeFeature: (orgId, id) =>
      storage.inWorkspace(orgId, async ({ features, events }) => {
        const { projectId } = await features.get(id)
        await features.remove(id)
        await events.append({ type: 'feature-deleted', projectId, featureId: id })
      }),
    removeProject: (orgId, id) => storage.inWorkspace(orgId, (stores) => stores.projects.remove(id)),
    openPreview: async (orgId, id) => ({ ...(await previewOf(orgId, id)), port: 3000 }),
    visitPreview: () => undefined,
    wakePreview: async () => undefined,
    admitsToPreview: async () => true,
    reportPreview: async () => undefined,
    sharePreview: (orgId, values) => storage.inWorkspace(orgId, ({ shares }) => shares.create(values)),
    listShares: (orgId, jobId) => storage.inWorkspace(orgId, ({ shares }) => shares.list(jobId)),
    revokeShare: async (orgId, id) => {
      const share = await storage.inWorkspace(orgId, ({ shares }) => shares.remove(id))
      return share && { ...(await previewOf(orgId, share.jobId)), viewer: `share:${id}` }
    },
    followShare: async (orgId, id) => {
      const { jobId, expiresAt } = await storage.inWorkspace(orgId, ({ shares }) => shares.visit(id))
      return { ...(await previewOf(orgId, jobId)), port: 3000, viewer: `share:${id}`, expiresAt }
    },
    async record(orgId, { featureId, version }) {
      const objects = folderObjects(mkdtempSync(join(tmpdir(), 'slipway-api-')))
      const { lines } = await recordRun({ storage, objects }, orgId, { featureId, release: { version, steps: 'tests' } })
      return { fileName: 'app.slipway-run.jsonl', lines }
    },
    download: async (orgId, { featureId }) => {
      const body = new Blob(['zip bytes']).stream() as ReadableStream<Uint8Array>
      const { projectId } = await storage.inWorkspace(orgId, (stores) => stores.features.get(featureId))
      const version = {
        id: featureId,
        projectId,
        jobId: featureId,
        featureId,
        name: 'build_v0_1',
        number: 1,
        restoredFrom: null,
        archiveSha256: 'a'.repeat(64),
        archiveBytes: 9,
        createdAt: new Date(0).toISOString(),
      }
      return { version, fileName: 'app-build_v0_1.zip', body, sizeBytes: 9 }
    },
    listFiles: async () => [{ path: 'a.ts', sizeBytes: 1 }],
    readFile: async (_, { path }) => (path === 'logo.png' ? Uint8Array.of(137, 80, 0, 1) : Buffer.from('const a = 1\n')),
  }
}

export async function testApi(options: Partial<ApiDeps> = {}): Promise<TestApi> {
  const database = await testDatabase()
  const logged: { debugId?: string }[] = []
  const shownOut: TestApi['shownOut'] = []
  const log = (line: object) => void logged.push(line)
  const accounts = createAccounts({
    databaseUrl: database.appUrl,
    secret: 'a secret for tests that is long enough to be one',
    origin: ORIGIN,
    trustedOrigins: [ORIGIN],
    log,
  })
  await accounts.migrate()
  const events = liveEvents({ storage: database.storage })
  const scripted = scriptedPipeline(database)
  const app = createApi({
    storage: database.storage,
    pipeline: scripted,
    prototypes: ownPrototypes(database, scripted, log),
    browserSessions: createBrowserSessions({ secret: 'a secret for tests', isSecure: false }),
    accounts,
    events,
    previewUrl: ({ previewId, port, viewer }) => `http://${port}-${previewId}.preview.localhost:4600/enter?as=${viewer}`,
    shutPreview: (target) => void shownOut.push(target),
    shareLinks: createShareLinks({ origin: ORIGIN, secret: 'a secret for tests' }),
    modelAddresses: 'any',
    otherViewers: [],
    origins: [ORIGIN],
    isSignUpOpen: false,
    isFirstVisitOpen: true,
    addressOf: (context) => context.req.header('x-test-address') ?? '127.0.0.1',
    version: '0.0.0',
    log,
    ...options,
  })
  const as: TestApi['as'] = async (cookie, method, path, body, headers = {}) =>
    app.request(path, {
      method,
      headers: { cookie, origin: ORIGIN, 'content-type': 'application/json', ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  return {
    database,
    app,
    accounts,
    events,
    logged,
    shownOut,
    as,
    async signIn() {
      const answer = await as('', 'POST', '/api/first-visit', {})
      return answer.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';')[0])
        .join('; ')
    },
    async close() {
      events.close()
      await accounts.close()
      await database.close()
    },
  }
}
