/** The storage room's door: the database behind narrow stores, objects by key, the vault, and the built-in PostgreSQL. */
export { type MigrateOptions, migrate } from './migrate.ts'
export { folderObjects } from './objects/folder.ts'
export { s3Objects } from './objects/s3.ts'
export { type RunningPostgres, type StartPostgresOptions, startPostgres } from './postgres/start-postgres.ts'
export { readOrCreate } from './read-or-create.ts'
export { createStorage, type StorageDeps } from './storage.ts'
export type * from './stores.ts'
export { createVault, loadVaultKey, type Vault } from './vault.ts'
