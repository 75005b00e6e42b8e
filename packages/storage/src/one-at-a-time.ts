/** A connection as a transaction may use it: one statement at a time, and none after the end. */
import type pg from 'pg'

export interface TransactionClient {
  /** What the transaction's work gets. */
  readonly client: pg.PoolClient
  /** Refuses every later statement and waits for those under way. */
  end(): Promise<void>
}

/**
 * Work that goes on after its transaction (a forgotten `await`, the rest of a failed `Promise.all`) would otherwise speak on a
 * connection that by then belongs to the transaction of another workspace.
 */
export function oneAtATime(client: pg.PoolClient): TransactionClient {
  let last: Promise<unknown> = Promise.resolve()
  let isOver = false
  const query = (...args: Parameters<pg.PoolClient['query']>): Promise<unknown> => {
    if (isOver) return Promise.reject(new Error('The transaction is over: a statement came after it. Await everything inside inWorkspace.'))
    const next = last.then(() => client.query(...args))
    last = next.catch(() => undefined) // whoever asked hears of it; the next statement does not depend on it
    return next
  }
  return {
    // The query builder calls nothing but `query` on a connection.
    client: { query } as unknown as pg.PoolClient,
    async end() {
      isOver = true
      await last
    },
  }
}
