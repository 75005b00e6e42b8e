/** Starts the built-in PostgreSQL in a folder, or joins the one that already runs there. */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, realpath, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { failure } from '@slipway/domain'
import { readOrCreate } from '../read-or-create.ts'
import { createCluster } from './create-cluster.ts'
import { joinServer } from './join-server.ts'
import { type ServerAccount, serverAccount } from './server-account.ts'
import { findServerBinaries } from './server-binaries.ts'
import { disownNote, readServerNote, whoIs } from './server-note.ts'

export interface StartPostgresOptions {
  /** Kept between starts: `data/`, `password` (mode 0600), `postgres.log`. */
  readonly folder: string
  readonly log?: (line: object) => void
  /** A free one when left out; one that a running server of this folder already has stays. */
  readonly port?: number
  /** Server settings by name, such as `{ fsync: 'off' }`. */
  readonly settings?: Readonly<Record<string, string>>
}

export interface RunningPostgres {
  /** The superuser's login to the database `slipway`. */
  readonly adminUrl: string
  /** Stops the server, unless another process still uses it. */
  stop(): Promise<void>
}

const USER = 'slipway_admin'
/** Recovery after a power cut may take its time. */
const START_TIMEOUT_MS = 120_000
const POLL_MS = 20
const PAUSE_MS_MAX = 500
/** A found port may be taken the next moment, and another process may start the same server: once is not enough to give up. */
const FAILURES_MAX = 5
const ORPHANS_AT_WORK = /pre-existing shared memory block[\s\S]{0,400}$/
const LOG_BYTES_MAX = 8 * 1024 * 1024
const LOG_END_BYTES = 2_000

/**
 * Listens on 127.0.0.1 only. Several processes may start on one folder: they share a server, and the last to stop stops it.
 * What a killed process left is used or cleared away: a server that still runs, the note of a dead one, a half-made data folder.
 * @throws STORE_UNREACHABLE with the end of the server's own log
 */
export async function startPostgres(options: StartPostgresOptions): Promise<RunningPostgres> {
  const log = options.log ?? (() => undefined)
  await mkdir(options.folder, { recursive: true, mode: 0o711 })
  // One name per folder, whichever link leads to it: servers are told apart by it.
  const folder = await realpath(options.folder)
  const data = join(folder, 'data')
  const password = (await readOrCreate(join(folder, 'password'), () => `${randomBytes(24).toString('base64url')}\n`)).trim()
  const { initdb, postgres } = findServerBinaries()
  const account = await serverAccount(data, [initdb, postgres])
  if (!(await isThere(join(data, 'PG_VERSION')))) {
    log({ level: 'info', at: 'postgres', message: 'making the database, once', folder })
    await createCluster({ folder, data, user: USER, password, initdb, account, isSynced: options.settings?.fsync !== 'off' })
  }

  const give = async (reason: string) => {
    const what = 'The built-in database'
    return failure('STORE_UNREACHABLE', {
      what,
      reason: `${reason}. Its log, ${join(folder, 'postgres.log')}, ends:\n${await logEnd(folder)}`,
    })
  }
  const deadline = Date.now() + START_TIMEOUT_MS
  let child: ChildProcess | undefined
  let failures = 0
  for (let pauseMs = POLL_MS; Date.now() < deadline; await pause(pauseMs)) {
    const note = await readServerNote(data)
    if (child && !hasEnded(child) && note?.pid !== child.pid) continue
    const who = note ? await whoIs(note.pid, data) : 'gone'
    if (note && who === 'server') {
      const joined = note.isReady && note.port ? await joinServer({ user: USER, password, port: note.port, pid: note.pid, log }) : undefined
      if (joined) return joined
      continue
    }
    if (child && hasEnded(child)) {
      // Children of a killed server may still finish their statements; they end by themselves, and only then the data is free.
      if (!ORPHANS_AT_WORK.test(await logEnd(folder))) failures++
      if (failures >= FAILURES_MAX) throw await give('it ended as soon as it was started')
      pauseMs = Math.min(pauseMs * 2, PAUSE_MS_MAX)
    }
    if (who === 'other') await disownNote(data)
    child = await launch({ postgres, data, folder, account, port: options.port ?? (await freePort()), settings: options.settings ?? {} })
  }
  throw await give(`it was not ready within ${START_TIMEOUT_MS / 1_000} s`)
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null

async function launch(server: {
  postgres: string
  data: string
  folder: string
  account: ServerAccount
  port: number
  settings: Readonly<Record<string, string>>
}): Promise<ChildProcess> {
  const settings = {
    port: String(server.port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...server.settings,
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const { command, args, options } = server.account.run(server.postgres, ['-D', server.data, ...flags])
  const path = join(server.folder, 'postgres.log')
  const size = (await stat(path).catch(() => undefined))?.size ?? 0
  // A file and not a pipe: the server may outlive this process.
  const file = await open(path, size > LOG_BYTES_MAX ? 'w' : 'a', 0o600)
  try {
    const child = spawn(command, args, {
      ...options,
      cwd: '/',
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', file.fd, file.fd],
      // A group of its own: Ctrl-C in the terminal is for us, and we stop it when nobody needs it any more.
      detached: true,
    })
    await new Promise<void>((started, failed) => child.once('spawn', started).once('error', failed))
    child.unref()
    return child
  } finally {
    await file.close()
  }
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer().once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => found(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

async function logEnd(folder: string): Promise<string> {
  const text = await readFile(join(folder, 'postgres.log'), 'utf8').catch(() => '')
  return text.slice(-LOG_END_BYTES).trim()
}

const isThere = async (path: string) => (await stat(path).catch(() => undefined)) !== undefined
