import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CatalogueTable, tablesOf, unprotectedTables, valueFor } from './testing/catalogue.ts'
import { type TestDatabase, testDatabase } from './testing/index.ts'
import { TEST_APP_ROLE } from './testing/test-login.ts'

type Row = Record<string, unknown>

let database: TestDatabase
let admin: pg.Client
let app: pg.Client
let tables: CatalogueTable[]
/** The one row of each workspace in each table. */
const rows = { mine: new Map<string, Row>(), theirs: new Map<string, Row>() }

beforeAll(async () => {
  database = await testDatabase()
  admin = new pg.Client({ connectionString: database.adminUrl })
  app = new pg.Client({ connectionString: database.appUrl })
  await Promise.all([admin.connect(), app.connect()])
  tables = await tablesOf(admin)
  for (const [seed, [org, made]] of Object.entries(rows).entries()) {
    for (const table of tables) made.set(table.name, await as(org, () => insert(table, made, seed + 1)))
  }
})
afterAll(async () => {
  await Promise.all([admin.end(), app.end()])
  await database.close()
})

/** Runs as the app inside a workspace, and keeps it or not. */
async function as<T>(org: string | undefined, work: () => Promise<T>, end: 'commit' | 'rollback' = 'commit'): Promise<T> {
  await app.query('begin')
  try {
    if (org) await app.query("select set_config('app.org_id', $1, true)", [org])
    const result = await work()
    await app.query(end)
    return result
  } catch (error) {
    await app.query('rollback')
    throw error
  }
}

/** Whole rows, every column and every reference filled. */
async function insert(table: CatalogueTable, parents: Map<string, Row>, seed: number, more: Row = {}): Promise<Row> {
  const values: Row = Object.fromEntries(
    table.columns
      .filter((column) => column.name !== 'org_id' && !(column.hasDefault && table.primaryKey.includes(column.name)))
      .map((column) => [column.name, valueFor(column, seed)]),
  )
  for (const { column, table: parent, parentColumn } of table.parents) values[column] = parents.get(parent)?.[parentColumn]
  Object.assign(values, more)
  const names = Object.keys(values)
  const { rows } = await app.query(
    `insert into ${table.name} (${names.map((name) => `"${name}"`)}) values (${names.map((_, index) => `$${index + 1}`)}) returning *`,
    Object.values(values),
  )
  return rows[0]
}

/** As `insert`, in the place of the workspace's own row: only the database's answer to the new values is left. */
async function insertInstead(table: CatalogueTable, more: Row): Promise<Row> {
  await app.query(`delete from ${table.name}`)
  return insert(table, rows.mine, 9, more)
}

const keyOf = (table: CatalogueTable) => table.primaryKey.filter((column) => column !== 'org_id')[0] ?? ''
/** `where` clause and parameter that name the other workspace's row. */
const theirRow = (table: CatalogueTable) => ({ where: `"${keyOf(table)}" = $1`, key: rows.theirs.get(table.name)?.[keyOf(table)] })
const REFUSED = /row-level security policy/

/** Every table, with its name in front of what is expected, so that a failure says where. */
async function each<T>(ask: (table: CatalogueTable) => Promise<T>): Promise<[string, T][]> {
  const answers: [string, T][] = []
  for (const table of tables) answers.push([table.name, await ask(table)])
  return answers
}
const all = <T>(answer: T) => tables.map((table): [string, T] => [table.name, answer])
const messageOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'went through',
    (error: Error) => (REFUSED.test(error.message) ? 'refused by row-level security' : error.message),
  )

test('no table is without protection', async () => {
  expect(tables.length).toBeGreaterThan(25)
  expect(await unprotectedTables(admin)).toEqual([])
})

test('a new table that forgets its protection is found', async () => {
  await admin.query('begin')
  await admin.query('create table forgetful (id uuid primary key)')
  await admin.query("create table half_safe (org_id text not null, check (org_id <> ''))")
  await admin.query('alter table half_safe enable row level security')
  await admin.query('create policy workspace on half_safe using (true)')
  expect(await unprotectedTables(admin)).toEqual([
    'forgetful does not force row-level security on its owner',
    'forgetful has no policy that binds reading and writing to the workspace',
    'forgetful has no required org_id',
    'forgetful has no row-level security',
    'half_safe does not force row-level security on its owner',
    'half_safe has no policy that binds reading and writing to the workspace',
  ])
  await admin.query('rollback')
})

describe('the app role', () => {
  test('is no superuser, bypasses nothing, makes no roles or databases, belongs to nobody, and owns nothing in public', async () => {
    const { rows: found } = await admin.query(
      `select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication,
              (select count(*)::int from pg_auth_members where member = r.oid) as memberships,
              (select count(*)::int from pg_class where relowner = r.oid and relnamespace = 'public'::regnamespace) as owned
       from pg_roles r where rolname = $1`,
      [TEST_APP_ROLE],
    )
    expect(found).toEqual([
      { rolsuper: false, rolbypassrls: false, rolcreatedb: false, rolcreaterole: false, rolreplication: false, memberships: 0, owned: 0 },
    ])
  })

  test.each([
    'set role slipway_admin',
    'set session authorization slipway_admin',
    'alter table projects disable row level security',
    'alter table projects no force row level security',
    'drop policy workspace on projects',
    'create policy mine on projects using (true)',
    'truncate projects cascade',
    'create table public.mine (id int)',
    "copy projects to program 'cat'",
    'select * from slipway.migrations',
    'alter role slipway_app bypassrls',
    'create function public.f() returns int language sql security definer as $$ select 1 $$',
  ])('may not: %s', async (statement) => {
    await expect(as('mine', () => app.query(statement))).rejects.toThrow(/permission denied|must be owner|must be able to/)
  })

  test('turning row security off makes queries fail, not see more', async () => {
    await expect(
      as('mine', () => app.query('set local row_security = off').then(() => app.query('select * from projects'))),
    ).rejects.toThrow(/would be affected by row-level security/)
  })
})

test('each workspace reads its own row of every table, and nothing else', async () => {
  const count = (org: string | undefined) =>
    each((table) => as(org, async () => (await app.query(`select org_id from ${table.name}`)).rows.map((row) => row.org_id).join()))
  expect(await count('mine')).toEqual(all('mine'))
  expect(await count('theirs')).toEqual(all('theirs'))
  expect(await count('nobody')).toEqual(all(''))
})

test('without a workspace nothing is read and nothing written, also on a connection that had one before', async () => {
  expect(await each((table) => as(undefined, async () => (await app.query(`select * from ${table.name}`)).rowCount))).toEqual(all(0))
  const answers = await each((table) => messageOf(as(undefined, () => insert(table, rows.mine, 9), 'rollback')))
  for (const [table, answer] of answers)
    expect([table, answer]).toEqual([table, expect.stringMatching(/row-level security|null value in column "org_id"/)])
})

test("another workspace's row is not there by its key", async () => {
  const read = await each((table) => {
    const { where, key } = theirRow(table)
    return as('mine', async () => (await app.query(`select * from ${table.name} where ${where}`, [key])).rowCount)
  })
  expect(read).toEqual(all(0))
})

test('a row cannot be written into another workspace', async () => {
  const answers = await each((table) => messageOf(as('mine', () => insert(table, rows.mine, 9, { org_id: 'theirs' }), 'rollback')))
  expect(answers).toEqual(all('refused by row-level security'))
})

test("another workspace's row is neither changed nor deleted", async () => {
  const changed = await each((table) => {
    const { where, key } = theirRow(table)
    return as(
      'mine',
      async () => (await app.query(`update ${table.name} set "${keyOf(table)}" = default where ${where}`, [key])).rowCount,
      'rollback',
    )
  })
  expect(changed).toEqual(all(0))
  const deleted = await each((table) => {
    const { where, key } = theirRow(table)
    return as('mine', async () => (await app.query(`delete from ${table.name} where ${where}`, [key])).rowCount, 'rollback')
  })
  expect(deleted).toEqual(all(0))
})

test('a row cannot be moved into another workspace, nor another’s into mine', async () => {
  const pushed = await each((table) => messageOf(as('mine', () => app.query(`update ${table.name} set org_id = 'theirs'`), 'rollback')))
  expect(pushed).toEqual(all('refused by row-level security'))
  const pulled = await each((table) =>
    as('mine', async () => (await app.query(`update ${table.name} set org_id = 'mine' where org_id = 'theirs'`)).rowCount, 'rollback'),
  )
  expect(pulled).toEqual(all(0))
})

test("a row cannot hang below another workspace's row, by any of its references", async () => {
  const children = tables.filter((table) => table.parents.length > 0)
  expect(children.length).toBeGreaterThan(15)
  for (const table of children) {
    for (const parent of table.parents) {
      const key = rows.theirs.get(parent.table)?.[parent.parentColumn]
      const made = messageOf(as('mine', () => insertInstead(table, { [parent.column]: key }), 'rollback'))
      expect([table.name, parent.column, await made]).toEqual([
        table.name,
        parent.column,
        expect.stringContaining('violates foreign key constraint'),
      ])
      const moved = messageOf(as('mine', () => app.query(`update ${table.name} set "${parent.column}" = $1`, [key]), 'rollback'))
      expect([table.name, parent.column, await moved]).toEqual([
        table.name,
        parent.column,
        expect.stringContaining('violates foreign key constraint'),
      ])
    }
  }
})

test("writing over another workspace's key makes a row of one's own and leaves theirs", async () => {
  for (const table of tables.filter((table) => table.columns.some((column) => column.name === 'id' && column.type === 'uuid'))) {
    const theirs = rows.theirs.get(table.name)
    const made = await as('mine', () => insertInstead(table, { id: theirs?.id }), 'rollback')
    expect([table.name, made.org_id]).toEqual([table.name, 'mine'])
  }
  const { rows: kept } = await admin.query("select name from projects where org_id = 'theirs'")
  expect(kept).toEqual([{ name: rows.theirs.get('projects')?.name }])
})

test('deleting everything one can see leaves the other workspace whole; a deleted project takes all of its own along', async () => {
  for (const table of tables) await as('mine', () => app.query(`delete from ${table.name}`), 'rollback')
  await as('mine', () => app.query('delete from projects'))
  const left = await each(async (table) =>
    (await admin.query(`select distinct org_id from ${table.name} order by 1`)).rows.map((row) => row.org_id).join(),
  )
  const ofWorkspace = ['events', 'figma_tokens', 'model_settings', 'profiles', 'prototype_sessions', 'secrets']
  expect(left).toEqual(tables.map((table) => [table.name, ofWorkspace.includes(table.name) ? 'mine,theirs' : 'theirs']))
})
