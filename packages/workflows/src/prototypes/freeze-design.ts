/** Takes a frame out of its file for good: everything that compiling it needs, in one bundle that no later call of Figma changes. */
import { createHash } from 'node:crypto'
import type { DesignContext } from '@slipway/domain'
import type { DesignBundle } from '@slipway/figma'
import type { ObjectStore } from '@slipway/storage'
import { imageRefs, keepOwnPictures, keepPicture, nameOf, readFrames, sizeOf, sizes } from './design-frames.ts'
import type { FigmaAnswers } from './figma-answers.ts'
import { bundleKey, pictureAddress, uploadKey } from './prototype-keys.ts'

export interface Frozen {
  readonly bundleSha256: string
  readonly frameName: string
  readonly frameWidth: number
  readonly frameHeight: number
}

interface At {
  readonly orgId: string
  readonly context: DesignContext
  readonly signal?: AbortSignal | undefined
}

interface Deps {
  readonly objects: ObjectStore
  readonly answers: FigmaAnswers
}

/** At once, so that a frame with a hundred pictures takes seconds and the machine has room. */
const PICTURES_AT_ONCE = 6

/** @throws what reading a design and asking Figma throw */
export async function freezeDesign(deps: Deps, at: At): Promise<Frozen> {
  const { objects } = deps
  const { orgId, context } = at
  const input = await inputOf(deps, at)
  const what = context.source.kind === 'figma' ? 'What Figma sent' : 'The design'
  const { bundle: read } = readFrames(input, { what, frameIds: context.frameIds })
  const own = await keepOwnPictures(objects, orgId, read.images)
  const bundle: DesignBundle = { ...read, images: { ...own, ...(await picturesOf(deps, at, read)) } }
  const bytes = Buffer.from(JSON.stringify(bundle))
  const bundleSha256 = createHash('sha256').update(bytes).digest('hex')
  await objects.put(bundleKey(orgId, bundleSha256), bytes)
  const [root] = bundle.roots
  const { width, height } = sizeOf(root)
  return { bundleSha256, frameName: root ? nameOf(root) : 'Frame', frameWidth: width, frameHeight: height }
}

async function inputOf({ objects, answers }: Deps, { orgId, context: { source, frameIds }, signal }: At): Promise<string | Uint8Array> {
  if (source.kind === 'upload') return objects.get(uploadKey(orgId, source.sha256))
  const path = `/files/${source.fileKey}/nodes?ids=${encodeURIComponent(frameIds.join(','))}&geometry=paths`
  return answers.kept({ ...source, path }, { what: 'this frame', signal })
}

/** Image fills from Figma. Their addresses end after two weeks: then they are asked for once more. */
async function picturesOf(
  { objects, answers }: Deps,
  { orgId, context: { source }, signal }: At,
  bundle: DesignBundle,
): Promise<NonNullable<DesignBundle['images']>> {
  const refs = source.kind === 'figma' ? imageRefs(bundle.roots) : []
  if (source.kind !== 'figma' || refs.length === 0) return {}
  const question = { ...source, path: `/files/${source.fileKey}/images` }
  const found: Record<string, { href: string; width?: number; height?: number }> = {}
  for (const isRenewed of [false, true]) {
    const addresses = addressesIn(await answers.kept(question, { what: 'the pictures of this file', signal, isRenewed }), [
      'meta',
      'images',
    ])
    const open = refs.filter((ref) => !found[ref] && addresses[ref])
    for (let next = 0; next < open.length; next += PICTURES_AT_ONCE) {
      await Promise.all(
        open.slice(next, next + PICTURES_AT_ONCE).map(async (ref) => {
          const bytes = await answers.picture(addresses[ref] as string, signal)
          const kept = bytes && (await keepPicture(objects, orgId, bytes))
          if (kept) found[ref] = { href: kept.href, ...sizes(kept) }
        }),
      )
    }
    if (open.every((ref) => found[ref])) break
  }
  return found
}

/** Figma scales what would have more down. */
const PIXELS_MAX = 32_000_000

/** Figma's own picture of the frame, copied: its address ends after a month. @returns our address; undefined when Figma drew nothing */
export async function freezeThumbnail(
  { objects, answers }: Deps,
  { orgId, context: { source, frameIds }, signal }: At,
  frame: { width: number; height: number },
): Promise<string | undefined> {
  const [id] = frameIds
  if (source.kind !== 'figma' || !id) return undefined
  const scale = frame.width * frame.height * 4 > PIXELS_MAX ? 1 : 2
  const path = `/images/${source.fileKey}?ids=${encodeURIComponent(id)}&format=png&scale=${scale}&use_absolute_bounds=true`
  const address = addressesIn(await answers.kept({ ...source, path }, { what: 'a picture of this frame', signal }), ['images'])[id]
  const bytes = address ? await answers.picture(address, signal) : undefined
  const kept = bytes && (await keepPicture(objects, orgId, bytes))
  return kept && pictureAddress(kept.sha256)
}

/** A map of addresses somewhere in an answer; what is no text is left out. */
export function addressesIn(text: string, path: readonly string[]): Record<string, string> {
  const found = path.reduce<unknown>((value, name) => (value as Record<string, unknown> | null)?.[name], JSON.parse(text))
  const entries = Object.entries((found ?? {}) as Record<string, unknown>)
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}
