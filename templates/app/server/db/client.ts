/** Opens a database and brings its tables up to date. */
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'

export type Database = PgDatabase<PgQueryResultHKT, Record<string, never>>

export interface OpenDatabase {
  readonly db: Database
  close(): Promise<void>
}

const migrationsFolder = 'migrations'

/** @param url a Postgres URL; for the built-in PGlite a folder, or `memory://` */
export async function openDatabase(url: string): Promise<OpenDatabase> {
  if (/^postgres(ql)?:/.test(url)) {
    const [{ default: postgres }, { drizzle }, { migrate }] = await Promise.all([
      import('postgres'),
      import('drizzle-orm/postgres-js'),
      import('drizzle-orm/postgres-js/migrator'),
    ])
    const client = postgres(url, { onnotice: () => {} })
    const db = drizzle(client)
    await migrate(db, { migrationsFolder })
    return { db, close: () => client.end() }
  }
  const [{ PGlite }, { drizzle }, { migrate }] = await Promise.all([
    import('@electric-sql/pglite'),
    import('drizzle-orm/pglite'),
    import('drizzle-orm/pglite/migrator'),
  ])
  const client = await PGlite.create(url)
  const db = drizzle(client)
  await migrate(db, { migrationsFolder })
  return { db, close: () => client.close() }
}
