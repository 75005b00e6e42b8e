/** The two documents that stand between a brief and a build: the spec and the plans, each written by a durable run. */
import { analyse, titleOf } from '@slipway/blueprint'
import { type Feature, type FeatureEvent, failure, isFailure } from '@slipway/domain'
import type { Storage, Stores } from '@slipway/storage'
import { aboutFeature, featureChanged } from './announce.ts'
import { makePlans, makeSpec, makeTitle, PLAN_OBJECTIVE_DEPTH } from './document-makers.ts'
import { isCancellation, type Workflow } from './engine.ts'
import type { Models } from './models.ts'
import { requireSoundPlans } from './plan-faults.ts'
import { showWriting } from './show-writing.ts'

interface Deps {
  readonly storage: Storage
  readonly models: Models
  readonly log: (line: object) => void
}

/** The feature's move may have been made by whoever handed the work in; only a status beyond ours means that we come too late. */
export async function enters(stores: Stores, featureId: string, event: FeatureEvent): Promise<boolean> {
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
export function writeSpecRun({ storage, models, log }: Deps): Workflow {
  return async (step, { orgId, id, runId }) => {
    const isOurs = await step('confirm', () => storage.inWorkspace(orgId, (stores) => enters(stores, id, 'confirm-brief')))
    if (!isOurs) return
    try {
      await step('write', async (signal) => {
        const { feature, brief, noted } = await storage.inWorkspace(orgId, async (stores) => {
          const brief = (await stores.briefs.get(id))?.brief
          if (!brief) throw failure('NOT_FOUND', { thing: 'brief of feature', id })
          return { feature: await stores.features.get(id), brief, noted: await stores.specs.get(id) }
        })
        const run = await models.ofRun(orgId, { projectId: feature.projectId, featureId: id, runId })
        const writing = showWriting(storage, orgId, { feature, document: 'spec', field: 'summary' })
        const wanted = { brief, idea: feature.idea, previous: noted?.spec }
        const spec = await makeSpec(run, wanted, { signal, onPart: writing.onPart }).finally(writing.end)
        const title = await makeTitle(run, brief, signal)
        const by = run ? ((await models.nameOf(orgId, 'writer')) ?? '') : ''
        const basis = run ? null : { spec, words: [] }
        await storage.inWorkspace(orgId, async (stores) => {
          await stores.specs.save(id, spec, noted?.revision ?? 0, { made: 'written', by, basis })
          await takeName(stores, id, title)
          const written = await stores.features.move(id, 'spec-written')
          await stores.events.append({ type: 'spec-changed', ...aboutFeature(written) }, featureChanged(written))
        })
      })
    } catch (error) {
      await fallBack({ storage, log }, error, { orgId, id, event: 'spec-failed', step })
    }
  }
}

/** From an approved spec to plan documents that have passed every check. */
export function writePlansRun({ storage, models, log }: Deps): Workflow {
  return async (step, { orgId, id, runId }) => {
    const isOurs = await step('approve', () => storage.inWorkspace(orgId, (stores) => enters(stores, id, 'approve-spec')))
    if (!isOurs) return
    try {
      await step('write', async (signal) => {
        const { feature, spec } = await storage.inWorkspace(orgId, async (stores) => {
          const spec = (await stores.specs.get(id))?.spec
          if (!spec) throw failure('NOT_FOUND', { thing: 'spec of feature', id })
          return { feature: await stores.features.get(id), spec }
        })
        const run = await models.ofRun(orgId, { projectId: feature.projectId, featureId: id, runId })
        const writing = showWriting(storage, orgId, { feature, document: 'plan', field: 'objective', depth: PLAN_OBJECTIVE_DEPTH })
        const plans = await makePlans(run, { spec, feature }, { signal, onPart: writing.onPart }).finally(writing.end)
        requireSoundPlans(plans, spec)
        const by = run ? ((await models.nameOf(orgId, 'writer')) ?? '') : ''
        await storage.inWorkspace(orgId, async (stores) => {
          await stores.plans.replace(id, plans, { made: 'written', by })
          const planned = await stores.features.move(id, 'plan-written')
          await stores.events.append({ type: 'plan-changed', ...aboutFeature(planned) }, featureChanged(planned))
        })
      })
    } catch (error) {
      await fallBack({ storage, log }, error, { orgId, id, event: 'plan-failed', step })
    }
  }
}

/** What the brief is called now names feature and project too, unless somebody gave them a name of their own. */
async function takeName(stores: Stores, featureId: string, name: string): Promise<void> {
  const feature = await stores.features.get(featureId)
  const project = await stores.projects.get(feature.projectId)
  const first = titleOf(analyse(feature.idea).brief)
  if (feature.title === first && name !== first) await stores.features.rename(featureId, name)
  if (project.name === first && name !== first) await stores.projects.rename(project.id, name)
}

/** The feature goes back to where a person can change something, and the analyst says why. */
async function fallBack(
  { storage, log }: Pick<Deps, 'storage' | 'log'>,
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
