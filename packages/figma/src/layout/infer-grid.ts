/** Phase 5: rows of equal columns → a grid. */
import { px, type Style } from '../element.ts'
import { type Cut, indicesOf, unionOf } from '../infer/cut.ts'
import type { GridLayout, Layer, Rect } from '../normalise/layer.ts'
import type { Flow, FlowChild, Frame } from './infer-flow.ts'
import { settleAbsolute } from './settle.ts'

const NEAR = 0.5
const ROWS_MIN = 2
const COLUMNS_MIN = 2

const isSame = (values: readonly number[]) => values.every((value) => Math.abs(value - (values[0] ?? 0)) <= NEAR)

/** The columns' left edges and widths, when every row has a box at each, but perhaps the last. */
function columnsOf(rows: readonly (readonly Rect[])[]): readonly { x: number; width: number }[] | undefined {
  const count = rows[0]?.length ?? 0
  if (rows.length < ROWS_MIN || count < COLUMNS_MIN) return undefined
  if (rows.some((row, index) => (index === rows.length - 1 ? row.length > count : row.length !== count))) return undefined
  const columns = Array.from({ length: count }, (_, column) => {
    const boxes = rows.flatMap((row) => row[column] ?? [])
    return { boxes, x: boxes[0]?.x ?? 0, width: Math.max(...boxes.map((box) => box.width)) }
  })
  return columns.every(({ boxes }) => isSame(boxes.map((box) => box.x))) ? columns : undefined
}

/** A grid of a column of rows whose boxes stand under each other at equal distances; only where everything keeps to the start. */
export function gridOf(
  cut: Cut,
  layers: readonly Layer[],
  frame: Frame,
  isWrapper: boolean,
): { readonly flow: Flow; readonly isSized: boolean } | undefined {
  if (cut.mode !== 'column' || cut.parts.some((part) => typeof part === 'number' || part.parts.some((each) => typeof each !== 'number')))
    return undefined
  const rows = cut.parts.map((part) => indicesOf(part).map((index) => layers[index] as Layer))
  const all = rows.flat()
  if (frame.isFluidX && all.some((layer) => layer.pinX !== 'start')) return undefined
  if (frame.isFluidY && all.some((layer) => layer.pinY !== 'start')) return undefined
  const boxes = rows.map((row) => row.map((layer) => layer.box))
  const columns = columnsOf(boxes)
  if (!columns || boxes.some((row) => !isSame(row.map((box) => box.y)))) return undefined
  const bands = boxes.map(unionOf)
  const columnGaps = columns.slice(1).map(({ x }, index) => x - (columns[index]?.x ?? 0) - (columns[index]?.width ?? 0))
  const rowGaps = bands.slice(1).map(({ y }, index) => y - (bands[index]?.y ?? 0) - (bands[index]?.height ?? 0))
  if (!isSame(columnGaps) || !isSame(rowGaps)) return undefined
  const [columnGap, rowGap] = [Math.max(0, columnGaps[0] ?? 0), Math.max(0, rowGaps[0] ?? 0)]
  const widths = columns.map(({ width }) => width)
  const area = unionOf(bands)
  const isEven = isSame(widths) && (isWrapper || !frame.isFluidX)
  const tracks = isEven ? `repeat(${widths.length}, minmax(0, 1fr))` : widths.map(px).join(' ')
  const right = isWrapper || !isEven ? 0 : Math.max(0, frame.box.x + frame.box.width - area.x - area.width)
  const inset = isWrapper ? { x: 0, y: 0 } : { x: area.x - frame.box.x, y: area.y - frame.box.y }
  const layout: GridLayout = {
    ...{ mode: 'grid', columns: tracks, rows: '', columnGap, rowGap, hasBorder: false, isReversed: false },
    padding: { left: inset.x, top: inset.y, right, bottom: 0 },
  }
  const children = all.map((layer): FlowChild => {
    const settled = settleAbsolute(layer)
    const style: Style = {
      ...(settled.x === 'hug' ? { 'justify-self': 'start' } : {}),
      ...(settled.y === 'hug' ? { 'align-self': 'start' } : {}),
    }
    return { layer, level: 'flow', settled, style }
  })
  return { flow: { layout, isStretched: true, isPlain: false, children }, isSized: isEven }
}

/** A column in which rows that make a grid together are one part. */
export function withGrids(cut: Cut, layers: readonly Layer[], frame: Frame): Cut {
  if (cut.mode !== 'column' || cut.parts.length <= ROWS_MIN) return cut
  const parts: (Cut | number)[] = []
  for (let start = 0; start < cut.parts.length; ) {
    let found: Cut | undefined
    for (let end = start + ROWS_MIN; end <= cut.parts.length; end++) {
      const rows: Cut = { mode: 'column', parts: cut.parts.slice(start, end) }
      if (!gridOf(rows, layers, frame, true)) break
      found = rows
    }
    parts.push(found ?? (cut.parts[start] as Cut | number))
    start += found?.parts.length ?? 1
  }
  return parts.length === cut.parts.length || parts.length === 1 ? cut : { mode: 'column', parts }
}
