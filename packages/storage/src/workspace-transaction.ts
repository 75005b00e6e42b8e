/** What every store works with: one transaction, bound to one workspace. */
import { type SQL, sql } from 'drizzle-orm'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'

export interface WorkspaceTransaction {
  readonly db: NodePgDatabase
  readonly orgId: string
  /** The time to write into rows: the caller's clock, else the database's, which all machines share. */
  readonly now: () => Date | SQL
}

export const databaseClock = (): SQL => sql`clock_timestamp()`

export const iso = (moment: Date): string => moment.toISOString()
export const isoOrNull = (moment: Date | null): string | null => moment?.toISOString() ?? null
