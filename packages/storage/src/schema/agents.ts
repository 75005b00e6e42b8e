/** Agents at work: workflows (a plan document at work), their sessions, and single model calls. */
import { foreignKey, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { jobs } from './builds.ts'
import { createdAt, id, moment, orgId, updatedAt } from './columns.ts'
import { agentSessionStatus, agentType, workflowStatus } from './enums.ts'
import { features } from './projects.ts'

export const workflows = pgTable(
  'workflows',
  {
    orgId: orgId(),
    id: id(),
    featureId: uuid('feature_id').notNull(),
    jobId: uuid('job_id'),
    task: text('task').notNull(),
    status: workflowStatus('status').notNull().default('pending'),
    currentStep: text('current_step').notNull(),
    /** Paths of files. */
    artifacts: text('artifacts').array().notNull().default([]),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    foreignKey({ name: 'workflows_feature_fk', columns: [t.orgId, t.featureId], foreignColumns: [features.orgId, features.id] }).onDelete(
      'cascade',
    ),
    foreignKey({ name: 'workflows_job_fk', columns: [t.orgId, t.jobId], foreignColumns: [jobs.orgId, jobs.id] }).onDelete('cascade'),
    index('workflows_by_status').on(t.orgId, t.status),
    index('workflows_by_feature').on(t.orgId, t.featureId),
    index('workflows_by_job').on(t.orgId, t.jobId),
  ],
)

export const agentSessions = pgTable(
  'agent_sessions',
  {
    orgId: orgId(),
    id: id(),
    workflowId: uuid('workflow_id').notNull(),
    agentType: agentType('agent_type').notNull(),
    status: agentSessionStatus('status').notNull().default('idle'),
    /** The agent's own name for its conversation, to go on with it. */
    sessionId: text('session_id'),
    input: text('input').notNull(),
    output: text('output'),
    error: text('error'),
    startedAt: moment('started_at'),
    completedAt: moment('completed_at'),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    foreignKey({
      name: 'agent_sessions_workflow_fk',
      columns: [t.orgId, t.workflowId],
      foreignColumns: [workflows.orgId, workflows.id],
    }).onDelete('cascade'),
    index('agent_sessions_by_workflow').on(t.orgId, t.workflowId),
    index('agent_sessions_by_status').on(t.orgId, t.status),
  ],
)

export const agentRuns = pgTable(
  'agent_runs',
  {
    orgId: orgId(),
    id: id(),
    featureId: uuid('feature_id').notNull(),
    jobId: uuid('job_id'),
    agent: text('agent').notNull(),
    provider: text('provider').notNull(),
    model: text('model').notNull(),
    status: agentSessionStatus('status').notNull().default('idle'),
    inputTokens: integer('input_tokens').notNull().default(0),
    outputTokens: integer('output_tokens').notNull().default(0),
    error: text('error'),
    startedAt: moment('started_at'),
    completedAt: moment('completed_at'),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    foreignKey({ name: 'agent_runs_feature_fk', columns: [t.orgId, t.featureId], foreignColumns: [features.orgId, features.id] }).onDelete(
      'cascade',
    ),
    foreignKey({ name: 'agent_runs_job_fk', columns: [t.orgId, t.jobId], foreignColumns: [jobs.orgId, jobs.id] }).onDelete('cascade'),
    index('agent_runs_by_feature').on(t.orgId, t.featureId, t.createdAt),
    index('agent_runs_by_job').on(t.orgId, t.jobId),
  ],
)
