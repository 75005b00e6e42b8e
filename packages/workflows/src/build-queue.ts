/** The builds that wait for a free builder: the place of each, and whoever's place changes hears of it. */
import { isFailure } from '@slipway/domain'
import type { Storage } from '@slipway/storage'
import { aboutJob } from './announce.ts'
import type { Engine } from './engine.ts'

/** Places by job id, from 1: that one is taken up next. */
export type QueuePlaces = ReadonlyMap<string, number>

export interface BuildQueue {
  places(): Promise<QueuePlaces>
  /** Tells every build that waits of its place, where it is another than was told last. Called when one came, began, or was cancelled. */
  tell(): Promise<QueuePlaces>
}

interface Deps {
  readonly engine: Engine
  readonly storage: Storage
  readonly log: (line: object) => void
}

/** Whoever stands behind these is told once they come nearer; what they read on their own is always true. */
const TOLD_MAX = 200

export function createBuildQueue({ engine, storage, log }: Deps): BuildQueue {
  let told: QueuePlaces = new Map()
  let last: Promise<QueuePlaces> = Promise.resolve(told)

  const tellOne = (orgId: string, jobId: string, place: number): Promise<boolean> =>
    storage.inWorkspace(orgId, async ({ jobs, events }) => {
      // An order is handed in before its row is there: whoever makes the row tells of it.
      const job = await jobs.get(jobId).catch((error: unknown) => {
        if (!isFailure(error, 'NOT_FOUND')) throw error
      })
      if (job?.status !== 'queued') return false
      await events.append({ type: 'queue-moved', ...aboutJob(job), place })
      return true
    })

  const tellAll = async (): Promise<QueuePlaces> => {
    const waiting = await engine.waiting('builds')
    const next = new Map<string, number>()
    for (const [index, { id, orgId }] of waiting.entries()) {
      const place = index + 1
      const isKnown = told.get(id) === place
      if (isKnown || place > TOLD_MAX || (await tellOne(orgId, id, place))) next.set(id, place)
    }
    told = next
    return placesOf(waiting)
  }

  return {
    places: async () => placesOf(await engine.waiting('builds')),
    tell() {
      // One after the other, so that what was heard last is what was true last.
      // A build goes on though nobody hears of its place.
      last = last.then(tellAll).catch((error: unknown) => {
        log({ level: 'warn', at: 'build-queue', error: String((error as Error)?.stack ?? error) })
        return told
      })
      return last
    },
  }
}

const placesOf = (waiting: readonly { id: string }[]): QueuePlaces => new Map(waiting.map(({ id }, index) => [id, index + 1]))
