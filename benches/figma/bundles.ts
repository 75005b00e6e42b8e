/** Gives the compiler what a session would have fetched: pictures that the JSON does not hold, cut out of Figma's render. */
import { type CompileOptions, type CompileResult, compile, type DesignBundle, type FigmaNode, type Picture } from '@slipway/figma'
import { type Box, boxOf, childrenOf } from '../../packages/figma/src/measure/expected-boxes.ts'
import type { BenchCase } from './cases.ts'
import { cropper } from './pictures.ts'

interface Paint {
  readonly type?: string
  readonly imageRef?: string
  readonly visible?: boolean
}

/** An image fill shows one file in many boxes; a cut shows one box with all its fills: each node gets a file of its own, and no fill besides. */
function withOwnImages(node: FigmaNode, crop: (node: FigmaNode) => Picture | undefined, images: Record<string, Picture>): FigmaNode {
  const fills = Array.isArray(node.fills) ? (node.fills as Paint[]) : []
  const children = childrenOf(node).map((child) => withOwnImages(child, crop, images))
  const hasImage = fills.some((fill) => fill?.type === 'IMAGE' && fill.visible !== false && fill.imageRef && !images[fill.imageRef])
  const picture = hasImage ? crop(node) : undefined
  const own = `cut-${String(node.id)}`
  if (picture) images[own] = picture
  const cutFills = [{ type: 'IMAGE', blendMode: 'NORMAL', scaleMode: 'FILL', imageRef: own }]
  return { ...node, ...(Array.isArray(node.children) ? { children } : {}), ...(picture ? { fills: cutFills } : {}) }
}

/** Compiles once to learn which pictures are missing, and again with them. */
export function compileCase(measured: BenchCase, options: CompileOptions): { result: CompileResult; bundle: DesignBundle } {
  const { bundle, reference, box } = measured
  if (!reference) return { result: compile(bundle, options), bundle }
  const cut = cropper(reference)
  const relative = (inner: Box): Box => ({ ...inner, x: inner.x - box.x, y: inner.y - box.y })
  const cropNode = (node: FigmaNode) => {
    const inner = boxOf(node)
    return inner && inner.width > 0 && inner.height > 0 && inner.width * inner.height < 4e6 ? cut(relative(inner)) : undefined
  }
  const images: Record<string, Picture> = { ...bundle.images }
  const roots = bundle.roots.map((root) => withOwnImages(root, cropNode, images))
  const known: DesignBundle = { ...bundle, roots, images }
  const first = compile(known, options)
  const missing = new Set(first.assets.filter((asset) => asset.kind === 'vector' && !asset.isPresent).map((asset) => asset.nodeId))
  if (!missing.size) return { result: first, bundle: known }
  const renders: Record<string, Picture> = {}
  const waiting = [...roots]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const picture = missing.has(String(node.id)) ? cropNode(node) : undefined
    if (picture) renders[String(node.id)] = picture
    waiting.push(...childrenOf(node))
  }
  const complete = { ...known, renders }
  return { result: compile(complete, options), bundle: complete }
}
