/** An independent layout of an inferred flow, by Yoga: where its layers come to stand, for tests. */
import Yoga, { Align, Direction, Edge, FlexDirection, Gutter, Justify, PositionType, type Node as YogaNode } from 'yoga-layout'
import type { Style } from '../element.ts'
import type { Flow, FlowChild } from '../layout/infer-flow.ts'
import type { Rect } from '../normalise/layer.ts'

const config = Yoga.Config.create()
config.setPointScaleFactor(0)
config.setUseWebDefaults(false)

const JUSTIFY = { start: Justify.FlexStart, center: Justify.Center, end: Justify.FlexEnd, 'space-between': Justify.SpaceBetween } as const
const ALIGN = {
  start: Align.FlexStart,
  center: Align.Center,
  end: Align.FlexEnd,
  baseline: Align.Baseline,
  stretch: Align.Stretch,
} as const
const EDGES = { left: Edge.Left, right: Edge.Right, top: Edge.Top, bottom: Edge.Bottom } as const

type Length = number | `${number}%` | 'auto' | undefined

/** px, shares of the frame and `auto` are all that an inferred flow says. */
function lengthOf(value: string | undefined): Length {
  if (value === undefined || value === 'auto') return value
  if (value.endsWith('px')) return Number.parseFloat(value)
  const share = /^calc\((\d+) \/ (\d+) \* 100%\)$/.exec(value)
  if (share) return `${(100 * Number(share[1])) / Number(share[2])}%`
  if (/^[\d.]+%$/.test(value)) return value as `${number}%`
  throw new Error(`The flow says a length that nobody expected: ${value}`)
}

function applyStyle(node: YogaNode, { layer, settled, style }: FlowChild, along: 'x' | 'y'): void {
  const said: Style = style
  const isLoose = said['width'] === 'max-content'
  const width = settled.x === 'fixed' || isLoose ? layer.width : lengthOf(said['width'])
  if (width !== undefined) node.setWidth(width as number)
  if (settled.y === 'fixed') node.setHeight(layer.height)
  // Nothing shrinks below what is in it, which a box of fixed size need not hold.
  node.setFlexShrink(said['flex-shrink'] === '0' || settled[along] === 'hug' ? 0 : 1)
  if (said['flex'] || said['flex-grow']) {
    node.setFlexGrow(1)
    node.setFlexBasis(0)
  }
  const self = said['align-self'] as keyof typeof ALIGN | undefined
  if (self) node.setAlignSelf(ALIGN[self])
  for (const [side, edge] of Object.entries(EDGES)) {
    const margin = lengthOf(said[`margin-${side}`])
    if (margin !== undefined) node.setMargin(edge, margin as number)
  }
}

/** A grid, which Yoga does not know: its cells one after the other on the tracks the snapshot shows. */
function layOutGrid(flow: Flow, node: YogaNode, add: (child: FlowChild) => YogaNode, isSized: boolean): void {
  const { layout } = flow
  if (layout.mode !== 'grid') return
  const equal = /^repeat\((\d+), minmax\(0, 1fr\)\)$/.exec(layout.columns)?.[1]
  const count = equal ? Number(equal) : layout.columns.split(' ').length
  const rows = Array.from({ length: Math.ceil(flow.children.length / count) }, (_, row) =>
    flow.children.slice(row * count, (row + 1) * count),
  )
  const room = isSized ? node.getWidth().value - layout.padding.left - layout.padding.right : 0
  const track = (room - layout.columnGap * (count - 1)) / count
  const widths = equal ? Array.from({ length: count }, () => track) : layout.columns.split(' ').map(Number.parseFloat)
  let top = layout.padding.top
  for (const row of rows) {
    let left = layout.padding.left
    for (const [column, child] of row.entries()) {
      const cell = add(child)
      cell.setPositionType(PositionType.Absolute)
      cell.setPosition(Edge.Left, left)
      cell.setPosition(Edge.Top, top)
      left += (widths[column] ?? 0) + layout.columnGap
    }
    top += Math.max(...row.map(({ layer }) => layer.height)) + layout.rowGap
  }
  if (Number.isNaN(node.getHeight().value)) node.setHeight(top - layout.rowGap)
  if (!isSized) node.setWidth(widths.reduce((sum, width) => sum + width, 0) + layout.columnGap * (count - 1))
}

function buildFlow(flow: Flow, node: YogaNode, placed: [FlowChild, YogaNode][], isSized: boolean): void {
  const { layout } = flow
  const add = (child: FlowChild): YogaNode => {
    const inner = Yoga.Node.createWithConfig(config)
    applyStyle(inner, child, layout.mode === 'column' ? 'y' : 'x')
    node.insertChild(inner, node.getChildCount())
    placed.push([child, inner])
    if (child.inner) buildFlow(child.inner, inner, placed, child.settled.x === 'fixed')
    else if (child.settled.x === 'hug' || child.settled.y === 'hug') {
      // What sizes itself by its words has the size the design shows.
      if (child.settled.x === 'hug') inner.setWidth(child.layer.width)
      if (child.settled.y === 'hug') inner.setHeight(child.layer.height)
    }
    return inner
  }
  if (layout.mode === 'grid') {
    layOutGrid(flow, node, add, isSized)
    return
  }
  node.setFlexDirection(layout.mode === 'row' ? FlexDirection.Row : FlexDirection.Column)
  node.setJustifyContent(JUSTIFY[layout.justify])
  node.setAlignItems(flow.isStretched ? Align.Stretch : ALIGN[layout.align])
  if (layout.gap > 0) node.setGap(layout.mode === 'row' ? Gutter.Column : Gutter.Row, layout.gap)
  for (const [side, edge] of Object.entries(EDGES)) node.setPadding(edge, layout.padding[side as keyof typeof EDGES])
  for (const child of flow.children) if (child.level === 'flow') add(child)
}

/** @returns the box of every layer of the flow, by id, in a frame of the given size whose corner is at 0, 0 */
export function layOutFlow(flow: Flow, widthPx: number, heightPx: number): ReadonlyMap<string, Rect> {
  const root = Yoga.Node.createWithConfig(config)
  root.setWidth(widthPx)
  root.setHeight(heightPx)
  const placed: [FlowChild, YogaNode][] = []
  buildFlow(flow, root, placed, true)
  root.calculateLayout(undefined, undefined, Direction.LTR)
  const boxes = new Map<string, Rect>()
  for (const [{ layer, inner }, node] of placed) {
    let [x, y] = [0, 0]
    for (let at: YogaNode | null = node; at && at !== root; at = at.getParent()) {
      x += at.getComputedLeft()
      y += at.getComputedTop()
    }
    if (!inner) boxes.set(layer.id, { x, y, width: node.getComputedWidth(), height: node.getComputedHeight() })
  }
  root.freeRecursive()
  return boxes
}
