/** The spec of a feature: revisions that are only added, and the requirement rows of the newest. */
import { failure, Spec } from '@slipway/domain'
import { and, desc, eq, sql } from 'drizzle-orm'
import { requireFeature } from './features.ts'
import { toRevision } from './revisions.ts'
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

    async basis(featureId) {
      const [row] = await newest(featureId)
      return row?.basis ? { ...row.basis, spec: Spec.parse(row.basis.spec) } : undefined
    },

    async revisions(featureId) {
      const { revision, made, by, note, createdAt } = specs
      const rows = await db
        .select({ revision, made, by, note, createdAt })
        .from(specs)
        .where(eq(specs.featureId, featureId))
        .orderBy(desc(specs.revision))
      return rows.map(toRevision)
    },

    async revision(featureId, number) {
      const [row] = await db
        .select()
        .from(specs)
        .where(and(eq(specs.featureId, featureId), eq(specs.revision, number)))
      if (!row) throw failure('NOT_FOUND', { thing: 'revision', id: String(number) })
      return { spec: Spec.parse(row.spec), revision: toRevision(row), ...(row.basis && { basis: row.basis }) }
    },

    async numberMax(featureId) {
      const { rows } = await db.execute<{ number: number | null }>(sql`
        select max(split_part(requirement ->> 'id', '-', 2)::int) as number
        from ${specs}, jsonb_array_elements(${specs.spec} -> 'requirements') as requirement
        where ${specs.featureId} = ${featureId}`)
      return rows[0]?.number ?? 0
    },

    async save(featureId, spec, expected, { basis, ...origin } = {}) {
      await requireFeature(transaction, featureId)
      const conflict = () => failure('CONFLICT', { what: 'The spec' })
      const [last] = await newest(featureId)
      if ((last?.revision ?? 0) !== expected) throw conflict()
      // Two writers may both get here; the unique (feature, revision) lets one of them through.
      const [saved] = await db
        .insert(specs)
        .values({
          ...{ featureId, revision: expected + 1, spec, createdAt: now(), ...origin },
          basis: basis === undefined ? (last?.basis ?? null) : basis,
        })
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
