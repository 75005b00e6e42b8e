/** Numbers for dashboards. */
import { type AnyColumn, count, type SQL, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { Database } from '../db/client'
import { today } from './clock'

export const DUE_SHOWN = 6
const WEEKS = 12
const WEEK_MS = 7 * 86_400_000

export async function countRows(db: Database, table: PgTable, where?: SQL): Promise<number> {
  const [row] = await db.select({ total: count() }).from(table).where(where)
  return row?.total ?? 0
}

/** How many rows have each value of a column. */
export async function countBy(db: Database, column: AnyColumn, where?: SQL): Promise<Record<string, number>> {
  const value = sql<string | null>`${column}`
  const rows = await db.select({ value, total: count() }).from(column.table).where(where).groupBy(value)
  return Object.fromEntries(rows.map((row) => [row.value ?? '', row.total]))
}

export const sumOf = (column: AnyColumn) => sql<number>`coalesce(sum(${column}), 0)`.mapWith(Number)

export const isFromToday = (column: AnyColumn) => sql`${column} >= ${today()}`

/** Twelve weeks up to this one, each named by its Monday; counts rows unless `value` says otherwise. */
export async function perWeek(
  db: Database,
  column: AnyColumn,
  value: SQL<number> = sql<number>`count(*)`.mapWith(Number),
  where?: SQL,
) {
  const week = sql<string>`to_char(date_trunc('week', ${column}), 'YYYY-MM-DD')`
  const rows = await db.select({ week, value }).from(column.table).where(where).groupBy(sql`1`)
  const values = new Map(rows.map((row) => [row.week, row.value]))
  const monday = new Date()
  monday.setUTCDate(monday.getUTCDate() - ((monday.getUTCDay() + 6) % 7))
  return Array.from({ length: WEEKS }, (_, index) => {
    const day = new Date(monday.getTime() - (WEEKS - 1 - index) * WEEK_MS).toISOString().slice(0, 10)
    return { week: day, value: values.get(day) ?? 0 }
  })
}
