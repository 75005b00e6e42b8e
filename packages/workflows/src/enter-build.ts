/** How a build begins: its job, and the feature's move to building, in one transaction that may be repeated. */
import { type Feature, isFailure, type Job } from '@slipway/domain'
import type { Storage } from '@slipway/storage'
import { featureChanged, jobChanged } from './announce.ts'

export interface BuildOrder {
  readonly featureId: string
  readonly jobId: string
  /** The version whose code is built again; left out for the spec's. */
  readonly restoreFrom?: string
}

/** @throws MOVED_ON when the feature cannot be built now, NOT_FOUND */
export function enterBuild(storage: Storage, orgId: string, order: BuildOrder): Promise<{ feature: Feature; job: Job }> {
  const { featureId, jobId, restoreFrom } = order
  return storage.inWorkspace(orgId, async (stores) => {
    const before = await stores.features.get(featureId)
    const there = await stores.jobs.get(jobId).catch((error: unknown) => {
      if (isFailure(error, 'NOT_FOUND')) return undefined
      throw error
    })
    if (there) return { feature: before, job: there }
    if (before.status === 'plan_ready') await stores.features.move(featureId, 'approve-plan')
    const feature = await stores.features.move(featureId, 'build')
    const job = await stores.jobs.create({ id: jobId, featureId, ...(restoreFrom ? { restoreFrom } : {}) })
    await stores.events.append(featureChanged(feature), jobChanged(job))
    return { feature, job }
  })
}
