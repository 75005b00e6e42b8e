/** A `.planning` folder as data: the project, its requirements, phases and plans, and every file we do not read kept as it is. */
import type { NamedPlan } from '../schedule/plan-ids.ts'

export interface PlannedProject {
  readonly name: string
  /** The section "What This Is". */
  readonly summary: string
  readonly coreValue: string
}

export interface PlannedRequirement {
  /** `AUTH-01` */
  readonly id: string
  readonly text: string
  readonly isDone: boolean
  /** The heading it stands under: `Authentication`. */
  readonly category: string
  readonly scope: 'now' | 'later'
}

export interface PlannedPhase {
  /** `1`, `2.1` */
  readonly number: string
  readonly name: string
  readonly goal: string
  /** Numbers of phases; empty for the first one. */
  readonly dependsOn: readonly string[]
  readonly requirements: readonly string[]
  readonly successCriteria: readonly string[]
  readonly isDone: boolean
}

export interface PlanningFolder {
  readonly project: PlannedProject
  readonly requirements: readonly PlannedRequirement[]
  readonly phases: readonly PlannedPhase[]
  /** Named `01-02`; `path` is relative to the folder. */
  readonly plans: readonly (NamedPlan & { readonly path: string; readonly isDone: boolean })[]
  /** All files as they were read, by path relative to the folder; written back where the data says the same. */
  readonly files: ReadonlyMap<string, string>
}
