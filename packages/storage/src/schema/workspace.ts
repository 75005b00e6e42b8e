/** What belongs to the workspace itself: people, secrets, events. */
import type { EventBody } from '@slipway/domain'
import { bigint, index, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { bytes, createdAt, id, moment, orgId, updatedAt } from './columns.ts'

/** A person as this workspace knows them; accounts themselves live in the schema `auth`. */
export const profiles = pgTable(
  'profiles',
  {
    orgId: orgId(),
    id: id(),
    userId: text('user_id').notNull(),
    name: text('name').notNull(),
    settings: jsonb('settings').$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), unique('profiles_user').on(t.orgId, t.userId)],
)

export const secrets = pgTable(
  'secrets',
  {
    orgId: orgId(),
    id: id(),
    provider: text('provider').notNull(),
    sealed: bytes('sealed').notNull(),
    lastFour: text('last_four').notNull(),
    /** Where it may be sent, when that is not the vendor's own address. */
    baseUrl: text('base_url'),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), unique('secrets_provider').on(t.orgId, t.provider)],
)

/** History: what an event tells of may be gone, so its ids point nowhere. */
export const events = pgTable(
  'events',
  {
    orgId: orgId(),
    id: bigint('id', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    at: moment('at').notNull(),
    type: text('type').$type<EventBody['type']>().notNull(),
    projectId: uuid('project_id'),
    featureId: uuid('feature_id'),
    jobId: uuid('job_id'),
    body: jsonb('body').$type<EventBody>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    index('events_by_project').on(t.orgId, t.projectId),
    index('events_by_feature').on(t.orgId, t.featureId, t.id),
    index('events_by_job').on(t.orgId, t.jobId, t.id),
  ],
)
