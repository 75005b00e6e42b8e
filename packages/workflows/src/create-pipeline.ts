/** Puts the pipeline together: drafting at once, documents and builds as durable runs. */
import { FEATURE, type Feature, type FeatureEvent, failure, isFailure, type Job, sourcesOf, targetOf } from '@slipway/domain'
import { analystTurnRun } from './analyst-turn.ts'
import { featureChanged, jobChanged } from './announce.ts'
import { createBacklogDesk } from './backlog-desk.ts'
import { buildAppRun } from './build-app.ts'
import { createBuildQueue } from './build-queue.ts'
import { createBuilder } from './builder.ts'
import { readChatImage } from './chat-images.ts'
import { dependencyTrees } from './dependency-trees.ts'
import { createDrafting } from './drafting.ts'
import { enterBuild } from './enter-build.ts'
import { idFrom } from './id-from.ts'
import { filesOfJob } from './job-files.ts'
import { modelBacklogMaker } from './model-backlog-maker.ts'
import { createModels } from './models.ts'
import { archiveKey } from './object-keys.ts'
import type { Pipeline } from './pipeline.ts'
import type { PipelineDeps } from './pipeline-deps.ts'
import { createPreviewShares } from './preview-shares.ts'
import { createPreviews } from './previews.ts'
import { recordRun } from './recordings/record-run.ts'
import { createRemoval, purgeRun } from './removal.ts'
import { revisePlansRun, reviseSpecRun } from './revise-documents.ts'
import { createRevising } from './revising.ts'
import { writeBacklogRun } from './write-backlog.ts'
import { writePlansRun, writeSpecRun } from './write-documents.ts'

export function createPipeline(deps: PipelineDeps): Pipeline {
  const { storage, objects, engine, runtime } = deps
  const viteConfig = deps.template.find(({ path }) => path === 'vite.config.ts')?.content
  const trees = dependencyTrees({ runtime, folder: deps.templatesFolder, viteConfig })
  const models = createModels({ storage, fetch: deps.modelFetch, replay: deps.replay })
  const queue = createBuildQueue(deps)
  const builder = createBuilder({ ...deps, trees, models, queue })
  const previews = createPreviews({ ...deps, trees })
  engine.register('analyst-turn', analystTurnRun({ storage, objects, models }))
  engine.register('write-spec', writeSpecRun({ ...deps, models }))
  engine.register('write-plans', writePlansRun({ ...deps, models }))
  engine.register('revise-spec', reviseSpecRun({ ...deps, models }))
  engine.register('revise-plan', revisePlansRun({ ...deps, models }))
  const maker = modelBacklogMaker(models)
  engine.register('write-backlog', writeBacklogRun({ ...deps, maker }))
  engine.register('build-app', buildAppRun(builder))
  engine.register('purge', purgeRun(deps))

  /** @throws MOVED_ON before anything is handed in, when the feature's status does not know the event */
  const requireMove = (feature: Feature, event: FeatureEvent) => {
    if ([...sourcesOf(FEATURE, event), targetOf(FEATURE, event)].includes(feature.status)) return
    throw failure('MOVED_ON', { thing: 'feature', id: feature.id, event, status: feature.status })
  }

  const moveFeature = (orgId: string, featureId: string, event: FeatureEvent): Promise<Feature> =>
    storage.inWorkspace(orgId, async (stores) => {
      const before = await stores.features.get(featureId)
      const feature = await stores.features.move(featureId, event)
      if (before.status !== feature.status) await stores.events.append(featureChanged(feature))
      return feature
    })

  /**
   * The run is handed in before the status moves, and moves it itself too: whoever is killed in between leaves no feature that waits for
   * a run nobody knows of. When the run was quicker than we are, its status stands.
   */
  const document = async (orgId: string, featureId: string, event: 'confirm-brief' | 'approve-spec', run: string): Promise<Feature> => {
    const feature = await storage.inWorkspace(orgId, (stores) => stores.features.get(featureId))
    requireMove(feature, event)
    if (feature.status === targetOf(FEATURE, event)) return feature
    await engine.begin(
      run,
      { orgId, id: featureId },
      { id: `${run}-${idFrom(featureId, feature.updatedAt)}`, queue: 'documents', group: featureId },
    )
    return moveFeature(orgId, featureId, event).catch((error: unknown) => {
      if (isFailure(error, 'MOVED_ON')) return storage.inWorkspace(orgId, (stores) => stores.features.get(featureId))
      throw error
    })
  }

  const build = async (orgId: string, featureId: string, restoreFrom?: string): Promise<{ feature: Feature; job: Job }> => {
    const before = await storage.inWorkspace(orgId, (stores) => stores.features.get(featureId))
    if (before.status !== 'plan_ready') requireMove(before, 'build')
    if (before.status === 'building') {
      const [running] = await storage.inWorkspace(orgId, (stores) => stores.jobs.list({ featureId }))
      if (running) return { feature: before, job: running }
    }
    const order = { featureId, jobId: idFrom(featureId, before.updatedAt, restoreFrom ?? ''), ...(restoreFrom ? { restoreFrom } : {}) }
    const { jobId, ...input } = order
    await engine.begin('build-app', { orgId, id: jobId, ...input }, { id: jobId, queue: 'builds', group: orgId })
    const { feature, job } = await enterBuild(storage, orgId, order)
    const places = await queue.tell()
    return { feature, job: { ...job, queuePlace: places.get(job.id) ?? null } }
  }

  const cancelJob: Pipeline['cancelJob'] = async (orgId, jobId) => {
    const job = await storage.inWorkspace(orgId, async (stores) => {
      const cancelled = await stores.jobs.move(jobId, 'cancel', { previewUrl: null })
      const feature = await stores.features.move(cancelled.featureId, 'build-cancelled')
      await stores.events.append(jobChanged(cancelled), featureChanged(feature))
      return cancelled
    })
    await engine.cancel(jobId)
    await builder.abandon({ orgId, jobId })
    await queue.tell()
    return job
  }

  const filesOf = (orgId: string, jobId: string) => filesOfJob({ storage, objects }, orgId, jobId)

  return {
    ...createDrafting({ storage, objects, models, engine }),
    backlog: createBacklogDesk({ storage, engine, maker }),
    ...createRevising({ storage, engine }),
    ...createRemoval({ ...deps, cancelJob }),

    start: (options) => engine.start(options),
    async stop() {
      previews.close()
      await engine.stop()
    },

    readImage: (orgId, at) => readChatImage({ storage, objects }, orgId, at),
    confirmBrief: (orgId, featureId) => document(orgId, featureId, 'confirm-brief', 'write-spec'),
    approveSpec: (orgId, featureId) => document(orgId, featureId, 'approve-spec', 'write-plans'),
    reopenBrief: (orgId, featureId) => moveFeature(orgId, featureId, 'reopen-brief'),
    reopenSpec: (orgId, featureId) => moveFeature(orgId, featureId, 'reopen-spec'),
    approvePlan: (orgId, featureId) => build(orgId, featureId),
    startBuild: async (orgId, featureId) => (await build(orgId, featureId)).job,

    async restoreVersion(orgId, versionId) {
      const version = await storage.inWorkspace(orgId, (stores) => stores.versions.get(versionId))
      return (await build(orgId, version.featureId, version.name)).job
    },

    cancelJob,
    queuePlaces: () => queue.places(),

    openPreview: (orgId, jobId) => previews.open(orgId, jobId),
    visitPreview: (previewId) => previews.find(previewId),
    wakePreview: (previewId) => previews.wake(previewId),
    admitsToPreview: (previewId, viewer) => previews.admits(previewId, viewer),
    reportPreview: (previewId, report) => previews.report(previewId, report),
    ...createPreviewShares({ storage, previews }),

    async download(orgId, { featureId, version: name }) {
      const { version, feature } = await storage.inWorkspace(orgId, async (stores) => {
        const feature = await stores.features.get(featureId)
        const versions = await stores.versions.list(feature.projectId)
        const wanted = versions.find((one) => (name ? one.name === name : one.featureId === featureId))
        if (!wanted) throw failure('NOT_FOUND', { thing: 'version', id: name ?? `of "${feature.title}"` })
        return { version: wanted, feature }
      })
      const stream = await objects.stream(archiveKey(orgId, version.archiveSha256))
      return { version, fileName: `${fileStem(feature.title)}-${version.name}.zip`, ...stream }
    },

    async record(orgId, { featureId, version }) {
      const { header, lines } = await recordRun({ storage, objects }, orgId, {
        featureId,
        release: { version, steps: engine.stepsVersion },
      })
      return { fileName: `${fileStem(header.title)}.slipway-run.jsonl`, lines }
    },

    async listFiles(orgId, jobId) {
      const files = await filesOf(orgId, jobId)
      return Object.keys(files)
        .sort()
        .map((path) => ({ path, sizeBytes: (files[path] as Uint8Array).byteLength }))
    },

    async readFile(orgId, { jobId, path }) {
      const files = await filesOf(orgId, jobId)
      const bytes = Object.hasOwn(files, path) ? files[path] : undefined
      if (!bytes) throw failure('NOT_FOUND', { thing: 'file', id: path })
      return bytes
    },
  }
}

const fileStem = (title: string): string =>
  title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60) || 'app'
