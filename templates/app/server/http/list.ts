/** The parts of a list request: search, filters, order and page, each as a piece of SQL. */
import { type AnyColumn, asc, count, desc, gte, inArray, lte, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '../db/client'

const PAGE_SIZE_MAX = 200

/** Rows in one exported file. */
export const EXPORT_MAX = 10_000

/** `?page=2&size=25&sort=-createdAt&q=…` */
export const ListQuery = z.object({
  q: z.string().trim().max(200).optional(),
  sort: z
    .string()
    .regex(/^-?\w+$/)
    .optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  size: z.coerce.number().int().min(1).max(PAGE_SIZE_MAX).default(25),
})

type Source = AnyColumn | SQL

/** Every word must occur in at least one of the columns, in any case. */
export function containsWords(q: string | undefined, columns: readonly Source[]): SQL[] {
  const words = q?.split(/\s+/).filter(Boolean) ?? []
  return words.map((word) => {
    const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`
    return or(...columns.map((column) => sql`${column} ilike ${pattern}`)) ?? sql`true`
  })
}

/** `?status=open&status=done`: any of the values. */
export const isOneOf = (column: AnyColumn, values: string[] | undefined) =>
  values?.length ? inArray(column, values) : undefined

/** `?customerId=3` */
export function refersTo(column: AnyColumn, values: string[] | undefined): SQL | undefined {
  const ids = values?.map(Number).filter(Number.isSafeInteger)
  return ids?.length ? inArray(column, ids) : undefined
}

/** `?isPaid=true` */
export const isTrueOrFalse = (column: AnyColumn, value: string | undefined) =>
  value === 'true' || value === 'false' ? sql`${column} is ${sql.raw(value)}` : undefined

/** `?dueFrom=2026-05-01&dueTo=2026-05-31`, both ends included. */
export function isBetween(column: AnyColumn, from: string | undefined, to: string | undefined): SQL[] {
  const isDay = (value: string | undefined) => value && /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$/.test(value)
  return [...(isDay(from) ? [gte(column, from)] : []), ...(isDay(to) ? [lte(column, to)] : [])]
}

/** Sorts a choice by its place in the life cycle and not by the alphabet. */
export function choiceOrder(column: AnyColumn, choices: readonly { readonly value: string }[]): SQL {
  const values = sql.join(
    choices.map(({ value }) => sql`${value}`),
    sql`, `,
  )
  return sql`array_position(array[${values}]::text[], ${column})`
}

/** @param sort a key of `sources`, with a minus for descending; unknown keys fall back to newest first */
export function orderOf(sort: string | undefined, sources: Readonly<Record<string, Source>>, id: AnyColumn): SQL[] {
  const source = sort && Object.hasOwn(sources, sort.replace('-', '')) ? sources[sort.replace('-', '')] : undefined
  if (!source) return [desc(id)]
  return sort?.startsWith('-') ? [sql`${source} desc nulls last`, desc(id)] : [sql`${source} asc nulls last`, asc(id)]
}

/** What a record is called: a column's value, or "Booking 12" where that is empty. */
export const nameOf = (noun: string, id: AnyColumn, source?: AnyColumn) =>
  source
    ? sql<string>`coalesce(nullif(${source}::text, ''), ${`${noun} `} || ${id}::text)`
    : sql<string>`${`${noun} `} || ${id}::text`

export async function countOf(db: Database, query: SQLWrapper): Promise<number> {
  const [row] = await db.select({ total: count() }).from(sql`${query} as found`)
  return row?.total ?? 0
}
