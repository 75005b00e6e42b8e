/** Features in the database: moved by one statement each, hidden before they are gone. */
import { FEATURE, type Feature, type FeatureStatus, failure, sourcesOf, targetOf } from '@slipway/domain'
import { and, desc, eq, inArray, isNotNull, isNull, lt } from 'drizzle-orm'
import { features, projects } from './schema/projects.ts'
import { events } from './schema/workspace.ts'
import type { FeatureStore } from './stores.ts'
import { iso, type WorkspaceTransaction } from './workspace-transaction.ts'

type Row = typeof features.$inferSelect

const toFeature = (row: Row): Feature => ({
  id: row.id,
  projectId: row.projectId,
  title: row.title,
  idea: row.idea,
  status: row.status,
  createdAt: iso(row.createdAt),
  updatedAt: iso(row.updatedAt),
})

const missing = (id: string) => failure('NOT_FOUND', { thing: 'feature', id })

/**
 * The feature that something is about to be written under.
 * @throws NOT_FOUND as `get` does; row-level security would hide the reason behind a foreign key error
 */
export async function requireFeature({ db }: WorkspaceTransaction, id: string): Promise<Feature> {
  const [row] = await db
    .select()
    .from(features)
    .where(and(eq(features.id, id), isNull(features.deletedAt)))
  if (!row) throw missing(id)
  return toFeature(row)
}

export function featureStore(transaction: WorkspaceTransaction): FeatureStore {
  const { db, now } = transaction
  const get = (id: string) => requireFeature(transaction, id)
  const found = (id: string, [row]: Row[]): Feature => {
    if (!row) throw missing(id)
    return toFeature(row)
  }
  return {
    get,

    async create({ id, projectId, title, idea }) {
      const [project] = await db.select({ id: projects.id }).from(projects).where(eq(projects.id, projectId)).for('key share')
      if (!project) throw failure('NOT_FOUND', { thing: 'project', id: projectId })
      const [row] = await db
        .insert(features)
        .values({ ...(id ? { id } : {}), projectId, title, idea, createdAt: now(), updatedAt: now() })
        .onConflictDoNothing()
        .returning()
      return row ? toFeature(row) : get(id ?? '')
    },

    async list() {
      const rows = await db.select().from(features).where(isNull(features.deletedAt)).orderBy(desc(features.updatedAt), desc(features.id))
      return rows.map(toFeature)
    },

    async rename(id, title) {
      const alive = and(eq(features.id, id), isNull(features.deletedAt))
      return found(id, await db.update(features).set({ title, updatedAt: now() }).where(alive).returning())
    },

    // Also while it is deleted: a build that ends within the time of undo must find the feature where it left it.
    async move(id, event) {
      const to: FeatureStatus = targetOf(FEATURE, event)
      const [row] = await db
        .update(features)
        .set({ status: to, updatedAt: now() })
        .where(and(eq(features.id, id), inArray(features.status, [...sourcesOf(FEATURE, event), to])))
        .returning()
      if (row) return toFeature(row)
      const [there] = await db.select({ status: features.status }).from(features).where(eq(features.id, id))
      if (!there) throw missing(id)
      throw failure('MOVED_ON', { thing: 'feature', id, event, status: there.status })
    },

    async remove(id) {
      const alive = and(eq(features.id, id), isNull(features.deletedAt))
      found(id, await db.update(features).set({ deletedAt: now() }).where(alive).returning())
    },

    async restore(id) {
      return found(id, await db.update(features).set({ deletedAt: null }).where(eq(features.id, id)).returning())
    },

    async idsOf(projectId) {
      const rows = await db.select({ id: features.id }).from(features).where(eq(features.projectId, projectId))
      return rows.map(({ id }) => id)
    },

    async purgeDeleted(before) {
      const gone = await db
        .delete(features)
        .where(and(isNotNull(features.deletedAt), lt(features.deletedAt, before)))
        .returning({ id: features.id })
      const ids = gone.map((row) => row.id)
      if (ids.length > 0) await db.delete(events).where(inArray(events.featureId, ids))
      return ids
    },
  }
}
