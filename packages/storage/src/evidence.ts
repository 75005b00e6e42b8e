/** The evidence ledger: what a machine saw. */
import type { Evidence } from '@slipway/domain'
import { and, asc, eq } from 'drizzle-orm'
import { evidence } from './schema/builds.ts'
import type { EvidenceStore } from './stores.ts'
import { iso, type WorkspaceTransaction } from './workspace-transaction.ts'

const toEvidence = (row: typeof evidence.$inferSelect): Evidence => ({
  id: row.id,
  projectId: row.projectId,
  featureId: row.featureId,
  jobId: row.jobId,
  requirement: row.requirement,
  kind: row.kind,
  verdict: row.verdict,
  summary: row.summary,
  createdAt: iso(row.createdAt),
})

export function evidenceStore({ db, now }: WorkspaceTransaction): EvidenceStore {
  return {
    async add(rows) {
      if (rows.length === 0) return
      await db
        .insert(evidence)
        .values(rows.map((row) => ({ ...row, createdAt: now() })))
        .onConflictDoNothing()
    },

    async list({ featureId, jobId }) {
      const rows = await db
        .select()
        .from(evidence)
        .where(and(featureId ? eq(evidence.featureId, featureId) : undefined, jobId ? eq(evidence.jobId, jobId) : undefined))
        .orderBy(asc(evidence.createdAt), asc(evidence.id))
      return rows.map(toEvidence)
    },
  }
}
