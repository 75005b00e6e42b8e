/** A driver: one HTTP attempt at one vendor, its failure a value. Retries, money and records are added around it. */
import type { AttemptEnd, Usage } from '@slipway/domain'
import type { ModelRequest, Reply, StreamPart } from '../model.ts'

export type FaultKind = Exclude<AttemptEnd, 'reply' | 'aborted'>

export interface AttemptFault {
  readonly kind: FaultKind
  readonly status: number | null
  readonly retryAfterMs: number | null
  readonly canRetry: boolean
  /** The vendor's words, shortened, without the key. */
  readonly message: string
}

/** `firstTokenMs` counts from the start of the attempt to the first part; null when none came. */
export type AttemptResult = { readonly firstTokenMs: number | null } & (
  | { readonly kind: 'reply'; readonly reply: Reply }
  | { readonly kind: 'fault'; readonly fault: AttemptFault; readonly usage: Usage }
  /** By the caller's signal. */
  | { readonly kind: 'aborted'; readonly usage: Usage }
)

export interface Driver {
  readonly provider: string
  readonly model: string
  readonly contextTokens: number | null
  /** Never throws for what the vendor or the network does. */
  attempt(request: ModelRequest, onPart: (part: StreamPart) => void): Promise<AttemptResult>
}

export interface Timeouts {
  /** Until the answer begins; models that think long say nothing for minutes. */
  readonly firstByteMs: number
  /** Between two pieces of an answer that has begun. */
  readonly stallMs: number
}

export const TIMEOUTS: Timeouts = { firstByteMs: 180_000, stallMs: 90_000 }

export type Fetch = typeof globalThis.fetch
