/** Which boxes a page made from a frame must show, and where: the geometry oracle that needs no picture. */
import type { FigmaNode } from '../bundle.ts'

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** What Figma says of one node. Boxes are in px, relative to the root. */
export interface ExpectedNode {
  readonly id: string
  readonly type: string
  readonly name: string
  readonly box: Box
  /** Only shapes inside: one picture stands for all of it. */
  readonly isVector: boolean
  /** A child in the flow of an auto layout parent. */
  readonly isInAutoLayout: boolean
  /** The design itself gives it a place and no flow: no auto layout parent, or lifted out of it. */
  readonly isPlacedByDesign: boolean
  /** Ids from the parent up to, without, the root. */
  readonly ancestors: readonly string[]
  readonly node: FigmaNode
}

const SHAPES = new Set(['VECTOR', 'BOOLEAN_OPERATION', 'STAR', 'REGULAR_POLYGON', 'POLYGON'])

export const isVisible = (node: FigmaNode): boolean => node.visible !== false

export const childrenOf = (node: FigmaNode): readonly FigmaNode[] =>
  Array.isArray(node.children)
    ? (node.children as unknown[]).filter((child) => typeof child === 'object' && child !== null).map((child) => child as FigmaNode)
    : []

export function boxOf(node: FigmaNode): Box | undefined {
  const box = node.absoluteBoundingBox as Partial<Box> | null | undefined
  const isBox = [box?.x, box?.y, box?.width, box?.height].every(Number.isFinite)
  return isBox ? (box as Box) : undefined
}

/** Every visible node below and with `root`, parents first. */
export function* visibleNodes(root: FigmaNode): Generator<FigmaNode> {
  const waiting = [root]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (!isVisible(node)) continue
    yield node
    waiting.push(...childrenOf(node).toReversed())
  }
}

const fillsOf = (node: FigmaNode) => (Array.isArray(node.fills) ? (node.fills as { type?: string; visible?: boolean }[]) : [])

/** No text, no image, at least one true shape: such a subtree is one picture. */
function isVectorOnly(root: FigmaNode): boolean {
  let hasShape = false
  const waiting = [root]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (!isVisible(node)) continue
    if (node.type === 'TEXT' || fillsOf(node).some((fill) => fill?.type === 'IMAGE' && fill.visible !== false)) return false
    if (SHAPES.has(node.type as string)) hasShape = true
    if (node.type !== 'BOOLEAN_OPERATION') waiting.push(...childrenOf(node))
  }
  return hasShape
}

const hasAutoLayout = (node: FigmaNode | undefined) => typeof node?.layoutMode === 'string' && node.layoutMode !== 'NONE'

/**
 * Every visible node except the root, groups, slices and the inside of vector-only subtrees.
 * @param flattened ids whose inside the compiler turned into one picture: their descendants are not expected
 */
export function expectedNodes(root: FigmaNode, flattened: ReadonlySet<string> = new Set()): ExpectedNode[] {
  const origin = boxOf(root)
  if (!origin) return []
  const found: ExpectedNode[] = []
  const waiting: { node: FigmaNode; parent?: FigmaNode; ancestors: readonly string[]; isInside: boolean }[] = [
    { node: root, ancestors: [], isInside: false },
  ]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, parent, ancestors, isInside } = next
    if (!isVisible(node)) continue
    const box = boxOf(node)
    const isVector = !isInside && node !== root && isVectorOnly(node)
    if (node !== root && box && !isInside && (node.type !== 'GROUP' || isVector) && node.type !== 'SLICE') {
      const isInAutoLayout = hasAutoLayout(parent) && node.layoutPositioning !== 'ABSOLUTE'
      found.push({
        id: String(node.id),
        type: String(node.type),
        name: String(node.name),
        box: { ...box, x: box.x - origin.x, y: box.y - origin.y },
        isVector,
        isInAutoLayout,
        isPlacedByDesign: !isInAutoLayout,
        ancestors,
        node,
      })
    }
    if (node.type === 'BOOLEAN_OPERATION') continue
    const below = node === root ? [] : [String(node.id), ...ancestors]
    const isBelowPicture = isInside || isVector || flattened.has(String(node.id))
    for (const child of childrenOf(node).toReversed())
      waiting.push({ node: child, parent: node, ancestors: below, isInside: isBelowPicture })
  }
  return found
}
