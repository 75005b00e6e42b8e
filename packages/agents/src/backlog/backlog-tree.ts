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
