/** Handlers of the revisions of a spec and its plans: comments, history, and what is brought back. */
import type { REVISION_ROUTES } from '@slipway/domain'
import type { Storage, Stores } from '@slipway/storage'
import type { Pipeline } from '@slipway/workflows'
import type { Handlers } from './handlers.ts'

export function revisionHandlers(
  storage: Storage,
  pipeline: Pick<Pipeline, 'reviseSpec' | 'revisePlan' | 'restoreSpec' | 'restorePlan'>,
): Pick<Handlers, keyof typeof REVISION_ROUTES> {
  /** Asks about a feature that is there. */
  const about = <T>(orgId: string, id: string, read: (stores: Stores) => Promise<T>): Promise<T> =>
    storage.inWorkspace(orgId, async (stores) => {
      await stores.features.get(id)
      return read(stores)
    })
  return {
    reviseSpec: ({ id, comment }, { orgId }) => pipeline.reviseSpec(orgId, { featureId: id, comment }),
    listSpecRevisions: ({ id }, { orgId }) => about(orgId, id, async ({ specs }) => ({ revisions: await specs.revisions(id) })),
    getSpecRevision: ({ id, number }, { orgId }) =>
      about(orgId, id, async ({ specs }) => {
        const { spec, revision } = await specs.revision(id, number)
        return { spec, revision }
      }),
    restoreSpecRevision: ({ id, number, revision }, { orgId, name }) =>
      pipeline.restoreSpec(orgId, { featureId: id, number, seen: revision, by: name }),

    revisePlan: ({ id, comment }, { orgId }) => pipeline.revisePlan(orgId, { featureId: id, comment }),
    listPlanRevisions: ({ id }, { orgId }) => about(orgId, id, async ({ plans }) => ({ revisions: await plans.revisions(id) })),
    getPlanRevision: ({ id, number }, { orgId }) => about(orgId, id, ({ plans }) => plans.revision(id, number)),
    restorePlanRevision: ({ id, number, revision }, { orgId, name }) =>
      pipeline.restorePlan(orgId, { featureId: id, number, seen: revision, by: name }),
  }
}
