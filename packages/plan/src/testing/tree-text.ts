/** A small app as a tree, the plan that made it, and the verdict on any change of it. */
import { parseWithOxc } from '../oxc.ts'
import type { Plan } from '../plan.ts'
import type { ArtifactValues, KeyLinkValues } from '../plan-values.ts'
import { textTree } from '../verify/tree.ts'
import { type PlanVerdict, verifyPlan } from '../verify/verify-plan.ts'
import { planOf, taskValues } from './plan-text.ts'

export type Files = Readonly<Record<string, string>>

export const planFor = (artifacts: readonly ArtifactValues[], keyLinks: readonly KeyLinkValues[] = []): Plan =>
  planOf({
    mustHaves: { truths: ['It works'], artifacts, keyLinks, prohibitions: [] },
    filesModified: [],
    tasks: [taskValues({ files: [] })],
  })

export const verdictOn = (plan: Plan, files: Files): PlanVerdict => verifyPlan(plan, textTree(files), { parseModule: parseWithOxc })

/** The status of the first check. */
export function statusOf(files: Files, artifact: ArtifactValues): string
export function statusOf(files: Files, link: KeyLinkValues): string
export function statusOf(files: Files, promise: ArtifactValues | KeyLinkValues): string {
  const plan = 'path' in promise ? planFor([promise]) : planFor([], [promise])
  const [check] = verdictOn(plan, files).checks
  return `${check?.status}: ${check?.evidence.map((evidence) => evidence.rule).join(' ')}`
}
