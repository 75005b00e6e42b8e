/** Keys of owners, sealed: the database never sees a plaintext. */
import { failure, isFailure } from '@slipway/domain'
import { asc, eq } from 'drizzle-orm'
import { secrets } from './schema/workspace.ts'
import type { SecretStore } from './stores.ts'
import type { Vault } from './vault.ts'
import { iso, type WorkspaceTransaction } from './workspace-transaction.ts'

/** Below this, four characters would give too much of a secret away. */
const SHOWABLE_LENGTH_MIN = 12

export function secretStore({ db, orgId, now }: WorkspaceTransaction, vault: Vault): SecretStore {
  // The address is part of what a key is bound to: a row whose address was changed does not open.
  const contextOf = (provider: string, baseUrl: string | null) => JSON.stringify(['secret', orgId, provider, ...(baseUrl ? [baseUrl] : [])])
  const shown = { provider: secrets.provider, lastFour: secrets.lastFour, baseUrl: secrets.baseUrl, createdAt: secrets.createdAt }
  return {
    async put(provider, plaintext, baseUrl = null) {
      const values = {
        sealed: vault.seal(plaintext, contextOf(provider, baseUrl)),
        baseUrl,
        lastFour: plaintext.length < SHOWABLE_LENGTH_MIN ? '' : plaintext.slice(-4),
        createdAt: now(),
      }
      const [row] = await db
        .insert(secrets)
        .values({ provider, ...values })
        .onConflictDoUpdate({ target: [secrets.orgId, secrets.provider], set: values })
        .returning(shown)
      if (!row) throw new Error('The database returned no row for a secret it stored.')
      return { ...row, createdAt: iso(row.createdAt) }
    },

    async list() {
      const rows = await db.select(shown).from(secrets).orderBy(asc(secrets.provider))
      return rows.map((row) => ({ ...row, createdAt: iso(row.createdAt) }))
    },

    async open(provider) {
      const [row] = await db
        .select({ sealed: secrets.sealed, baseUrl: secrets.baseUrl })
        .from(secrets)
        .where(eq(secrets.provider, provider))
      if (!row) return undefined
      try {
        return { key: vault.open(row.sealed, contextOf(provider, row.baseUrl)), baseUrl: row.baseUrl }
      } catch (error) {
        if (isFailure(error, 'VAULT_SEAL_BROKEN')) throw failure('VAULT_SEAL_BROKEN', { what: `The stored key for ${provider}` }, error)
        throw error
      }
    },

    async remove(provider) {
      await db.delete(secrets).where(eq(secrets.provider, provider))
    },
  }
}
