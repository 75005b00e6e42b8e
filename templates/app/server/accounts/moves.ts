/** Which steps of a life cycle somebody may take. */
import { and, eq, or, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { type Move, sourcesOf } from '../http/moves'
import { Refusal } from '../http/refusal'
import { reachOf } from './access'
import type { Account } from './session'

/**
 * The condition that a record must meet so that `account` may move it to `to`.
 * @param updaters who may change such records: they may take the steps that name no roles
 * @throws Refusal 409 when no step leads there; 401 or 403 when none of those that do is for this account
 */
export function allowedMoves<Value extends string>(
  account: Account | null,
  moves: readonly Move<Value>[],
  to: Value,
  updaters: readonly string[],
  column: PgColumn,
  owner: PgColumn,
): SQL | undefined {
  sourcesOf(moves, to)
  const conditions = moves
    .filter((move) => move.to === to)
    .flatMap((move) => {
      const reach = reachOf(account, move.roles ?? updaters)
      if (reach === 'none') return []
      return [and(eq(column, move.from), reach === 'own' && account ? eq(owner, account.id) : undefined)]
    })
  if (conditions.length > 0) return or(...conditions)
  throw account ? new Refusal(403, 'Your role may not take this step.') : new Refusal(401, 'Please sign in first.')
}
