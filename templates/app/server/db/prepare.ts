/** The database as the app needs it: opened, migrated, and filled with example records where wanted. */
import { config } from '../config'
import { seedWhenEmpty } from '../seed'
import { type OpenDatabase, openDatabase } from './client'

export async function prepareDatabase(): Promise<OpenDatabase> {
  const database = await openDatabase(config.databaseUrl ?? config.dataDir)
  if (config.hasDemoData) await seedWhenEmpty(database.db)
  return database
}
