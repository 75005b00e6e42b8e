/** The backlog: cards become epics, stories and subtasks, one run at a time. */
import { z } from 'zod'
import { defineMachine } from './machine.ts'
import { Criterion, RequirementId } from './spec.ts'
import { Id, Moment } from './values.ts'

export const RUN_STAGES = ['ANALYZE_CARDS', 'GENERATE_EPICS', 'GENERATE_STORIES', 'GENERATE_SUBTASKS'] as const
export const RunStage = z.enum(RUN_STAGES)
export type RunStage = z.infer<typeof RunStage>

/** A run, and one epic or story inside a run. What is cancelled is skipped, also while it is being made. */
export const RUN_ITEM = defineMachine({
  PENDING: { generate: 'GENERATING', skip: 'SKIPPED' },
  GENERATING: { save: 'SAVING', fail: 'FAILED', skip: 'SKIPPED' },
  SAVING: { complete: 'COMPLETED', fail: 'FAILED', skip: 'SKIPPED' },
  COMPLETED: { reset: 'PENDING' },
  FAILED: { reset: 'PENDING', skip: 'SKIPPED' },
  SKIPPED: { reset: 'PENDING' },
})
export const RunItemStatus = z.enum(RUN_ITEM.statuses)
export type RunItemStatus = z.infer<typeof RunItemStatus>
export type RunItemEvent = (typeof RUN_ITEM.events)[number]

/** Whether work on it goes on or is about to. */
export const isRunning = (status: RunItemStatus): boolean => status === 'PENDING' || status === 'GENERATING' || status === 'SAVING'

export const EFFORTS = ['XS', 'S', 'M', 'L', 'XL'] as const
export const Effort = z.enum(EFFORTS)
export type Effort = z.infer<typeof Effort>

export const BACKLOG_LEVELS = ['epic', 'story', 'subtask'] as const
export const BacklogLevel = z.enum(BACKLOG_LEVELS)
export type BacklogLevel = z.infer<typeof BacklogLevel>

/** `E1`, `S1`, `ST1`: unique within the parent and never given again. */
export const ItemCode = z.string().regex(/^(?:E|S|ST)\d{1,5}$/)
export const ItemTitle = z.string().trim().min(1, 'a title needs at least one character').max(160)
export const ItemDescription = z.string().trim().max(4_000)
export const ItemCriteria = z.array(Criterion).max(12)

const item = {
  id: Id,
  code: ItemCode,
  /** As its maker calls it, stable over generations; empty for what a person added. */
  key: z.string(),
  title: ItemTitle,
  description: ItemDescription,
  effort: Effort,
  criteria: ItemCriteria,
  /** Codes of siblings that come first; no circles. */
  dependsOn: z.array(ItemCode),
  position: z.number().int(),
  /** By a person, since it was generated: from then on it is theirs, and no generation changes it. */
  editedAt: Moment.nullable(),
  /** No longer part of the backlog, kept for what refers to it. */
  archivedAt: Moment.nullable(),
  createdAt: Moment,
}
const startable = { startedAt: Moment.nullable() }

export const Subtask = z.object({ ...item, ...startable, storyId: Id })
export type Subtask = z.infer<typeof Subtask>

export const Story = z.object({
  ...item,
  ...startable,
  epicId: Id,
  /** The requirement it serves; empty when it serves none. */
  requirement: RequirementId.or(z.literal('')),
})
export type Story = z.infer<typeof Story>

export const Epic = z.object({ ...item, featureId: Id, requirements: z.array(RequirementId) })
export type Epic = z.infer<typeof Epic>

export const Card = z.object({
  id: Id,
  projectId: Id,
  title: z.string().trim().min(1).max(200),
  text: z.string().trim().max(4_000),
  position: z.number().int(),
  /** 1 to 5; null until somebody or something has sorted it. */
  value: z.number().int().min(1).max(5).nullable(),
  effort: Effort.nullable(),
  isKept: z.boolean().nullable(),
  reason: z.string(),
  /** The card that says the same. */
  mergedIntoId: Id.nullable(),
  /** Decided by a person: no analysis changes it. */
  editedAt: Moment.nullable(),
  createdAt: Moment,
})
export type Card = z.infer<typeof Card>

/** What a generation did to items that were there, or were not. */
export const CHANGE_KINDS = ['created', 'updated', 'unchanged', 'kept', 'deleted', 'archived'] as const
export type ChangeKind = (typeof CHANGE_KINDS)[number]
const count = z.number().int().nonnegative()
export const ChangeCounts = z.object({ created: count, updated: count, unchanged: count, kept: count, deleted: count, archived: count })
export type ChangeCounts = z.infer<typeof ChangeCounts>

const progress = {
  id: Id,
  status: RunItemStatus,
  counts: ChangeCounts,
  /** null: no model was asked, or it did not say. */
  tokensUsed: z.number().int().nullable(),
  durationMs: z.number().int().nullable(),
  errorMsg: z.string().nullable(),
  retryCount: z.number().int().nonnegative(),
}

/** One parent of a run: the epic whose stories, or the story whose subtasks are made. */
export const BacklogRunItem = z.object({ ...progress, parentId: Id, parentCode: z.string(), parentTitle: z.string() })
export type BacklogRunItem = z.infer<typeof BacklogRunItem>

export const BacklogRun = z.object({
  ...progress,
  featureId: Id,
  /** Shared by the runs that were asked for together. */
  generationId: Id,
  stage: RunStage,
  /** Who made it: `built-in`, or a model's name. */
  maker: z.string(),
  items: z.array(BacklogRunItem),
  createdAt: Moment,
})
export type BacklogRun = z.infer<typeof BacklogRun>

export const RequirementCoverage = z.object({
  requirement: RequirementId,
  title: z.string(),
  /** `E1S2` */
  stories: z.array(z.string()),
  /** Names of plans. */
  plans: z.array(z.string()),
  /** A machine looked at the newest build and found it satisfied. */
  isProved: z.boolean(),
})
export type RequirementCoverage = z.infer<typeof RequirementCoverage>

export const StoryView = Story.extend({ subtasks: z.array(Subtask) })
export type StoryView = z.infer<typeof StoryView>
export const EpicView = Epic.extend({ stories: z.array(StoryView) })
export type EpicView = z.infer<typeof EpicView>

/** Everything the backlog page of a feature shows; archived items are in it and say so. */
export const BacklogView = z.object({
  product: z.string(),
  featureId: Id,
  projectId: Id,
  hasSpec: z.boolean(),
  epics: z.array(EpicView),
  cards: z.array(Card),
  /** Of the newest generation, in the order of stages. */
  runs: z.array(BacklogRun),
  /** Per requirement of the spec, in order. */
  coverage: z.array(RequirementCoverage),
  eventId: z.number().int().nonnegative(),
})
export type BacklogView = z.infer<typeof BacklogView>

export const BACKLOG_FORMATS = ['markdown', 'json', 'jira-csv', 'azure-csv', 'github', 'linear'] as const
export const BacklogFormat = z.enum(BACKLOG_FORMATS)
export type BacklogFormat = z.infer<typeof BacklogFormat>
