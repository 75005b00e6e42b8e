/** The backlog: cards become epics, stories and subtasks; a run and its items say how far that is. */
import type { Criterion, Effort } from '@slipway/domain'
import { boolean, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, moment, orgId, updatedAt } from './columns.ts'
import { runItemStatus, runStage } from './enums.ts'
import { features, projects } from './projects.ts'

export const cards = pgTable(
  'cards',
  {
    orgId: orgId(),
    id: id(),
    projectId: uuid('project_id').notNull(),
    title: text('title').notNull(),
    text: text('text').notNull().default(''),
    position: integer('position').notNull().default(0),
    /** 1 to 5, as sorted; null before. */
    value: integer('value'),
    effort: text('effort').$type<Effort>(),
    isKept: boolean('is_kept'),
    reason: text('reason').notNull().default(''),
    /** A card of the same project that says the same; the store clears it with that card. */
    mergedIntoId: uuid('merged_into_id'),
    /** When a person decided about it. */
    editedAt: moment('edited_at'),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    foreignKey({ name: 'cards_project_fk', columns: [t.orgId, t.projectId], foreignColumns: [projects.orgId, projects.id] }).onDelete(
      'cascade',
    ),
    index('cards_by_project').on(t.orgId, t.projectId, t.position),
  ],
)

/** What a run did to the items of its level; a run over parents has its counts in its rows. */
const changes = () => ({
  created: integer('created').notNull().default(0),
  updated: integer('updated').notNull().default(0),
  unchanged: integer('unchanged').notNull().default(0),
  kept: integer('kept').notNull().default(0),
  deleted: integer('deleted').notNull().default(0),
  archived: integer('archived').notNull().default(0),
})

export const runs = pgTable(
  'runs',
  {
    orgId: orgId(),
    id: id(),
    projectId: uuid('project_id').notNull(),
    featureId: uuid('feature_id').notNull(),
    /** Shared by the runs that were asked for together. */
    generationId: uuid('generation_id').notNull(),
    maker: text('maker').notNull(),
    ...changes(),
    retryCount: integer('retry_count').notNull().default(0),
    stage: runStage('stage').notNull(),
    status: runItemStatus('status').notNull().default('PENDING'),
    tokensUsed: integer('tokens_used'),
    durationMs: integer('duration_ms'),
    errorMsg: text('error_msg'),
    startedAt: moment('started_at'),
    completedAt: moment('completed_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    foreignKey({ name: 'runs_project_fk', columns: [t.orgId, t.projectId], foreignColumns: [projects.orgId, projects.id] }).onDelete(
      'cascade',
    ),
    foreignKey({ name: 'runs_feature_fk', columns: [t.orgId, t.featureId], foreignColumns: [features.orgId, features.id] }).onDelete(
      'cascade',
    ),
    unique('runs_generation_stage').on(t.orgId, t.generationId, t.stage),
    index('runs_by_project').on(t.orgId, t.projectId, t.createdAt),
    index('runs_by_feature').on(t.orgId, t.featureId, t.createdAt),
  ],
)

/** What epics, stories and subtasks have in common. */
const item = () => ({
  orgId: orgId(),
  id: id(),
  code: text('code').notNull(),
  /** As its maker calls it, stable over generations; empty for what a person added. */
  key: text('key').notNull().default(''),
  title: text('title').notNull(),
  description: text('description').notNull().default(''),
  /** XS to XL. */
  effort: text('effort').$type<Effort>().notNull().default('M'),
  criteria: jsonb('criteria').$type<Criterion[]>().notNull().default([]),
  /** Codes of items of the same kind that come first. */
  dependsOn: text('depends_on').array().notNull().default([]),
  position: integer('position').notNull().default(0),
  /** When a person changed it: from then on no generation does. */
  editedAt: moment('edited_at'),
  archivedAt: moment('archived_at'),
  /** The run that made it. */
  runId: uuid('run_id'),
  createdAt: createdAt(),
})

export const epics = pgTable(
  'epics',
  {
    ...item(),
    projectId: uuid('project_id').notNull(),
    featureId: uuid('feature_id').notNull(),
    requirements: text('requirements').array().notNull().default([]),
    /** The highest number ever given to a story of it, so that none is given twice. */
    storyCount: integer('story_count').notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('epics_project_code').on(t.orgId, t.projectId, t.code),
    foreignKey({ name: 'epics_project_fk', columns: [t.orgId, t.projectId], foreignColumns: [projects.orgId, projects.id] }).onDelete(
      'cascade',
    ),
    foreignKey({ name: 'epics_feature_fk', columns: [t.orgId, t.featureId], foreignColumns: [features.orgId, features.id] }).onDelete(
      'cascade',
    ),
    foreignKey({ name: 'epics_run_fk', columns: [t.orgId, t.runId], foreignColumns: [runs.orgId, runs.id] }).onDelete('set null'),
    index('epics_by_feature').on(t.orgId, t.featureId, t.position),
    index('epics_run_id_idx').on(t.orgId, t.runId),
  ],
)

export const stories = pgTable(
  'stories',
  {
    ...item(),
    epicId: uuid('epic_id').notNull(),
    /** The requirement it serves: `REQ-01`; empty for none. */
    requirement: text('requirement').notNull().default(''),
    startedAt: moment('started_at'),
    /** The epic it was generated for, once a person has moved it to another. */
    homeEpicId: uuid('home_epic_id'),
    /** The highest number ever given to a subtask of it. */
    subtaskCount: integer('subtask_count').notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('stories_epic_code').on(t.orgId, t.epicId, t.code),
    foreignKey({ name: 'stories_epic_fk', columns: [t.orgId, t.epicId], foreignColumns: [epics.orgId, epics.id] }).onDelete('cascade'),
    foreignKey({ name: 'stories_home_epic_fk', columns: [t.orgId, t.homeEpicId], foreignColumns: [epics.orgId, epics.id] }).onDelete(
      'set null',
    ),
    foreignKey({ name: 'stories_run_fk', columns: [t.orgId, t.runId], foreignColumns: [runs.orgId, runs.id] }).onDelete('set null'),
    index('stories_epic_id_idx').on(t.orgId, t.epicId),
    index('stories_home_epic_id_idx').on(t.orgId, t.homeEpicId),
    index('stories_run_id_idx').on(t.orgId, t.runId),
  ],
)

export const subtasks = pgTable(
  'subtasks',
  {
    ...item(),
    storyId: uuid('story_id').notNull(),
    startedAt: moment('started_at'),
    /** The story it was generated for, once a person has moved it to another. */
    homeStoryId: uuid('home_story_id'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('subtasks_story_code').on(t.orgId, t.storyId, t.code),
    foreignKey({ name: 'subtasks_story_fk', columns: [t.orgId, t.storyId], foreignColumns: [stories.orgId, stories.id] }).onDelete(
      'cascade',
    ),
    foreignKey({ name: 'subtasks_home_story_fk', columns: [t.orgId, t.homeStoryId], foreignColumns: [stories.orgId, stories.id] }).onDelete(
      'set null',
    ),
    foreignKey({ name: 'subtasks_run_fk', columns: [t.orgId, t.runId], foreignColumns: [runs.orgId, runs.id] }).onDelete('set null'),
    index('subtasks_story_id_idx').on(t.orgId, t.storyId),
    index('subtasks_home_story_id_idx').on(t.orgId, t.homeStoryId),
    index('subtasks_run_id_idx').on(t.orgId, t.runId),
  ],
)

const runItem = () => ({
  orgId: orgId(),
  id: id(),
  runId: uuid('run_id').notNull(),
  status: runItemStatus('status').notNull().default('PENDING'),
  tokensUsed: integer('tokens_used'),
  durationMs: integer('duration_ms'),
  errorMsg: text('error_msg'),
  retryCount: integer('retry_count').notNull().default(0),
  startedAt: moment('started_at'),
  completedAt: moment('completed_at'),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
})

export const runEpics = pgTable(
  'run_epics',
  {
    ...runItem(),
    epicId: uuid('epic_id').notNull(),
    storiesCreated: integer('stories_created').notNull().default(0),
    storiesDeleted: integer('stories_deleted').notNull().default(0),
    storiesUpdated: integer('stories_updated').notNull().default(0),
    storiesUnchanged: integer('stories_unchanged').notNull().default(0),
    storiesKept: integer('stories_kept').notNull().default(0),
    storiesArchived: integer('stories_archived').notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('run_epics_run_epic').on(t.orgId, t.runId, t.epicId),
    foreignKey({ name: 'run_epics_run_fk', columns: [t.orgId, t.runId], foreignColumns: [runs.orgId, runs.id] }).onDelete('cascade'),
    foreignKey({ name: 'run_epics_epic_fk', columns: [t.orgId, t.epicId], foreignColumns: [epics.orgId, epics.id] }).onDelete('cascade'),
    index('run_epics_run_id_idx').on(t.orgId, t.runId),
    index('run_epics_epic_id_idx').on(t.orgId, t.epicId),
  ],
)

export const runStories = pgTable(
  'run_stories',
  {
    ...runItem(),
    storyId: uuid('story_id').notNull(),
    subtasksCreated: integer('subtasks_created').notNull().default(0),
    subtasksDeleted: integer('subtasks_deleted').notNull().default(0),
    subtasksUpdated: integer('subtasks_updated').notNull().default(0),
    subtasksUnchanged: integer('subtasks_unchanged').notNull().default(0),
    subtasksKept: integer('subtasks_kept').notNull().default(0),
    subtasksArchived: integer('subtasks_archived').notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('run_stories_run_story').on(t.orgId, t.runId, t.storyId),
    foreignKey({ name: 'run_stories_run_fk', columns: [t.orgId, t.runId], foreignColumns: [runs.orgId, runs.id] }).onDelete('cascade'),
    foreignKey({ name: 'run_stories_story_fk', columns: [t.orgId, t.storyId], foreignColumns: [stories.orgId, stories.id] }).onDelete(
      'cascade',
    ),
    index('run_stories_run_id_idx').on(t.orgId, t.runId),
    index('run_stories_story_id_idx').on(t.orgId, t.storyId),
  ],
)
