/** Phase 5: a frame without auto layout whose boxes stand in rows and columns flows; what overlaps is laid under or over the flow. */
import { px, type Style } from '../element.ts'
import { type Cut, cutBoxes, indicesOf, unionOf } from '../infer/cut.ts'
import { hostsOf, stackOf } from '../infer/stack.ts'
import type { FlexLayout, GridLayout, Layer, Pin, Rect } from '../normalise/layer.ts'
import { objectsOf, textOf } from '../normalise/values.ts'
import { heightOfLines } from '../style/text.ts'
import { type Aligned, alignAcross, alignAlong, axesOf, type Part } from './align.ts'
import { gridOf, withGrids } from './infer-grid.ts'
import { type SettledSize, settleAbsolute } from './settle.ts'

/** A frame's children as they stand in the code. */
export interface Flow {
  readonly layout: FlexLayout | GridLayout
  /** No child gets its size across from its content, so that nothing need be said of how they are aligned. */
  readonly isStretched: boolean
  /** One box at the start stands there without any row or column. */
  readonly isPlain: boolean
  readonly children: readonly FlowChild[]
}

export interface FlowChild {
  readonly layer: Layer
  readonly level: 'under' | 'flow' | 'over'
  readonly settled: SettledSize
  /** Where it stands in the flow, and sizes that follow the frame's. */
  readonly style: Style
  /** Of a row or column within the flow, which no layer of the design stands for. */
  readonly inner?: Flow
  /** A property of the component hides it here. */
  readonly isAbsent?: true
}

/** What a frame is to the layers in it. */
export interface Frame {
  readonly layer: Layer
  readonly box: Rect
  /** Whether its size may differ from the snapshot. */
  readonly isFluidX: boolean
  readonly isFluidY: boolean
  /** Its height is that of what is in it: a page's. */
  readonly isGrowing: boolean
  /** In a component that is used several times: what a property shows or hides must not move the others. */
  readonly isRepeated: boolean
  /** Layers that become one picture each. */
  readonly isDrawing: (layer: Layer) => boolean
}

/** Beyond this a frame is a canvas, not a page. */
const CHILDREN_MAX = 1000
const PLAIN_SHAPES = new Set(['RECTANGLE', 'ELLIPSE'])

const pinsOf = (layer: Layer, frame: Frame) =>
  ({ x: frame.isFluidX ? layer.pinX : 'start', y: frame.isFluidY ? layer.pinY : 'start' }) as const

/** Constraints against the frame, of things within a part that has its own; undefined if none for the part says the same. */
function commonPin(pins: readonly Pin[]): Pin | undefined {
  const [first] = pins
  if (pins.every((pin) => pin === first)) return first
  return pins.includes('scale') ? undefined : 'both'
}

const isKept = (outer: Pin, inner: Pin) => commonPin([outer, inner]) === outer

const hasReaction = (layer: Layer) => objectsOf(layer.node['interactions']).length > 0 || textOf(layer.node['transitionNodeID']) !== ''

const isPlain = (layer: Layer) => layer.opacity > 0.999 && !layer.blend && !layer.turn && layer.mask === 'none'

const canHost = (layer: Layer, frame: Frame): boolean =>
  PLAIN_SHAPES.has(textOf(layer.node['type'])) &&
  !layer.text &&
  isPlain(layer) &&
  layer.sticking === 'none' &&
  layer.shownBy === '' &&
  !layer.effects.some((effect) => effect.kind === 'layer-blur') &&
  !frame.isDrawing(layer) &&
  !hasReaction(layer)

const isGroup = (layer: Layer, frame: Frame) =>
  layer.type === 'GROUP' &&
  isPlain(layer) &&
  layer.effects.length === 0 &&
  layer.shownBy === '' &&
  layer.children.length > 0 &&
  layer.children.every((child) => child.mask === 'none') &&
  !frame.isDrawing(layer)

/** The layers of a group keep to the group's constraint. */
const ofGroup = (group: Layer): readonly Layer[] => group.children.map((child) => ({ ...child, pinX: group.pinX, pinY: group.pinY }))

const isFloating = (layer: Layer, { box, isRepeated }: Frame): boolean =>
  layer.turn !== undefined ||
  layer.sticking !== 'none' ||
  (isRepeated && layer.shownBy !== '') ||
  layer.box.x < box.x - 0.5 ||
  layer.box.y < box.y - 0.5 ||
  layer.box.x > box.x + box.width ||
  layer.box.y > box.y + box.height

/** Layers move into the plain shapes that they lie on. */
function withHosts(layers: readonly Layer[], frame: Frame): readonly Layer[] {
  const pins = layers.map((layer) => pinsOf(layer, frame))
  const hosts = hostsOf(
    layers.map((layer) => ({ box: layer.box, canHost: canHost(layer, frame) })),
    (host, item) => {
      const [outer, inner] = [pins[host], pins[item]]
      return (
        outer !== undefined &&
        inner !== undefined &&
        isKept(outer.x, inner.x) &&
        isKept(outer.y, inner.y) &&
        !isFloating(layers[item] as Layer, frame)
      )
    },
  )
  const guests = new Map<number, number[]>()
  for (const [index, host] of hosts.entries()) if (host !== undefined) guests.set(host, [...(guests.get(host) ?? []), index])
  const built = (index: number): Layer => {
    const layer = layers[index] as Layer
    const children = guests.get(index)
    return children ? { ...layer, children: [...layer.children, ...children.map(built)] } : layer
  }
  return layers.flatMap((_, index) => (hosts[index] === undefined ? [built(index)] : []))
}

const textCountOf = (layer: Layer): number => layer.children.reduce((sum, child) => sum + textCountOf(child), layer.text ? 1 : 0)

/** What there is to place, in the order of painting: in a component also what a property hides in this use of it. */
function childrenOf({ layer, isRepeated }: Frame): readonly Layer[] {
  const children = layer.children.flatMap((child, index) => [...absentAt(layer, isRepeated, index), child])
  return [...children, ...absentAt(layer, isRepeated, layer.children.length)].filter((child) => child.type !== 'SLICE')
}

const absentAt = ({ absent }: Layer, isRepeated: boolean, at: number): readonly Layer[] =>
  isRepeated ? absent.filter((one) => one.at === at).map((one) => one.layer) : []

/** Groups stay together where they can; one that overlaps what is not in it is dissolved. */
function itemsOf(frame: Frame): { readonly layers: readonly Layer[]; readonly stack: ReturnType<typeof stackOf> } | undefined {
  const unpacked = (layer: Layer): readonly Layer[] => {
    if (!isGroup(layer, frame) || hasReaction(layer)) return [layer]
    const inside = withHosts(ofGroup(layer), frame)
    const [only] = inside
    if (inside.length !== 1 || !only) return [layer]
    // A shape with all of the group on it is what the group is called.
    return only.type === 'RECTANGLE' && only.children.length ? [{ ...only, type: 'FRAME', name: layer.name }] : unpacked(only)
  }
  let open = childrenOf(frame).flatMap(unpacked)
  for (;;) {
    if (open.length === 0 || open.length > CHILDREN_MAX || open.some((layer) => layer.mask !== 'none')) return undefined
    const layers = withHosts(open, frame)
    const stack = stackOf(
      layers.map((layer) => ({ box: layer.box, isFloating: isFloating(layer, frame), textCount: () => textCountOf(layer) })),
    )
    const floating = [...stack.under, ...stack.over].map((index) => layers[index] as Layer)
    const broken = new Set(floating.filter((layer) => isGroup(layer, frame)).map(({ node }) => node))
    if (broken.size === 0) return { layers, stack }
    open = open.flatMap((layer) => (broken.has(layer.node) ? ofGroup(layer).flatMap(unpacked) : [layer]))
  }
}

interface Piece extends FlowChild {
  readonly box: Rect
  readonly pinX: Pin
  readonly pinY: Pin
}

const merged = (along: Aligned, across: Aligned, index: number): Style => ({ ...along.parts[index], ...across.parts[index] })

function flexOf(mode: 'row' | 'column', along: Aligned, across: Aligned): FlexLayout {
  const [x, y] = mode === 'row' ? [along, across] : [across, along]
  return {
    mode,
    padding: { left: x.padding[0], right: x.padding[1], top: y.padding[0], bottom: y.padding[1] },
    gap: along.gap,
    justify: along.justify,
    align: across.justify === 'space-between' ? 'start' : across.justify,
    ...{ wraps: false, wrapGap: 0, isWrapSpread: false, hasBorder: false, isReversed: false, isInferred: true },
  }
}

/** A row or column of what the cut separated, in a frame or, as a part of another, in a box of its own. */
function flowOf(whole: Cut, layers: readonly Layer[], frame: Frame, isWrapper: boolean): { flow: Flow; isSized: boolean } | undefined {
  const grid = gridOf(whole, layers, frame, isWrapper)
  if (grid) return grid
  const cut = withGrids(whole, layers, frame)
  const pieces: Piece[] = []
  for (const part of cut.parts) {
    const piece = pieceOf(part, layers, frame)
    if (!piece) return undefined
    pieces.push(piece)
  }
  const { along: main, across: cross } = axesOf(cut.mode)
  const partsOn = (at: 'x' | 'y'): Part[] => pieces.map(({ box, pinX, pinY }) => ({ box, pin: at === 'x' ? pinX : pinY }))
  const isFluid = (at: 'x' | 'y') => (at === 'x' ? frame.isFluidX : frame.isFluidY)
  const along = alignAlong(partsOn(main.at), frame.box, main, isFluid(main.at), isWrapper)
  const across = alignAcross(partsOn(cross.at), frame.box, cross, isFluid(cross.at))
  if (!along || !across) return undefined
  const isStretched = across.justify === 'start' && pieces.every(({ settled }) => settled[cross.at] !== 'hug')
  const last = pieces.at(-1)?.box ?? frame.box
  const isTight = !isWrapper && last[main.at] + last[main.size] > frame.box[main.at] + frame.box[main.size] + 0.5
  const isRigid = isTight || (main.at === 'x' && frame.isFluidX)
  const bottom = frame.box.y + frame.box.height
  const children = pieces.map(({ box, pinX: _, pinY: __, ...piece }, index): FlowChild => {
    const { 'align-self': self, ...style } = { ...piece.style, ...merged(along, across, index) } as Record<string, string>
    const beyond = frame.isGrowing && (main.at === 'x' || index === pieces.length - 1) ? box.y + box.height - bottom : 0
    return {
      ...piece,
      style: {
        ...style,
        ...(beyond > 0.5 ? { 'margin-bottom': px(-beyond) } : {}),
        ...(self && !(isStretched && self === 'stretch') ? { 'align-self': self } : {}),
        ...(isRigid && piece.settled[main.at] === 'fixed' && !style['flex'] ? { 'flex-shrink': '0' } : {}),
      },
    }
  })
  const [only] = children
  const isPlain =
    children.length === 1 &&
    along.justify === 'start' &&
    across.justify === 'start' &&
    only?.settled.x === 'fixed' &&
    !only.layer.text &&
    !only.style['align-self']
  return { flow: { layout: flexOf(cut.mode, along, across), isStretched, isPlain, children }, isSized: along.isSized === true }
}

/** A box that only holds a row or column together. */
function wrapperLayer(frame: Frame, box: Rect): Layer {
  const { width, height } = box
  const bare = {
    fills: [],
    strokes: [],
    effects: [],
    radii: [0, 0, 0, 0],
    children: [],
    node: {},
    type: 'FRAME',
    id: '',
    name: '',
  } as const
  return {
    ...frame.layer,
    ...bare,
    ...{ box, width, height, turn: undefined, mask: 'none', sticking: 'none', opacity: 1, blend: '', isClipping: false, scroll: 'none' },
    ...{ minWidth: undefined, maxWidth: undefined, minHeight: undefined, maxHeight: undefined, componentId: '', layout: undefined },
  }
}

const sizeBy = (pin: Pin, rigid: SettledSize['x']): SettledSize['x'] => (pin === 'both' || pin === 'scale' ? 'fill' : rigid)

/** Boxes of text are rounded up to whole px and count empty lines at the end; what stands below them starts where the box ends. */
function keptHeight(layer: Layer, settled: SettledSize): Style {
  const { text } = layer
  if (!text || settled.y !== 'hug') return {}
  const isMixed = text.runs.length > 1 || /\s$/.test(text.characters)
  return isMixed || layer.height - heightOfLines(layer, text) > 0.25 ? { 'min-height': px(layer.height) } : {}
}

function pieceOf(part: Cut | number, layers: readonly Layer[], frame: Frame): Piece | undefined {
  if (typeof part === 'number') {
    const layer = layers[part] as Layer
    const { x: pinX, y: pinY } = pinsOf(layer, frame)
    const own = settleAbsolute(layer)
    const settled = { x: sizeBy(pinX, own.x), y: sizeBy(pinY, own.y) }
    const { isFluidX, isFluidY } = frame
    const kept = isGroup(layer, frame) && (isFluidX || isFluidY) ? { ...layer, children: ofGroup(layer) } : layer
    return { layer: kept, level: 'flow', settled, style: keptHeight(layer, settled), box: layer.box, pinX, pinY }
  }
  const inside = indicesOf(part).map((index) => layers[index] as Layer)
  const pins = inside.map((layer) => pinsOf(layer, frame))
  const [pinX, pinY] = [commonPin(pins.map(({ x }) => x)), commonPin(pins.map(({ y }) => y))]
  if (!pinX || !pinY) return undefined
  const box = unionOf(inside.map((layer) => layer.box))
  const isFluidX = pinX === 'both' || pinX === 'scale'
  const isFluidY = pinY === 'both' || pinY === 'scale'
  const inner = flowOf(part, layers, { ...frame, box, isFluidX, isFluidY, isGrowing: false }, true)
  if (!inner) return undefined
  const settled = { x: sizeBy(pinX, inner.isSized ? 'fixed' : 'hug'), y: sizeBy(pinY, 'hug') } as const
  const isLoose = frame.isFluidX && settled.x === 'hug' && part.mode === 'row'
  const style: Style = isLoose ? { width: 'max-content' } : {}
  return { layer: wrapperLayer(frame, box), level: 'flow', settled, style, inner: inner.flow, box, pinX, pinY }
}

const floating = (layer: Layer, level: 'under' | 'over', isAbsent: boolean): FlowChild => ({
  ...{ layer, level, settled: settleAbsolute(layer), style: {} },
  ...(isAbsent ? { isAbsent } : {}),
})

/** The rows and columns of a frame that has no auto layout; undefined where its layers are better placed one by one. */
export function inferFlow(frame: Frame): Flow | undefined {
  const { layer } = frame
  if (layer.layout || layer.children.length === 0 || layer.children.some((child) => child.blend)) return undefined
  const items = itemsOf(frame)
  if (!items) return undefined
  const { layers, stack } = items
  const boxes = layers.map((each) => each.box)
  const able = layers.filter((each) => !isFloating(each, frame)).length
  let flowing = stack.flow
  const over = new Set(stack.over)
  const absent = new Set(layer.absent.map((one) => one.layer))
  while (flowing.length * 2 >= able && flowing.length > 0) {
    const cutting = cutBoxes(boxes, flowing)
    const stuck = 'stuck' in cutting ? cutting.stuck : undefined
    const cut: Cut | undefined =
      'part' in cutting ? (typeof cutting.part === 'number' ? { mode: 'column', parts: [cutting.part] } : cutting.part) : undefined
    const flow = cut && flowOf(cut, layers, frame, false)
    if (flow) {
      const inOrder = (indices: Iterable<number>, level: 'under' | 'over') =>
        [...indices]
          .toSorted((a, b) => a - b)
          .map((index) => layers[index] as Layer)
          .map((each) => floating(each, level, absent.has(each)))
      return { ...flow.flow, children: [...inOrder(stack.under, 'under'), ...flow.flow.children, ...inOrder(over, 'over')] }
    }
    const refused = stuck ?? refusedOf(cut, layers, frame)
    if (!refused?.length) return undefined
    for (const index of refused) over.add(index)
    flowing = flowing.filter((index) => !over.has(index))
  }
  return undefined
}

/** The layers of the outermost part whose constraints no row or column keeps. */
function refusedOf(cut: Cut | undefined, layers: readonly Layer[], frame: Frame): readonly number[] {
  const bad = cut?.parts.find((part) => pieceOf(part, layers, frame) === undefined)
  return bad === undefined ? [] : indicesOf(bad)
}
