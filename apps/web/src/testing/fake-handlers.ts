/** One answer per route of the table, from a workspace in memory: a new route does not compile without one. */
import { failure, NO_MODELS, type Output, type ROUTES, type RouteName, receiptOfParts } from '@slipway/domain'
import type { z } from 'zod'
import { fakeBacklog } from './fake-backlog.ts'
import { fakePrototypes } from './fake-prototypes.ts'
import { fakeRevisions } from './fake-revisions.ts'
import type { FakeWorkspace } from './fake-workspace.ts'

type Given<T> = NonNullable<T> extends z.ZodType ? z.output<NonNullable<T>> : Record<never, never>
type Table = typeof ROUTES
type Input<N extends RouteName> = Given<Table[N]['params']> & Given<Table[N]['query']> & Given<Table[N]['body']>
export type FakeHandlers = { readonly [N in RouteName]: (input: Input<N>) => Output<N> }

export interface FakeAddresses {
  /** Where the fake's own preview answers. */
  readonly previewUrl: (sandboxId: string) => string
}

const FILES: Readonly<Record<string, string>> = {
  'README.md': '# Bike Workshop\n\nCustomers, their bikes and repair jobs.\n\n```sh\nnpm install && npm run dev\n```\n',
  'package.json': '{\n  "name": "bike-workshop",\n  "type": "module",\n  "scripts": { "build": "vite build" }\n}\n',
  'server/routes/repair-jobs.ts':
    "/** Repair jobs over HTTP. */\nimport { Hono } from 'hono'\nimport { repairJobs } from '../db/schema.ts'\n\nexport const repairJobRoutes = new Hono().get('/', async (c) => {\n  const rows = await c.var.db.select().from(repairJobs)\n  return c.json(rows.filter((row) => row.price > 0))\n})\n",
  'server/db/schema.ts':
    "import { integer, pgTable, text } from 'drizzle-orm/pg-core'\n\nexport const repairJobs = pgTable('repair_jobs', {\n  id: text().primaryKey(),\n  status: text().notNull(),\n  price: integer().notNull(),\n})\n",
  'web/app.tsx': 'export function App() {\n  return <main className="p-4">Bike Workshop</main>\n}\n',
  'web/theme.css': ':root {\n  --primary: #2f6b3c;\n}\n',
  'web/logo.png': '',
}

const done = { ok: true } as const

export function fakeHandlers(workspace: FakeWorkspace, { previewUrl }: FakeAddresses): FakeHandlers {
  const view = (id: string) => workspace.record(id).view
  return {
    ...fakeBacklog(workspace),
    ...fakeRevisions(workspace),
    getSession: () => workspace.session,
    createOwner: () => {
      if (!workspace.session.isFirstVisit) throw failure('NOT_SIGNED_IN', {} as never)
      workspace.signIn()
      return workspace.session
    },
    createSignInLink: () => ({ path: '/api/sign-in/once' }),

    listProjects: () => ({ projects: [...workspace.features.values()].map(({ view }) => view.project) }),
    createProject: ({ idea }) => {
      const feature = workspace.addFeature(idea)
      return { project: view(feature.id).project, feature }
    },
    renameProject: ({ id, name }) => {
      const found = [...workspace.features.values()].find((record) => record.view.project.id === id)
      if (!found) throw failure('NOT_FOUND', { thing: 'project', id })
      found.view.project = { ...found.view.project, name }
      return found.view.project
    },
    deleteProject: () => done,
    listVersions: ({ id }) => ({
      versions: [...workspace.features.values()].find(({ view }) => view.project.id === id)?.view.versions ?? [],
    }),

    listFeatures: () => ({
      features: [...workspace.features.values()]
        .filter((record) => !record.isDeleted)
        .map(({ view: { feature, project, jobs } }) => ({ ...feature, projectName: project.name, latestJob: jobs[0] ?? null }))
        .sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1)),
      eventId: workspace.lastEventId,
    }),
    getFeature: ({ id }) => ({ ...view(id), eventId: workspace.lastEventId }),
    renameFeature: ({ id, title }) => {
      const { feature } = view(id)
      view(id).feature = { ...feature, title, updatedAt: workspace.now() }
      workspace.tell({ type: 'feature-changed', featureId: id, title, status: feature.status })
      return view(id).feature
    },
    deleteFeature: ({ id }) => {
      workspace.record(id).isDeleted = true
      workspace.tell({ type: 'feature-deleted', featureId: id })
      return done
    },
    restoreFeature: ({ id }) => {
      workspace.record(id).isDeleted = false
      workspace.tell({ type: 'feature-restored', featureId: id })
      return view(id).feature
    },
    confirmBrief: ({ id }) => workspace.moveFeature(id, 'confirm-brief'),
    saveBrief: ({ id, brief }) => {
      view(id).brief = brief
      workspace.tell({ type: 'brief-changed', featureId: id })
      return done
    },
    saveSpec: ({ id, spec, revision }) => {
      const now = view(id)
      if (now.specRevision !== revision) throw failure('CONFLICT', { what: 'The spec' })
      return { revision: workspace.keepSpec(id, spec, { made: 'edited', by: 'Ada' }).number }
    },
    approveSpec: ({ id }) => workspace.moveFeature(id, 'approve-spec'),
    approvePlan: ({ id }) => {
      workspace.moveFeature(id, 'approve-plan')
      const job = workspace.startBuild(id)
      return { feature: view(id).feature, job }
    },
    reopenBrief: ({ id }) => workspace.moveFeature(id, 'reopen-brief'),
    reopenSpec: ({ id }) => workspace.moveFeature(id, 'reopen-spec'),

    sendMessage: ({ featureId, text, answers }) => {
      const now = view(featureId)
      const words = text || answers.map((answer) => answer.values.join(', ')).join('; ')
      const mine = workspace.say(featureId, 'user', words)
      now.questions = now.questions.filter((question) => !answers.some((answer) => answer.questionId === question.id))
      const name = /call it (.+)/i.exec(text)?.[1]
      if (now.brief) now.brief = { ...now.brief, name: name ?? now.brief.name }
      const reply = workspace.say(featureId, 'assistant', name ? `It is called **${name}** now.` : 'Noted.')
      workspace.tell({ type: 'brief-changed', featureId })
      return { messages: [mine, reply], brief: now.brief, questions: now.questions }
    },
    getChat: ({ featureId }) => ({ messages: workspace.record(featureId).messages }),

    startBuild: ({ id }) => workspace.startBuild(id),
    getJob: ({ id }) => workspace.job(id).job,
    cancelJob: ({ id }) => workspace.cancelBuild(id),
    getLog: ({ id }) => ({ lines: workspace.job(id).record.logs.get(id) ?? [], eventId: workspace.lastEventId }),
    openPreview: ({ id }) => ({ url: previewUrl(workspace.job(id).job.sandboxId ?? 'sandbox-1') }),
    sharePreview: ({ id, hours }) => workspace.sharePreview(id, hours),
    listShares: ({ id }) => ({ shares: workspace.shares.filter((share) => share.jobId === id) }),
    revokeShare: ({ id }) => {
      workspace.shares.splice(0, workspace.shares.length, ...workspace.shares.filter((share) => share.id !== id))
      return done
    },
    listCode: ({ id }) => {
      workspace.job(id)
      return { files: Object.entries(FILES).map(([path, content]) => ({ path, sizeBytes: content.length })) }
    },
    readCode: ({ path }) => {
      const content = FILES[path]
      if (content === undefined) throw failure('NOT_FOUND', { thing: 'file', id: path })
      return { path, content, isBinary: path.endsWith('.png') }
    },
    restoreVersion: ({ id }) => {
      const record = [...workspace.features.values()].find(({ view }) => view.versions.some((version) => version.id === id))
      if (!record) throw failure('NOT_FOUND', { thing: 'version', id })
      return workspace.startBuild(record.view.feature.id)
    },

    ...fakePrototypes(() => workspace.lastEventId),

    getApiKeys: () => ({ keys: workspace.keys }),
    saveApiKey: ({ provider, key, baseUrl = null }) => {
      const stored = { provider, lastFour: key.slice(-4), baseUrl, createdAt: workspace.now() }
      workspace.keys.push(stored)
      return stored
    },
    testApiKey: () => ({ ok: true }),
    deleteApiKey: ({ provider }) => {
      workspace.keys.splice(0, workspace.keys.length, ...workspace.keys.filter((key) => key.provider !== provider))
      return done
    },
    listAvailableModels: () => ({ models: [] }),
    getModelSettings: () => ({ settings: NO_MODELS, revision: 0 }),
    saveModelSettings: ({ revision }) => ({ revision: revision + 1 }),
    getBriefEstimate: () => ({ brief: null }),
    getFeatureMoney: ({ id }) => {
      view(id)
      const spent = { micros: 0, tokens: 0 }
      return {
        hasModel: false,
        caps: NO_MODELS.caps,
        spent: { feature: spent, project: spent },
        receipt: receiptOfParts([]),
        calls: [],
        estimates: [],
      }
    },
    getProjectMoney: () => ({
      cap: NO_MODELS.caps.project,
      spent: { micros: 0, tokens: 0 },
      receipt: receiptOfParts([]),
      features: [],
    }),
  }
}
