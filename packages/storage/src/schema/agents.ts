/** Agents at work: workflows (a plan document at work), their sessions, single model calls, and what they cost. */
import { bigint, foreignKey, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { jobs } from './builds.ts'
import { createdAt, id, moment, orgId, updatedAt } from './columns.ts'
import { agentSessionStatus, agentType, ledgerOutcome, workflowStatus } from './enums.ts'
import { features, projects } from './projects.ts'

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

/** Money, in millionths of a US dollar. A receipt outlives the feature and the job it was for, but not the project. */
export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    orgId: orgId(),
    id: id(),
    projectId: uuid('project_id').notNull(),
    featureId: uuid('feature_id'),
    jobId: uuid('job_id'),
    agentRunId: uuid('agent_run_id'),
    /** Names the call, so that it is never charged twice. */
    key: text('key').notNull(),
    provider: text('provider').notNull(),
    model: text('model').notNull(),
    inputTokens: integer('input_tokens').notNull().default(0),
    outputTokens: integer('output_tokens').notNull().default(0),
    amountMicros: bigint('amount_micros', { mode: 'number' }).notNull(),
    outcome: ledgerOutcome('outcome').notNull().default('useful'),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('ledger_entries_key').on(t.orgId, t.key),
    foreignKey({
      name: 'ledger_entries_project_fk',
      columns: [t.orgId, t.projectId],
      foreignColumns: [projects.orgId, projects.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'ledger_entries_feature_fk',
      columns: [t.orgId, t.featureId],
      foreignColumns: [features.orgId, features.id],
    }).onDelete('set null'),
    foreignKey({ name: 'ledger_entries_job_fk', columns: [t.orgId, t.jobId], foreignColumns: [jobs.orgId, jobs.id] }).onDelete('set null'),
    foreignKey({
      name: 'ledger_entries_agent_run_fk',
      columns: [t.orgId, t.agentRunId],
      foreignColumns: [agentRuns.orgId, agentRuns.id],
    }).onDelete('set null'),
    index('ledger_entries_by_project').on(t.orgId, t.projectId, t.createdAt),
    index('ledger_entries_by_feature').on(t.orgId, t.featureId),
    index('ledger_entries_by_job').on(t.orgId, t.jobId),
    index('ledger_entries_by_agent_run').on(t.orgId, t.agentRunId),
  ],
)
