/** Figma's short way: one prototype per browser session, and the session's sealed Figma token. */
import type {
  DesignContext,
  FigmaConnection,
  PrototypeErrorCode,
  PrototypeFile,
  PrototypeRefinement,
  PrototypeReport,
} from '@slipway/domain'
import { boolean, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { bytes, createdAt, id, moment, orgId, updatedAt } from './columns.ts'
import { prototypeSessionStatus } from './enums.ts'

export const prototypeSessions = pgTable(
  'prototype_sessions',
  {
    orgId: orgId(),
    id: id(),
    /** The cookie `bp_session`. */
    sessionId: text('session_id').notNull(),
    designContext: jsonb('design_context').$type<DesignContext>().notNull(),
    /** The page; the rest of the code is in `other_files`. */
    generatedCode: text('generated_code'),
    thumbnailUrl: text('thumbnail_url'),
    frameName: text('frame_name'),
    frameWidth: integer('frame_width'),
    frameHeight: integer('frame_height'),
    status: prototypeSessionStatus('status').notNull().default('pending'),
    errorCode: text('error_code').$type<PrototypeErrorCode>(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    /** The run whose result is wanted. */
    runId: uuid('run_id').notNull(),
    codePath: text('code_path'),
    otherFiles: jsonb('other_files').$type<PrototypeFile[]>().notNull().default([]),
    report: jsonb('report').$type<PrototypeReport>(),
    errorMessage: text('error_message'),
    retryAt: moment('retry_at'),
    revision: integer('revision').notNull().default(0),
    isEdited: boolean('is_edited').notNull().default(false),
    refinement: jsonb('refinement').$type<PrototypeRefinement>(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('prototype_sessions_session').on(t.orgId, t.sessionId),
    unique('prototype_sessions_run').on(t.orgId, t.runId),
  ],
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
    kind: text('kind').$type<FigmaConnection['kind']>().notNull(),
    /** Whose account it is, as Figma says. */
    handle: text('handle').notNull(),
    /** Figma asked not to be asked before. */
    retryAt: moment('retry_at'),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), unique('figma_tokens_session').on(t.orgId, t.sessionId)],
)
