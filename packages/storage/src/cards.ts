/** Idea cards of a project: as they were added, and as they were sorted. */
import { type Card, type ChangeCounts, failure } from '@slipway/domain'
import { and, asc, eq, inArray, isNull, max } from 'drizzle-orm'
import type { CardStore } from './backlog-stores.ts'
import { cards } from './schema/backlog.ts'
import { iso, isoOrNull, type WorkspaceTransaction } from './workspace-transaction.ts'

type Row = typeof cards.$inferSelect

const toCard = (row: Row): Card => ({
  id: row.id,
  projectId: row.projectId,
  title: row.title,
  text: row.text,
  position: row.position,
  value: row.value,
  effort: row.effort,
  isKept: row.isKept,
  reason: row.reason,
  mergedIntoId: row.mergedIntoId,
  editedAt: isoOrNull(row.editedAt),
  createdAt: iso(row.createdAt),
})

export function cardStore({ db, now }: WorkspaceTransaction): CardStore {
  const found = (id: string, [row]: Row[]): Card => {
    if (!row) throw failure('NOT_FOUND', { thing: 'card', id })
    return toCard(row)
  }
  const release = (id: string) => db.update(cards).set({ mergedIntoId: null }).where(eq(cards.mergedIntoId, id))
  return {
    async list(projectId) {
      const rows = await db.select().from(cards).where(eq(cards.projectId, projectId)).orderBy(asc(cards.position), asc(cards.id))
      return rows.map(toCard)
    },

    get: async (id) => found(id, await db.select().from(cards).where(eq(cards.id, id))),

    async add(projectId, fresh) {
      if (fresh.length === 0) return []
      const [last] = await db
        .select({ position: max(cards.position) })
        .from(cards)
        .where(eq(cards.projectId, projectId))
      const first = (last?.position ?? -1) + 1
      const rows = await db
        .insert(cards)
        .values(fresh.map(({ title, text }, index) => ({ projectId, title, text, position: first + index, createdAt: now() })))
        .returning()
      return rows.map(toCard)
    },

    async change(id, { title, text, isKept }) {
      const rows = await db
        .update(cards)
        .set({
          ...(title === undefined ? {} : { title }),
          ...(text === undefined ? {} : { text }),
          // who decides about a card takes it out of the heap it was merged into
          ...(isKept === undefined ? {} : { isKept, mergedIntoId: null, reason: '' }),
          editedAt: now(),
        })
        .where(eq(cards.id, id))
        .returning()
      return found(id, rows)
    },

    async remove(id) {
      await release(id)
      return found(id, await db.delete(cards).where(eq(cards.id, id)).returning())
    },

    async sort(projectId, ideas) {
      const counts = { created: 0, updated: 0, unchanged: 0, kept: 0, deleted: 0, archived: 0 }
      const stored = await db.select().from(cards).where(eq(cards.projectId, projectId)).for('update')
      for (const { ids, value, effort, isKept, reason } of ideas) {
        const [head] = ids
        for (const row of stored.filter(({ id }) => ids.includes(id))) {
          const mergedIntoId = row.id === head ? null : (head ?? null)
          const wanted = { value, effort, isKept, reason, mergedIntoId }
          const isSame = Object.entries(wanted).every(([name, said]) => row[name as keyof typeof wanted] === said)
          const kind: keyof ChangeCounts = isSame ? 'unchanged' : row.editedAt ? 'kept' : 'updated'
          counts[kind]++
          if (kind !== 'updated') continue
          await db
            .update(cards)
            .set(wanted)
            .where(and(eq(cards.id, row.id), isNull(cards.editedAt)))
        }
      }
      const known = ideas.flatMap(({ ids }) => ids)
      const loose = stored.filter(({ mergedIntoId }) => mergedIntoId && !known.includes(mergedIntoId)).map(({ id }) => id)
      if (loose.length) await db.update(cards).set({ mergedIntoId: null }).where(inArray(cards.id, loose))
      return counts
    },
  }
}
