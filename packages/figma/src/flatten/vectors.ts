/** Phase 3: which subtrees are drawings, so that each becomes one picture. */
import type { FigmaNode } from '../bundle.ts'
import type { Layer } from '../normalise/layer.ts'

export const HARD_VECTORS = new Set(['VECTOR', 'BOOLEAN_OPERATION', 'STAR', 'REGULAR_POLYGON', 'POLYGON', 'TEXT_PATH', 'WASHI_TAPE'])

interface Content {
  readonly hasHard: boolean
  readonly hasOther: boolean
}

/** The nodes of layers that hold at least one vector and nothing but shapes: no text, no image. Decided once, bottom up. */
export function findDrawings(root: Layer): ReadonlySet<FigmaNode> {
  const drawings = new Set<FigmaNode>()
  const contents = new Map<Layer, Content>()
  const visit = (layer: Layer): Content => {
    let hasHard = HARD_VECTORS.has(layer.type) || layer.arc !== undefined
    let hasOther = layer.text !== undefined || layer.fills.some((paint) => paint.kind === 'image')
    if (layer.type !== 'BOOLEAN_OPERATION') {
      for (const child of layer.children) {
        const below = visit(child)
        hasHard ||= below.hasHard
        hasOther ||= below.hasOther
      }
    }
    const content = { hasHard, hasOther }
    contents.set(layer, content)
    if (hasHard && !hasOther) drawings.add(layer.node)
    return content
  }
  visit(root)
  return drawings
}
