/** The conversation about a feature. */
import { type ChatMessage, failure } from '@slipway/domain'
import { asc, eq } from 'drizzle-orm'
import { requireFeature } from './features.ts'
import { chatMessages } from './schema/documents.ts'
import type { MessageStore } from './stores.ts'
import { iso, type WorkspaceTransaction } from './workspace-transaction.ts'

const toMessage = (row: typeof chatMessages.$inferSelect): ChatMessage => ({
  id: row.id,
  featureId: row.featureId,
  role: row.role,
  about: row.about,
  content: row.content,
  questions: [...row.questions],
  answers: [...row.answers],
  images: [...row.images],
  createdAt: iso(row.createdAt),
})

export function messageStore(transaction: WorkspaceTransaction): MessageStore {
  const { db, now } = transaction
  return {
    async list(featureId) {
      const rows = await db
        .select()
        .from(chatMessages)
        .where(eq(chatMessages.featureId, featureId))
        .orderBy(asc(chatMessages.createdAt), asc(chatMessages.id))
      return rows.map(toMessage)
    },

    async add({ id, featureId, role, about = 'brief', content, questions = [], answers = [], images = [] }) {
      await requireFeature(transaction, featureId)
      const [row] = await db
        .insert(chatMessages)
        .values({ ...(id ? { id } : {}), featureId, role, about, content, questions, answers, images, createdAt: now() })
        .onConflictDoNothing()
        .returning()
      if (row) return toMessage(row)
      const [there] = await db
        .select()
        .from(chatMessages)
        .where(eq(chatMessages.id, id ?? ''))
      if (!there) throw failure('NOT_FOUND', { thing: 'message', id: id ?? '' })
      return toMessage(there)
    },
  }
}
