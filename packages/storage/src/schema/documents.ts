/** What a feature is made of in words: messages, brief, spec and its requirements, plans. Stored JSON carries its own version. */
import type { Answer, Brief, ChatAbout, ChatImage, PlanText, Question, Requirement, RevisionMade, Spec } from '@slipway/domain'
import { foreignKey, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, orgId, updatedAt } from './columns.ts'
import { messageRole, requirementDelivery, requirementPriority } from './enums.ts'
import { features } from './projects.ts'

export const chatMessages = pgTable(
  'chat_messages',
  {
    orgId: orgId(),
    id: id(),
    featureId: uuid('feature_id').notNull(),
    role: messageRole('role').notNull(),
    about: text('about').$type<ChatAbout>().notNull().default('brief'),
    content: text('content').notNull(),
    questions: jsonb('questions').$type<readonly Question[]>().notNull().default([]),
    answers: jsonb('answers').$type<readonly Answer[]>().notNull().default([]),
    images: jsonb('images').$type<readonly ChatImage[]>().notNull().default([]),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    foreignKey({
      name: 'chat_messages_feature_fk',
      columns: [t.orgId, t.featureId],
      foreignColumns: [features.orgId, features.id],
    }).onDelete('cascade'),
    index('chat_messages_by_feature').on(t.orgId, t.featureId, t.createdAt),
  ],
)

export const briefs = pgTable(
  'briefs',
  {
    orgId: orgId(),
    featureId: uuid('feature_id').notNull(),
    brief: jsonb('brief').$type<Brief>().notNull(),
    questions: jsonb('questions').$type<readonly Question[]>().notNull(),
    answers: jsonb('answers').$type<readonly Answer[]>().notNull(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.featureId] }),
    foreignKey({ name: 'briefs_feature_fk', columns: [t.orgId, t.featureId], foreignColumns: [features.orgId, features.id] }).onDelete(
      'cascade',
    ),
  ],
)

/** How a revision came to be; all of it may be unknown. */
const origin = () => ({
  made: text('made').$type<RevisionMade>(),
  by: text('by').notNull().default(''),
  note: text('note').notNull().default(''),
})

/** What the built-in analyst goes on from when free words change a spec: its own spec, and the words that are in it beside the brief. */
export interface SpecBasis {
  readonly spec: Spec
  readonly words: readonly string[]
}

/** Every revision stays: a spec is history as much as a state. */
export const specs = pgTable(
  'specs',
  {
    orgId: orgId(),
    id: id(),
    featureId: uuid('feature_id').notNull(),
    revision: integer('revision').notNull(),
    spec: jsonb('spec').$type<Spec>().notNull(),
    ...origin(),
    basis: jsonb('basis').$type<SpecBasis>(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('specs_feature_revision').on(t.orgId, t.featureId, t.revision),
    foreignKey({ name: 'specs_feature_fk', columns: [t.orgId, t.featureId], foreignColumns: [features.orgId, features.id] }).onDelete(
      'cascade',
    ),
  ],
)

/** The newest spec's requirements as rows, so that evidence can be counted against them. */
export const requirements = pgTable(
  'requirements',
  {
    orgId: orgId(),
    id: id(),
    featureId: uuid('feature_id').notNull(),
    /** `REQ-01` */
    code: text('code').notNull(),
    position: integer('position').notNull(),
    title: text('title').notNull(),
    text: text('text').notNull(),
    source: text('source').notNull(),
    criteria: jsonb('criteria').$type<Requirement['criteria']>().notNull(),
    priority: requirementPriority('priority').notNull(),
    delivery: requirementDelivery('delivery').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('requirements_feature_code').on(t.orgId, t.featureId, t.code),
    foreignKey({
      name: 'requirements_feature_fk',
      columns: [t.orgId, t.featureId],
      foreignColumns: [features.orgId, features.id],
    }).onDelete('cascade'),
  ],
)

export const plans = pgTable(
  'plans',
  {
    orgId: orgId(),
    id: id(),
    featureId: uuid('feature_id').notNull(),
    name: text('name').notNull(),
    title: text('title').notNull(),
    wave: integer('wave').notNull(),
    source: text('source').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('plans_feature_name').on(t.orgId, t.featureId, t.name),
    foreignKey({ name: 'plans_feature_fk', columns: [t.orgId, t.featureId], foreignColumns: [features.orgId, features.id] }).onDelete(
      'cascade',
    ),
  ],
)

/** Every revision of a feature's plans stays; the newest ones are the rows of `plans`. */
export const planRevisions = pgTable(
  'plan_revisions',
  {
    orgId: orgId(),
    id: id(),
    featureId: uuid('feature_id').notNull(),
    revision: integer('revision').notNull(),
    plans: jsonb('plans').$type<readonly PlanText[]>().notNull(),
    ...origin(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('plan_revisions_feature_revision').on(t.orgId, t.featureId, t.revision),
    foreignKey({
      name: 'plan_revisions_feature_fk',
      columns: [t.orgId, t.featureId],
      foreignColumns: [features.orgId, features.id],
    }).onDelete('cascade'),
  ],
)
