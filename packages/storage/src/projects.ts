/** Projects in the database. */
import { failure, type Project } from '@slipway/domain'
import { desc, eq } from 'drizzle-orm'
import { projects } from './schema/projects.ts'
import { events } from './schema/workspace.ts'
import type { ProjectStore } from './stores.ts'
import { iso, type WorkspaceTransaction } from './workspace-transaction.ts'

type Row = typeof projects.$inferSelect

const toProject = (row: Row): Project => ({ id: row.id, name: row.name, createdAt: iso(row.createdAt), updatedAt: iso(row.updatedAt) })

export function projectStore({ db, now }: WorkspaceTransaction): ProjectStore {
  const found = (id: string, [row]: Row[]): Project => {
    if (!row) throw failure('NOT_FOUND', { thing: 'project', id })
    return toProject(row)
  }
  const get = async (id: string) => found(id, await db.select().from(projects).where(eq(projects.id, id)))
  return {
    get,

    async create({ id, name }) {
      const [row] = await db
        .insert(projects)
        .values({ ...(id ? { id } : {}), name, createdAt: now(), updatedAt: now() })
        .onConflictDoNothing()
        .returning()
      return row ? toProject(row) : get(id ?? '')
    },

    async list() {
      const rows = await db.select().from(projects).orderBy(desc(projects.createdAt), desc(projects.id))
      return rows.map(toProject)
    },

    async rename(id, name) {
      return found(id, await db.update(projects).set({ name, updatedAt: now() }).where(eq(projects.id, id)).returning())
    },

    async remove(id) {
      found(id, await db.delete(projects).where(eq(projects.id, id)).returning())
      // Events hold log lines of the project's builds and no foreign key: they go with it.
      await db.delete(events).where(eq(events.projectId, id))
    },
  }
}
