/** Versions of a project, numbered without a gap. */
import { buildVersion, failure, type Version } from '@slipway/domain'
import { desc, eq, sql } from 'drizzle-orm'
import { jobs, versions } from './schema/builds.ts'
import { projects } from './schema/projects.ts'
import type { VersionStore } from './stores.ts'
import { iso, type WorkspaceTransaction } from './workspace-transaction.ts'

type Row = typeof versions.$inferSelect

const toVersion = (row: Row): Version => ({
  id: row.id,
  projectId: row.projectId,
  jobId: row.jobId,
  featureId: row.featureId,
  name: buildVersion(row.number),
  number: row.number,
  restoredFrom: row.restoredFrom,
  archiveSha256: row.archiveSha256,
  archiveBytes: row.archiveBytes,
  createdAt: iso(row.createdAt),
})

export function versionStore({ db, now }: WorkspaceTransaction): VersionStore {
  return {
    // The number comes from a count on the project and not from max(number): a purged feature takes its versions along,
    // and their numbers must not be given again. A rolled back transaction gives its number back, so none is skipped.
    async add({ jobId, archiveSha256, archiveBytes, restoredFrom }) {
      const [job] = await db.select({ projectId: jobs.projectId, featureId: jobs.featureId }).from(jobs).where(eq(jobs.id, jobId))
      if (!job) throw failure('NOT_FOUND', { thing: 'job', id: jobId })
      await db.select({ id: projects.id }).from(projects).where(eq(projects.id, job.projectId)).for('no key update')
      const [there] = await db.select().from(versions).where(eq(versions.jobId, jobId))
      if (there) return toVersion(there)
      const [project] = await db
        .update(projects)
        .set({ versionCount: sql`${projects.versionCount} + 1` })
        .where(eq(projects.id, job.projectId))
        .returning({ number: projects.versionCount })
      if (!project) throw failure('NOT_FOUND', { thing: 'project', id: job.projectId })
      const [row] = await db
        .insert(versions)
        .values({
          ...job,
          jobId,
          number: project.number,
          restoredFrom: restoredFrom ?? null,
          archiveSha256,
          archiveBytes,
          createdAt: now(),
        })
        .returning()
      return toVersion(row as Row)
    },

    async get(id) {
      const [row] = await db.select().from(versions).where(eq(versions.id, id))
      if (!row) throw failure('NOT_FOUND', { thing: 'version', id })
      return toVersion(row)
    },

    async list(projectId) {
      const rows = await db.select().from(versions).where(eq(versions.projectId, projectId)).orderBy(desc(versions.number))
      return rows.map(toVersion)
    },
  }
}
