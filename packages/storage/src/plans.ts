/** The plan documents of a feature: those of today, and every revision of them. */
import { failure, type PlanDocument } from '@slipway/domain'
import { and, asc, desc, eq, notInArray, sql } from 'drizzle-orm'
import { requireFeature } from './features.ts'
import { toRevision } from './revisions.ts'
import { planRevisions, plans } from './schema/documents.ts'
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

    async revisions(featureId) {
      const { revision, made, by, note, createdAt } = planRevisions
      const rows = await db
        .select({ revision, made, by, note, createdAt })
        .from(planRevisions)
        .where(eq(planRevisions.featureId, featureId))
        .orderBy(desc(planRevisions.revision))
      return rows.map(toRevision)
    },

    async revision(featureId, number) {
      const [row] = await db
        .select()
        .from(planRevisions)
        .where(and(eq(planRevisions.featureId, featureId), eq(planRevisions.revision, number)))
      if (!row) throw failure('NOT_FOUND', { thing: 'revision', id: String(number) })
      return { plans: [...row.plans], revision: toRevision(row) }
    },

    // A plan that keeps its name keeps its id.
    async replace(featureId, documents, origin = {}) {
      await requireFeature(transaction, featureId)
      const texts = documents.map(({ name, title, wave, source }) => ({ name, title, wave, source }))
      const names = texts.map((plan) => plan.name)
      const [last] = await db
        .select({ number: planRevisions.revision })
        .from(planRevisions)
        .where(eq(planRevisions.featureId, featureId))
        .orderBy(desc(planRevisions.revision))
        .limit(1)
      // Two writers may both get here; the unique (feature, revision) lets one of them through.
      const [saved] = await db
        .insert(planRevisions)
        .values({ featureId, revision: (last?.number ?? 0) + 1, plans: texts, createdAt: now(), ...origin })
        .onConflictDoNothing()
        .returning({ id: planRevisions.id })
      if (!saved) throw failure('CONFLICT', { what: 'The plan' })
      await db.delete(plans).where(and(eq(plans.featureId, featureId), notInArray(plans.name, names)))
      if (texts.length > 0) {
        await db
          .insert(plans)
          .values(texts.map((plan) => ({ featureId, ...plan, createdAt: now() })))
          .onConflictDoUpdate({
            target: [plans.orgId, plans.featureId, plans.name],
            set: { title: sql`excluded.title`, wave: sql`excluded.wave`, source: sql`excluded.source` },
          })
      }
      return list(featureId)
    },
  }
}
