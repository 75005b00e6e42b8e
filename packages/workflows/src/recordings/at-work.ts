/** Whether something goes on in a feature by itself. */
import { isAtWork, isRunning } from '@slipway/domain'
import type { Stores } from '@slipway/storage'

/** A document, a build or a generation of the backlog. @throws NOT_FOUND */
export async function isBusy({ features, runs }: Stores, featureId: string): Promise<boolean> {
  const { status } = await features.get(featureId)
  return isAtWork(status) || (await runs.newest(featureId)).some((run) => isRunning(run.status))
}
