/** A real database in memory for the tests, emptied for each file that asks. */
import { sql } from 'drizzle-orm'
import { type Database, type OpenDatabase, openDatabase } from '../server/db/client'

let opened: Promise<OpenDatabase> | undefined

export async function emptyDatabase(): Promise<Database> {
  opened ??= openDatabase('memory://')
  const { db } = await opened
  await db.execute(sql`
    do $$ declare tables text;
    begin
      select string_agg(format('%I', tablename), ', ') into tables from pg_tables where schemaname = 'public';
      execute 'truncate ' || tables || ' restart identity cascade';
    end $$
  `)
  return db
}
