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
  const contextOf = (provider: string) => JSON.stringify(['secret', orgId, provider])
  const shown = { provider: secrets.provider, lastFour: secrets.lastFour, createdAt: secrets.createdAt }
  return {
    async put(provider, plaintext) {
      const values = {
        sealed: vault.seal(plaintext, contextOf(provider)),
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
      const [row] = await db.select({ sealed: secrets.sealed }).from(secrets).where(eq(secrets.provider, provider))
      if (!row) return undefined
      try {
        return vault.open(row.sealed, contextOf(provider))
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
