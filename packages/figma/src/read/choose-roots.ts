/** Which nodes of a design become pages, counted and bounded on the way. */
import type { FigmaNode } from '../bundle.ts'
import { type FrameEntry, type ReadLimits, ReadStop } from './read-result.ts'

const FRAMES = new Set(['FRAME', 'COMPONENT', 'COMPONENT_SET', 'INSTANCE', 'SECTION'])

const childrenOf = (node: FigmaNode): readonly FigmaNode[] =>
  Array.isArray(node.children)
    ? (node.children as unknown[]).filter((child): child is FigmaNode => typeof child === 'object' && child !== null)
    : []

/**
 * Walks every node once, without recursion.
 * @throws ReadStop beyond the limits
 */
export function checkSize(documents: readonly FigmaNode[], limits: Pick<ReadLimits, 'nodes' | 'depth'>): void {
  let count = 0
  const waiting = documents.map((node) => ({ node, depth: 1 }))
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    count += 1
    if (count > limits.nodes) throw new ReadStop('too-many-nodes', `The design has more than ${limits.nodes} layers. Choose a frame of it.`)
    if (next.depth > limits.depth)
      throw new ReadStop('too-deep', `Layers are nested more than ${limits.depth} deep. Flatten the groups of that frame.`)
    for (const child of childrenOf(next.node)) waiting.push({ node: child, depth: next.depth + 1 })
  }
}

interface Candidate extends FrameEntry {
  readonly node: FigmaNode
}

function candidatesOf(documents: readonly FigmaNode[]): Candidate[] {
  const entry = (node: FigmaNode, page: string): Candidate => ({
    id: String(node.id),
    name: String(node.name ?? ''),
    page,
    type: String(node.type),
    node,
  })
  return documents.flatMap((document) => {
    if (document.type !== 'DOCUMENT' && document.type !== 'CANVAS') return [entry(document, '')]
    const pages = document.type === 'DOCUMENT' ? childrenOf(document) : [document]
    return pages.flatMap((page) => childrenOf(page).map((node) => entry(node, String(page.name ?? ''))))
  })
}

/** A section is a frame around frames; its frames are the pages. */
function unwrapSection(candidate: Candidate): Candidate[] {
  const inner =
    candidate.type === 'SECTION' && candidate.page !== '' ? childrenOf(candidate.node).filter((node) => FRAMES.has(String(node.type))) : []
  if (!inner.length) return [candidate]
  return inner.flatMap((node) =>
    unwrapSection({ id: String(node.id), name: String(node.name ?? ''), page: candidate.page, type: String(node.type), node }),
  )
}

function findNodes(documents: readonly FigmaNode[], ids: ReadonlySet<string>): FigmaNode[] {
  const found = new Map<string, FigmaNode>()
  const waiting = [...documents].reverse()
  for (let node = waiting.pop(); node && found.size < ids.size; node = waiting.pop()) {
    const id = String(node.id)
    if (ids.has(id) && !found.has(id)) found.set(id, node)
    waiting.push(...childrenOf(node).toReversed())
  }
  return [...ids].map((id) => found.get(id)).filter((node) => node !== undefined)
}

const hasBox = (node: FigmaNode) => typeof node.absoluteBoundingBox === 'object' && node.absoluteBoundingBox !== null
const isShown = (node: FigmaNode) => node.visible !== false

/**
 * Without `nodeIds`: the visible frames at the top of each page; where there are none, any visible layer at the top.
 * @throws ReadStop when nothing can be a page
 */
export function chooseRoots(
  documents: readonly FigmaNode[],
  nodeIds: readonly string[] | undefined,
): { roots: FigmaNode[]; frames: FrameEntry[] } {
  const candidates = candidatesOf(documents)
    .flatMap(unwrapSection)
    .filter((candidate) => isShown(candidate.node))
  const frames = candidates.filter((candidate) => FRAMES.has(candidate.type))
  const listed = frames.map(({ id, name, page, type }) => ({ id, name, page, type }))
  if (nodeIds?.length) {
    const wanted = new Set(nodeIds.map((id) => id.replace(/^(I?\d+)-(\d+)$/, '$1:$2')))
    const roots = findNodes(documents, wanted)
    if (!roots.length) throw new ReadStop('node-not-found', `The design has no node ${[...wanted].slice(0, 5).join(', ')}.`)
    return { roots, frames: listed }
  }
  const chosen = frames.length ? frames : candidates.filter((candidate) => hasBox(candidate.node))
  if (!chosen.length) throw new ReadStop('no-frames', 'The design has no visible frame at the top of a page.')
  return { roots: chosen.map((candidate) => candidate.node), frames: listed }
}
