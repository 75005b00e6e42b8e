/** What the states of a prototype are called, and where its streams are. */
import {
  PROTOTYPE_STREAMS,
  type PrototypeMeasures,
  type PrototypeRefinement,
  type PrototypeRemark,
  type PrototypeReport,
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

/** Of what was handed in, and is not there. */
export function sayGaps({ missingImages, remarks }: PrototypeReport): string {
  const shapes = remarks.filter(({ outcome }) => outcome === 'dropped').length
  const parts = [
    ...(missingImages ? [`${missingImages} ${missingImages === 1 ? 'picture' : 'pictures'}`] : []),
    ...(shapes ? [`${shapes} ${shapes === 1 ? 'layer' : 'layers'}`] : []),
  ]
  const isOne = missingImages + shapes === 1
  return parts.length ? `${parts.join(' and ')} of the design ${isOne ? 'is' : 'are'} missing in the live result.` : ''
}

/** Remarks that say the same of several layers, together; in the order in which they first come. */
export function groupRemarks(
  remarks: readonly PrototypeRemark[],
): { outcome: PrototypeRemark['outcome']; message: string; layers: PrototypeRemark[] }[] {
  const groups = Map.groupBy(remarks, ({ outcome, message }) => `${outcome} ${message}`)
  return [...groups.values()].flatMap((layers) => {
    const [first] = layers
    return first ? [{ outcome: first.outcome, message: first.message, layers }] : []
  })
}

const NAMES_SHOWN = 4

/** "Icon, Arrow, Logo, Mask and 5 more". */
export function sayLayers(layers: readonly PrototypeRemark[]): string {
  const names = layers.slice(0, NAMES_SHOWN).map(({ name }) => name.trim() || 'Layer')
  const rest = layers.length - names.length
  return `${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}
