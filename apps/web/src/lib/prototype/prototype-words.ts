/** What the states of a prototype are called, and where its streams are. */
import { PROTOTYPE_STREAMS, type PrototypeSession, type PrototypeSessionStatus } from '@slipway/domain'
import type { Tone } from '../words.ts'

export const PROTOTYPE_WORDS: Record<PrototypeSessionStatus, { tone: Tone; text: string }> = {
  pending: { tone: 'run', text: 'Waits for its turn' },
  generating: { tone: 'run', text: 'Being compiled' },
  ready: { tone: 'pass', text: 'Ready' },
  error: { tone: 'fail', text: 'Stopped' },
}

export const OUTCOME_WORDS = { approximated: 'nearly', rasterised: 'as a picture', dropped: 'left out' } as const

/** Changes with the code, so that a frame that shows it loads anew. */
export const livePath = ({ id, revision }: PrototypeSession): string => `${PROTOTYPE_STREAMS.live.path}?of=${id}-${revision}`
export const PROTOTYPE_ZIP = PROTOTYPE_STREAMS.download.path
