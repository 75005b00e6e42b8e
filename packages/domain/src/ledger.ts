/** The ledger of model calls: what one may take from a cap, what it cost, and what came of it. A contract, and the pure decisions in it. */
import { failure, type SlipwayError } from './errors.ts'
import type { ModelRole } from './model-settings.ts'

/** Helped at the first try; helped at a later one; helped nobody. */
export const CHARGE_OUTCOMES = ['useful', 'retried', 'wasted'] as const
export type ChargeOutcome = (typeof CHARGE_OUTCOMES)[number]

/**
 * How one HTTP attempt ended. `cut`: the connection broke in the middle; `truncated`: the stream ended without the vendor saying
 * so; `stall`: nothing came for too long; `http`: the vendor answered with an error that may pass.
 */
export const ATTEMPT_RESULTS = [
  'reply',
  'aborted',
  'http',
  'cut',
  'truncated',
  'stall',
  'unreachable',
  'key-refused',
  'credit-empty',
  'request-refused',
] as const
export type AttemptEnd = (typeof ATTEMPT_RESULTS)[number]

/** Tokens as the vendor counts them. `inputTokens` includes what was read from and written to its cache. */
export interface Usage {
  readonly inputTokens: number
  readonly cachedTokens: number
  readonly cacheWriteTokens: number
  readonly outputTokens: number
  /** The vendor did not say (a cut, a stall): counted from characters. */
  readonly isEstimated: boolean
}

/** One HTTP attempt that is about to be made. */
export interface Reservation {
  /** The exchange it belongs to: `ModelRequest.key`. */
  readonly key: string
  readonly agent: string
  /** For whom the model was chosen; null where none is. */
  readonly role: ModelRole | null
  readonly provider: string
  readonly model: string
  /** The most it can take. */
  readonly tokensMax: number
  /** Micro-dollars; null when the price is unknown. */
  readonly microsMax: number | null
  /** The charge that this one is a second try of. */
  readonly retryOf: string | null
}

/** What became of an attempt. */
export interface Settlement {
  readonly usage: Usage
  /** Micro-dollars; null when the price is unknown. */
  readonly micros: number | null
  readonly firstTokenMs: number | null
  readonly durationMs: number
  readonly result: AttemptEnd
  readonly outcome: ChargeOutcome
}

/** What a run of models works for. A run is one go of a stage: what is recorded under its name is never paid twice. */
export interface RunScope {
  /** null: work for no project yet, such as a prototype; all of that counts together against the cap of a project. */
  readonly projectId: string | null
  /** null: work on the whole project. */
  readonly featureId: string | null
  /** Unique in its workspace, and the same again when the run goes on after a kill: the job's id, or the name of a step. */
  readonly runId: string
}

/** A row of the ledger. */
export interface Charge extends Reservation, Settlement {
  readonly id: string
}

/** A limit over everything that is spent under one run, feature or project; null: this unit is not limited. */
export interface Cap {
  readonly scope: 'run' | 'feature' | 'project'
  readonly micros: number | null
  readonly tokens: number | null
}

/** What counts against a cap: settled charges at their cost, open reservations at their most. */
export interface Spent {
  readonly micros: number
  readonly tokens: number
}

/**
 * The ledger of one run; an implementation knows its caps. Several lanes use one at the same time.
 * Must decide and write in one transaction, so that lanes cannot both take what is left.
 */
export interface Ledger {
  /**
   * Takes the most that an attempt can cost out of every cap. An open reservation of the same key was left by a process that
   * died: it is settled as `wasted` at its most first, because that call may have been made.
   * @returns the id of the charge, new for every attempt
   * @throws CAP_REACHED when it does not fit; PRICE_UNKNOWN when only money is capped and the price is unknown
   */
  reserve(reservation: Reservation): Promise<string>
  /** Replaces the reservation by what it was. Safe to repeat: the first one counts. */
  settle(chargeId: string, settlement: Settlement): Promise<void>
  /** A later verdict: an answer that had to be rejected was `wasted`. Safe to repeat. */
  judge(chargeId: string, outcome: ChargeOutcome): Promise<void>
}

/** Whether a reservation fits into a cap, given what counts against it. Implementations ask this inside their transaction. */
export function refusalOf(cap: Cap, spent: Spent, reservation: Reservation): SlipwayError | null {
  const { provider, model, microsMax, tokensMax } = reservation
  if (cap.micros !== null) {
    if (microsMax === null) {
      if (cap.tokens === null) return failure('PRICE_UNKNOWN', { provider, model })
    } else if (spent.micros + microsMax > cap.micros) {
      return failure('CAP_REACHED', { scope: cap.scope, unit: 'money', cap: cap.micros, spent: spent.micros, needed: microsMax })
    }
  }
  if (cap.tokens !== null && spent.tokens + tokensMax > cap.tokens) {
    return failure('CAP_REACHED', { scope: cap.scope, unit: 'tokens', cap: cap.tokens, spent: spent.tokens, needed: tokensMax })
  }
  return null
}

/** What a charge counts against a cap. Unknown costs count as no money: such calls are only made where tokens are capped. */
export const spentOf = (charge: Pick<Charge, 'usage' | 'micros'>): Spent => ({
  micros: charge.micros ?? 0,
  tokens: charge.usage.inputTokens + charge.usage.outputTokens,
})

/** The settlement of a reservation whose process died: it may have been made, so it is counted in full. */
export function abandoned(reservation: Reservation): Settlement {
  const usage = { inputTokens: reservation.tokensMax, cachedTokens: 0, cacheWriteTokens: 0, outputTokens: 0, isEstimated: true }
  return { usage, micros: reservation.microsMax, firstTokenMs: null, durationMs: 0, result: 'cut', outcome: 'wasted' }
}
