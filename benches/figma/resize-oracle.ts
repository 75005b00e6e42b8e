/** A second, independent layout of a design at other widths: Yoga for auto layout, Figma's constraints as arithmetic. */
import type { FigmaNode } from '@slipway/figma'
import Yoga, { Align, Direction, Edge, FlexDirection, Gutter, Justify, PositionType, Wrap, type Node as YogaNode } from 'yoga-layout'
import { type Box, boxOf, childrenOf, expectedNodes, isVisible } from '../../packages/figma/src/measure/expected-boxes.ts'
import type { ShownPage } from '../../packages/figma/src/measure/read-page.ts'

/** Left edge and width of a node in px, from the root's left edge. */
export interface Extent {
  readonly x: number
  readonly width: number
}

type Placed = { readonly id: string; readonly node: YogaNode; readonly parent?: Placed }

interface Building {
  readonly placed: Placed[]
  /** Where the picture of a subtree is all there is. */
  readonly isLeaf: (id: string) => boolean
}

const config = Yoga.Config.create()
config.setPointScaleFactor(0)

const numberOf = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined)
const modeOf = (node: FigmaNode) => (node.layoutMode === 'HORIZONTAL' || node.layoutMode === 'VERTICAL' ? node.layoutMode : undefined)

type Sizing = 'FIXED' | 'HUG' | 'FILL'

/** Files before 2023 say the same in other fields. */
function sizingOf(node: FigmaNode, parentMode: string | undefined, axis: 'HORIZONTAL' | 'VERTICAL'): Sizing {
  const own = node[axis === 'HORIZONTAL' ? 'layoutSizingHorizontal' : 'layoutSizingVertical']
  if (own === 'FIXED' || own === 'HUG' || own === 'FILL') return own
  if (parentMode && (parentMode === axis ? node.layoutGrow === 1 : node.layoutAlign === 'STRETCH')) return 'FILL'
  const mode = modeOf(node)
  if (!mode) return 'FIXED'
  const key = mode === axis ? 'primaryAxisSizingMode' : 'counterAxisSizingMode'
  return node[key] === 'FIXED' ? 'FIXED' : 'HUG'
}

const JUSTIFY: Record<string, Justify> = {
  MIN: Justify.FlexStart,
  CENTER: Justify.Center,
  MAX: Justify.FlexEnd,
  SPACE_BETWEEN: Justify.SpaceBetween,
}
const ALIGN: Record<string, Align> = { MIN: Align.FlexStart, CENTER: Align.Center, MAX: Align.FlexEnd, BASELINE: Align.FlexStart }
const EDGES = [
  [Edge.Left, 'Left', 'left'],
  [Edge.Top, 'Top', 'top'],
  [Edge.Right, 'Right', 'right'],
  [Edge.Bottom, 'Bottom', 'bottom'],
] as const

const isFlowing = (node: FigmaNode) => isVisible(node) && node.layoutPositioning !== 'ABSOLUTE' && boxOf(node) !== undefined

function setFlow(yoga: YogaNode, node: FigmaNode, mode: string): void {
  const flowing = childrenOf(node).filter(isFlowing)
  const spread = node.primaryAxisAlignItems === 'SPACE_BETWEEN'
  const spacing = spread ? 0 : (numberOf(node.itemSpacing) ?? 0)
  yoga.setFlexDirection(mode === 'HORIZONTAL' ? FlexDirection.Row : FlexDirection.Column)
  yoga.setJustifyContent(
    spread && flowing.length === 1 ? Justify.Center : (JUSTIFY[String(node.primaryAxisAlignItems)] ?? Justify.FlexStart),
  )
  yoga.setAlignItems(ALIGN[String(node.counterAxisAlignItems)] ?? Align.FlexStart)
  if (node.layoutWrap === 'WRAP') {
    yoga.setFlexWrap(Wrap.Wrap)
    yoga.setGap(mode === 'HORIZONTAL' ? Gutter.Row : Gutter.Column, numberOf(node.counterAxisSpacing) ?? 0)
  }
  if (spacing > 0) yoga.setGap(mode === 'HORIZONTAL' ? Gutter.Column : Gutter.Row, spacing)
  const weights = (node.individualStrokeWeights ?? {}) as Record<string, unknown>
  const hasStroke = Array.isArray(node.strokes) && node.strokes.length > 0
  for (const [edge, name, side] of EDGES) {
    const stroke = node.strokesIncludedInLayout === true && hasStroke ? (numberOf(weights[side]) ?? numberOf(node.strokeWeight) ?? 0) : 0
    yoga.setPadding(edge, (numberOf(node[`padding${name}`]) ?? 0) + stroke)
  }
}

function setSize(yoga: YogaNode, node: FigmaNode, box: Box, parentMode: string | undefined): void {
  const isEmpty = !childrenOf(node).some(isFlowing)
  for (const axis of ['HORIZONTAL', 'VERTICAL'] as const) {
    const sizing = sizingOf(node, parentMode, axis)
    const isWidth = axis === 'HORIZONTAL'
    const size = isWidth ? box.width : box.height
    if (sizing === 'FILL' && parentMode) {
      if (parentMode === axis) {
        yoga.setFlexGrow(1)
        yoga.setFlexShrink(1)
        yoga.setFlexBasis(0)
      } else yoga.setAlignSelf(Align.Stretch)
    } else if (sizing !== 'HUG' || !modeOf(node) || isEmpty) {
      if (isWidth) yoga.setWidth(size)
      else yoga.setHeight(size)
    }
  }
  yoga.setMinWidth(numberOf(node.minWidth))
  yoga.setMaxWidth(numberOf(node.maxWidth))
}

/** Places a child by its constraint against `frame`; only the horizontal axis is ever compared. */
function setPlace(yoga: YogaNode, box: Box, frame: Box, constraint: string): void {
  const left = box.x - frame.x
  const right = frame.x + frame.width - box.x - box.width
  yoga.setPositionType(PositionType.Absolute)
  yoga.setPosition(Edge.Top, box.y - frame.y)
  yoga.setHeight(box.height)
  if (constraint === 'LEFT_RIGHT') {
    yoga.setPosition(Edge.Left, left)
    yoga.setPosition(Edge.Right, right)
    return
  }
  if (constraint === 'SCALE' && frame.width > 0) {
    yoga.setPositionPercent(Edge.Left, (100 * left) / frame.width)
    yoga.setWidthPercent((100 * box.width) / frame.width)
    return
  }
  yoga.setWidth(box.width)
  if (constraint === 'RIGHT') yoga.setPosition(Edge.Right, right)
  else if (constraint === 'CENTER') {
    yoga.setPositionPercent(Edge.Left, 50)
    yoga.setMargin(Edge.Left, left - frame.width / 2)
  } else yoga.setPosition(Edge.Left, left)
}

const constraintOf = (node: FigmaNode) => String((node.constraints as { horizontal?: string } | undefined)?.horizontal ?? 'LEFT')

/** Layers of a group stand in the frame around it and keep to the group's constraint. */
function placedChildren(node: FigmaNode, constraint?: string): { node: FigmaNode; constraint: string }[] {
  return childrenOf(node)
    .filter((child) => isVisible(child) && boxOf(child))
    .flatMap((child) => {
      const own = constraint ?? constraintOf(child)
      return child.type === 'GROUP' && !child.isMask ? placedChildren(child, own) : [{ node: child, constraint: own }]
    })
}

function build(node: FigmaNode, parent: Placed | undefined, building: Building): Placed {
  const yoga = Yoga.Node.createWithConfig(config)
  yoga.setFlexShrink(0)
  const placed: Placed = { id: String(node.id), node: yoga, ...(parent ? { parent } : {}) }
  building.placed.push(placed)
  const box = boxOf(node) as Box
  if (building.isLeaf(placed.id)) return placed
  const mode = modeOf(node)
  const add = (child: FigmaNode) => {
    const inner = build(child, placed, building)
    yoga.insertChild(inner.node, yoga.getChildCount())
    return inner.node
  }
  if (mode) setFlow(yoga, node, mode)
  const flowing = mode ? childrenOf(node).filter(isFlowing) : []
  const spacing = node.primaryAxisAlignItems === 'SPACE_BETWEEN' ? 0 : (numberOf(node.itemSpacing) ?? 0)
  flowing.forEach((child, index) => {
    const inner = add(child)
    setSize(inner, child, boxOf(child) as Box, mode)
    if (index > 0 && spacing < 0) inner.setMargin(mode === 'HORIZONTAL' ? Edge.Left : Edge.Top, spacing)
  })
  const flowingNodes = new Set(flowing)
  for (const child of placedChildren(node).filter((entry) => !flowingNodes.has(entry.node)))
    setPlace(add(child.node), boxOf(child.node) as Box, box, child.constraint)
  return placed
}

/** @returns where each node would be if Figma resized the frame to `widthPx` */
export function predictExtents(root: FigmaNode, widthPx: number): Map<string, Extent> {
  const measured = new Map(expectedNodes(root).map((node) => [node.id, node]))
  const isLeaf = (id: string) => {
    const node = measured.get(id)
    return node !== undefined && (node.isVector || node.node.layoutMode === 'GRID' || Math.abs(numberOf(node.node.rotation) ?? 0) > 1e-4)
  }
  const building: Building = { placed: [], isLeaf }
  const top = build(root, undefined, building)
  const box = boxOf(root) as Box
  top.node.setWidth(widthPx)
  if (sizingOf(root, undefined, 'VERTICAL') === 'FIXED') top.node.setHeight(box.height)
  top.node.calculateLayout(undefined, undefined, Direction.LTR)
  const left = new Map<Placed, number>()
  const extents = new Map<string, Extent>()
  for (const placed of building.placed) {
    const x = placed.parent ? (left.get(placed.parent) ?? 0) + placed.node.getComputedLeft() : 0
    left.set(placed, x)
    extents.set(placed.id, { x, width: placed.node.getComputedWidth() })
  }
  top.node.freeRecursive()
  return extents
}

export interface ResizeAgreement {
  /** Nodes that the oracle itself places within 2 px of Figma's snapshot, and that it keeps inside the frame at that width. */
  readonly comparable: number
  readonly agreeing: number
  readonly misses: readonly { readonly id: string; readonly predicted: Extent; readonly shown: Extent }[]
}

const isNear = (a: Extent, b: Extent) => Math.abs(a.x - b.x) <= 2 && Math.abs(a.width - b.width) <= 2

/** Compares a page at `factor` of the design's width with what Figma's own rules would do. */
export function compareResize(root: FigmaNode, factor: number, shown: ShownPage): ResizeAgreement {
  const box = boxOf(root) as Box
  const widthPx = Math.round(Math.ceil(box.width) * factor)
  const atSnapshot = predictExtents(root, box.width)
  const predicted = predictExtents(root, widthPx)
  const origin = shown.rootBox?.x ?? 0
  const trusted = expectedNodes(root).filter((node) => {
    const own = atSnapshot.get(node.id)
    const there = predicted.get(node.id)
    return own && there && isNear(own, node.box) && there.x >= -0.5 && there.x + there.width <= widthPx + 0.5 && shown.byId[node.id]
  })
  const pairs = trusted.map((node) => {
    const element = shown.byId[node.id]?.box as Box
    return { id: node.id, predicted: predicted.get(node.id) as Extent, shown: { x: element.x - origin, width: element.width } }
  })
  const misses = pairs.filter((pair) => !isNear(pair.predicted, pair.shown))
  return { comparable: pairs.length, agreeing: pairs.length - misses.length, misses }
}
