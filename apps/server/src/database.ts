/** The database of this installation: the built-in one, or the one that was named, brought up to date. */
import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import { migrate, startPostgres } from '@slipway/storage'

export interface Database {
  /** The app's login. */
  readonly appUrl: string
  stop(): Promise<void>
}

const APP_ROLE = 'slipway_app'

/** A secret of this installation for one purpose: every server that shares the vault key derives the same. */
export const derivedSecret = (vaultKey: Uint8Array, purpose: string): string =>
  createHmac('sha256', vaultKey).update(`slipway ${purpose}`).digest('base64url')

export async function openDatabase(options: {
  databaseUrl: string | undefined
  dataFolder: string
  vaultKey: Uint8Array
  log: (line: object) => void
}): Promise<Database> {
  const builtIn = options.databaseUrl ? undefined : await startPostgres({ folder: join(options.dataFolder, 'postgres'), log: options.log })
  const adminUrl = options.databaseUrl ?? (builtIn?.adminUrl as string)
  const appPassword = derivedSecret(options.vaultKey, 'database login')
  await migrate(adminUrl, { appRole: APP_ROLE, appPassword })
  const appUrl = new URL(adminUrl)
  appUrl.username = APP_ROLE
  appUrl.password = appPassword
  return { appUrl: appUrl.href, stop: async () => builtIn?.stop() }
}
