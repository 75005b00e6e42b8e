/** Who writes specs and plans: the built-in compilers, and a model for what they cannot say, where the owner has chosen one. */
import { nameApp, type PlanDraft, planDocuments, type RunOptions, writePlan, writeSpec } from '@slipway/agents'
import { compileApp, titleOf, writePlans as writeBuiltInPlans, writeSpec as writeBuiltInSpec } from '@slipway/blueprint'
import type { Brief, Feature, Spec } from '@slipway/domain'
import type { RunOfModels } from './models.ts'

type Told = Pick<RunOptions<unknown>, 'signal' | 'onPart'>
type WrittenPlan = ReturnType<typeof writeBuiltInPlans>[number]

export async function makeSpec(
  run: RunOfModels | undefined,
  { brief, idea, previous }: { brief: Brief; idea: string; previous: Spec | undefined },
  told: Told,
): Promise<Spec> {
  if (!run) return writeBuiltInSpec(brief, idea)
  return run.ask(writeSpec, { brief, ...(previous && { previous }) }, { key: 'spec', ...told, check: uncompilable })
}

/** What a blueprint leads to is known before anybody is shown it. */
function uncompilable({ blueprint }: Spec): string[] {
  try {
    compileApp(blueprint, [])
    return []
  } catch (error) {
    return [`the blueprint cannot be compiled: ${(error as Error).message}`]
  }
}

/** A short name for feature and project; the brief's own where no model helps. */
export async function makeTitle(run: RunOfModels | undefined, brief: Brief, signal: AbortSignal): Promise<string> {
  if (!run) return titleOf(brief)
  const { title } = await run.ask(nameApp, { brief }, { key: 'title', signal })
  return title
}

/**
 * What the compiler delivers is planned by the compiler; a model is asked only for the requirements that need code on top, and its
 * plans come after.
 */
export async function makePlans(
  run: RunOfModels | undefined,
  { spec, feature }: { spec: Spec; feature: Feature },
  told: Told,
): Promise<WrittenPlan[]> {
  if (!run || spec.requirements.every(({ delivery }) => delivery !== 'model')) return writeBuiltInPlans(spec, feature)
  const compiled = { ...spec, requirements: spec.requirements.filter(({ delivery }) => delivery !== 'model') }
  const first = writeBuiltInPlans(compiled, feature)
  const tree = compileApp(spec.blueprint, []).map(({ path }) => path)
  const { plans } = await run.ask(writePlan, { spec, tree }, { key: 'plan', ...told })
  const lastWave = Math.max(...first.map(({ wave }) => wave))
  return [...first, ...planDocuments(plans.map(oneLater)).map((plan) => ({ ...plan, wave: plan.wave + lastWave }))]
}

/** Phase 01 is the compiler's. */
const oneLater = (draft: PlanDraft): PlanDraft => ({ ...draft, phase: later(draft.phase), dependsOn: draft.dependsOn.map(later) })
const later = (name: string) => `${String(Number(name.slice(0, 2)) + 1).padStart(2, '0')}${name.slice(2)}`
