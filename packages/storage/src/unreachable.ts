/** Turns what the database driver throws when the server is away into a failure people can read. */
import { failure } from '@slipway/domain'

/** SQLSTATE classes and codes that say "not now": connection, shutdown, too many connections, wrong role or password. */
const AWAY = /^(08...|57P0[1-5]|53300|28000|28P01|3D000)$/
const AWAY_OF_NODE = /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH)$/
const AWAY_OF_PG = /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable/
const BAD_ID = /^invalid input syntax for type uuid: "(.*)"$/s

/** The error and what it was caused by, outermost first. */
function* causesOf(error: unknown): Generator<{ code?: unknown; message: string }> {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    yield cause
    if (cause instanceof AggregateError) yield* cause.errors.flatMap((inner) => [...causesOf(inner)])
  }
}

/**
 * What to throw instead of `error`: STORE_UNREACHABLE when the server did not answer, NOT_FOUND for an id that is no uuid
 * (it names nothing, like any other id that is not there), else the error itself.
 */
export function readable(error: unknown): unknown {
  for (const cause of causesOf(error)) {
    const code = typeof cause.code === 'string' ? cause.code : ''
    const badId = code === '22P02' ? BAD_ID.exec(cause.message)?.[1] : undefined
    if (badId !== undefined) return failure('NOT_FOUND', { thing: 'record', id: badId }, error)
    if (AWAY.test(code) || AWAY_OF_NODE.test(code) || AWAY_OF_PG.test(cause.message)) {
      return failure('STORE_UNREACHABLE', { what: 'The database', reason: cause.message || code }, error)
    }
  }
  return error
}
