/** What the checks of the plan language find wrong with the plans of a spec. */
import { failure, type PlanText, type Spec } from '@slipway/domain'
import { checkPlans, parsePlan } from '@slipway/plan'

/** @throws INPUT_INVALID with the first faults, when there are any */
export function requireSoundPlans(plans: readonly Pick<PlanText, 'name' | 'source'>[], spec: Spec): void {
  const faults = checkPlans(
    plans.map(({ name, source }) => ({ name, plan: parsePlan(source).plan })),
    { requirements: spec.requirements.map((requirement) => requirement.id) },
  ).filter((finding) => finding.severity === 'error')
  if (faults.length > 0) throw failure('INPUT_INVALID', { what: 'The plan', faults: faults.slice(0, 5).map((fault) => fault.message) })
}
