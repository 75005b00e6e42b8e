/** What the states of a prototype are called, and where its streams are. */
import {
  PROTOTYPE_STREAMS,
  type PrototypeMeasures,
  type PrototypeRefinement,
  type PrototypeSession,
  type PrototypeSessionStatus,
} from '@slipway/domain'
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

export const REFINEMENT_TONES: Record<PrototypeRefinement['state'], Tone> = {
  running: 'run',
  kept: 'pass',
  refused: 'need',
  failed: 'fail',
}

/** What became of asking a model for names. */
export function sayRefinement({ state, model, reason }: PrototypeRefinement): string {
  if (state === 'running') return `${model} proposes names; then both versions are measured`
  if (state === 'kept') return `Names by ${model}. Nothing measures worse`
  return state === 'refused' ? `Names by ${model} were refused. ${reason}` : `${model} could not help. ${reason}`
}

const percent = (share: number) => `${(share * 100).toFixed(2)} %`

/** Both versions, measure by measure. */
export function measureRows(before: PrototypeMeasures, after: PrototypeMeasures): { name: string; before: string; after: string }[] {
  const row = (name: string, say: (of: PrototypeMeasures) => string) => ({ name, before: say(before), after: say(after) })
  return [
    row('Layers within 2 px', ({ within2, nodes }) => `${within2} of ${nodes}`),
    row('In the box around them', ({ relative2, nodes }) => `${relative2} of ${nodes}`),
    row('Texts in the designed style', ({ textStyle, texts }) => `${textStyle} of ${texts}`),
    row('Too wide at 80 % of the width', ({ overflowPx }) => `${Math.round(overflowPx)} px`),
    row('Pixels that differ', ({ pixels }) => percent(pixels)),
    row('Broken accessibility rules', ({ broken }) =>
      broken.length ? broken.map(({ rule, places }) => `${rule} ×${places}`).join(', ') : 'none',
    ),
  ]
}
