/** Who is alive: a worker holds a lock of the database under its id for as long as it lives, so that others can tell that it died. */
import { failure } from '@slipway/domain'
import pg from 'pg'

export interface WorkerLock {
  /** Runs `work` with the lock of another worker, which nobody holds who lives; else does nothing. */
  asHeirOf(workerId: string, work: () => Promise<void>): Promise<void>
  release(): Promise<void>
}

/** Longer than an heir holds the lock of the dead. */
const WAIT_MS = 15_000
const RECONNECT_MS = 1_000
/** @see https://www.postgresql.org/docs/18/errcodes-appendix.html */
const LOCK_NOT_AVAILABLE = '55P03'

const KEY = `hashtextextended('slipway worker ' || $1, 0)`

/**
 * Waits for an heir that is at work, so that nothing is taken up twice. A lost connection is made again: until then this worker
 * passes for dead, and what it runs may be taken over, which steps bear.
 * @throws CONFIG_INVALID when a living worker has this id
 */
export async function holdWorkerLock(deps: {
  databaseUrl: string
  workerId: string
  /** How long an heir may take, and how long a lost connection waits before it is made again. */
  waitMs?: number
  reconnectMs?: number
  log: (line: object) => void
}): Promise<WorkerLock> {
  const { databaseUrl, workerId, waitMs = WAIT_MS, reconnectMs = RECONNECT_MS, log } = deps
  let isReleased = false

  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: databaseUrl })
    client.on('error', (error) => log({ level: 'error', at: 'worker-lock', message: error.message }))
    await client.connect()
    try {
      await client.query(`set lock_timeout = ${waitMs}`)
      await client.query(`select pg_advisory_lock(${KEY})`, [workerId])
    } catch (error) {
      await client.end()
      if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw error
      throw failure('CONFIG_INVALID', { faults: [`SLIPWAY_WORKER_ID: a worker called "${workerId}" is running already`] }, error)
    }
    client.once('end', reconnectLater)
    return client
  }

  const reconnectLater = () => {
    if (isReleased) return
    setTimeout(async () => {
      const next = await connect().catch(() => undefined)
      if (!next) reconnectLater()
      else if (isReleased) await next.end()
      else client = next
    }, reconnectMs).unref()
  }

  let client = await connect()

  return {
    async asHeirOf(dead, work) {
      const { rows } = await client.query<{ taken: boolean }>(`select pg_try_advisory_lock(${KEY}) as taken`, [dead])
      if (!rows[0]?.taken) return
      try {
        await work()
      } finally {
        await client.query(`select pg_advisory_unlock(${KEY})`, [dead])
      }
    },
    async release() {
      isReleased = true
      await client.end()
    },
  }
}
