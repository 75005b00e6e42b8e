/** Shares one server among the processes that use its folder: the last one out stops it. */
import { setTimeout as pause } from 'node:timers/promises'
import { failure } from '@slipway/domain'
import pg from 'pg'
import { isRunning } from './server-note.ts'
import type { RunningPostgres } from './start-postgres.ts'

const DATABASE = 'slipway'
/** Held in common by all who use the server; who gets it alone is the last. It goes with a killed process's connection. */
const USERS_LOCK = 2_026_111_802
const DATABASE_EXISTS = /^(42P04|23505)$/
const PASSWORD_WRONG = '28P01'
const STOP_TIMEOUT_MS = 20_000
const POLL_MS = 20

interface ServerLogin {
  readonly user: string
  readonly password: string
  readonly port: number
  /** Of the server's first process. */
  readonly pid: number
  readonly log: (line: object) => void
}

/** @returns undefined when the server goes away or is not ready: look again @throws STORE_UNREACHABLE when it refuses the password */
export async function joinServer({ user, password, port, pid, log }: ServerLogin): Promise<RunningPostgres | undefined> {
  let isStopping = false
  const connect = async () => {
    const client = new pg.Client({ host: '127.0.0.1', port, user, password, database: 'postgres', application_name: 'slipway-user' })
    client.on('error', (error) => {
      if (!isStopping) log({ level: 'warn', at: 'postgres', message: 'the server closed a connection', error: error.message })
    })
    await client.connect()
    return client
  }
  let client: pg.Client
  try {
    client = await connect()
    await client.query('select pg_advisory_lock_shared($1)', [USERS_LOCK])
    await ensureDatabase(client)
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === PASSWORD_WRONG) {
      const reason = `the file "password" in its folder is not the one it was made with; restore that file`
      throw failure('STORE_UNREACHABLE', { what: 'The built-in database', reason }, error)
    }
    log({ level: 'info', at: 'postgres', message: 'the server is not ready', error: String(error) })
    return undefined
  }
  return {
    adminUrl: `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${DATABASE}`,

    async stop() {
      isStopping = true
      await client.end().catch(() => undefined) // our share of the lock goes with it
      let last: pg.Client
      let isLast: boolean
      try {
        last = await connect()
        isLast = await tryLock(last)
      } catch {
        return // it is gone or going
      }
      if (isLast) await endServer(pid)
      await last.end().catch(() => undefined)
    },
  }
}

async function tryLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ isMine: boolean }>('select pg_try_advisory_lock($1) as "isMine"', [USERS_LOCK])
  return rows[0]?.isMine === true
}

async function ensureDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE])
  if (rowCount) return
  await client.query(`create database ${DATABASE}`).catch((error: unknown) => {
    if (!(error instanceof pg.DatabaseError && DATABASE_EXISTS.test(error.code ?? ''))) throw error
  })
}

/** Fast shutdown, and an immediate one when that takes too long: the next start then recovers from the log. */
async function endServer(pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    process.kill(pid, signal)
    for (const deadline = Date.now() + STOP_TIMEOUT_MS; Date.now() < deadline; await pause(POLL_MS)) {
      if (!isRunning(pid)) return
    }
  }
}
