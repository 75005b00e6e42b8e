/** One handler per route of the table: it calls one thing and prints; deciding is done elsewhere. */
import type { VendorAddresses } from '@slipway/agents'
import type { Job, Output, PreviewShare, ROUTES, RouteName } from '@slipway/domain'
import type { Storage } from '@slipway/storage'
import type { Pipeline, Prototypes } from '@slipway/workflows'
import type { z } from 'zod'
import { backlogHandlers } from './backlog-handlers.ts'
import { editBrief, editSpec, featureView, listFeatures, readLog } from './feature-documents.ts'
import { createModelDesk } from './model-desk.ts'
import { modelHandlers } from './model-handlers.ts'
import { prototypeHandlers } from './prototype-handlers.ts'
import { revisionHandlers } from './revision-handlers.ts'
import type { ShareLinks } from './share-links.ts'
import type { Viewer } from './viewer.ts'

export type PreviewUrl = (target: { previewId: string; port: number; viewer: string; until?: number }) => string

export interface HandlerDeps {
  readonly storage: Storage
  readonly pipeline: Pipeline
  readonly prototypes: Prototypes
  /** The path that signs this viewer in, once. */
  readonly signInPath: (viewer: Viewer) => string
  /** The address that lets this viewer into a running sandbox, once. */
  readonly previewUrl: PreviewUrl
  /** Shows a viewer out of a preview. */
  readonly shutPreview: (target: { previewId: string; viewer: string }) => void
  readonly shareLinks: ShareLinks
  /** Where models may be asked. */
  readonly modelAddresses: VendorAddresses
}

type Given<T> = NonNullable<T> extends z.ZodType ? z.output<NonNullable<T>> : Record<never, never>
type Table = typeof ROUTES
export type Input<N extends RouteName> = Given<Table[N]['params']> & Given<Table[N]['query']> & Given<Table[N]['body']>

/** The two that answer without a signed-in person are served where cookies are. */
export type SignedInRoute = Exclude<RouteName, 'getSession' | 'createOwner'>
/** `browser` is the id of its session, for the routes of prototypes. */
export type Handlers = { readonly [N in SignedInRoute]: (input: Input<N>, viewer: Viewer, browser: string) => Promise<Output<N>> }

const done = { ok: true } as const

export function createHandlers({
  storage,
  pipeline,
  prototypes,
  previewUrl,
  shutPreview,
  shareLinks,
  signInPath,
  modelAddresses,
}: HandlerDeps): Handlers {
  const linked = (orgId: string, share: PreviewShare) => ({ ...share, url: shareLinks.urlOf(orgId, share.id) })
  /** Where those of `jobs` that wait stand; the queue is asked only when one does. */
  const placing = async (jobs: readonly (Job | null)[]) => {
    const places = jobs.some((job) => job?.status === 'queued') ? await pipeline.queuePlaces() : undefined
    return (job: Job): Job => ({ ...job, queuePlace: places?.get(job.id) ?? null })
  }
  return {
    ...prototypeHandlers(prototypes),
    createSignInLink: async (_, viewer) => ({ path: signInPath(viewer) }),

    listProjects: (_, { orgId }) => storage.inWorkspace(orgId, async ({ projects }) => ({ projects: await projects.list() })),
    createProject: (wanted, { orgId }) => pipeline.createProject(orgId, wanted),
    renameProject: ({ id, name }, { orgId }) =>
      storage.inWorkspace(orgId, async ({ projects, events }) => {
        const project = await projects.rename(id, name)
        await events.append({ type: 'project-changed', projectId: id })
        return project
      }),
    deleteProject: async ({ id }, { orgId }) => {
      await pipeline.removeProject(orgId, id)
      return done
    },
    listVersions: ({ id }, { orgId }) => storage.inWorkspace(orgId, async ({ versions }) => ({ versions: await versions.list(id) })),

    listFeatures: async (_, { orgId }) => {
      const list = await listFeatures(storage, orgId)
      const place = await placing(list.features.map(({ latestJob }) => latestJob))
      return { ...list, features: list.features.map((one) => ({ ...one, latestJob: one.latestJob && place(one.latestJob) })) }
    },
    getFeature: async ({ id }, { orgId }) => {
      const view = await featureView(storage, orgId, id)
      return { ...view, jobs: view.jobs.map(await placing(view.jobs)) }
    },
    renameFeature: ({ id, title }, { orgId }) =>
      storage.inWorkspace(orgId, async ({ features, events }) => {
        const feature = await features.rename(id, title)
        await events.append({ type: 'feature-changed', projectId: feature.projectId, featureId: id, title, status: feature.status })
        return feature
      }),
    deleteFeature: async ({ id }, { orgId }) => {
      await pipeline.removeFeature(orgId, id)
      return done
    },
    restoreFeature: ({ id }, { orgId }) =>
      storage.inWorkspace(orgId, async ({ features, events }) => {
        const feature = await features.restore(id)
        await events.append({ type: 'feature-restored', projectId: feature.projectId, featureId: id })
        return feature
      }),
    confirmBrief: ({ id }, { orgId }) => pipeline.confirmBrief(orgId, id),
    saveBrief: ({ id, brief }, { orgId }) => editBrief(storage, orgId, { featureId: id, brief }),
    saveSpec: ({ id, spec, revision }, { orgId, name }) => editSpec(storage, orgId, { featureId: id, spec, revision, by: name }),
    approveSpec: ({ id }, { orgId }) => pipeline.approveSpec(orgId, id),
    approvePlan: ({ id }, { orgId }) => pipeline.approvePlan(orgId, id),
    reopenBrief: ({ id }, { orgId }) => pipeline.reopenBrief(orgId, id),
    reopenSpec: ({ id }, { orgId }) => pipeline.reopenSpec(orgId, id),

    sendMessage: (message, { orgId }) => pipeline.say(orgId, message),
    getChat: ({ featureId }, { orgId }) =>
      storage.inWorkspace(orgId, async ({ features, messages }) => {
        await features.get(featureId)
        return { messages: await messages.list(featureId) }
      }),

    startBuild: ({ id }, { orgId }) => pipeline.startBuild(orgId, id),
    getJob: async ({ id }, { orgId }) => {
      const job = await storage.inWorkspace(orgId, ({ jobs }) => jobs.get(id))
      return (await placing([job]))(job)
    },
    cancelJob: ({ id }, { orgId }) => pipeline.cancelJob(orgId, id),
    getLog: ({ id, after }, { orgId }) => readLog(storage, orgId, { jobId: id, after }),
    openPreview: async ({ id }, { orgId, userId }) => {
      const place = await pipeline.openPreview(orgId, id)
      return { url: previewUrl({ ...place, viewer: userId }) }
    },
    sharePreview: async ({ id, hours }, { orgId }) => linked(orgId, await pipeline.sharePreview(orgId, { jobId: id, hours })),
    listShares: async ({ id }, { orgId }) => ({
      shares: (await pipeline.listShares(orgId, id)).map((share) => linked(orgId, share)),
    }),
    revokeShare: async ({ id }, { orgId }) => {
      const shownOut = await pipeline.revokeShare(orgId, id)
      if (shownOut) shutPreview(shownOut)
      return done
    },
    listCode: async ({ id }, { orgId }) => ({ files: await pipeline.listFiles(orgId, id) }),
    readCode: async ({ id, path }, { orgId }) => {
      const bytes = await pipeline.readFile(orgId, { jobId: id, path })
      const isBinary = bytes.subarray(0, 8_000).includes(0)
      return { path, isBinary, content: isBinary ? '' : new TextDecoder().decode(bytes) }
    },
    restoreVersion: ({ id }, { orgId }) => pipeline.restoreVersion(orgId, id),

    ...revisionHandlers(storage, pipeline),
    ...backlogHandlers(pipeline.backlog),
    ...modelHandlers(storage, createModelDesk({ storage, addresses: modelAddresses })),
  }
}
