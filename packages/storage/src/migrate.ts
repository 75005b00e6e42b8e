/** Brings a database to the present: the app's role, its schemas, the SQL files of `migrations/` in order, and the grants. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import pg from 'pg'
import { readable } from './unreachable.ts'

const FOLDER = new URL('./migrations/', import.meta.url)

/** Any number: whoever migrates this database holds it. */
const MIGRATION_LOCK = 2_026_111_801

/** Roles belong to the whole server: two databases migrating at once may touch the same one. */
const ROLE_ATTEMPTS = 20
const TUPLE_CONCURRENTLY_UPDATED = 'XX000'
const ROLE_EXISTS = /^(42710|23505)$/

export interface MigrateOptions {
  /** The login that the app uses: no superuser, bound by row-level security, owner of nothing in the schema `public`. */
  readonly appRole: string
  readonly appPassword: string
}

/**
 * Safe to repeat and to start from several processes at once.
 * The app role owns the schemas `auth` (better-auth) and `dbos` (the durable engine), which bring their own migrations;
 * in `public` it reads and writes rows and nothing else: no truncate, which row-level security does not bind.
 * @param adminUrl  a login that may create roles and schemas
 * @throws STORE_UNREACHABLE
 */
export async function migrate(adminUrl: string, options: MigrateOptions): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'slipway-migrate' })
  try {
    await client.connect()
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await ensureRole(client, options)
    await runMigrations(client)
    await grant(client, options.appRole)
  } catch (error) {
    throw readable(error)
  } finally {
    await client.end().catch(() => undefined) // the lock goes with the connection, however that ends
  }
}

/** Values that SQL takes no parameters for, quoted by the database itself. */
async function format(client: pg.Client, template: string, ...values: readonly string[]): Promise<string> {
  const parameters = values.map((_, index) => `$${index + 2}::text`).join(', ')
  const { rows } = await client.query<{ sql: string }>(`select format($1, ${parameters}) as sql`, [template, ...values])
  return rows[0]?.sql ?? ''
}

async function ensureRole(client: pg.Client, { appRole, appPassword }: MigrateOptions): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      const { rows } = await client.query<{ isLoose: boolean; isMine: boolean }>(
        `select rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication or not rolcanlogin as "isLoose",
                rolname = current_user as "isMine"
         from pg_roles where rolname = $1`,
        [appRole],
      )
      if (rows[0]?.isMine) throw new Error(`The admin login and the app's login are both "${appRole}": the app needs a role of its own.`)
      const bonds = 'login nosuperuser nobypassrls nocreatedb nocreaterole noreplication'
      if (!rows[0]) await client.query(await format(client, `create role %I ${bonds} password %L`, appRole, appPassword))
      // Attributes are named only when they are wrong: an admin that is no superuser may not even repeat them.
      else await client.query(await format(client, `alter role %I ${rows[0].isLoose ? bonds : ''} password %L`, appRole, appPassword))
      return
    } catch (error) {
      const code = error instanceof pg.DatabaseError ? (error.code ?? '') : ''
      if (attempt >= ROLE_ATTEMPTS || !(code === TUPLE_CONCURRENTLY_UPDATED || ROLE_EXISTS.test(code))) throw error
    }
  }
}

async function runMigrations(client: pg.Client): Promise<void> {
  await client.query('create schema if not exists slipway')
  await client.query(
    'create table if not exists slipway.migrations (name text primary key, sha256 text not null, applied_at timestamptz not null default now())',
  )
  const { rows } = await client.query<{ name: string; sha256: string }>('select name, sha256 from slipway.migrations')
  const applied = new Map(rows.map((row) => [row.name, row.sha256]))
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort()
  for (const name of names) {
    const text = await readFile(new URL(name, FOLDER), 'utf8')
    const sha256 = createHash('sha256').update(text).digest('hex')
    const before = applied.get(name)
    if (before === sha256) continue
    if (before) throw new Error(`The migration ${name} was changed after it ran here. Restore it and put the change into a new file.`)
    await client.query('begin')
    try {
      await client.query(text)
      await client.query('insert into slipway.migrations (name, sha256) values ($1, $2)', [name, sha256])
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw new Error(`The migration ${name} failed: ${error instanceof Error ? error.message : error}`, { cause: error })
    }
  }
}

/** Also the rights on the database itself, which a copy made from a template does not have. */
async function grant(client: pg.Client, appRole: string): Promise<void> {
  const { rows } = await client.query<{ database: string; isSuperuser: boolean }>(
    'select current_database() as database, rolsuper as "isSuperuser" from pg_roles where rolname = current_user',
  )
  const database = rows[0]?.database ?? ''
  const statements = [
    // Making a schema that another role owns takes membership, which a superuser has anyway.
    ...(rows[0]?.isSuperuser ? [] : [await format(client, 'grant %I to current_user', appRole)]),
    await format(client, 'revoke all on database %I from public', database),
    // The durable engine says "create schema if not exists" at every launch, and PostgreSQL asks for the right before it looks.
    await format(client, 'grant connect, create, temporary on database %I to %I', database, appRole),
    'revoke all on schema public from public',
    await format(client, 'grant usage on schema public to %I', appRole),
    await format(client, 'revoke all on all tables in schema public from %I', appRole),
    await format(client, 'grant select, insert, update, delete on all tables in schema public to %I', appRole),
    await format(client, 'create schema if not exists auth authorization %I', appRole),
    await format(client, 'create schema if not exists dbos authorization %I', appRole),
  ]
  await client.query(['begin', ...statements, 'commit'].join(';\n'))
}
