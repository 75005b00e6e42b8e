/** Phase 4, pure geometry: boxes that do not overlap → rows of columns of rows, by cutting along the gaps between them. */
import type { Rect } from '../normalise/layer.ts'

/** Px by which two boxes may overlap and still stand beside each other: boxes of a design are rounded. */
const TOUCH = 0.5
/** Rows in columns in rows that nobody reads. */
const DEPTH_MAX = 4

export interface Cut {
  readonly mode: 'row' | 'column'
  /** In the order of reading; a number is the index of a box. */
  readonly parts: readonly (Cut | number)[]
}

/** A part, or the boxes that no straight cut separates. */
export type Cutting = { readonly part: Cut | number } | { readonly stuck: readonly number[] }

export const overlaps = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width - TOUCH && b.x < a.x + a.width - TOUCH && a.y < b.y + b.height - TOUCH && b.y < a.y + a.height - TOUCH

export const contains = (outer: Rect, inner: Rect): boolean =>
  inner.x >= outer.x - TOUCH &&
  inner.y >= outer.y - TOUCH &&
  inner.x + inner.width <= outer.x + outer.width + TOUCH &&
  inner.y + inner.height <= outer.y + outer.height + TOUCH

export function unionOf(boxes: readonly Rect[]): Rect {
  let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const box of boxes) {
    left = Math.min(left, box.x)
    top = Math.min(top, box.y)
    right = Math.max(right, box.x + box.width)
    bottom = Math.max(bottom, box.y + box.height)
  }
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/** Groups of boxes with a gap, or at least no overlap, between each and the next along one axis. */
function bandsOf(boxes: readonly Rect[], indices: readonly number[], at: 'x' | 'y', size: 'width' | 'height'): number[][] {
  const startOf = (index: number) => (boxes[index] as Rect)[at]
  const sorted = indices.toSorted((a, b) => startOf(a) - startOf(b) || a - b)
  const bands: number[][] = []
  let reach = Number.NEGATIVE_INFINITY
  for (const index of sorted) {
    if (startOf(index) >= reach - TOUCH || bands.length === 0) bands.push([index])
    else bands.at(-1)?.push(index)
    reach = Math.max(reach, startOf(index) + (boxes[index] as Rect)[size])
  }
  return bands
}

/** Cuts the boxes of the given indices, first across, as pages are read, then down. */
export function cutBoxes(boxes: readonly Rect[], indices: readonly number[], depth = 0): Cutting {
  const [only] = indices
  if (indices.length === 1 && only !== undefined) return { part: only }
  if (depth >= DEPTH_MAX) return { stuck: indices }
  let mode: Cut['mode'] = 'column'
  let bands = bandsOf(boxes, indices, 'y', 'height')
  if (bands.length < 2) {
    mode = 'row'
    bands = bandsOf(boxes, indices, 'x', 'width')
  }
  if (bands.length < 2) return { stuck: indices }
  const parts: (Cut | number)[] = []
  for (const band of bands) {
    const cutting = cutBoxes(boxes, band, depth + 1)
    if ('stuck' in cutting) return cutting
    parts.push(cutting.part)
  }
  return { part: { mode, parts } }
}

/** The boxes of a part, in the order of reading. */
export const indicesOf = (part: Cut | number): readonly number[] => (typeof part === 'number' ? [part] : part.parts.flatMap(indicesOf))
