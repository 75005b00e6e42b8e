/** Links that show one preview to whoever has them, until they expire. */
import { failure, type PreviewShare } from '@slipway/domain'
import { and, desc, eq, gt, sql } from 'drizzle-orm'
import { jobs } from './schema/builds.ts'
import { previewShares } from './schema/preview-shares.ts'
import type { PreviewShareStore } from './stores.ts'
import { iso, isoOrNull, type WorkspaceTransaction } from './workspace-transaction.ts'

type Row = typeof previewShares.$inferSelect

const toShare = ({ id, jobId, createdAt, expiresAt, visits, visitedAt }: Row): PreviewShare => ({
  id,
  jobId,
  createdAt: iso(createdAt),
  expiresAt: iso(expiresAt),
  visits,
  visitedAt: isoOrNull(visitedAt),
})

export function previewShareStore({ db, now }: WorkspaceTransaction): PreviewShareStore {
  const moment = () => sql`${now()}::timestamptz`
  const isLiving = (id: string) => and(eq(previewShares.id, id), gt(previewShares.expiresAt, moment()))
  const found = (id: string, row: Row | undefined) => {
    if (!row) throw failure('NOT_FOUND', { thing: 'share link', id })
    return toShare(row)
  }
  return {
    async create({ jobId, hours }) {
      const [job] = await db.select({ id: jobs.id }).from(jobs).where(eq(jobs.id, jobId))
      if (!job) throw failure('NOT_FOUND', { thing: 'job', id: jobId })
      const expiresAt = sql`${moment()} + make_interval(hours => ${hours})`
      const [row] = await db
        .insert(previewShares)
        .values({ jobId, createdAt: sql`${moment()}`, expiresAt })
        .returning()
      return toShare(row as Row)
    },

    async get(id) {
      const [row] = await db.select().from(previewShares).where(isLiving(id))
      return found(id, row)
    },

    async list(jobId) {
      const rows = await db
        .select()
        .from(previewShares)
        .where(and(eq(previewShares.jobId, jobId), gt(previewShares.expiresAt, moment())))
        .orderBy(desc(previewShares.createdAt), desc(previewShares.id))
      return rows.map(toShare)
    },

    async visit(id) {
      const visited = { visits: sql`${previewShares.visits} + 1`, visitedAt: sql`${moment()}` }
      const [row] = await db.update(previewShares).set(visited).where(isLiving(id)).returning()
      return found(id, row)
    },

    async remove(id) {
      const [row] = await db.delete(previewShares).where(eq(previewShares.id, id)).returning()
      return row && toShare(row)
    },
  }
}
