/** Column types and the columns that every table has. */
import { customType, integer, timestamp } from 'drizzle-orm/pg-core'

/** A date and time on the wall clock, without a zone: `2026-05-04T14:30`. */
export const localDateTime = customType<{ data: string; driverData: string | Date }>({
  dataType: () => 'timestamp',
  toDriver: (value) => value.replace('T', ' '),
  fromDriver: (value) => (typeof value === 'string' ? value : value.toISOString()).replace(' ', 'T').slice(0, 16),
})

export const identity = () => integer('id').primaryKey().generatedAlwaysAsIdentity()

export const timestamps = {
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp('updated_at', { withTimezone: true })
    .notNull()
    .defaultNow()
    .$onUpdate(() => new Date()),
}
