/** Finished exchanges of models, under the name of their run: what a run reads when it goes on after a kill, and what a recording holds. */
import { and, asc, eq, gt, min, sql } from 'drizzle-orm'
import { modelExchanges } from './schema/models.ts'
import type { ExchangeStore } from './stores.ts'
import { iso, type WorkspaceTransaction } from './workspace-transaction.ts'

export function exchangeStore({ db, now }: WorkspaceTransaction): ExchangeStore {
  return {
    async get(runId, key) {
      const [row] = await db
        .select({ exchange: modelExchanges.exchange })
        .from(modelExchanges)
        .where(and(eq(modelExchanges.runId, runId), eq(modelExchanges.key, key)))
      return row?.exchange
    },

    async put(scope, key, exchange) {
      await db
        .insert(modelExchanges)
        .values({ ...scope, key, exchange, createdAt: now() })
        .onConflictDoUpdate({
          target: [modelExchanges.orgId, modelExchanges.runId, modelExchanges.key],
          set: { exchange, createdAt: now() },
        })
    },

    async runsOf(featureId) {
      const { runId, createdAt, exchange } = modelExchanges
      const firstAt = min(createdAt)
      const rows = await db
        .select({ runId, firstAt, characters: sql<number>`sum(length(${exchange}))::float8` })
        .from(modelExchanges)
        .where(eq(modelExchanges.featureId, featureId))
        .groupBy(runId)
        .orderBy(firstAt)
      return rows.map((row) => ({ ...row, firstAt: iso(row.firstAt as Date) }))
    },

    page: (featureId, { after, limit }) =>
      db
        .select({ id: modelExchanges.id, runId: modelExchanges.runId, key: modelExchanges.key, exchange: modelExchanges.exchange })
        .from(modelExchanges)
        .where(and(eq(modelExchanges.featureId, featureId), after ? gt(modelExchanges.id, after) : undefined))
        .orderBy(asc(modelExchanges.id))
        .limit(limit),
  }
}
