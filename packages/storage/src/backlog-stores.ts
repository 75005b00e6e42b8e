/** What may be asked of the backlog's tables: cards, items by level, and the runs that make them. */
import type {
  BacklogLevel,
  BacklogRun,
  Card,
  CardPatch,
  ChangeCounts,
  Criterion,
  Effort,
  EpicView,
  ItemPatch,
  RunItemEvent,
  RunStage,
} from '@slipway/domain'

export interface CardStore {
  /** In the order in which they were added. */
  list(projectId: string): Promise<Card[]>
  /** @throws NOT_FOUND */
  get(id: string): Promise<Card>
  add(projectId: string, cards: readonly { title: string; text: string }[]): Promise<Card[]>
  /** Also marks it as decided by a person. @throws NOT_FOUND */
  change(id: string, patch: CardPatch): Promise<Card>
  /** Cards that were merged into it stand by themselves again. @throws NOT_FOUND */
  remove(id: string): Promise<Card>
  /** What an analysis found: the first of `ids` stands for the others. Cards that a person decided about keep what was decided. */
  sort(projectId: string, ideas: readonly SortedIdea[]): Promise<ChangeCounts>
}

export interface SortedIdea {
  readonly ids: readonly string[]
  readonly value: number
  readonly effort: Effort
  readonly isKept: boolean
  readonly reason: string
}

/** What a generation says of an item. */
export interface ItemContent {
  readonly title: string
  readonly description: string
  readonly effort: Effort
  readonly criteria: readonly Criterion[]
  /** Codes of siblings. */
  readonly dependsOn: readonly string[]
  /** Of an epic. */
  readonly requirements?: readonly string[]
  /** Of a story. */
  readonly requirement?: string
}

export interface MergeableItem {
  readonly id: string
  readonly code: string
  readonly key: string
  readonly content: ItemContent
  readonly isEdited: boolean
  readonly isStarted: boolean
  /** Something below it was begun or changed by a person. */
  readonly holdsEdits: boolean
  readonly hasHistory: boolean
  readonly isArchived: boolean
}

/** What becomes of the items of one parent. */
export interface ItemChanges {
  readonly created: readonly { readonly key: string; readonly code: string; readonly content: ItemContent }[]
  readonly updated: readonly { readonly id: string; readonly key: string; readonly content: ItemContent }[]
  readonly deleted: readonly string[]
  readonly archived: readonly string[]
  /** The highest number that was ever given in this parent. */
  readonly lastNumber: number
  readonly runId: string
}

/** Where an item stands: its feature, its parent (an epic's is its feature) and its code in that parent. */
export interface ItemPlace {
  readonly featureId: string
  readonly projectId: string
  readonly parentId: string
  readonly code: string
  readonly key: string
}

export interface BacklogStore {
  /** The whole tree, archived items included, in order of position. */
  tree(featureId: string): Promise<EpicView[]>
  /** @throws NOT_FOUND */
  place(level: BacklogLevel, id: string): Promise<ItemPlace>
  /** Codes and dependencies of what stands in a parent and is not archived. */
  siblings(level: BacklogLevel, parentId: string): Promise<{ id: string; code: string; dependsOn: string[] }[]>
  /**
   * What a generation of this parent has to be merged into, archived items and those that a person moved elsewhere included. Locks the
   * parent's counter until the transaction ends.
   * @param parentId the feature of epics, the epic of stories, the story of subtasks; @throws NOT_FOUND
   */
  mergeable(level: BacklogLevel, parentId: string): Promise<{ items: MergeableItem[]; lastNumber: number }>
  apply(level: BacklogLevel, parentId: string, changes: ItemChanges): Promise<void>
  /** By a person, at the end of its parent. */
  add(level: BacklogLevel, parentId: string, values: { title: string }): Promise<{ id: string }>
  /** By a person. @throws NOT_FOUND */
  change(level: BacklogLevel, id: string, patch: ItemPatch): Promise<void>
  /** By a person: before another item of the parent, or to its end; below another parent it gets that parent's next code. */
  move(level: BacklogLevel, id: string, to: { parentId: string; beforeId: string | null }): Promise<void>
  /** For good. */
  remove(level: BacklogLevel, id: string): Promise<void>
}

/** What may be written beside a move of a run or of one of its parents. */
export interface RunPatch {
  readonly counts?: ChangeCounts
  readonly tokensUsed?: number | null
  readonly errorMsg?: string | null
}

export interface RunStore {
  /** Of the feature's newest generation, in the order of stages; empty when there was none. */
  newest(featureId: string): Promise<BacklogRun[]>
  /** Ids of every generation of the feature, oldest first. */
  generations(featureId: string): Promise<string[]>
  list(generationId: string): Promise<BacklogRun[]>
  /** @throws NOT_FOUND */
  get(id: string): Promise<BacklogRun>
  /** Of a feature one generation goes on at a time. @returns the id of the one that goes on already, else of this one, which now does */
  create(values: { generationId: string; featureId: string; stages: readonly RunStage[]; maker: string }): Promise<string>
  /** Every parent has a row in the run afterwards; those that had one keep it. */
  addItems(runId: string, parentIds: readonly string[]): Promise<void>
  /** One statement, safe to repeat. @throws MOVED_ON */
  move(runId: string, event: RunItemEvent, patch?: RunPatch): Promise<void>
  /** As `move`, of one parent in the run. */
  moveItem(runId: string, parentId: string, event: RunItemEvent, patch?: RunPatch): Promise<void>
}
