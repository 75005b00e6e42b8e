/** What an owner may do to a spec or plan that waits for approval: have it revised by a comment, or bring an older revision back. */
import { randomUUID } from 'node:crypto'
import { type ChatAbout, type Feature, type FeatureStatus, failure } from '@slipway/domain'
import type { Storage, Stores } from '@slipway/storage'
import { aboutFeature, featureChanged, messageAdded } from './announce.ts'
import type { Engine } from './engine.ts'
import type { Pipeline } from './pipeline.ts'
import { requireSoundPlans } from './plan-faults.ts'

type Revising = Pick<Pipeline, 'reviseSpec' | 'revisePlan' | 'restoreSpec' | 'restorePlan'>

export function createRevising({ storage, engine }: { storage: Storage; engine: Pick<Engine, 'begin'> }): Revising {
  /** @throws MOVED_ON when the document does not wait for approval: a comment is never dropped unseen */
  const waiting = async (stores: Stores, id: string, status: FeatureStatus, event: string): Promise<Feature> => {
    const feature = await stores.features.get(id)
    if (feature.status !== status) throw failure('MOVED_ON', { thing: 'feature', id, event, status: feature.status })
    return feature
  }

  /** Handed in before the comment is stored, so that no stored comment waits for a revision that nobody was asked for. */
  const revise = async (orgId: string, featureId: string, comment: string, about: Exclude<ChatAbout, 'brief'>): Promise<Feature> => {
    const event = `revise-${about}` as const
    const isWaiting = (stores: Stores) => waiting(stores, featureId, about === 'spec' ? 'spec_ready' : 'plan_ready', event)
    await storage.inWorkspace(orgId, isWaiting)
    const messageId = randomUUID()
    await engine.begin(event, { orgId, id: featureId, messageId }, { id: `${event}-${messageId}`, queue: 'documents', group: featureId })
    return storage.inWorkspace(orgId, async (stores) => {
      await isWaiting(stores)
      const feature = await stores.features.move(featureId, event)
      const said = await stores.messages.add({ id: messageId, featureId, role: 'user', about, content: comment })
      await stores.events.append(messageAdded(feature, said), featureChanged(feature))
      return feature
    })
  }

  return {
    reviseSpec: (orgId, { featureId, comment }) => revise(orgId, featureId, comment, 'spec'),
    revisePlan: (orgId, { featureId, comment }) => revise(orgId, featureId, comment, 'plan'),

    restoreSpec: (orgId, { featureId, number, seen, by }) =>
      storage.inWorkspace(orgId, async (stores) => {
        const feature = await waiting(stores, featureId, 'spec_ready', 'restore-a-revision')
        const { spec, basis = null } = await stores.specs.revision(featureId, number)
        await stores.specs.save(featureId, spec, seen, { made: 'restored', by, note: String(number), basis })
        await stores.events.append({ type: 'spec-changed', ...aboutFeature(feature) })
        return (await stores.specs.revision(featureId, seen + 1)).revision
      }),

    restorePlan: (orgId, { featureId, number, seen, by }) =>
      storage.inWorkspace(orgId, async (stores) => {
        const feature = await waiting(stores, featureId, 'plan_ready', 'restore-a-revision')
        const [newest] = await stores.plans.revisions(featureId)
        if (newest?.number !== seen) throw failure('CONFLICT', { what: 'The plan' })
        const { plans } = await stores.plans.revision(featureId, number)
        const spec = (await stores.specs.get(featureId))?.spec
        if (!spec) throw failure('NOT_FOUND', { thing: 'spec of feature', id: featureId })
        requireSoundPlans(plans, spec)
        await stores.plans.replace(featureId, plans, { made: 'restored', by, note: String(number) })
        await stores.events.append({ type: 'plan-changed', ...aboutFeature(feature) })
        return (await stores.plans.revision(featureId, seen + 1)).revision
      }),
  }
}
