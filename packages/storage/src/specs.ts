/** The spec of a feature: revisions that are only added, and the requirement rows of the newest. */
import { failure, Spec } from '@slipway/domain'
import { desc, eq } from 'drizzle-orm'
import { requireFeature } from './features.ts'
import { requirements, specs } from './schema/documents.ts'
import type { SpecStore } from './stores.ts'
import type { WorkspaceTransaction } from './workspace-transaction.ts'

export function specStore(transaction: WorkspaceTransaction): SpecStore {
  const { db, now } = transaction
  const newest = (featureId: string) => db.select().from(specs).where(eq(specs.featureId, featureId)).orderBy(desc(specs.revision)).limit(1)
  return {
    async get(featureId) {
      const [row] = await newest(featureId)
      return row && { spec: Spec.parse(row.spec), revision: row.revision }
    },

    async save(featureId, spec, expected) {
      await requireFeature(transaction, featureId)
      const conflict = () => failure('CONFLICT', { what: 'The spec' })
      const [last] = await newest(featureId)
      if ((last?.revision ?? 0) !== expected) throw conflict()
      // Two writers may both get here; the unique (feature, revision) lets one of them through.
      const [saved] = await db
        .insert(specs)
        .values({ featureId, revision: expected + 1, spec, createdAt: now() })
        .onConflictDoNothing()
        .returning({ revision: specs.revision })
      if (!saved) throw conflict()
      await db.delete(requirements).where(eq(requirements.featureId, featureId))
      await db.insert(requirements).values(
        spec.requirements.map(({ id: code, title, text, source, criteria, priority, delivery }, position) => ({
          ...{ featureId, code, position, title, text, source, criteria, priority, delivery },
        })),
      )
      return saved.revision
    },
  }
}
