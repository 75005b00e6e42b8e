/** Figma tokens of browser sessions, sealed: the database never sees a plaintext. */
import { type FigmaConnection, failure, isFailure } from '@slipway/domain'
import { eq } from 'drizzle-orm'
import { figmaTokens as table } from './schema/prototypes.ts'
import type { FigmaTokenStore } from './stores.ts'
import type { Vault } from './vault.ts'
import { iso, isoOrNull, type WorkspaceTransaction } from './workspace-transaction.ts'

export function figmaTokenStore({ db, orgId, now }: WorkspaceTransaction, vault: Vault): FigmaTokenStore {
  const contextOf = (sessionId: string) => JSON.stringify(['figma', orgId, sessionId])
  const ofSession = (sessionId: string) => eq(table.sessionId, sessionId)
  const shown = (row: typeof table.$inferSelect): FigmaConnection => ({
    kind: row.kind,
    lastFour: row.lastFour,
    handle: row.handle,
    expiresAt: isoOrNull(row.expiresAt),
    createdAt: iso(row.createdAt),
  })
  return {
    async put(sessionId, { kind, secret, lastFour, handle, expiresAt }) {
      const values = {
        ...{ kind, lastFour, handle, sealed: vault.seal(secret, contextOf(sessionId)), retryAt: null },
        ...{ expiresAt: expiresAt === null ? null : new Date(expiresAt), createdAt: now(), updatedAt: now() },
      }
      const [row] = await db
        .insert(table)
        .values({ sessionId, ...values })
        .onConflictDoUpdate({ target: [table.orgId, table.sessionId], set: values })
        .returning()
      if (!row) throw new Error('The database returned no row for a token it stored.')
      return shown(row)
    },

    async get(sessionId) {
      const [row] = await db.select().from(table).where(ofSession(sessionId))
      return row && shown(row)
    },

    async open(sessionId) {
      const [row] = await db.select().from(table).where(ofSession(sessionId))
      if (!row) return undefined
      try {
        return { kind: row.kind, secret: vault.open(row.sealed, contextOf(sessionId)), retryAt: isoOrNull(row.retryAt) }
      } catch (error) {
        if (isFailure(error, 'VAULT_SEAL_BROKEN')) throw failure('VAULT_SEAL_BROKEN', { what: 'The stored token for Figma' }, error)
        throw error
      }
    },

    async holdUntil(sessionId, moment) {
      await db
        .update(table)
        .set({ retryAt: new Date(moment), updatedAt: now() })
        .where(ofSession(sessionId))
    },

    async remove(sessionId) {
      await db.delete(table).where(ofSession(sessionId))
    },
  }
}
