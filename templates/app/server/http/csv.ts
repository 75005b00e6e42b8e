/** Rows as a CSV file that opens well in a spreadsheet. */
import type { Context } from 'hono'

type Cell = string | number | boolean | Date | null | undefined

/** Quotes what needs it, and keeps a spreadsheet from running text that begins like a formula. */
function cell(value: Cell): string {
  if (value == null) return ''
  if (typeof value === 'number') return String(value)
  const text = value instanceof Date ? value.toISOString() : String(value)
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** @param columns heading and value of each column, in order */
export function csvFile<Row>(
  c: Context,
  name: string,
  rows: readonly Row[],
  columns: readonly [string, (row: Row) => Cell][],
) {
  const lines = [
    columns.map(([heading]) => cell(heading)),
    ...rows.map((row) => columns.map(([, value]) => cell(value(row)))),
  ]
  return c.body(`\uFEFF${lines.map((line) => line.join(',')).join('\r\n')}\r\n`, 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${name}.csv"`,
  })
}
