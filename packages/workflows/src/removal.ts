/** How things leave for good: a feature after a time in which its deletion can be undone, a project at once; their files go with them. */
import { randomUUID } from 'node:crypto'
import { isFailure, isFinal, JOB, type Version } from '@slipway/domain'
import type { ObjectStore, Storage, Stores } from '@slipway/storage'
import type { Engine, Workflow } from './engine.ts'
import { archiveKey, chatImagePrefix, codedPrefix, sourcesKey } from './object-keys.ts'
import type { Pipeline } from './pipeline.ts'

/** How long a deleted feature can be restored. */
export const UNDO_MS = 7 * 24 * 60 * 60_000
const LATER_MS = 60_000

interface Deps {
  readonly storage: Storage
  readonly objects: ObjectStore
}

/** Ends what the time of undo has ended for; a feature that was restored meanwhile stays. */
export function purgeRun({ storage, objects }: Deps, clock: () => number = Date.now): Workflow {
  return async (step, { orgId }) => {
    const keys = await step('purge', () =>
      storage.inWorkspace(orgId, (stores) =>
        keysLeftBy(orgId, { stores, objects }, async () => {
          const featureIds = await stores.features.purgeDeleted(new Date(clock() - UNDO_MS))
          return { featureIds, isGone: ({ featureId }) => featureIds.includes(featureId) }
        }),
      ),
    )
    await step('remove-files', () => removeAll(objects, keys))
  }
}

export function createRemoval(
  deps: Deps & { engine: Engine; cancelJob: Pipeline['cancelJob'] },
): Pick<Pipeline, 'removeFeature' | 'removeProject'> {
  const { storage, objects, engine, cancelJob } = deps
  return {
    async removeFeature(orgId, featureId) {
      await storage.inWorkspace(orgId, async ({ features, events }) => {
        const { projectId } = await features.get(featureId)
        await features.remove(featureId)
        await events.append({ type: 'feature-deleted', projectId, featureId })
      })
      const delayMs = UNDO_MS + LATER_MS
      await engine.begin('purge', { orgId, id: featureId }, { id: `purge-${randomUUID()}`, queue: 'documents', group: featureId, delayMs })
    },

    async removeProject(orgId, projectId) {
      const jobs = await storage.inWorkspace(orgId, (stores) => stores.jobs.list())
      for (const job of jobs.filter((one) => one.projectId === projectId && !isFinal(JOB, one.status))) {
        await cancelJob(orgId, job.id).catch((error: unknown) => {
          if (!isFailure(error, 'MOVED_ON')) throw error // it ended by itself in this moment
        })
      }
      const keys = await storage.inWorkspace(orgId, (stores) =>
        keysLeftBy(orgId, { stores, objects }, async () => {
          const featureIds = await stores.features.idsOf(projectId)
          await stores.projects.remove(projectId)
          await stores.events.append({ type: 'project-deleted', projectId })
          return { featureIds, isGone: (one) => one.projectId === projectId }
        }),
      )
      await removeAll(objects, keys)
    },
  }
}

type About = Pick<Version, 'projectId' | 'featureId'>

/** The files that nothing needs any more once `remove` has removed its rows; it tells which things were removed. */
async function keysLeftBy(
  orgId: string,
  { stores, objects }: { stores: Stores; objects: ObjectStore },
  remove: () => Promise<{ featureIds: readonly string[]; isGone: (about: About) => boolean }>,
): Promise<string[]> {
  const jobs = await stores.jobs.list()
  const projects = await stores.projects.list()
  const versions = (await Promise.all(projects.map(({ id }) => stores.versions.list(id)))).flat()
  const { featureIds, isGone } = await remove()
  const prefixes = featureIds.flatMap((featureId) => [codedPrefix(orgId, featureId), chatImagePrefix(orgId, featureId)])
  const ofFeatures = await Promise.all(prefixes.map((prefix) => objects.list(prefix)))
  const kept = new Set(versions.filter((version) => !isGone(version)).map((version) => version.archiveSha256))
  const archives = versions.filter((version) => isGone(version) && !kept.has(version.archiveSha256))
  return [
    ...new Set(archives.map((version) => archiveKey(orgId, version.archiveSha256))),
    ...jobs.filter(isGone).map((job) => sourcesKey(orgId, job.id)),
    ...ofFeatures.flat(),
  ]
}

const removeAll = async (objects: ObjectStore, keys: readonly string[]): Promise<void> => {
  for (const key of keys) await objects.remove(key)
}
