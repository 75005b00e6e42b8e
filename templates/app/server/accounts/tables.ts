/** Who may sign in, and who is signed in. */
import { index, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import { identity, timestamps } from '../db/columns'

export const accounts = pgTable('app_accounts', {
  id: identity(),
  name: text('name').notNull(),
  email: text('email').notNull().unique(),
  passwordHash: text('password_hash').notNull(),
  role: text('role').notNull(),
  ...timestamps,
})

/** `id` is the SHA-256 of the token in the cookie: a stolen copy of this table opens nothing. */
export const sessions = pgTable(
  'app_sessions',
  {
    id: text('id').primaryKey(),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  },
  (table) => [index('app_sessions_account_id').on(table.accountId)],
)
