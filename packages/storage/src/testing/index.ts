/** Databases for tests: a fresh one per call, copied from a migrated template on the one server of the test run. */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { migrate } from '../migrate.ts'
import { createStorage } from '../storage.ts'
import type { Storage } from '../stores.ts'
import { createVault } from '../vault.ts'
import { TEST_APP_PASSWORD, TEST_APP_ROLE } from './test-login.ts'

export interface TestDatabase {
  /** A superuser's login. */
  readonly adminUrl: string
  /** The login that the app uses. */
  readonly appUrl: string
  readonly storage: Storage
  /** As the app role. */
  readonly pool: pg.Pool
  /** A workspace id that nobody has used. */
  newWorkspace(): Promise<string>
  close(): Promise<void>
}

/** The vault of test databases, for processes that a test starts on one. */
export const testVault = () => createVault(new Uint8Array(32).fill(7))

/** Needs the vitest globalSetup beside this file. The server starts with the first call of a test run. */
export async function testDatabase(options: { clock?: () => Date } = {}): Promise<TestDatabase> {
  const answer = await fetch(inject('slipwayTestServer'))
  if (!answer.ok) throw new Error(`The test database did not start: ${await answer.text()}`)
  const { adminUrl: serverUrl, template } = (await answer.json()) as { adminUrl: string; template: string }
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asAdmin(serverUrl, (client) => client.query(`create database ${name} template ${template}`))

  const adminUrl = withPath(serverUrl, name)
  await migrate(adminUrl, { appRole: TEST_APP_ROLE, appPassword: TEST_APP_PASSWORD })
  const login = new URL(adminUrl)
  login.username = TEST_APP_ROLE
  login.password = TEST_APP_PASSWORD
  const appUrl = login.href
  const pool = new pg.Pool({ connectionString: appUrl, max: 20 })
  const vault = testVault()
  const storage = createStorage({ pool, listenUrl: appUrl, vault, ...(options.clock ? { clock: options.clock } : {}) })
  return {
    adminUrl,
    appUrl,
    storage,
    pool,
    newWorkspace: async () => `org_${randomUUID()}`,
    async close() {
      await storage.close()
      await pool.end()
      await asAdmin(serverUrl, (client) => client.query(`drop database if exists ${name} with (force)`))
    },
  }
}

function withPath(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}

async function asAdmin(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
