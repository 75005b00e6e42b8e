/** The plan documents of a feature. */
import type { PlanDocument } from '@slipway/domain'
import { and, asc, eq, notInArray, sql } from 'drizzle-orm'
import { requireFeature } from './features.ts'
import { plans } from './schema/documents.ts'
import type { PlanStore } from './stores.ts'
import { iso, type WorkspaceTransaction } from './workspace-transaction.ts'

const toPlan = (row: typeof plans.$inferSelect): PlanDocument => ({
  id: row.id,
  featureId: row.featureId,
  name: row.name,
  title: row.title,
  wave: row.wave,
  source: row.source,
  createdAt: iso(row.createdAt),
})

export function planStore(transaction: WorkspaceTransaction): PlanStore {
  const { db, now } = transaction
  const list = async (featureId: string) => {
    const rows = await db.select().from(plans).where(eq(plans.featureId, featureId)).orderBy(asc(plans.wave), asc(plans.name))
    return rows.map(toPlan)
  }
  return {
    list,

    // A plan that keeps its name keeps its id.
    async replace(featureId, documents) {
      await requireFeature(transaction, featureId)
      const names = documents.map((plan) => plan.name)
      await db.delete(plans).where(and(eq(plans.featureId, featureId), notInArray(plans.name, names)))
      if (documents.length > 0) {
        await db
          .insert(plans)
          .values(documents.map(({ name, title, wave, source }) => ({ featureId, name, title, wave, source, createdAt: now() })))
          .onConflictDoUpdate({
            target: [plans.orgId, plans.featureId, plans.name],
            set: { title: sql`excluded.title`, wave: sql`excluded.wave`, source: sql`excluded.source` },
          })
      }
      return list(featureId)
    },
  }
}
