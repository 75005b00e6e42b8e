/** The pictures that a design's fills show, as addresses that hold themselves. */
import type { Picture } from '../../bundle.ts'
import type { KiwiFields } from './decode.ts'
import { hexOf } from './paints.ts'
import { fieldsOf, listOf } from './values.ts'

const SIGNATURES: readonly (readonly [string, readonly number[]])[] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
  ['image/webp', [0x52, 0x49, 0x46, 0x46]],
]

const base64 = (bytes: Uint8Array): string => {
  const parts: string[] = []
  // A multiple of three, so that the parts join without padding between them.
  for (let at = 0; at < bytes.length; at += 24_576) parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + 24_576))))
  return parts.join('')
}

/** @returns undefined for anything but PNG, JPEG, GIF and WebP: SVG can hold scripts, and fills are never SVG */
export function pictureOf(bytes: Uint8Array): Picture | undefined {
  const type = SIGNATURES.find(([, signature]) => signature.every((byte, index) => bytes[index] === byte))?.[0]
  return type ? { href: `data:${type};base64,${base64(bytes)}` } : undefined
}

function imagesOf(nodes: Iterable<KiwiFields>): KiwiFields[] {
  return [...nodes].flatMap((node) => {
    const overrides = listOf(fieldsOf(node.symbolData).symbolOverrides)
    return [node, ...overrides]
      .flatMap((owner) => [...listOf(owner.fillPaints), ...listOf(owner.strokePaints)])
      .map((paint) => fieldsOf(paint.image))
  })
}

/** @returns pictures by the `imageRef` that fills name, and how many could not be read */
export function picturesOf(
  nodes: Iterable<KiwiFields>,
  files: ReadonlyMap<string, Uint8Array>,
  blobs: readonly KiwiFields[],
  sizeBytesMax: number,
): { pictures: Record<string, Picture>; skippedCount: number } {
  const pictures: Record<string, Picture> = {}
  let sizeBytes = 0
  const skipped = new Set<string>()
  for (const image of imagesOf(nodes)) {
    const ref = hexOf(image.hash) ?? (typeof image.dataBlob === 'number' ? `blob-${image.dataBlob}` : undefined)
    if (!ref || pictures[ref] || skipped.has(ref)) continue
    const blob = typeof image.dataBlob === 'number' ? blobs[image.dataBlob]?.bytes : undefined
    const bytes = files.get(ref) ?? (blob instanceof Uint8Array ? blob : undefined)
    const picture = bytes && sizeBytes + bytes.length <= sizeBytesMax ? pictureOf(bytes) : undefined
    if (picture) pictures[ref] = picture
    else skipped.add(ref)
    if (picture && bytes) sizeBytes += bytes.length
  }
  return { pictures, skippedCount: skipped.size }
}
