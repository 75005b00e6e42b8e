/** What tests read from PostgreSQL's catalogue, so that they hold for tables that nobody has written yet. */
import type pg from 'pg'

export interface CatalogueColumn {
  readonly name: string
  readonly type: string
  readonly isRequired: boolean
  readonly hasDefault: boolean
  /** The first label of an enum. */
  readonly label: string | null
}

export interface CatalogueTable {
  readonly name: string
  readonly columns: readonly CatalogueColumn[]
  /** Foreign keys: the column beside `org_id`, and the table and column it points at. */
  readonly parents: readonly { readonly column: string; readonly table: string; readonly parentColumn: string }[]
  readonly primaryKey: readonly string[]
}

type Asker = Pick<pg.Client, 'query'>

/** Tables of `public` that a workspace is not safe in, each with what it lacks. */
export async function unprotectedTables(client: Asker): Promise<string[]> {
  const { rows } = await client.query<{ fault: string }>(`
    select c.relname || ' ' || fault as fault
    from pg_class c, lateral (values
      (not c.relrowsecurity, 'has no row-level security'),
      (not c.relforcerowsecurity, 'does not force row-level security on its owner'),
      (not exists (select from pg_policy p where p.polrelid = c.oid
         and pg_get_expr(p.polqual, c.oid) like '%org_id%app.org_id%' and pg_get_expr(p.polwithcheck, c.oid) like '%org_id%app.org_id%'),
       'has no policy that binds reading and writing to the workspace'),
      (exists (select from pg_policy p where p.polrelid = c.oid and p.polname <> 'workspace'), 'has a second policy, which would widen the first'),
      (not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_id' and a.attnotnull), 'has no required org_id')
    ) as checks(is_wrong, fault)
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and is_wrong order by 1`)
  return rows.map((row) => row.fault)
}

/** All tables of `public`, parents before children. */
export async function tablesOf(client: Asker): Promise<CatalogueTable[]> {
  const { rows } = await client.query<{ table: CatalogueTable }>(`
    select json_build_object(
      'name', c.relname,
      'columns', (select json_agg(json_build_object(
          'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'isRequired', a.attnotnull,
          'hasDefault', a.atthasdef or a.attidentity <> '',
          'label', (select enumlabel from pg_enum e where e.enumtypid = a.atttypid order by enumsortorder limit 1)))
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
      'parents', coalesce((select json_agg(json_build_object(
          'column', (select attname from pg_attribute a where a.attrelid = c.oid and a.attnum = k.conkey[2]),
          'table', k.confrelid::regclass::text,
          'parentColumn', (select attname from pg_attribute a where a.attrelid = k.confrelid and a.attnum = k.confkey[2])))
        from pg_constraint k where k.conrelid = c.oid and k.contype = 'f'), '[]'),
      'primaryKey', (select json_agg(a.attname) from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
        where i.indrelid = c.oid and i.indisprimary)) as table
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by c.relname`)
  const waiting = new Map(rows.map(({ table }) => [table.name, table]))
  const sorted: CatalogueTable[] = []
  while (waiting.size > 0) {
    const next = [...waiting.values()].find((table) => table.parents.every((parent) => !waiting.has(parent.table)))
    if (!next) throw new Error(`These tables refer to each other in a circle: ${[...waiting.keys()].join(', ')}`)
    waiting.delete(next.name)
    sorted.push(next)
  }
  return sorted
}

/** A value that a column of this type takes; `seed` tells rows apart. */
export function valueFor(column: CatalogueColumn, seed: number): unknown {
  if (column.label !== null) return column.label
  if (column.type === 'text') return `text ${seed}`
  if (column.type === 'integer' || column.type === 'bigint') return seed
  if (column.type === 'jsonb') return '{}'
  if (column.type === 'boolean') return true
  if (column.type === 'bytea') return Buffer.of(seed)
  if (column.type === 'text[]') return []
  if (column.type.startsWith('timestamp')) return new Date(seed)
  if (column.type === 'uuid') return `00000000-0000-7000-8000-${String(seed).padStart(12, '0')}`
  throw new Error(`Say here what a value of type ${column.type} looks like (column ${column.name}).`)
}
