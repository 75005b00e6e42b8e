/** How a build begins: its job, and the feature's move to building, in one transaction that may be repeated. */
import { type Feature, isFailure, type Job } from '@slipway/domain'
import type { Storage, Stores } from '@slipway/storage'
import { featureChanged, jobChanged } from './announce.ts'

export interface BuildOrder {
  readonly featureId: string
  readonly jobId: string
  /** The version whose code is built again; left out for the spec's. */
  readonly restoreFrom?: string
}

/** @throws MOVED_ON when the feature cannot be built now, NOT_FOUND */
export async function enterBuild(storage: Storage, orgId: string, order: BuildOrder): Promise<Entered> {
  try {
    return await storage.inWorkspace(orgId, async (stores) => (await entered(stores, order)) ?? enter(stores, order))
  } catch (error) {
    if (!isFailure(error, 'MOVED_ON')) throw error
    // Whoever came at the same moment with the same order may have been quicker: then it is done.
    const there = await storage.inWorkspace(orgId, (stores) => entered(stores, order))
    if (!there) throw error
    return there
  }
}

interface Entered {
  readonly feature: Feature
  readonly job: Job
}

async function entered(stores: Stores, { featureId, jobId }: BuildOrder): Promise<Entered | undefined> {
  const job = (await stores.jobs.list({ featureId })).find((one) => one.id === jobId)
  return job && { feature: await stores.features.get(featureId), job }
}

async function enter(stores: Stores, { featureId, jobId, restoreFrom }: BuildOrder): Promise<Entered> {
  const before = await stores.features.get(featureId)
  if (before.status === 'plan_ready') await stores.features.move(featureId, 'approve-plan')
  const feature = await stores.features.move(featureId, 'build')
  const job = await stores.jobs.create({ id: jobId, featureId, ...(restoreFrom ? { restoreFrom } : {}) })
  await stores.events.append(featureChanged(feature), jobChanged(job))
  return { feature, job }
}
