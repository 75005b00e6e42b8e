/** Whether something goes on in a feature by itself. */
import { type FeatureStatus, isRunning } from '@slipway/domain'
import type { Stores } from '@slipway/storage'

const AT_WORK: readonly FeatureStatus[] = ['spec_generating', 'plan_generating', 'building']

/** A document, a build or a generation of the backlog. @throws NOT_FOUND */
export async function isAtWork({ features, runs }: Stores, featureId: string): Promise<boolean> {
  const { status } = await features.get(featureId)
  return AT_WORK.includes(status) || (await runs.newest(featureId)).some((run) => isRunning(run.status))
}
