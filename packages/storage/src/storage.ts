/** The door to the database: every statement runs inside a transaction that is bound to one workspace. */
import { isFailure } from '@slipway/domain'
import { drizzle } from 'drizzle-orm/node-postgres'
import type pg from 'pg'
import { backlogStore } from './backlog-items.ts'
import { runStore } from './backlog-runs.ts'
import { briefStore } from './briefs.ts'
import { cardStore } from './cards.ts'
import { eventStore } from './events.ts'
import { evidenceStore } from './evidence.ts'
import { exchangeStore } from './exchanges.ts'
import { featureStore } from './features.ts'
import { figmaTokenStore } from './figma-tokens.ts'
import { jobStore } from './jobs.ts'
import { ledgerStore } from './ledger.ts'
import { createEar } from './listen.ts'
import { messageStore } from './messages.ts'
import { modelSettingsStore } from './model-settings.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { planStore } from './plans.ts'
import { previewShareStore } from './preview-shares.ts'
import { projectStore } from './projects.ts'
import { prototypeStore } from './prototypes.ts'
import { secretStore } from './secrets.ts'
import { specStore } from './specs.ts'
import type { Storage, Stores } from './stores.ts'
import { readable } from './unreachable.ts'
import type { Vault } from './vault.ts'
import { versionStore } from './versions.ts'
import { databaseClock, type WorkspaceTransaction } from './workspace-transaction.ts'

export interface StorageDeps {
  /** Logs in as the app role, which row-level security binds. The caller ends it after `close`. */
  readonly pool: pg.Pool
  /** The same login, for the one connection that listens. */
  readonly listenUrl: string
  readonly vault: Vault
  /** The database's clock when left out: the one clock that all machines share. */
  readonly clock?: () => Date
  readonly log?: (line: object) => void
}

const storesOf = (transaction: WorkspaceTransaction, vault: Vault): Stores => ({
  projects: projectStore(transaction),
  features: featureStore(transaction),
  briefs: briefStore(transaction),
  specs: specStore(transaction),
  plans: planStore(transaction),
  messages: messageStore(transaction),
  jobs: jobStore(transaction),
  versions: versionStore(transaction),
  evidence: evidenceStore(transaction),
  events: eventStore(transaction),
  cards: cardStore(transaction),
  backlog: backlogStore(transaction),
  runs: runStore(transaction),
  secrets: secretStore(transaction, vault),
  modelSettings: modelSettingsStore(transaction),
  ledger: ledgerStore(transaction),
  exchanges: exchangeStore(transaction),
  shares: previewShareStore(transaction),
  prototypes: prototypeStore(transaction),
  figmaTokens: figmaTokenStore(transaction, vault),
})

/** Nothing is asked of the database before the first call. Stores write no events by themselves: whoever changes a thing appends its event. */
export function createStorage({ pool, listenUrl, vault, clock, log = () => undefined }: StorageDeps): Storage {
  const known = new Set<string>()
  const ear = createEar({ url: listenUrl, known, log })
  const now = clock ?? databaseClock
  // Without listeners a connection that breaks while it idles, or while the pool ends, would end the process. Whoever uses it is told.
  pool.on('error', (error) => log({ level: 'warn', at: 'storage.pool', message: 'idle connection lost', error: error.message }))
  pool.on('connect', (client) => client.on('error', () => undefined))

  /**
   * @param opening the first statement. A pooled connection may have died in its sleep and nobody knows until it is asked; nothing has
   *   happened on it then, so the next one is tried
   */
  const withClient = async <T>(opening: string, work: (client: pg.PoolClient, spoil: () => void) => Promise<T>): Promise<T> => {
    for (let left = pool.options.max; ; left--) {
      const client = await pool.connect().catch((error: unknown) => {
        throw readable(error)
      })
      let isSpoilt = false
      let isOpen = false
      const spoil = () => {
        isSpoilt = true
      }
      client.on('error', spoil)
      try {
        await client.query(opening)
        isOpen = true
        return await work(client, spoil)
      } catch (error) {
        const said = readable(error)
        if (!isOpen) spoil()
        if (isOpen || left <= 0 || !isFailure(said, 'STORE_UNREACHABLE')) throw said
      } finally {
        client.off('error', spoil)
        client.release(isSpoilt)
      }
    }
  }

  return {
    async inWorkspace(orgId, work) {
      if (!orgId) throw new Error('A workspace has an id: inWorkspace was called without one.')
      known.add(orgId)
      return withClient('begin', async (client, spoil) => {
        const transaction = oneAtATime(client)
        try {
          await client.query("select set_config('app.org_id', $1, true)", [orgId])
          const result = await work(storesOf({ db: drizzle(transaction.client), orgId, now }, vault))
          await transaction.end()
          const { command } = await client.query('commit')
          // A statement failed and the work went on as if it had not: PostgreSQL then answers a commit with a rollback.
          if (command !== 'COMMIT') throw new Error('The transaction was rolled back: an error inside it was caught and not thrown on.')
          return result
        } catch (error) {
          await transaction.end()
          await client.query('rollback').catch(spoil)
          throw error
        }
      })
    },

    onEvents: (listener) => ear.add(listener),

    async ping() {
      await withClient('select 1', async () => undefined)
    },

    close: () => ear.close(),
  }
}
