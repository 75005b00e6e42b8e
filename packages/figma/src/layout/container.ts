/** Phase 5, containers: auto layout → flex and grid declarations. */
import { px, type Style } from '../element.ts'
import type { Align, FlexLayout, GridLayout, Layer, Sides } from '../normalise/layer.ts'
import type { Flow } from './infer-flow.ts'
import { borderOf, flowChildren, type SettledSize } from './settle.ts'

const FLEX: Readonly<Record<string, string>> = {
  start: 'flex-start',
  center: 'center',
  end: 'flex-end',
  baseline: 'baseline',
  'space-between': 'space-between',
}

/** If padding exceeds a fixed box, CSS grows and Figma does not: keep what moves the content. */
function clampPair(start: number, end: number, room: number, align: Align | 'baseline' | 'space-between'): readonly [number, number] {
  if (start + end <= room) return [start, end]
  if (align === 'center' || align === 'space-between')
    return [Math.max(0, Math.min(room, start - end)), Math.max(0, Math.min(room, end - start))]
  return align === 'end' ? [Math.max(0, room - end), Math.min(end, room)] : [Math.min(start, room), Math.max(0, room - start)]
}

function paddingOf(layer: Layer, layout: FlexLayout | GridLayout, settled: SettledSize): Sides {
  const { padding } = layout
  const border = borderOf(layer)
  const alignX = layout.mode === 'row' ? layout.justify : layout.mode === 'column' ? layout.align : 'start'
  const alignY = layout.mode === 'column' ? layout.justify : layout.mode === 'row' ? layout.align : 'start'
  const [left, right] =
    settled.x === 'hug'
      ? [padding.left, padding.right]
      : clampPair(padding.left, padding.right, Math.max(0, layer.width - border.left - border.right), alignX)
  const [top, bottom] =
    settled.y === 'hug'
      ? [padding.top, padding.bottom]
      : clampPair(padding.top, padding.bottom, Math.max(0, layer.height - border.top - border.bottom), alignY)
  return { top, right, bottom, left }
}

function paddingStyle({ top, right, bottom, left }: Sides): Style {
  const sides = Object.entries({ 'padding-top': top, 'padding-right': right, 'padding-bottom': bottom, 'padding-left': left })
  return Object.fromEntries(sides.filter(([, value]) => px(value) !== '0px').map(([side, value]) => [side, px(value)]))
}

function gapStyle(rowGap: number, columnGap: number): Style {
  if (px(rowGap) === px(columnGap)) return px(rowGap) === '0px' ? {} : { gap: px(rowGap) }
  return {
    ...(px(rowGap) === '0px' ? {} : { 'row-gap': px(rowGap) }),
    ...(px(columnGap) === '0px' ? {} : { 'column-gap': px(columnGap) }),
  }
}

function flexStyle(layout: FlexLayout, count: number, isStretched: boolean): Style {
  const isRow = layout.mode === 'row'
  // Figma centres a single child that is to be spread.
  const justify = layout.justify === 'space-between' && count === 1 ? 'center' : layout.justify
  const gap = count > 1 ? Math.max(0, layout.gap) : 0
  const gaps = layout.wraps ? (isRow ? gapStyle(layout.wrapGap, gap) : gapStyle(gap, layout.wrapGap)) : gap ? { gap: px(gap) } : {}
  return {
    display: 'flex',
    ...(isRow ? {} : { 'flex-direction': 'column' }),
    ...(layout.wraps ? { 'flex-wrap': 'wrap' } : {}),
    ...gaps,
    ...(justify === 'start' ? {} : { 'justify-content': FLEX[justify] as string }),
    ...(isStretched ? {} : { 'align-items': FLEX[layout.align] as string }),
    ...(layout.wraps
      ? { 'align-content': layout.isWrapSpread ? 'space-between' : (FLEX[layout.align === 'baseline' ? 'start' : layout.align] as string) }
      : {}),
  }
}

function gridStyle(layout: GridLayout): Style {
  return {
    display: 'grid',
    ...(layout.columns ? { 'grid-template-columns': layout.columns } : {}),
    ...(layout.rows ? { 'grid-template-rows': layout.rows } : {}),
    ...gapStyle(layout.rowGap, layout.columnGap),
  }
}

/** Declarations that lay out the children of an auto-layout frame. */
export function containerStyle(layer: Layer, settled: SettledSize, isStretched: boolean): Style {
  const { layout } = layer
  if (!layout) return {}
  const children = flowChildren(layer)
  if (children.length === 0) return {}
  return {
    ...(layout.mode === 'grid' ? gridStyle(layout) : flexStyle(layout, children.length, isStretched)),
    ...paddingStyle(paddingOf(layer, layout, settled)),
  }
}

/** The same for a flow that was inferred, whose padding always fits. @param count of the children in the flow */
export const flowContainerStyle = ({ layout, isStretched, isPlain }: Flow, count: number): Style => ({
  // Rows of a grid would share what the frame has more.
  ...(isPlain ? {} : layout.mode === 'grid' ? { ...gridStyle(layout), 'align-content': 'start' } : flexStyle(layout, count, isStretched)),
  ...paddingStyle(layout.padding),
})

/** Whether all children stretch across, so that `align-items` keeps its CSS default and they say nothing themselves. */
export function isStretching(layer: Layer, settled: ReadonlyMap<Layer, SettledSize>): boolean {
  const { layout } = layer
  if (!layout || layout.mode === 'grid' || layout.wraps) return false
  const across = layout.mode === 'row' ? 'y' : 'x'
  return settled.size > 0 && [...settled.values()].every((size) => size[across] === 'fill')
}
