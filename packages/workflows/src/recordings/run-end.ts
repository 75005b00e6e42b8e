/** Where a run stands, as hashes: two runs that end in the same have the same. */
import { type EpicView, RECORDED_STAGES, type RecordedStage, type RunEnd } from '@slipway/domain'
import type { ObjectStore, Storage } from '@slipway/storage'
import { sha256, treeHash } from '../archive.ts'
import { filesOfJob } from '../job-files.ts'

/** @throws NOT_FOUND */
export async function runEnd(deps: { storage: Storage; objects: ObjectStore }, orgId: string, featureId: string): Promise<RunEnd> {
  const { status, brief, spec, plans, epics, job } = await deps.storage.inWorkspace(orgId, async (stores) => ({
    status: (await stores.features.get(featureId)).status,
    brief: (await stores.briefs.get(featureId))?.brief,
    spec: (await stores.specs.get(featureId))?.spec,
    plans: await stores.plans.list(featureId),
    epics: await stores.backlog.tree(featureId),
    job: (await stores.jobs.list({ featureId })).find((one) => one.status !== 'cancelled'),
  }))
  const files = job ? await filesOfJob(deps, orgId, job.id) : {}
  const stages: Record<RecordedStage, unknown> = {
    brief,
    spec,
    plan: plans.length ? plans.map(({ name, wave, source }) => ({ name, wave, source })) : undefined,
    backlog: epics.length ? epics.map(withoutIds) : undefined,
    code: Object.keys(files).length ? files : undefined,
  }
  return {
    status,
    stages: Object.fromEntries(
      RECORDED_STAGES.map((stage) => {
        const left = stages[stage]
        return [stage, left === undefined ? null : stage === 'code' ? treeHash(files) : sha256(Buffer.from(JSON.stringify(left)))]
      }),
    ) as RunEnd['stages'],
  }
}

/** What people read of an item, and what is below it. */
function withoutIds({ code, title, description, effort, criteria, dependsOn, requirements, stories, archivedAt }: EpicView) {
  const said = <T extends Pick<EpicView, 'code' | 'title' | 'description' | 'effort' | 'criteria' | 'dependsOn' | 'archivedAt'>>(
    item: T,
  ) => [...[item.code, item.title, item.description, item.effort, item.criteria, item.dependsOn, item.archivedAt !== null]]
  return [
    ...said({ code, title, description, effort, criteria, dependsOn, archivedAt }),
    requirements,
    stories.map((story) => [...said(story), story.requirement, story.subtasks.map(said)]),
  ]
}
