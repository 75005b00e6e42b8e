/** Waits for something that events announce, instead of for time. */
import type { Storage, Stores } from '@slipway/storage'

/** @returns the first answer that is not undefined; looked for after every commit with events in the workspace */
export async function until<T>(storage: Storage, orgId: string, look: (stores: Stores) => Promise<T | undefined>): Promise<T> {
  for (;;) {
    let wake: () => void = () => undefined
    const woken = new Promise<void>((resolve) => {
      wake = resolve
    })
    const stop = storage.onEvents((changed) => changed === orgId && wake())
    try {
      const found = await storage.inWorkspace(orgId, look)
      if (found !== undefined) return found
      await woken
    } finally {
      stop()
    }
  }
}

/** The feature, once it stands at one of these. */
export const untilStatus = (storage: Storage, orgId: string, featureId: string, ...statuses: readonly string[]) =>
  until(storage, orgId, async ({ features }) => {
    const feature = await features.get(featureId)
    return statuses.includes(feature.status) ? feature : undefined
  })
