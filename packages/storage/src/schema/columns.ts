/** Columns that every table has: the workspace it belongs to, an id that sorts by time, and when it came to be. */
import { sql } from 'drizzle-orm'
import { customType, text, timestamp, uuid } from 'drizzle-orm/pg-core'

/** Filled by the database from the workspace of the transaction, and never by a statement. */
export const orgId = () => text('org_id').notNull().default(sql`nullif(current_setting('app.org_id', true), '')`)

export const id = () => uuid('id').notNull().default(sql`uuidv7()`)

export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** The wall clock and not the transaction's: rows of one transaction keep their order. */
export const createdAt = () => moment('created_at').notNull().default(sql`clock_timestamp()`)
export const updatedAt = () => moment('updated_at').notNull().default(sql`clock_timestamp()`)

export const bytes = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (value) => Buffer.from(value),
})
