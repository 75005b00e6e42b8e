/** Finished exchanges of models, under the name of their run: what a run reads when it goes on after a kill. */
import { and, eq } from 'drizzle-orm'
import { modelExchanges } from './schema/models.ts'
import type { ExchangeStore } from './stores.ts'
import type { WorkspaceTransaction } from './workspace-transaction.ts'

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
  }
}
