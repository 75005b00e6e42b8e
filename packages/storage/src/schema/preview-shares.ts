/** Links that show one preview to whoever has them. */
import { foreignKey, index, integer, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core'
import { jobs } from './builds.ts'
import { createdAt, id, moment, orgId } from './columns.ts'

export const previewShares = pgTable(
  'preview_shares',
  {
    orgId: orgId(),
    id: id(),
    jobId: uuid('job_id').notNull(),
    createdAt: createdAt(),
    expiresAt: moment('expires_at').notNull(),
    visits: integer('visits').notNull().default(0),
    visitedAt: moment('visited_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    foreignKey({ name: 'preview_shares_job_fk', columns: [t.orgId, t.jobId], foreignColumns: [jobs.orgId, jobs.id] }).onDelete('cascade'),
    index('preview_shares_by_job').on(t.orgId, t.jobId, t.expiresAt),
  ],
)
