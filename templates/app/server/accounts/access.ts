/** Who may do what: the rules of each kind of record are in `server/access.ts`, this is how they are applied. */
import { eq, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { isAdmin } from '../../model/roles'
import { Refusal } from '../http/refusal'
import type { Account } from './session'

/** Role names, or `everyone`, `signedIn`, `owner` (whoever made the record). */
export interface AccessRules {
  readonly read: readonly string[]
  readonly create: readonly string[]
  readonly update: readonly string[]
  readonly delete: readonly string[]
}

export type Reach = 'all' | 'own' | 'none'

export function reachOf(account: Account | null, who: readonly string[]): Reach {
  if (who.includes('everyone')) return 'all'
  if (!account) return 'none'
  if (isAdmin(account.role) || who.includes('signedIn') || who.includes(account.role)) return 'all'
  return who.includes('owner') ? 'own' : 'none'
}

/** @throws Refusal 401 for a visitor who could sign in, 403 for somebody whose role does not allow it */
export function requireReach(account: Account | null, who: readonly string[]): 'all' | 'own' {
  const reach = reachOf(account, who)
  if (reach !== 'none') return reach
  throw account ? new Refusal(403, 'Your role does not allow this.') : new Refusal(401, 'Please sign in first.')
}

/** The condition that keeps somebody to the records that are theirs, where the rules say so. */
export function within(account: Account | null, who: readonly string[], owner: PgColumn): SQL | undefined {
  return requireReach(account, who) === 'own' && account ? eq(owner, account.id) : undefined
}

/** Like `within`, for an answer that leaves out what somebody may not read. */
export function readable(
  account: Account | null,
  who: readonly string[],
  owner: PgColumn,
): SQL | undefined | 'nothing' {
  return reachOf(account, who) === 'none' ? 'nothing' : within(account, who, owner)
}

export function requireAdmin(account: Account | null) {
  if (!account || !isAdmin(account.role)) requireReach(account, [])
}
