/** A plan document before it has its number. */
import type { Requirement } from '@slipway/domain'
import type { PlanValues } from '@slipway/plan'
import { clipped } from './words.ts'

export interface Draft {
  readonly title: string
  readonly values: Omit<PlanValues, 'phase' | 'plan' | 'wave'>
}

/** Small enough to be reviewed. */
export const TASKS_PER_PLAN = 5

/** The criteria of requirements as sentences. */
export const truthsOf = (requirements: readonly Requirement[], perRequirement = 12) =>
  requirements.flatMap((requirement) =>
    requirement.criteria
      .slice(0, perRequirement)
      .map((criterion) => clipped(`Given ${criterion.given}, when ${criterion.when}, then ${criterion.then}.`, 300)),
  )
