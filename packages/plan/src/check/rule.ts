/** What a check rule sees of a set of plans, and what it says. */
import type { Diagnostic } from '../diagnostic.ts'
import type { TextEdit } from '../edit.ts'
import type { Plan } from '../plan.ts'
import type { NamedPlan } from '../schedule/plan-ids.ts'
import type { DependencyGraph } from '../schedule/waves.ts'

export interface CheckContext {
  /** All requirement ids there are; without them coverage is not checked. */
  readonly requirements?: readonly string[]
  /** The paths of the tree that the plans start from; without it, artifacts that no task creates are only warned of. */
  readonly tree?: ReadonlySet<string>
}

export interface PlanFinding extends Diagnostic {
  /** The name of the plan it is about. */
  readonly plan: string
  /** Present only where the right answer is certain. */
  readonly fix?: Fix
}

export interface Fix {
  readonly title: string
  readonly edits: readonly TextEdit[]
}

export interface PlanSet extends CheckContext {
  readonly plans: readonly NamedPlan[]
  readonly graph: DependencyGraph
  readonly waves: ReadonlyMap<string, number>
}

export type Rule = (set: PlanSet) => readonly PlanFinding[]

/** The line (from 1) of a field of the front matter; the first line when it is absent. */
export const fieldLine = (plan: Plan, key: string) => plan.frontMatter.fields.find((field) => field.key === key)?.firstLine ?? 1
