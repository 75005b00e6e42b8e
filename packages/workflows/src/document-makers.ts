/** Who writes specs and plans: the built-in compilers, and a model for what they cannot say, where the owner has chosen one. */
import { nameApp, type PlanDraft, planDocuments, type RunOptions, writePlan, writeSpec } from '@slipway/agents'
import {
  compileApp,
  numberOf,
  titleOf,
  withTrueDeliveries,
  writePlans as writeBuiltInPlans,
  writeSpec as writeBuiltInSpec,
} from '@slipway/blueprint'
import type { Brief, Feature, PlanText, Spec } from '@slipway/domain'
import type { RunOfModels } from './models.ts'

type Told = Pick<RunOptions<unknown>, 'signal' | 'onPart'>
type WrittenPlan = ReturnType<typeof writeBuiltInPlans>[number]

export async function makeSpec(
  run: RunOfModels | undefined,
  { brief, idea, previous }: { brief: Brief; idea: string; previous: Spec | undefined },
  told: Told,
): Promise<Spec> {
  if (!run) return writeBuiltInSpec(brief, idea)
  return withTrueDeliveries(
    await run.ask(writeSpec, { brief, ...(previous && { previous }) }, { key: 'spec', ...told, check: uncompilable }),
  )
}

/** The spec as a comment of the owner changes it. @param numberMax the highest number that a requirement ever had here */
export async function reviseSpecByModel(
  run: RunOfModels,
  { brief, previous, comment, numberMax }: { brief: Brief; previous: Spec; comment: string; numberMax: number },
  told: Told,
): Promise<Spec> {
  const known = new Set(previous.requirements.map(({ id }) => id))
  const reused = ({ requirements }: Spec) =>
    requirements
      .filter(({ id }) => !known.has(id) && numberOf(id) <= numberMax)
      .map(({ id }) => `${id} was another requirement once: number new ones from ${numberMax + 1} on`)
  const check = (spec: Spec) => [...reused(spec), ...uncompilable(spec)]
  return withTrueDeliveries(await run.ask(writeSpec, { brief, previous, comment }, { key: 'spec', ...told, check }))
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
  if (!run || !needsModel(spec)) return writeBuiltInPlans(spec, feature)
  const { plans } = await run.ask(writePlan, { spec, tree: treeOf(spec) }, { key: 'plan', ...told })
  return behind(compiledPlans(spec, feature), plans.map(oneLater))
}

/** The plans that a model wrote, as a comment of the owner changes them; the compiler's follow from the spec and stay. */
export async function revisePlansByModel(
  run: RunOfModels,
  { spec, feature, plans, comment }: { spec: Spec; feature: Feature; plans: readonly PlanText[]; comment: string },
  told: Told,
): Promise<WrittenPlan[]> {
  const first = compiledPlans(spec, feature)
  const previous = plans.filter(({ name }) => !first.some((plan) => plan.name === name))
  const { plans: drafts } = await run.ask(writePlan, { spec, tree: treeOf(spec), previous, comment }, { key: 'plan', ...told })
  // It sees the plans by the names that people see, behind the compiler's phase, and may yet begin to count anew.
  const isFromOne = drafts.some(({ phase }) => Number(phase.slice(0, 2)) <= 1)
  return behind(first, isFromOne ? drafts.map(oneLater) : drafts)
}

/** Where the answer of the plan agent says what a plan is for: in each of its plans. */
export const PLAN_OBJECTIVE_DEPTH = 3

export const needsModel = (spec: Spec): boolean => spec.requirements.some(({ delivery }) => delivery === 'model')

const treeOf = (spec: Spec) => compileApp(spec.blueprint, []).map(({ path }) => path)

const compiledPlans = (spec: Spec, feature: Feature) =>
  writeBuiltInPlans({ ...spec, requirements: spec.requirements.filter(({ delivery }) => delivery !== 'model') }, feature)

function behind(first: readonly WrittenPlan[], drafts: readonly PlanDraft[]): WrittenPlan[] {
  const lastWave = Math.max(...first.map(({ wave }) => wave))
  return [...first, ...planDocuments(drafts).map((plan) => ({ ...plan, wave: plan.wave + lastWave }))]
}

/** Phase 01 is the compiler's. */
const oneLater = (draft: PlanDraft): PlanDraft => ({ ...draft, phase: later(draft.phase), dependsOn: draft.dependsOn.map(later) })
const later = (name: string) => `${String(Number(name.slice(0, 2)) + 1).padStart(2, '0')}${name.slice(2)}`
