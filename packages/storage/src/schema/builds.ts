/** Build jobs, the versions they end in, their files, and the evidence they leave. */
import type { CheckResult } from '@slipway/domain'
import { bigint, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, moment, orgId } from './columns.ts'
import { evidenceKind, evidenceVerdict, jobStatus } from './enums.ts'
import { features, projects } from './projects.ts'

export const jobs = pgTable(
  'jobs',
  {
    orgId: orgId(),
    id: id(),
    projectId: uuid('project_id').notNull(),
    featureId: uuid('feature_id').notNull(),
    status: jobStatus('status').notNull().default('queued'),
    sandboxId: text('sandbox_id'),
    previewUrl: text('preview_url'),
    buildVersion: text('build_version'),
    workspacePath: text('workspace_path'),
    checks: jsonb('checks').$type<CheckResult[]>().notNull(),
    /** The version whose code this job brings back, when it was started that way. */
    restoreFrom: text('restore_from'),
    failure: text('failure'),
    debugId: text('debug_id'),
    archiveSha256: text('archive_sha256'),
    createdAt: createdAt(),
    startedAt: moment('started_at'),
    previewAt: moment('preview_at'),
    completedAt: moment('completed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    foreignKey({ name: 'jobs_project_fk', columns: [t.orgId, t.projectId], foreignColumns: [projects.orgId, projects.id] }).onDelete(
      'cascade',
    ),
    foreignKey({ name: 'jobs_feature_fk', columns: [t.orgId, t.featureId], foreignColumns: [features.orgId, features.id] }).onDelete(
      'cascade',
    ),
    index('jobs_by_project').on(t.orgId, t.projectId),
    index('jobs_by_feature').on(t.orgId, t.featureId, t.createdAt),
    index('jobs_by_status').on(t.orgId, t.status),
  ],
)

export const versions = pgTable(
  'versions',
  {
    orgId: orgId(),
    id: id(),
    projectId: uuid('project_id').notNull(),
    featureId: uuid('feature_id').notNull(),
    jobId: uuid('job_id').notNull(),
    number: integer('number').notNull(),
    restoredFrom: text('restored_from'),
    archiveSha256: text('archive_sha256').notNull(),
    archiveBytes: bigint('archive_bytes', { mode: 'number' }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('versions_project_number').on(t.orgId, t.projectId, t.number),
    unique('versions_job').on(t.orgId, t.jobId),
    foreignKey({ name: 'versions_project_fk', columns: [t.orgId, t.projectId], foreignColumns: [projects.orgId, projects.id] }).onDelete(
      'cascade',
    ),
    foreignKey({ name: 'versions_feature_fk', columns: [t.orgId, t.featureId], foreignColumns: [features.orgId, features.id] }).onDelete(
      'cascade',
    ),
    foreignKey({ name: 'versions_job_fk', columns: [t.orgId, t.jobId], foreignColumns: [jobs.orgId, jobs.id] }).onDelete('cascade'),
    index('versions_by_feature').on(t.orgId, t.featureId),
  ],
)

/** Files in the object store, by the key under which it holds them. */
export const artifacts = pgTable(
  'artifacts',
  {
    orgId: orgId(),
    id: id(),
    featureId: uuid('feature_id').notNull(),
    jobId: uuid('job_id'),
    path: text('path').notNull(),
    objectKey: text('object_key').notNull(),
    sha256: text('sha256').notNull(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('artifacts_path').on(t.orgId, t.featureId, t.jobId, t.path).nullsNotDistinct(),
    foreignKey({ name: 'artifacts_feature_fk', columns: [t.orgId, t.featureId], foreignColumns: [features.orgId, features.id] }).onDelete(
      'cascade',
    ),
    foreignKey({ name: 'artifacts_job_fk', columns: [t.orgId, t.jobId], foreignColumns: [jobs.orgId, jobs.id] }).onDelete('cascade'),
    index('artifacts_by_job').on(t.orgId, t.jobId),
  ],
)

export const evidence = pgTable(
  'evidence',
  {
    orgId: orgId(),
    id: id(),
    projectId: uuid('project_id').notNull(),
    featureId: uuid('feature_id'),
    jobId: uuid('job_id'),
    requirement: text('requirement'),
    kind: evidenceKind('kind').notNull(),
    verdict: evidenceVerdict('verdict').notNull(),
    summary: text('summary').notNull(),
    /** Names the look within its job or feature, so that a step that runs twice writes once. */
    key: text('key').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('evidence_key').on(t.orgId, t.projectId, t.featureId, t.jobId, t.key).nullsNotDistinct(),
    foreignKey({ name: 'evidence_project_fk', columns: [t.orgId, t.projectId], foreignColumns: [projects.orgId, projects.id] }).onDelete(
      'cascade',
    ),
    foreignKey({ name: 'evidence_feature_fk', columns: [t.orgId, t.featureId], foreignColumns: [features.orgId, features.id] }).onDelete(
      'cascade',
    ),
    foreignKey({ name: 'evidence_job_fk', columns: [t.orgId, t.jobId], foreignColumns: [jobs.orgId, jobs.id] }).onDelete('cascade'),
    index('evidence_by_feature').on(t.orgId, t.featureId),
    index('evidence_by_job').on(t.orgId, t.jobId),
  ],
)
