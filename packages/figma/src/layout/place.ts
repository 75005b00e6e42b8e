/** Phase 5, children: where an element stands in its parent and how big it is. */
import { percent, px, type Style } from '../element.ts'
import type { Layer, Pin, Rect } from '../normalise/layer.ts'
import { AXES, type Axis, borderOf, edges, flowChildren, type Settled, type SettledSize } from './settle.ts'

/** What a parent is for its children. */
export interface Place {
  readonly parent: Layer | undefined
  /** Whether the parent is the page itself. */
  readonly isOfPage?: boolean
  /** The box that positions are measured from, in the page's coordinates; without borders. */
  readonly frame: Rect
  /** Whether the frame's size on an axis may ever differ from the snapshot. */
  readonly isFluidX: boolean
  readonly isFluidY: boolean
  /** Whether its height may differ by more than what its own content adds: a page's never does. */
  readonly isStretchedY: boolean
  /** Constraints of the dissolved group that the child stood in; they hold for its children. */
  readonly pins?: { readonly x: Pin; readonly y: Pin }
  /** The settled size of the flow parent, when the child is in its flow. */
  readonly flow?: {
    readonly own: SettledSize
    readonly isStretched: boolean
    readonly index: number
    readonly count: number
    /** Of an inferred flow: all it says of this child but sizes that are fixed. */
    readonly style?: Style
  }
}

type Draft = Record<string, string>

function limits(layer: Layer): Style {
  const pairs = { 'min-width': layer.minWidth, 'max-width': layer.maxWidth, 'min-height': layer.minHeight, 'max-height': layer.maxHeight }
  return Object.fromEntries(Object.entries(pairs).flatMap(([name, value]) => (value !== undefined && value > 0 ? [[name, px(value)]] : [])))
}

function mainStyle(style: Draft, layer: Layer, settled: Settled, axis: Axis, parent: Layer, own: Settled): void {
  const { layout } = parent
  if (layout?.mode !== 'row' && layout?.mode !== 'column') return
  if (settled === 'fill') {
    if (layout.wraps) style['flex'] = `1 1 ${Math.max(0, Math.floor(layer.box[axis.size]) - 1)}px`
    else if (axis.at === 'x') style['flex'] = '1 1 0%'
    else {
      style['flex-grow'] = '1'
      style['flex-basis'] = '0px'
    }
    style[`min-${axis.size}`] ??= '0px'
    return
  }
  if (settled === 'fixed') style[axis.size] = px(layer[axis.size])
  if (own === 'hug') return
  const children = flowChildren(parent)
  const taken = children.reduce((sum, child) => sum + child.box[axis.size], 0) + layout.gap * (children.length - 1)
  const isTight = taken >= parent[axis.size] - edges(parent, axis) - 4
  if (axis.at === 'x' ? own !== 'fixed' || isTight : isTight) style['flex-shrink'] = '0'
}

function crossStyle(style: Draft, layer: Layer, settled: Settled, axis: Axis, isStretched: boolean): void {
  if (settled === 'fill') {
    if (!isStretched) style['align-self'] = 'stretch'
    if (axis.at === 'x' && layer.text) style['min-width'] ??= '0px'
  } else if (settled === 'full') style[axis.size] = '100%'
  else if (settled === 'fixed') style[axis.size] = px(layer[axis.size])
}

/** A turned layer takes the room of its turned box. */
function turnMargins(style: Draft, layer: Layer): void {
  if (!layer.turn) return
  const x = (layer.box.width - layer.width) / 2
  const y = (layer.box.height - layer.height) / 2
  if (px(x) !== '0px') Object.assign(style, { 'margin-left': px(x), 'margin-right': px(x) })
  if (px(y) !== '0px') Object.assign(style, { 'margin-top': px(y), 'margin-bottom': px(y) })
}

function flowStyle(layer: Layer, settled: SettledSize, parent: Layer, flow: NonNullable<Place['flow']>): Style {
  const { layout } = parent
  const style: Draft = { ...limits(layer) }
  if (flow.style) {
    if (settled.x === 'fixed') style['width'] = px(layer.width)
    if (settled.y === 'fixed') style['height'] = px(layer.height)
    return { ...style, ...flow.style }
  }
  if (!layout) return style
  if (layout.mode === 'grid') {
    const { cell } = layer
    if (cell) {
      style['grid-column'] = cell.columnSpan > 1 ? `${cell.column} / span ${cell.columnSpan}` : `${cell.column}`
      style['grid-row'] = cell.rowSpan > 1 ? `${cell.row} / span ${cell.rowSpan}` : `${cell.row}`
    }
    const aligns: Readonly<Record<string, string>> = { MIN: 'start', CENTER: 'center', MAX: 'end' }
    if (settled.x !== 'fill') style['justify-self'] = aligns[cell?.alignX ?? ''] ?? 'start'
    if (settled.y !== 'fill') style['align-self'] = aligns[cell?.alignY ?? ''] ?? 'start'
    if (settled.x === 'fixed') style['width'] = px(layer.width)
    if (settled.y === 'fixed') style['height'] = px(layer.height)
    if (settled.x === 'fill') style['min-width'] ??= '0px'
  } else {
    const [main, cross] = layout.mode === 'row' ? (['x', 'y'] as const) : (['y', 'x'] as const)
    mainStyle(style, layer, settled[main], AXES[main], parent, flow.own[main])
    crossStyle(style, layer, settled[cross], AXES[cross], flow.isStretched)
    if (layout.gap < 0 && flow.index > 0) style[main === 'x' ? 'margin-left' : 'margin-top'] = px(layout.gap)
  }
  turnMargins(style, layer)
  if (layout.isReversed) Object.assign(style, { position: 'relative', 'z-index': `${flow.count - flow.index}` })
  return style
}

/** A share of the frame, as a fraction of whole px where both are whole. */
export function shareOf(value: number, whole: number): string {
  const isWhole = value > 0.5 && Math.abs(value - Math.round(value)) < 0.3 && Math.abs(whole - Math.round(whole)) < 0.3
  if (Math.abs(value - whole) < 0.3) return '100%'
  return isWhole ? `calc(${Math.round(value)} / ${Math.round(whole)} * 100%)` : percent(value / whole)
}

/** One axis of an absolute layer by its constraint. A frame that never changes size needs no constraint. */
function pinStyle(style: Draft, layer: Layer, settled: Settled, axis: Axis, place: Place): void {
  const isFluid = axis.at === 'x' ? place.isFluidX : place.isFluidY
  const size = layer[axis.size]
  const frameSize = place.frame[axis.size]
  const start = layer.box[axis.at] - place.frame[axis.at] + (layer.box[axis.size] - size) / 2
  const end = frameSize - start - size
  const pins = place.pins ?? { x: layer.pinX, y: layer.pinY }
  const wish: Pin = pins[axis.at]
  const isSameSize = Math.abs(start) < 0.5 && Math.abs(end) < 0.5
  const pin: Pin =
    !isFluid || frameSize <= 0
      ? 'start'
      : layer.turn && (wish === 'both' || wish === 'scale')
        ? 'center'
        : wish === 'scale' && isSameSize
          ? 'both'
          : wish
  if (settled === 'fixed' && pin !== 'both' && pin !== 'scale') style[axis.size] = px(size)
  if (pin === 'both') {
    style[axis.start] = px(start)
    style[axis.end] = px(end)
  } else if (pin === 'end') style[axis.end] = px(end)
  else if (pin === 'center') {
    style[axis.start] = '50%'
    const shift = start - frameSize / 2
    if (px(shift) !== '0px') style[axis.at === 'x' ? 'margin-left' : 'margin-top'] = px(shift)
  } else if (pin === 'scale') {
    style[axis.start] = shareOf(start, frameSize)
    style[axis.size] = shareOf(size, frameSize)
  } else style[axis.start] = px(start)
}

/** Text that sizes itself is held where it is aligned, so that another font grows to the right side. */
function anchorText(style: Draft, layer: Layer, place: Place): boolean {
  const align = layer.text?.style.align
  const pinX = place.pins?.x ?? layer.pinX
  if (align !== 'center' && align !== 'right') return false
  const start = layer.box.x - place.frame.x
  if (align === 'right') {
    const end = place.frame.width - start - layer.box.width
    if (!place.isFluidX || pinX === 'end') {
      style['right'] = px(end)
      return true
    }
    return false
  }
  const centre = start + layer.box.width / 2
  const isCentred = place.isFluidX && pinX === 'center'
  if (place.isFluidX && !isCentred && pinX !== 'start') return false
  const shift = centre - place.frame.width / 2
  style['left'] = isCentred ? '50%' : px(centre)
  if (isCentred && px(shift) !== '0px') style['margin-left'] = px(shift)
  style['translate'] = '-50%'
  return true
}

function absoluteStyle(layer: Layer, settled: SettledSize, place: Place): Style {
  const style: Draft = { position: 'absolute', ...limits(layer) }
  const isAnchored = settled.x === 'hug' && layer.text !== undefined && !layer.turn && anchorText(style, layer, place)
  if (!isAnchored) pinStyle(style, layer, settled.x, AXES.x, place)
  pinStyle(style, layer, settled.y, AXES.y, place)
  return style
}

export function placeStyle(layer: Layer, settled: SettledSize, place: Place): Style {
  if (!place.parent) return { position: 'relative', width: '100%', 'min-height': px(layer.height) }
  const style = place.flow ? flowStyle(layer, settled, place.parent, place.flow) : absoluteStyle(layer, settled, place)
  return layer.sticking === 'none' ? style : stickingStyle(style, layer, place)
}

const EDGE = 2

/** What stays while the page scrolls: with the window if it belongs to the page itself, else within what scrolls. A bar at the lower edge stays there. */
function stickingStyle(style: Style, layer: Layer, place: Place): Style {
  const { top, ...others } = style
  const isLow = layer.box.y + layer.box.height >= place.frame.y + place.frame.height - EDGE && layer.box.y > place.frame.y + EDGE
  if (place.flow) return { ...style, position: 'sticky', [isLow ? 'bottom' : 'top']: '0px', 'z-index': '10' }
  if (layer.sticking !== 'fixed' || !place.isOfPage) return style
  return {
    ...(isLow ? { ...others, bottom: '0px' } : { ...others, ...(top === undefined ? {} : { top }) }),
    position: 'fixed',
    'z-index': '10',
  }
}

/** What a layer is for its own children. */
export function placeWithin(layer: Layer, settled: SettledSize, place: Place): Place {
  const border = borderOf(layer)
  // Inside a turned layer the children's boxes live around the same centre, unturned.
  const x = layer.box.x + (layer.box.width - layer.width) / 2
  const y = layer.box.y + (layer.box.height - layer.height) / 2
  const frame = {
    x: x + border.left,
    y: y + border.top,
    width: Math.max(0, layer.width - border.left - border.right),
    height: Math.max(0, layer.height - border.top - border.bottom),
  }
  const isRoot = place.parent === undefined
  const isScaledX = !place.flow && place.isFluidX && ['both', 'scale'].includes(place.pins?.x ?? layer.pinX) && !layer.turn
  const isScaledY = !place.flow && place.isFluidY && ['both', 'scale'].includes(place.pins?.y ?? layer.pinY) && !layer.turn
  return {
    parent: layer,
    isOfPage: isRoot,
    frame,
    isFluidX: isRoot || settled.x !== 'fixed' || isScaledX,
    isFluidY: isRoot || settled.y !== 'fixed' || isScaledY,
    isStretchedY: !isRoot && (settled.y === 'fill' || (isScaledY && place.isStretchedY)),
  }
}
