/** Makes the data folder of the built-in PostgreSQL: whole, or not at all. */
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmod, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { failure } from '@slipway/domain'
import type { ServerAccount } from './server-account.ts'

const execute = promisify(execFile)

/** How long a making may take before what it has made so far counts as left behind by a killed one. */
const DRAFT_AGE_MS = 10 * 60_000
const DRAFT = 'data.draft-'

export interface ClusterPlace {
  readonly folder: string
  readonly data: string
  readonly user: string
  readonly password: string
  readonly initdb: string
  readonly account: ServerAccount
  /** Off where the data need not survive a power cut. */
  readonly isSynced: boolean
}

/** Of several who make it at once, one wins and the others use that. @throws STORE_UNREACHABLE with what initdb said */
export async function createCluster({ folder, data, user, password, initdb, account, isSynced }: ClusterPlace): Promise<void> {
  await clearDrafts(folder)
  const draft = join(folder, `${DRAFT}${randomUUID()}`)
  const passwordFile = join(folder, `${DRAFT}${randomUUID()}`)
  try {
    await mkdir(draft, { mode: 0o700 })
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
    await Promise.all([account.own(draft), account.own(passwordFile)])
    const { command, args, options } = account.run(initdb, [
      `--pgdata=${draft}`,
      `--username=${user}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      // The same order of text on every machine, whatever locales it has.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      ...(isSynced ? [] : ['--no-sync']),
    ])
    await execute(command, args, { ...options, cwd: '/', env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } })
    await chmod(draft, 0o700)
    await rename(draft, data).catch((error: unknown) => {
      const isThere = error instanceof Error && 'code' in error && /^(ENOTEMPTY|EEXIST|EPERM)$/.test(String(error.code))
      if (!isThere) throw error
    })
  } catch (cause) {
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : String(cause)
    throw failure(
      'STORE_UNREACHABLE',
      { what: 'The built-in database', reason: `its data folder ${data} could not be made: ${said}` },
      cause,
    )
  } finally {
    await Promise.all([draft, passwordFile].map((path) => rm(path, { recursive: true, force: true })))
  }
}

async function clearDrafts(folder: string): Promise<void> {
  const drafts = (await readdir(folder)).filter((name) => name.startsWith(DRAFT)).map((name) => join(folder, name))
  for (const draft of drafts) {
    const made = await stat(draft).catch(() => undefined)
    if (made && Date.now() - made.birthtimeMs > DRAFT_AGE_MS) await rm(draft, { recursive: true, force: true })
  }
}
