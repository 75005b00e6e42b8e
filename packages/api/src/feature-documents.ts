/** A feature with all it has, its log, and the edits that a person makes to its documents by hand. */
import { type Brief, type FeatureView, failure, type LogLine, type Output, type Spec } from '@slipway/domain'
import type { Storage } from '@slipway/storage'

/** Read in one transaction, so that the event id and what it stands for agree. */
export function featureView(storage: Storage, orgId: string, id: string): Promise<FeatureView> {
  return storage.inWorkspace(orgId, async (stores) => {
    const eventId = await stores.events.newest()
    const feature = await stores.features.get(id)
    const noted = await stores.briefs.get(id)
    const specified = await stores.specs.get(id)
    return {
      eventId,
      feature,
      project: await stores.projects.get(feature.projectId),
      brief: noted?.brief ?? null,
      questions: noted?.questions ?? [],
      spec: specified?.spec ?? null,
      specRevision: specified?.revision ?? 0,
      plans: await stores.plans.list(id),
      planRevision: (await stores.plans.revisions(id))[0]?.number ?? 0,
      jobs: await stores.jobs.list({ featureId: id }),
      versions: await stores.versions.list(feature.projectId),
      evidence: await stores.evidence.list({ featureId: id }),
    }
  })
}

export function listFeatures(storage: Storage, orgId: string): Promise<Output<'listFeatures'>> {
  return storage.inWorkspace(orgId, async (stores) => {
    const eventId = await stores.events.newest()
    const names = new Map((await stores.projects.list()).map((project) => [project.id, project.name]))
    const jobs = await stores.jobs.list()
    const latest = new Map(jobs.toReversed().map((job) => [job.featureId, job]))
    const features = await stores.features.list()
    return {
      eventId,
      features: features
        .filter((feature) => names.has(feature.projectId))
        .map((feature) => ({ ...feature, projectName: names.get(feature.projectId) ?? '', latestJob: latest.get(feature.id) ?? null })),
    }
  })
}

const LOG_BATCH = 2_000
const LOG_LINES_MAX = 50_000

/** The log in lines; each event may hold several, which then share its id. */
export function readLog(storage: Storage, orgId: string, { jobId, after }: { jobId: string; after: number }): Promise<Output<'getLog'>> {
  return storage.inWorkspace(orgId, async (stores) => {
    await stores.jobs.get(jobId)
    const newest = await stores.events.newest()
    const lines: LogLine[] = []
    let last = after
    for (;;) {
      const events = await stores.events.after(last, { jobId, types: ['job-log'], limit: LOG_BATCH })
      for (const { id, body } of events) {
        last = id
        if (body.type !== 'job-log') continue
        const { stage, stream } = body
        for (const text of body.text.replace(/\n$/, '').split('\n')) lines.push({ id, stage, stream, text })
      }
      if (events.length < LOG_BATCH || lines.length > LOG_LINES_MAX) break
    }
    return { lines, eventId: lines.length > LOG_LINES_MAX ? last : Math.max(newest, after) }
  })
}

/** @throws MOVED_ON once the brief has been confirmed */
export function editBrief(
  storage: Storage,
  orgId: string,
  { featureId, brief }: { featureId: string; brief: Brief },
): Promise<{ ok: true }> {
  return storage.inWorkspace(orgId, async (stores) => {
    const feature = await stores.features.get(featureId)
    if (feature.status !== 'drafting')
      throw failure('MOVED_ON', { thing: 'feature', id: featureId, event: 'edit-the-brief', status: feature.status })
    const before = await stores.briefs.get(featureId)
    await stores.briefs.save(featureId, { brief, questions: before?.questions ?? [], answers: before?.answers ?? [] })
    await stores.events.append({ type: 'brief-changed', projectId: feature.projectId, featureId })
    return { ok: true }
  })
}

/** @throws MOVED_ON outside the time of approval, CONFLICT when somebody else saved meanwhile */
export function editSpec(
  storage: Storage,
  orgId: string,
  { featureId, spec, revision, by }: { featureId: string; spec: Spec; revision: number; by: string },
): Promise<{ revision: number }> {
  return storage.inWorkspace(orgId, async (stores) => {
    const feature = await stores.features.get(featureId)
    if (feature.status !== 'spec_ready')
      throw failure('MOVED_ON', { thing: 'feature', id: featureId, event: 'edit-the-spec', status: feature.status })
    const saved = await stores.specs.save(featureId, spec, revision, { made: 'edited', by })
    await stores.events.append({ type: 'spec-changed', projectId: feature.projectId, featureId })
    return { revision: saved }
  })
}
