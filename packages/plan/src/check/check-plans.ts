/** Checks a set of plans before any of them may run. */
import { applyEdits } from '../edit.ts'
import type { Plan } from '../plan.ts'
import type { NamedPlan } from '../schedule/plan-ids.ts'
import { dependencyGraph, wavesOf } from '../schedule/waves.ts'
import { checkArtifactOrigin } from './artifact-origin.ts'
import { checkDependencies } from './dependencies.ts'
import { checkFileOverlap } from './file-overlap.ts'
import { checkRequirements } from './requirements.ts'
import type { CheckContext, PlanFinding, Rule } from './rule.ts'
import { checkScope } from './scope.ts'
import { checkShape } from './shape.ts'
import { checkTaskVerify } from './task-verify.ts'
import { checkWaves } from './waves.ts'

/** One rule per file; the order is the order in which a person should look at them. */
const RULES: readonly Rule[] = [
  checkShape,
  checkDependencies,
  checkWaves,
  checkFileOverlap,
  checkTaskVerify,
  checkRequirements,
  checkArtifactOrigin,
  checkScope,
]

/** Findings by plan in the order given, then by line. A plan may run when none of them is an error. */
export function checkPlans(plans: readonly NamedPlan[], context: CheckContext): readonly PlanFinding[] {
  const graph = dependencyGraph(plans)
  const set = { ...context, plans, graph, waves: wavesOf(plans, graph) }
  const rank = new Map(plans.map(({ name }, index) => [name, index]))
  return RULES.flatMap((rule) => rule(set)).sort((a, b) => (rank.get(a.plan) ?? 0) - (rank.get(b.plan) ?? 0) || a.line - b.line)
}

/** Applies every certain fix to the plan it is about; the other plans are returned as they came. */
export function fixPlans(plans: readonly NamedPlan[], findings: readonly PlanFinding[]): readonly { name: string; plan: Plan }[] {
  return plans.map(({ name, plan }) => {
    const edits = findings.filter((finding) => finding.plan === name).flatMap((finding) => finding.fix?.edits ?? [])
    return { name, plan: edits.length ? applyEdits(plan, edits) : plan }
  })
}
