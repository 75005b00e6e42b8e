/** Phase 5, the snapshot check: does the rule of each flow child give the box the design shows? Where not, the box wins as a fixed size. */
import type { Building } from '../building.ts'
import type { FlexLayout, GridLayout, Layer, Sides, Sizing } from '../normalise/layer.ts'
import { hasBorder } from '../style/strokes.ts'

/** `full`: as wide as the parent allows, up to its own maximum, aligned by the parent. */
export type Settled = Sizing | 'full'

export interface SettledSize {
  readonly x: Settled
  readonly y: Settled
}

export interface SizeRule {
  readonly x: Sizing
  readonly y: Sizing
}

/** Half of the two px that a person sees. */
const TOLERANCE = 1.5

const NO_BORDER: Sides = { top: 0, right: 0, bottom: 0, left: 0 }

export const borderOf = (layer: Layer): Sides => (hasBorder(layer) ? layer.strokeWidths : NO_BORDER)

export interface Axis {
  readonly start: 'left' | 'top'
  readonly end: 'right' | 'bottom'
  readonly size: 'width' | 'height'
  readonly at: 'x' | 'y'
}

export const AXES = {
  x: { start: 'left', end: 'right', size: 'width', at: 'x' },
  y: { start: 'top', end: 'bottom', size: 'height', at: 'y' },
} as const satisfies Record<string, Axis>

const isNear = (a: number, b: number) => Math.abs(a - b) <= TOLERANCE

export const flowChildren = (layer: Layer): readonly Layer[] => (layer.layout ? layer.children.filter((child) => !child.isAbsolute) : [])

/** Padding and borders of one axis. */
export function edges(layer: Layer, axis: Axis): number {
  const padding = layer.layout?.padding ?? NO_BORDER
  const border = borderOf(layer)
  return padding[axis.start] + padding[axis.end] + border[axis.start] + border[axis.end]
}

/** What the content of a hugging frame adds up to; undefined when the arithmetic cannot tell. */
function huggedSize(layer: Layer, axis: Axis): number | undefined {
  const { layout } = layer
  if (!layout || layout.mode === 'grid') return undefined
  const children = flowChildren(layer)
  if (children.length === 0) return Number.NaN
  const isMain = (layout.mode === 'row') === (axis.at === 'x')
  if (layout.wraps) return undefined
  const sizes = children.map((child) => child.box[axis.size])
  const gaps = layout.gap * (children.length - 1)
  return edges(layer, axis) + (isMain ? sizes.reduce((sum, size) => sum + size, 0) + gaps : Math.max(...sizes))
}

function settleHug(child: Layer, axis: Axis): Settled {
  if (child.text) return 'hug'
  if (!child.layout) return 'fixed'
  const size = huggedSize(child, axis)
  if (size === undefined) return 'hug'
  if (Number.isNaN(size)) return 'fixed'
  const [min, max] = axis.at === 'x' ? [child.minWidth, child.maxWidth] : [child.minHeight, child.maxHeight]
  const bound = Math.min(max ?? Number.POSITIVE_INFINITY, Math.max(min ?? 0, size))
  return isNear(bound, child.box[axis.size]) ? 'hug' : 'fixed'
}

/** Shares of the free space on the main axis, as flexbox gives them out: who reaches a limit leaves the rest to the others. */
function fillShares(filling: readonly Layer[], free: number, axis: Axis): ReadonlyMap<Layer, number> {
  const shares = new Map<Layer, number>()
  let open = [...filling]
  let left = free
  for (let round = 0; round <= filling.length && open.length; round++) {
    const share = left / open.length
    const stopped = open.filter((child) => {
      const [min, max] = axis.at === 'x' ? [child.minWidth, child.maxWidth] : [child.minHeight, child.maxHeight]
      return share < (min ?? 0) || share > (max ?? Number.POSITIVE_INFINITY)
    })
    if (stopped.length === 0 || round === 8) {
      for (const child of open) shares.set(child, share)
      break
    }
    for (const child of stopped) {
      const [min, max] = axis.at === 'x' ? [child.minWidth, child.maxWidth] : [child.minHeight, child.maxHeight]
      const size = share < (min ?? 0) ? (min ?? 0) : (max ?? share)
      shares.set(child, size)
      left -= size
    }
    const gone = new Set(stopped)
    open = open.filter((child) => !gone.has(child))
  }
  return shares
}

function settleMain(
  parent: Layer,
  layout: FlexLayout,
  own: Settled,
  axis: Axis,
  sizing: (child: Layer) => Sizing,
): ReadonlyMap<Layer, Settled> {
  const children = flowChildren(parent)
  const result = new Map<Layer, Settled>()
  const filling = children.filter((child) => sizing(child) === 'fill')
  const taken = children.reduce((sum, child) => sum + (sizing(child) === 'fill' ? 0 : child.box[axis.size]), 0)
  const free = parent[axis.size] - edges(parent, axis) - taken - layout.gap * (children.length - 1)
  const shares = own === 'hug' || layout.wraps ? new Map<Layer, number>() : fillShares(filling, free, axis)
  for (const child of children) {
    const rule = sizing(child)
    if (rule === 'hug') result.set(child, settleHug(child, axis))
    else if (rule === 'fixed') result.set(child, 'fixed')
    else if (layout.wraps && own !== 'hug') result.set(child, 'fill')
    else result.set(child, isNear(shares.get(child) ?? Number.NaN, child.box[axis.size]) ? 'fill' : 'fixed')
  }
  return result
}

function settleCross(
  parent: Layer,
  layout: FlexLayout,
  own: Settled,
  axis: Axis,
  sizing: (child: Layer) => Sizing,
): ReadonlyMap<Layer, Settled> {
  const children = flowChildren(parent)
  const result = new Map<Layer, Settled>()
  const inner = parent[axis.size] - edges(parent, axis)
  const isCarried = own !== 'hug' || children.some((child) => sizing(child) !== 'fill' && child.box[axis.size] >= inner - TOLERANCE)
  for (const child of children) {
    const rule = sizing(child)
    const size = child.box[axis.size]
    const max = axis.at === 'x' ? child.maxWidth : child.maxHeight
    if (rule === 'hug') result.set(child, settleHug(child, axis))
    else if (rule === 'fixed') result.set(child, 'fixed')
    else if (layout.wraps) result.set(child, isNear(size, inner) || size < inner ? 'fill' : 'fixed')
    else if (isCarried && isNear(size, inner)) result.set(child, 'fill')
    else if (max !== undefined && isNear(size, max) && size < inner && own !== 'hug') result.set(child, 'full')
    else result.set(child, 'fixed')
  }
  return result
}

/** How each flow child of an auto-layout frame gets its size. `own` is how the frame itself was settled. */
export function settleChildren(parent: Layer, own: SettledSize, building: Building): ReadonlyMap<Layer, SettledSize> {
  const { layout } = parent
  const children = flowChildren(parent)
  const result = new Map<Layer, SettledSize>()
  if (!layout) return result
  if (layout.mode === 'grid') {
    for (const child of children) result.set(child, settleInGrid(child, layout))
    return result
  }
  const ruleX = (child: Layer) => (child.turn ? 'fixed' : child.sizingX)
  const ruleY = (child: Layer) => (child.turn ? 'fixed' : child.sizingY)
  const isRow = layout.mode === 'row'
  const x = isRow ? settleMain(parent, layout, own.x, AXES.x, ruleX) : settleCross(parent, layout, own.x, AXES.x, ruleX)
  const y = isRow ? settleCross(parent, layout, own.y, AXES.y, ruleY) : settleMain(parent, layout, own.y, AXES.y, ruleY)
  for (const child of children) {
    const settled = { x: x.get(child) ?? 'fixed', y: y.get(child) ?? 'fixed' }
    result.set(child, settled)
    if ((ruleX(child) === 'fill' && settled.x === 'fixed') || (ruleY(child) === 'fill' && settled.y === 'fixed')) {
      building.report.approximate(
        child.id,
        child.name,
        'SNAPSHOT_WINS',
        'The box of this layer contradicts its rule "fill"; the box was kept as a fixed size.',
      )
    }
  }
  return result
}

function settleInGrid(child: Layer, layout: GridLayout): SettledSize {
  void layout
  return {
    x: child.sizingX === 'hug' ? settleHug(child, AXES.x) : child.sizingX,
    y: child.sizingY === 'hug' ? settleHug(child, AXES.y) : child.sizingY,
  }
}

/** How a layer outside auto layout gets its size. */
export function settleAbsolute(layer: Layer): SettledSize {
  if (layer.turn) return { x: 'fixed', y: 'fixed' }
  return {
    x: layer.sizingX === 'hug' ? settleHug(layer, AXES.x) : 'fixed',
    y: layer.sizingY === 'hug' ? settleHug(layer, AXES.y) : 'fixed',
  }
}
