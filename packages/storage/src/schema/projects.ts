/** Projects, and the features that travel from idea to built app. */
import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, moment, orgId, updatedAt } from './columns.ts'
import { featureStatus } from './enums.ts'

export const projects = pgTable(
  'projects',
  {
    orgId: orgId(),
    id: id(),
    name: text('name').notNull(),
    /** The highest version number ever given, so that none is given twice, even after its feature is gone. */
    versionCount: integer('version_count').notNull().default(0),
    /** The highest number ever given to an epic. */
    epicCount: integer('epic_count').notNull().default(0),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] })],
)

export const features = pgTable(
  'features',
  {
    orgId: orgId(),
    id: id(),
    projectId: uuid('project_id').notNull(),
    title: text('title').notNull(),
    idea: text('idea').notNull(),
    status: featureStatus('status').notNull().default('drafting'),
    deletedAt: moment('deleted_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    foreignKey({ name: 'features_project_fk', columns: [t.orgId, t.projectId], foreignColumns: [projects.orgId, projects.id] }).onDelete(
      'cascade',
    ),
    index('features_by_project').on(t.orgId, t.projectId),
    index('features_by_status').on(t.orgId, t.status),
    index('features_deleted').on(t.orgId, t.deletedAt).where(sql`deleted_at is not null`),
  ],
)
