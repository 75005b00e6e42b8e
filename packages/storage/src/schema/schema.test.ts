import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/index.ts'
import * as schema from './index.ts'

let database: TestDatabase
let admin: pg.Client
beforeAll(async () => {
  database = await testDatabase()
  admin = new pg.Client({ connectionString: database.adminUrl })
  await admin.connect()
})
afterAll(async () => {
  await admin.end()
  await database.close()
})

/** Everything PostgreSQL knows of the schema `public`, a line per thing, in its own words. */
const CATALOGUE = `
  select line from (
    select format('column %s.%s %s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
        case when a.attnotnull then 'not null' end, coalesce(pg_get_expr(d.adbin, d.adrelid), a.attidentity::text)) as line
      from pg_attribute a join pg_class c on c.oid = a.attrelid left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
    union all
    select format('constraint %s.%s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
      from pg_constraint where connamespace = 'public'::regnamespace and contype in ('p', 'u', 'f', 'c')
    union all
    select format('index %s', pg_get_indexdef(indexrelid)) from pg_index i join pg_class c on c.oid = i.indrelid
      where c.relnamespace = 'public'::regnamespace
    union all
    select format('enum %s %s', t.typname, string_agg(e.enumlabel, ', ' order by e.enumsortorder))
      from pg_enum e join pg_type t on t.oid = e.enumtypid where t.typnamespace = 'public'::regnamespace group by t.typname
  ) as lines order by line`

/** What the schema cannot say and the SQL files add: checks on org_id, and which column of a key is set to null. */
const isSaid = (line: string) => !/constraint \w+\.\w+_has_org/.test(line)
const asSaid = (line: string) => line.replace(/ON DELETE SET NULL \(\w+\)/, 'ON DELETE SET NULL')

test('the migrations lead to exactly the tables, keys, indexes and enums that the schema says', async () => {
  const catalogue = async () => (await admin.query<{ line: string }>(CATALOGUE)).rows.map((row) => row.line)
  const migrated = await catalogue()
  await admin.query('begin')
  await admin.query('drop schema public cascade; create schema public')
  for (const statement of await generateMigration(generateDrizzleJson({}), generateDrizzleJson({ ...schema }))) await admin.query(statement)
  const said = await catalogue()
  await admin.query('rollback')
  expect(said.length).toBeGreaterThan(300)
  expect(migrated.filter(isSaid).map(asSaid)).toEqual(said)
})

test('every foreign key carries the workspace, sets no workspace to null, and is served by an index', async () => {
  const { rows } = await admin.query<{ name: string; definition: string; first: string; isIndexed: boolean }>(`
    select k.conrelid::regclass || '.' || k.conname as name, pg_get_constraintdef(k.oid) as definition,
           (select attname from pg_attribute a where a.attrelid = k.conrelid and a.attnum = k.conkey[1]) as first,
           exists (select from pg_index i where i.indrelid = k.conrelid
             and (string_to_array(i.indkey::text, ' ')::int2[])[1:cardinality(k.conkey)] = k.conkey) as "isIndexed"
    from pg_constraint k where k.contype = 'f' and k.connamespace = 'public'::regnamespace`)
  expect(rows.length).toBeGreaterThan(25)
  expect(rows.filter((row) => row.first !== 'org_id')).toEqual([])
  expect(rows.filter((row) => /SET NULL(?! \(\w+_id\))/.test(row.definition) || row.definition.includes('SET NULL (org_id'))).toEqual([])
  expect(rows.filter((row) => !row.isIndexed).map((row) => row.name)).toEqual([])
})
