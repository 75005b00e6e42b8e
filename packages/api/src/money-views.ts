/** What a feature and a project have cost, and what the next stage will probably cost. */
import { choiceOf, estimateStage, type StageSize } from '@slipway/agents'
import type { Charge, FeatureMoney, LedgerRow, ProjectMoney, Spec } from '@slipway/domain'
import { parsePlan } from '@slipway/plan'
import type { Storage, Stores } from '@slipway/storage'
import { hasModel, type ModelDesk } from './model-desk.ts'

const CALLS_SHOWN = 100

const toRow = ({ usage, ...charge }: Charge & { createdAt: string }): LedgerRow => ({
  id: charge.id,
  createdAt: charge.createdAt,
  agent: charge.agent,
  role: charge.role,
  provider: charge.provider,
  model: charge.model,
  micros: charge.micros,
  firstTokenMs: charge.firstTokenMs,
  durationMs: charge.durationMs,
  result: charge.result,
  outcome: charge.outcome,
  retryOf: charge.retryOf,
  inputTokens: usage.inputTokens,
  cachedTokens: usage.cachedTokens,
  outputTokens: usage.outputTokens,
  isEstimated: usage.isEstimated,
})

export async function featureMoney(storage: Storage, orgId: string, featureId: string, { known }: ModelDesk): Promise<FeatureMoney> {
  const priceTable = await known()
  return storage.inWorkspace(orgId, async (stores) => {
    const { projectId } = await stores.features.get(featureId)
    const { settings } = await stores.modelSettings.get()
    const isAble = await hasModel(stores, settings)
    const estimates: FeatureMoney['estimates'] = []
    for (const size of isAble ? await stagesToCome(stores, featureId) : []) {
      const estimate = await estimateStage(size, { settings, known: priceTable, history: stores.ledger.history })
      estimates.push({ ...estimate, stage: size.stage })
    }
    const { feature, project } = await stores.ledger.spent({ projectId, featureId, runId: null })
    return {
      hasModel: isAble,
      caps: settings.caps,
      spent: { feature, project },
      receipt: await stores.ledger.receipt({ featureId }),
      calls: (await stores.ledger.charges({ featureId, limit: CALLS_SHOWN })).map(toRow),
      estimates,
    }
  })
}

/** How long an idea usually is, with the answers that follow it. */
const IDEA_CHARACTERS = 600

/** Of the conversation about an idea that is not told yet; null where no model is asked. */
export async function briefEstimate(storage: Storage, orgId: string, { known }: ModelDesk) {
  const priceTable = await known()
  return storage.inWorkspace(orgId, async (stores) => {
    const { settings } = await stores.modelSettings.get()
    const choice = choiceOf(settings, 'analyst')
    if (!choice || !(await hasModel(stores, settings))) return null
    const source = { settings, known: priceTable, history: stores.ledger.history }
    return { model: choice.model, estimate: await estimateStage({ stage: 'brief', characters: IDEA_CHARACTERS }, source) }
  })
}

type StageToCome = Exclude<StageSize, { stage: 'brief' | 'refine' }>

/** What a person could start now, with its size: first the stage of the next approval, unless one is at work or none follows. */
async function stagesToCome(stores: Stores, featureId: string): Promise<StageToCome[]> {
  const sizes = [await nextStage(stores, featureId), await revision(stores, featureId), await backlogSize(stores, featureId)]
  return sizes.filter((size) => size !== null)
}

/** null when there is a backlog already, or nothing to make one from. */
async function backlogSize(stores: Stores, featureId: string): Promise<StageToCome | null> {
  if ((await stores.backlog.tree(featureId)).length > 0) return null
  const { projectId, status } = await stores.features.get(featureId)
  const cards = (await stores.cards.list(projectId)).length
  const spec = status === 'spec_generating' ? undefined : (await stores.specs.get(featureId))?.spec
  if (!spec && cards === 0) return null
  const characters = JSON.stringify(spec?.requirements ?? []).length
  return { stage: 'backlog', characters, cards, requirements: spec?.requirements.length ?? cards }
}

async function nextStage(stores: Stores, featureId: string): Promise<StageToCome | null> {
  const { status } = await stores.features.get(featureId)
  if (status === 'drafting') {
    const noted = await stores.briefs.get(featureId)
    return noted ? { stage: 'spec', characters: JSON.stringify(noted.brief).length } : null
  }
  if (status === 'spec_ready') {
    const spec = (await stores.specs.get(featureId))?.spec
    return spec && forModel(spec).size > 0
      ? { stage: 'plan', characters: JSON.stringify(spec).length, requirements: spec.requirements.length }
      : null
  }
  if (status !== 'plan_ready' && status !== 'plan_approved' && status !== 'build_failed') return null
  // What the compiler delivers costs nothing: only plans of requirements that are left to a model count.
  const spec = (await stores.specs.get(featureId))?.spec
  const wanted = forModel(spec)
  const plans = (await stores.plans.list(featureId))
    .map(({ source }) => ({ source, plan: parsePlan(source).plan }))
    .filter(({ plan }) => plan.frontMatter.requirements.some((id) => wanted.has(id)))
  const tasks = plans.reduce((sum, { plan }) => sum + plan.tasks.length, 0)
  if (tasks === 0) return null
  const characters = Math.round(plans.reduce((sum, { source }) => sum + source.length, 0) / plans.length)
  return { stage: 'code', characters, tasks }
}

/** What a comment on the document that waits for approval leads to; null where none does, or where no model is needed for it. */
async function revision(stores: Stores, featureId: string): Promise<StageToCome | null> {
  const { status } = await stores.features.get(featureId)
  if (status !== 'spec_ready' && status !== 'plan_ready') return null
  const spec = (await stores.specs.get(featureId))?.spec
  if (!spec) return null
  if (status === 'spec_ready') {
    const brief = (await stores.briefs.get(featureId))?.brief
    return { stage: 'revise-spec', characters: JSON.stringify([brief, spec]).length }
  }
  if (forModel(spec).size === 0) return null
  const written = (await stores.plans.list(featureId)).reduce((sum, { source }) => sum + source.length, 0)
  return { stage: 'revise-plan', characters: JSON.stringify(spec).length + written, requirements: spec.requirements.length }
}

/** What the compiler does not deliver. */
const forModel = (spec: Spec | undefined): ReadonlySet<string> =>
  new Set(spec?.requirements.filter(({ delivery }) => delivery === 'model').map(({ id }) => id))

export function projectMoney(storage: Storage, orgId: string, projectId: string): Promise<ProjectMoney> {
  return storage.inWorkspace(orgId, async (stores) => {
    await stores.projects.get(projectId)
    const { settings } = await stores.modelSettings.get()
    const { project } = await stores.ledger.spent({ projectId, featureId: null, runId: null })
    const features = (await stores.features.list()).filter((feature) => feature.projectId === projectId)
    const receipts: ProjectMoney['features'] = []
    for (const { id, title } of features) receipts.push({ featureId: id, title, receipt: await stores.ledger.receipt({ featureId: id }) })
    return { cap: settings.caps.project, spent: project, receipt: await stores.ledger.receipt({ projectId }), features: receipts }
  })
}
