/** Models: an owner's settings, what every call cost, and what was said in it. */
import type { ModelSettings } from '@slipway/domain'
import { bigint, boolean, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, moment, orgId, updatedAt } from './columns.ts'
import { attemptResult, ledgerOutcome, modelRole } from './enums.ts'
import { features, projects } from './projects.ts'

/** One row per workspace. */
export const modelSettings = pgTable(
  'model_settings',
  {
    orgId: orgId(),
    id: id(),
    settings: jsonb('settings').$type<ModelSettings>().notNull(),
    revision: integer('revision').notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), unique('model_settings_one').on(t.orgId)],
)

/**
 * A row per HTTP attempt: reserved before it is made, settled after it. Money is in millionths of a US dollar; null: the price is
 * unknown. A receipt outlives the feature it was for, but not the project.
 */
export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    orgId: orgId(),
    id: id(),
    /** null: for no project, such as a prototype. */
    projectId: uuid('project_id'),
    featureId: uuid('feature_id'),
    runId: text('run_id').notNull(),
    /** Names the exchange within its run; its attempts share it. */
    key: text('key').notNull(),
    agent: text('agent').notNull(),
    role: modelRole('role'),
    provider: text('provider').notNull(),
    model: text('model').notNull(),
    /** History: the attempt that this one repeats. */
    retryOf: uuid('retry_of'),
    tokensMax: integer('tokens_max').notNull(),
    microsMax: bigint('micros_max', { mode: 'number' }),
    inputTokens: integer('input_tokens').notNull().default(0),
    cachedTokens: integer('cached_tokens').notNull().default(0),
    cacheWriteTokens: integer('cache_write_tokens').notNull().default(0),
    outputTokens: integer('output_tokens').notNull().default(0),
    isEstimated: boolean('is_estimated').notNull().default(false),
    micros: bigint('micros', { mode: 'number' }),
    firstTokenMs: integer('first_token_ms'),
    durationMs: integer('duration_ms'),
    result: attemptResult('result'),
    outcome: ledgerOutcome('outcome'),
    createdAt: createdAt(),
    /** null: reserved, and not known yet what became of it. */
    settledAt: moment('settled_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
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
    index('ledger_entries_by_project').on(t.orgId, t.projectId, t.createdAt),
    index('ledger_entries_by_feature').on(t.orgId, t.featureId, t.createdAt),
    index('ledger_entries_by_run').on(t.orgId, t.runId, t.key),
    index('ledger_entries_by_agent').on(t.orgId, t.agent, t.createdAt),
  ],
)

/** Finished exchanges. JSON as text: what a model says may hold characters that `jsonb` refuses. */
export const modelExchanges = pgTable(
  'model_exchanges',
  {
    orgId: orgId(),
    id: id(),
    projectId: uuid('project_id'),
    featureId: uuid('feature_id'),
    runId: text('run_id').notNull(),
    key: text('key').notNull(),
    exchange: text('exchange').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('model_exchanges_key').on(t.orgId, t.runId, t.key),
    foreignKey({
      name: 'model_exchanges_project_fk',
      columns: [t.orgId, t.projectId],
      foreignColumns: [projects.orgId, projects.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'model_exchanges_feature_fk',
      columns: [t.orgId, t.featureId],
      foreignColumns: [features.orgId, features.id],
    }).onDelete('cascade'),
    index('model_exchanges_by_project').on(t.orgId, t.projectId),
    index('model_exchanges_by_feature').on(t.orgId, t.featureId),
  ],
)
