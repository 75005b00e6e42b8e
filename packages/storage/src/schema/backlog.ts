/** The backlog: cards become epics, stories and subtasks; a run and its items say how far that is. */
import type { Criterion } from '@slipway/domain'
import { foreignKey, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, moment, orgId, updatedAt } from './columns.ts'
import { runItemStatus, runStage } from './enums.ts'
import { projects } from './projects.ts'

export const cards = pgTable(
  'cards',
  {
    orgId: orgId(),
    id: id(),
    projectId: uuid('project_id').notNull(),
    title: text('title').notNull(),
    text: text('text').notNull().default(''),
    position: integer('position').notNull().default(0),
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

export const runs = pgTable(
  'runs',
  {
    orgId: orgId(),
    id: id(),
    projectId: uuid('project_id').notNull(),
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
    index('runs_by_project').on(t.orgId, t.projectId, t.createdAt),
  ],
)

/** What epics, stories and subtasks have in common. */
const item = () => ({
  orgId: orgId(),
  id: id(),
  code: text('code').notNull(),
  title: text('title').notNull(),
  description: text('description'),
  /** XS to XL, or hours. */
  effort: text('effort'),
  criteria: jsonb('criteria').$type<Criterion[]>().notNull().default([]),
  /** Codes of items of the same kind that come first. */
  dependsOn: text('depends_on').array().notNull().default([]),
  /** The requirement it came from: `REQ-01`. */
  requirement: text('requirement'),
  /** The run that made it. */
  runId: uuid('run_id'),
  createdAt: createdAt(),
})

export const epics = pgTable('epics', { ...item(), projectId: uuid('project_id').notNull() }, (t) => [
  primaryKey({ columns: [t.orgId, t.id] }),
  unique('epics_project_code').on(t.orgId, t.projectId, t.code),
  foreignKey({ name: 'epics_project_fk', columns: [t.orgId, t.projectId], foreignColumns: [projects.orgId, projects.id] }).onDelete(
    'cascade',
  ),
  foreignKey({ name: 'epics_run_fk', columns: [t.orgId, t.runId], foreignColumns: [runs.orgId, runs.id] }).onDelete('set null'),
  index('epics_run_id_idx').on(t.orgId, t.runId),
])

export const stories = pgTable('stories', { ...item(), epicId: uuid('epic_id').notNull() }, (t) => [
  primaryKey({ columns: [t.orgId, t.id] }),
  unique('stories_epic_code').on(t.orgId, t.epicId, t.code),
  foreignKey({ name: 'stories_epic_fk', columns: [t.orgId, t.epicId], foreignColumns: [epics.orgId, epics.id] }).onDelete('cascade'),
  foreignKey({ name: 'stories_run_fk', columns: [t.orgId, t.runId], foreignColumns: [runs.orgId, runs.id] }).onDelete('set null'),
  index('stories_epic_id_idx').on(t.orgId, t.epicId),
  index('stories_run_id_idx').on(t.orgId, t.runId),
])

export const subtasks = pgTable('subtasks', { ...item(), storyId: uuid('story_id').notNull() }, (t) => [
  primaryKey({ columns: [t.orgId, t.id] }),
  unique('subtasks_story_code').on(t.orgId, t.storyId, t.code),
  foreignKey({ name: 'subtasks_story_fk', columns: [t.orgId, t.storyId], foreignColumns: [stories.orgId, stories.id] }).onDelete('cascade'),
  foreignKey({ name: 'subtasks_run_fk', columns: [t.orgId, t.runId], foreignColumns: [runs.orgId, runs.id] }).onDelete('set null'),
  index('subtasks_story_id_idx').on(t.orgId, t.storyId),
  index('subtasks_run_id_idx').on(t.orgId, t.runId),
])

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
