/** Everything the environment decides, read and checked once. `.env.example` describes each value. */
import { z } from 'zod'

const Environment = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  HOST: z.string().default('0.0.0.0'),
  DATABASE_URL: z.string().optional(),
  DATA_DIR: z.string().default('./data'),
  DEMO_DATA: z.stringbool().optional(),
})

const environment = Environment.parse(process.env)

export const config = {
  port: environment.PORT,
  host: environment.HOST,
  /** Postgres when set; otherwise PGlite keeps its files in `dataDir`. */
  databaseUrl: environment.DATABASE_URL || undefined,
  dataDir: environment.DATA_DIR,
  /** Fill an empty database with example records. On for the built-in database, off for Postgres. */
  hasDemoData: environment.DEMO_DATA ?? !environment.DATABASE_URL,
}
