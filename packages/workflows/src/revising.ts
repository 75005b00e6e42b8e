/** What an owner may do to a spec or plan that waits for approval: have it revised by a comment, or bring an older revision back. */
import { randomUUID } from 'node:crypto'
import { type ChatAbout, type Feature, type FeatureStatus, failure, type PlanText, type Revision } from '@slipway/domain'
import { parsePlan } from '@slipway/plan'
import type { Storage, Stores } from '@slipway/storage'
import { aboutFeature, featureChanged, messageAdded } from './announce.ts'
import type { Engine } from './engine.ts'
import type { Pipeline } from './pipeline.ts'
import { requireSoundPlans } from './plan-faults.ts'

type Revising = Pick<Pipeline, 'reviseSpec' | 'revisePlan' | 'restoreSpec' | 'restorePlan' | 'editPlan'>

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

  /** @throws CONFLICT when there is a newer revision than was seen, INPUT_INVALID when the plans do not fit together or the spec */
  const replacePlans = async (
    stores: Stores,
    { feature, plans, seen }: { feature: Feature; plans: readonly PlanText[]; seen: number },
    origin: Parameters<Stores['plans']['replace']>[2],
  ): Promise<Revision> => {
    const [newest] = await stores.plans.revisions(feature.id)
    if (newest?.number !== seen) throw failure('CONFLICT', { what: 'The plan' })
    const spec = (await stores.specs.get(feature.id))?.spec
    if (!spec) throw failure('NOT_FOUND', { thing: 'spec of feature', id: feature.id })
    requireSoundPlans(plans, spec)
    await stores.plans.replace(feature.id, plans, origin)
    await stores.events.append({ type: 'plan-changed', ...aboutFeature(feature) })
    return (await stores.plans.revision(feature.id, seen + 1)).revision
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
        const { plans } = await stores.plans.revision(featureId, number)
        return replacePlans(stores, { feature, plans, seen }, { made: 'restored', by, note: String(number) })
      }),

    editPlan: (orgId, { featureId, plan: name, source, seen, by }) =>
      storage.inWorkspace(orgId, async (stores) => {
        const feature = await waiting(stores, featureId, 'plan_ready', 'edit-the-plan')
        const plans = await stores.plans.list(featureId)
        const before = plans.find((plan) => plan.name === name)
        if (!before) throw failure('NOT_FOUND', { thing: 'plan', id: name })
        const waveIn = (text: string) => parsePlan(text).plan.frontMatter.wave ?? 0
        // The document's own wave counts within its phase; the stored one counts over all of them.
        const changed = { ...before, source, wave: Math.max(1, before.wave + waveIn(source) - waveIn(before.source)) }
        const all = plans.map((plan) => (plan === before ? changed : plan))
        return replacePlans(stores, { feature, plans: all, seen }, { made: 'edited', by, note: name })
      }),
  }
}
