import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate } from './migrate.ts'
import { createStorage } from './storage.ts'
import { unprotectedTables } from './testing/catalogue.ts'
import { filledWorkspace } from './testing/filled-workspace.ts'
import { type TestDatabase, testDatabase } from './testing/index.ts'
import { createVault } from './vault.ts'

let database: TestDatabase
let admin: pg.Client
const made: string[] = []
const roles: string[] = []
beforeAll(async () => {
  database = await testDatabase()
  admin = new pg.Client({ connectionString: database.adminUrl })
  await admin.connect()
})
afterAll(async () => {
  for (const name of made) await admin.query(`drop database if exists ${name} with (force)`)
  for (const role of roles) await admin.query(`drop owned by ${role}; drop role ${role}`).catch(() => undefined)
  await admin.end()
  await database.close()
})

/** An empty database and the URL of a login to it. */
async function emptyDatabase(owner?: { role: string; password: string }): Promise<string> {
  const name = `empty_${randomUUID().replaceAll('-', '')}`
  made.push(name)
  await admin.query(`create database ${name} ${owner ? `owner ${owner.role}` : ''}`)
  const url = new URL(database.adminUrl)
  url.pathname = `/${name}`
  if (owner) [url.username, url.password] = [owner.role, owner.password]
  return url.href
}

async function newRole(attributes: string): Promise<{ role: string; password: string }> {
  const role = `role_${randomUUID().replaceAll('-', '')}`
  roles.unshift(role)
  await admin.query(`create role ${role} login password 'secret' ${attributes}`)
  return { role, password: 'secret' }
}

const asRole = (url: string, { role, password }: { role: string; password: string }) => {
  const login = new URL(url)
  login.username = role
  login.password = password
  return login.href
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

test('several processes may migrate an empty database at once, and again', async () => {
  const url = await emptyDatabase()
  const app = await newRole('')
  const again = () => migrate(url, { appRole: app.role, appPassword: "it\"s 'new'" })
  await Promise.all([again(), again(), again(), again()])
  await again()
  expect(await connected(url, unprotectedTables)).toEqual([])
  await connected(asRole(url, { role: app.role, password: "it\"s 'new'" }), (client) => client.query('select * from projects'))
})

test('two databases of one server may be migrated at once with the same role', async () => {
  const app = await newRole('')
  const urls = [await emptyDatabase(), await emptyDatabase(), await emptyDatabase()]
  await Promise.all(urls.map((url) => migrate(url, { appRole: app.role, appPassword: app.password })))
})

test('a role that could bypass row-level security is bound', async () => {
  const url = await emptyDatabase()
  const loose = await newRole('superuser bypassrls createdb createrole replication')
  await migrate(url, { appRole: loose.role, appPassword: 'secret' })
  const { rows } = await admin.query(
    'select rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication as loose from pg_roles where rolname = $1',
    [loose.role],
  )
  expect(rows).toEqual([{ loose: false }])
})

test('a migration that was edited after it ran is refused by name', async () => {
  const url = await emptyDatabase()
  const app = await newRole('')
  await migrate(url, { appRole: app.role, appPassword: app.password })
  await connected(url, (client) => client.query("update slipway.migrations set sha256 = 'other' where name = '0001-tables.sql'"))
  await expect(migrate(url, { appRole: app.role, appPassword: app.password })).rejects.toThrow('0001-tables.sql was changed')
})

test('the app is not given the admin login as its own', async () => {
  const url = await emptyDatabase()
  await expect(migrate(url, { appRole: new URL(url).username, appPassword: 'x' })).rejects.toThrow('needs a role of its own')
})

test('better-auth and the durable engine can make their tables as the app role', async () => {
  await connected(database.appUrl, async (client) => {
    await client.query('create table auth."user" (id text primary key)')
    // As the engine says at every launch.
    await client.query('create schema if not exists "dbos"')
    await client.query('create table dbos.workflow_status (id text primary key)')
    await client.query('create extension if not exists plpgsql')
  })
})

test('an admin that is no superuser, as hosted databases give, is enough', async () => {
  const owner = await newRole('createrole createdb')
  const url = await emptyDatabase(owner)
  const role = `role_${randomUUID().replaceAll('-', '')}`
  roles.unshift(role)
  for (let time = 0; time < 2; time++) await migrate(url, { appRole: role, appPassword: 'secret' })

  const appUrl = asRole(url, { role, password: 'secret' })
  const pool = new pg.Pool({ connectionString: appUrl })
  const storage = createStorage({ pool, listenUrl: appUrl, vault: createVault(new Uint8Array(32)) })
  const at = await filledWorkspace({ ...database, storage })
  await at.inside((stores) => stores.projects.remove(at.project.id))
  expect(await at.inside((stores) => stores.jobs.list())).toEqual([])
  await storage.close()
  await pool.end()
})

test('plans from before there were revisions become their first one, also where the admin is bound by row-level security', async () => {
  const owner = await newRole('createrole createdb')
  const url = await emptyDatabase(owner)
  const role = `role_${randomUUID().replaceAll('-', '')}`
  roles.unshift(role)
  const again = () => migrate(url, { appRole: role, appPassword: 'secret' })
  await again()
  const appUrl = asRole(url, { role, password: 'secret' })
  const pool = new pg.Pool({ connectionString: appUrl })
  const storage = createStorage({ pool, listenUrl: appUrl, vault: createVault(new Uint8Array(32)) })
  const at = await filledWorkspace({ ...database, storage })
  const plan = { name: '01-01', title: 'Bikes', wave: 1, source: 'a plan' }
  await at.inside((stores) => stores.plans.replace(at.feature.id, [plan]))
  await connected(url, (client) =>
    client.query(`drop table plan_revisions;
      alter table chat_messages drop column about;
      alter table specs drop column made, drop column by, drop column note, drop column basis;
      delete from slipway.migrations where name = '0007-revisions.sql'`),
  )
  await again()
  expect(await at.inside((stores) => stores.plans.revision(at.feature.id, 1))).toMatchObject({ plans: [plan], revision: { made: null } })
  expect(await connected(url, unprotectedTables)).toEqual([])
  await storage.close()
  await pool.end()
})

test('a server that is away is said so', async () => {
  await expect(migrate('postgres://x:y@127.0.0.1:9/z', { appRole: 'a', appPassword: 'b' })).rejects.toMatchObject({
    code: 'STORE_UNREACHABLE',
  })
})
