/** The brief of a feature, with what was asked and answered. */
import { Brief } from '@slipway/domain'
import { eq } from 'drizzle-orm'
import { requireFeature } from './features.ts'
import { briefs } from './schema/documents.ts'
import type { BriefStore } from './stores.ts'
import type { WorkspaceTransaction } from './workspace-transaction.ts'

export function briefStore(transaction: WorkspaceTransaction): BriefStore {
  const { db, now } = transaction
  return {
    async get(featureId) {
      const [row] = await db.select().from(briefs).where(eq(briefs.featureId, featureId))
      return row && { brief: Brief.parse(row.brief), questions: [...row.questions], answers: [...row.answers] }
    },

    async save(featureId, { brief, questions, answers }) {
      await requireFeature(transaction, featureId)
      const values = { brief, questions, answers, updatedAt: now() }
      await db
        .insert(briefs)
        .values({ featureId, ...values })
        .onConflictDoUpdate({ target: [briefs.orgId, briefs.featureId], set: values })
    },
  }
}
