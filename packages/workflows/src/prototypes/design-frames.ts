/** From a design in any form to its frames and to a bundle: what the reader finds, as failures and pictures of ours. */
import { createHash } from 'node:crypto'
import { type DesignFrame, failure } from '@slipway/domain'
import { type DesignBundle, type FigmaNode, type Picture, readDesign } from '@slipway/figma'
import type { ObjectStore } from '@slipway/storage'
import { pictureKind } from './picture-kind.ts'
import { pictureKey, standInHref } from './prototype-keys.ts'

const FRAMES = new Set(['FRAME', 'COMPONENT', 'COMPONENT_SET', 'INSTANCE', 'SECTION', 'GROUP'])

/** @throws DESIGN_UNREADABLE, FIGMA_NOT_FOUND for frames that are not in it, NODE_NOT_FRAME */
export function readFrames(
  input: string | Uint8Array,
  options: { what: string; frameIds?: readonly string[] },
): { bundle: DesignBundle; frames: DesignFrame[] } {
  const { bundle, frames, diagnostics } = readDesign(input, options.frameIds ? { nodeIds: options.frameIds } : {})
  if (!bundle) {
    const fault = diagnostics.find((diagnostic) => diagnostic.severity === 'error')
    if (fault?.code === 'node-not-found' || fault?.code === 'node-missing') throw failure('FIGMA_NOT_FOUND', { what: 'this frame' })
    throw failure('DESIGN_UNREADABLE', { what: options.what, reason: withoutStop(fault?.message ?? 'it holds no design') })
  }
  if (options.frameIds) {
    const other = bundle.roots.find((node) => !FRAMES.has(String(node.type)))
    if (other) throw failure('NODE_NOT_FRAME', { name: nameOf(other), type: String(other.type) })
  }
  const nodes = new Map(bundle.roots.map((node) => [String(node.id), node]))
  const sized = frames.map(({ id, name, page }) => ({ id, name, page, ...sizeOf(nodes.get(id)), thumbnailUrl: null }))
  return { bundle, frames: sized }
}

const withoutStop = (sentence: string) => sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '')

export const nameOf = (node: FigmaNode): string => String(node.name ?? 'Frame').slice(0, 200)

/** In px; 0 where the design does not say. */
export function sizeOf(node: FigmaNode | undefined): { width: number; height: number } {
  const box = (node?.absoluteBoundingBox ?? {}) as { width?: unknown; height?: unknown }
  const side = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) && value > 0 ? Math.round(value) : 0)
  return { width: side(box.width), height: side(box.height) }
}

const REFS_MAX = 500

/** The image fills that a design shows, each once, in the order of the layers. */
export function imageRefs(roots: readonly FigmaNode[]): string[] {
  const refs = new Set<string>()
  const waiting: unknown[] = [...roots].reverse()
  while (waiting.length > 0 && refs.size < REFS_MAX) {
    const value = waiting.pop()
    if (Array.isArray(value)) for (const one of value.toReversed()) waiting.push(one)
    else if (typeof value === 'object' && value !== null) {
      const { imageRef } = value as { imageRef?: unknown }
      if (typeof imageRef === 'string' && imageRef.length <= 200) refs.add(imageRef)
      for (const one of Object.values(value).toReversed()) if (typeof one === 'object') waiting.push(one)
    }
  }
  return [...refs]
}

/** A picture into the object store. @returns undefined when it is none */
export async function keepPicture(
  objects: ObjectStore,
  orgId: string,
  bytes: Uint8Array,
): Promise<(Picture & { sha256: string }) | undefined> {
  const kind = pictureKind(bytes)
  if (!kind) return undefined
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const key = pictureKey(orgId, sha256)
  if (!(await objects.has(key))) await objects.put(key, bytes)
  return { sha256, href: standInHref(`${sha256}.${kind.extension}`), width: kind.width, height: kind.height }
}

/** Pictures that a file brought along as `data:` go to the object store like all others. */
export async function keepOwnPictures(
  objects: ObjectStore,
  orgId: string,
  pictures: DesignBundle['images'],
): Promise<Record<string, Picture>> {
  const kept: Record<string, Picture> = {}
  for (const [ref, picture] of Object.entries(pictures ?? {})) {
    const data = /^data:image\/[\w.+-]+;base64,([A-Za-z0-9+/=\s]+)$/.exec(picture.href)?.[1]
    const ours = data ? await keepPicture(objects, orgId, Buffer.from(data, 'base64')) : undefined
    if (ours) kept[ref] = { href: ours.href, ...sizes(ours) }
    else if (picture.href.startsWith('https:')) kept[ref] = picture
  }
  return kept
}

export const sizes = ({ width, height }: Picture) => ({ ...(width ? { width } : {}), ...(height ? { height } : {}) })
