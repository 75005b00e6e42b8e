/** Hears from the database, over one connection that comes back by itself, that a workspace has new events. */
import pg from 'pg'
import { EVENTS_CHANNEL } from './events.ts'

const RETRY_MS_MIN = 100
const RETRY_MS_MAX = 5_000

export interface Ear {
  /** Connects with the first listener. */
  add(listener: (orgId: string) => void): () => void
  close(): Promise<void>
}

/**
 * Notifications of a time without connection are lost, so after every connect all listeners are called for every workspace in
 * `known`: whoever waits for one has read from it before.
 */
export function createEar(deps: { url: string; known: ReadonlySet<string>; log: (line: object) => void }): Ear {
  const listeners = new Set<(orgId: string) => void>()
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let retryMs = RETRY_MS_MIN
  let isWanted = false

  const tell = (orgId: string) => {
    for (const listener of [...listeners]) {
      try {
        listener(orgId)
      } catch (error) {
        deps.log({ level: 'error', at: 'storage.listen', message: 'a listener threw', error: String(error) })
      }
    }
  }

  const lost = (from: pg.Client, error?: unknown) => {
    if (client !== from) return
    client = undefined
    from.end().catch(() => undefined) // it is broken already; only its socket must not stay
    if (!isWanted) return
    deps.log({ level: 'warn', at: 'storage.listen', message: 'connection lost, trying again', error: String(error ?? 'ended'), retryMs })
    timer = setTimeout(connect, retryMs)
    retryMs = Math.min(retryMs * 2, RETRY_MS_MAX)
  }

  const connect = () => {
    timer = undefined
    const next = new pg.Client({ connectionString: deps.url, keepAlive: true, application_name: 'slipway-listen' })
    client = next
    next.on('error', (error) => lost(next, error))
    next.on('end', () => lost(next))
    next.on('notification', ({ payload }) => payload && tell(payload))
    next
      .connect()
      .then(() => next.query(`listen ${EVENTS_CHANNEL}`))
      .then(() => {
        retryMs = RETRY_MS_MIN
        for (const orgId of deps.known) tell(orgId)
      })
      .catch((error: unknown) => lost(next, error))
  }

  return {
    add(listener) {
      // A wrapper, so that the same function may be added twice and removed once.
      const own = (orgId: string) => listener(orgId)
      listeners.add(own)
      if (!isWanted) {
        isWanted = true
        connect()
      }
      return () => void listeners.delete(own)
    },

    async close() {
      isWanted = false
      listeners.clear()
      clearTimeout(timer)
      const last = client
      client = undefined
      await last?.end().catch(() => undefined) // closing what is broken is closed
    },
  }
}
