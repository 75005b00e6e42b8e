/** Build jobs in the database: moved by one statement each. */
import { CHECKS, CheckResult, failure, isFinal, JOB, type Job, type JobStatus, sourcesOf, targetOf } from '@slipway/domain'
import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { requireFeature } from './features.ts'
import { jobs } from './schema/builds.ts'
import type { JobPatch, JobStore } from './stores.ts'
import { iso, isoOrNull, type WorkspaceTransaction } from './workspace-transaction.ts'

type Row = typeof jobs.$inferSelect

const toJob = (row: Row): Job => ({
  id: row.id,
  projectId: row.projectId,
  featureId: row.featureId,
  status: row.status,
  queuePlace: null, // known to the engine alone
  buildVersion: row.buildVersion,
  sandboxId: row.sandboxId,
  previewUrl: row.previewUrl,
  workspacePath: row.workspacePath,
  checks: row.checks,
  failure: row.failure,
  debugId: row.debugId,
  archiveSha256: row.archiveSha256,
  createdAt: iso(row.createdAt),
  startedAt: isoOrNull(row.startedAt),
  previewAt: isoOrNull(row.previewAt),
  completedAt: isoOrNull(row.completedAt),
})

const columnsOf = ({ previewAt, ...patch }: JobPatch) => ({
  ...patch,
  ...(previewAt === undefined ? {} : { previewAt: previewAt === null ? null : new Date(previewAt) }),
})

/** Set once: a repeated move must not change when something happened. */
const onceIn = (column: (typeof jobs)['startedAt'] | (typeof jobs)['completedAt'], moment: Date | SQL) =>
  sql`coalesce(${column}, ${moment instanceof Date ? moment.toISOString() : moment}::timestamptz)`

export function jobStore(transaction: WorkspaceTransaction): JobStore {
  const { db, now } = transaction
  const missing = (id: string) => failure('NOT_FOUND', { thing: 'job', id })
  const found = (id: string, [row]: Row[]): Job => {
    if (!row) throw missing(id)
    return toJob(row)
  }
  const get = async (id: string) => found(id, await db.select().from(jobs).where(eq(jobs.id, id)))
  return {
    get,

    async create({ id, featureId, restoreFrom }) {
      const { projectId } = await requireFeature(transaction, featureId)
      const checks = CHECKS.map((name) => CheckResult.parse({ name, status: 'pending' }))
      const [row] = await db
        .insert(jobs)
        .values({ ...(id ? { id } : {}), projectId, featureId, checks, restoreFrom: restoreFrom ?? null, createdAt: now() })
        .onConflictDoNothing()
        .returning()
      return row ? toJob(row) : get(id ?? '')
    },

    async list({ featureId } = {}) {
      const rows = await db
        .select()
        .from(jobs)
        .where(featureId ? eq(jobs.featureId, featureId) : undefined)
        .orderBy(desc(jobs.createdAt), desc(jobs.id))
      return rows.map(toJob)
    },

    async move(id, event, patch = {}) {
      const to: JobStatus = targetOf(JOB, event)
      const times = {
        ...(to === 'starting' ? { startedAt: onceIn(jobs.startedAt, now()) } : {}),
        ...(isFinal(JOB, to) ? { completedAt: onceIn(jobs.completedAt, now()) } : {}),
      }
      const [row] = await db
        .update(jobs)
        .set({ ...columnsOf(patch), status: to, ...times })
        .where(and(eq(jobs.id, id), inArray(jobs.status, [...sourcesOf(JOB, event), to])))
        .returning()
      if (row) return toJob(row)
      const { status } = await get(id)
      throw failure('MOVED_ON', { thing: 'job', id, event, status })
    },

    async update(id, patch) {
      if (Object.keys(patch).length === 0) return get(id)
      return found(id, await db.update(jobs).set(columnsOf(patch)).where(eq(jobs.id, id)).returning())
    },

    async setCheck(id, check) {
      const one = JSON.stringify(check)
      // One statement, so that two checks that end together both stay; a check an old job does not list is appended.
      const checks = sql`(
        select jsonb_agg(case when item->>'name' = ${check.name} then ${one}::jsonb else item end order by position)
        from jsonb_array_elements(
          ${jobs.checks} || case when ${jobs.checks} @> ${JSON.stringify([{ name: check.name }])}::jsonb then '[]' else ${`[${one}]`}::jsonb end
        ) with ordinality as list(item, position)
      )`
      return found(id, await db.update(jobs).set({ checks }).where(eq(jobs.id, id)).returning())
    },

    async restoreFrom(id) {
      const [row] = await db.select({ restoreFrom: jobs.restoreFrom }).from(jobs).where(eq(jobs.id, id))
      if (!row) throw missing(id)
      return row.restoreFrom ?? undefined
    },
  }
}
