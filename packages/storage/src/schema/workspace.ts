/** What belongs to the workspace itself: people, secrets, events, and Figma's short way. */
import type { EventBody } from '@slipway/domain'
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { bytes, createdAt, id, moment, orgId, updatedAt } from './columns.ts'
import { prototypeSessionStatus } from './enums.ts'

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

export const prototypeSessions = pgTable(
  'prototype_sessions',
  {
    orgId: orgId(),
    id: id(),
    /** The cookie `bp_session`. */
    sessionId: text('session_id').notNull(),
    designContext: jsonb('design_context').notNull(),
    generatedCode: text('generated_code'),
    thumbnailUrl: text('thumbnail_url'),
    frameName: text('frame_name'),
    frameWidth: integer('frame_width'),
    frameHeight: integer('frame_height'),
    status: prototypeSessionStatus('status').notNull().default('pending'),
    errorCode: text('error_code'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), unique('prototype_sessions_session').on(t.orgId, t.sessionId)],
)

export const figmaTokens = pgTable(
  'figma_tokens',
  {
    orgId: orgId(),
    id: id(),
    sessionId: text('session_id').notNull(),
    sealed: bytes('sealed').notNull(),
    lastFour: text('last_four').notNull(),
    expiresAt: moment('expires_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), unique('figma_tokens_session').on(t.orgId, t.sessionId)],
)
