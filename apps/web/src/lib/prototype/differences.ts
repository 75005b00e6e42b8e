/** Where the live page differs from its design, layer by layer. Pure. */
import type { DesignBox } from '@slipway/domain'

/** What the live page says of a layer; px from its corner. */
export type LiveBox = Pick<DesignBox, 'id' | 'x' | 'y' | 'width' | 'height'>

export interface Difference {
  readonly id: string
  readonly name: string
  readonly design: DesignBox
  /** Undefined when the page has no such layer. */
  readonly live: LiveBox | undefined
  /** The largest of the four, in px. */
  readonly off: number
  readonly words: string
}

export interface Comparison {
  /** How many layers of the design the page shows by themselves. */
  readonly compared: number
  readonly within: number
  /** Beyond the tolerance, the largest first. */
  readonly differences: readonly Difference[]
}

/** What an eye does not see; the measure that designs are compared by. */
export const TOLERANCE_PX = 2

/** A layer that the page does not show by itself (its inside became one picture) is not counted. */
export function compareBoxes(design: readonly DesignBox[], live: readonly LiveBox[]): Comparison {
  const byId = new Map(live.map((box) => [box.id, box]))
  const pairs = design.flatMap((box) => {
    const found = byId.get(box.id)
    return found ? [{ box, found, moves: movesOf(box, found) }] : []
  })
  const differences = pairs
    .map(({ box, found, moves }): Difference => {
      const off = Math.max(...moves.map(([px]) => Math.abs(px)))
      return { id: box.id, name: box.name, design: box, live: found, off, words: wordsOf(moves) }
    })
    .filter(({ off }) => off > TOLERANCE_PX)
    .sort((a, b) => b.off - a.off)
  return { compared: pairs.length, within: pairs.length - differences.length, differences }
}

type Move = readonly [px: number, more: string, less: string]

const movesOf = (design: DesignBox, live: LiveBox): Move[] => [
  [live.x - design.x, 'to the right', 'to the left'],
  [live.y - design.y, 'lower', 'higher'],
  [live.width - design.width, 'wider', 'narrower'],
  [live.height - design.height, 'taller', 'shorter'],
]

const wordsOf = (moves: readonly Move[]): string =>
  moves
    .filter(([px]) => Math.abs(px) > TOLERANCE_PX)
    .map(([px, more, less]) => `${Math.round(Math.abs(px))} px ${px > 0 ? more : less}`)
    .join(', ')

/** A message of the page in the frame, which anybody could have written. Undefined when it is none of ours. */
export function readLiveMessage(data: unknown): { boxes: LiveBox[]; width: number; height: number } | undefined {
  const { from, boxes, width, height } = (data ?? {}) as Record<string, unknown>
  if (from !== 'slipway-prototype' || !Array.isArray(boxes)) return undefined
  const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
  const read = boxes.slice(0, 10_000).flatMap((value: unknown) => {
    const { id, x, y, width, height } = (value ?? {}) as Record<string, unknown>
    return typeof id === 'string' && isNumber(x) && isNumber(y) && isNumber(width) && isNumber(height) ? [{ id, x, y, width, height }] : []
  })
  return { boxes: read, width: isNumber(width) ? width : 0, height: isNumber(height) ? height : 0 }
}
