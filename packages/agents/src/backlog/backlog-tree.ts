/** A whole backlog as it is shown, exported and made without a model. */
import type { Criterion, Effort } from '@slipway/domain'

export interface BacklogItem {
  /** `E1`, `S1`, `ST1`. */
  readonly code: string
  readonly key: string
  readonly title: string
  readonly description: string
  readonly effort: Effort
  readonly criteria: readonly Criterion[]
  /** Codes of siblings. */
  readonly dependsOn: readonly string[]
}

export interface BacklogStory extends BacklogItem {
  /** Empty when it serves none. */
  readonly requirement: string
  readonly subtasks: readonly BacklogItem[]
}

export interface BacklogEpic extends BacklogItem {
  readonly requirements: readonly string[]
  readonly stories: readonly BacklogStory[]
}

export interface Backlog {
  readonly version: 1
  readonly product: string
  readonly epics: readonly BacklogEpic[]
}

export interface RequirementCoverage {
  readonly requirement: string
  /** `E1S2` */
  readonly stories: readonly string[]
  /** Names of plans. */
  readonly plans: readonly string[]
}

/** Per requirement, in order: what serves it. Empty lists are the gaps. */
export function coverageOf(
  requirements: readonly string[],
  backlog: Backlog,
  plans: readonly { readonly name: string; readonly requirements: readonly string[] }[],
): readonly RequirementCoverage[] {
  const stories = backlog.epics.flatMap((epic) =>
    epic.stories.map((story) => ({ code: epic.code + story.code, requirement: story.requirement })),
  )
  return requirements.map((requirement) => ({
    requirement,
    stories: stories.filter((story) => story.requirement === requirement).map(({ code }) => code),
    plans: plans.filter((plan) => plan.requirements.includes(requirement)).map(({ name }) => name),
  }))
}
