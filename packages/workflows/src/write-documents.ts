/** The two documents that stand between a brief and a build: the spec and the plans, each written by a durable run. */
import { analyse, titleOf, writePlans, writeSpec } from '@slipway/blueprint'
import { type Brief, type Feature, failure, isFailure } from '@slipway/domain'
import { checkPlans, parsePlan } from '@slipway/plan'
import type { Storage, Stores } from '@slipway/storage'
import { aboutFeature, featureChanged } from './announce.ts'
import { isCancellation, type Workflow } from './engine.ts'

interface Deps {
  readonly storage: Storage
  readonly log: (line: object) => void
}

/** The feature's move may have been made by whoever handed the work in; only a status beyond ours means that we come too late. */
async function enters(stores: Stores, featureId: string, event: 'confirm-brief' | 'approve-spec'): Promise<boolean> {
  try {
    const before = await stores.features.get(featureId)
    const feature = await stores.features.move(featureId, event)
    if (before.status !== feature.status) await stores.events.append(featureChanged(feature))
    return true
  } catch (error) {
    if (isFailure(error, 'MOVED_ON')) return false
    throw error
  }
}

/** From a confirmed brief to a spec that a person can approve. */
export function writeSpecRun({ storage, log }: Deps): Workflow {
  return async (step, { orgId, id }) => {
    const isOurs = await step('confirm', () => storage.inWorkspace(orgId, (stores) => enters(stores, id, 'confirm-brief')))
    if (!isOurs) return
    try {
      await step('write', () =>
        storage.inWorkspace(orgId, async (stores) => {
          const { idea } = await stores.features.get(id)
          const noted = await stores.briefs.get(id)
          if (!noted) throw failure('NOT_FOUND', { thing: 'brief of feature', id })
          const revision = (await stores.specs.get(id))?.revision ?? 0
          await stores.specs.save(id, writeSpec(noted.brief, idea), revision)
          await takeName(stores, id, noted.brief)
          const feature = await stores.features.move(id, 'spec-written')
          await stores.events.append({ type: 'spec-changed', ...aboutFeature(feature) }, featureChanged(feature))
        }),
      )
    } catch (error) {
      await fallBack({ storage, log }, error, { orgId, id, event: 'spec-failed', step })
    }
  }
}

/** From an approved spec to plan documents that have passed every check. */
export function writePlansRun({ storage, log }: Deps): Workflow {
  return async (step, { orgId, id }) => {
    const isOurs = await step('approve', () => storage.inWorkspace(orgId, (stores) => enters(stores, id, 'approve-spec')))
    if (!isOurs) return
    try {
      await step('write', () =>
        storage.inWorkspace(orgId, async (stores) => {
          const before = await stores.features.get(id)
          const noted = await stores.specs.get(id)
          if (!noted) throw failure('NOT_FOUND', { thing: 'spec of feature', id })
          const plans = writePlans(noted.spec, before)
          const faults = checkPlans(
            plans.map((plan) => ({ name: plan.name, plan: parsePlan(plan.source).plan })),
            { requirements: noted.spec.requirements.map((requirement) => requirement.id) },
          ).filter((finding) => finding.severity === 'error')
          if (faults.length > 0) {
            throw failure('INPUT_INVALID', { what: 'The plan', faults: faults.slice(0, 5).map((fault) => fault.message) })
          }
          await stores.plans.replace(id, plans)
          const feature = await stores.features.move(id, 'plan-written')
          await stores.events.append({ type: 'plan-changed', ...aboutFeature(feature) }, featureChanged(feature))
        }),
      )
    } catch (error) {
      await fallBack({ storage, log }, error, { orgId, id, event: 'plan-failed', step })
    }
  }
}

/** What the brief is called now names feature and project too, unless somebody gave them a name of their own. */
async function takeName(stores: Stores, featureId: string, brief: Brief): Promise<void> {
  const feature = await stores.features.get(featureId)
  const project = await stores.projects.get(feature.projectId)
  const first = titleOf(analyse(feature.idea).brief)
  const name = titleOf(brief)
  if (feature.title === first && name !== first) await stores.features.rename(featureId, name)
  if (project.name === first && name !== first) await stores.projects.rename(project.id, name)
}

/** The feature goes back to where a person can change something, and the analyst says why. */
async function fallBack(
  { storage, log }: Deps,
  error: unknown,
  at: { orgId: string; id: string; event: 'spec-failed' | 'plan-failed'; step: Parameters<Workflow>[0] },
): Promise<void> {
  if (isCancellation(error)) throw error
  await at.step('fall-back', () =>
    storage.inWorkspace(at.orgId, async (stores) => {
      log({ level: 'error', at: `workflow.${at.event}`, featureId: at.id, error: String((error as Error).stack ?? error) })
      const feature: Feature = await stores.features.move(at.id, at.event)
      const why = isFailure(error) ? error.message : 'Something went wrong on our side; the log has the whole story.'
      const content = `I could not write the ${at.event === 'spec-failed' ? 'spec' : 'plan'}. ${why} Change something and try again.`
      const message = await stores.messages.add({ featureId: at.id, role: 'assistant', content })
      await stores.events.append(
        { type: 'message-added', ...aboutFeature(feature), messageId: message.id, role: 'assistant' },
        featureChanged(feature),
      )
    }),
  )
}
