/** Pictures of a compiled page as part of the page itself: a page that is shown or measured loads nothing. */
import type { ObjectStore } from '@slipway/storage'
import { pictureKind } from './picture-kind.ts'
import { pictureKey, picturesIn, replacePictures } from './prototype-keys.ts'

/** Of one page, together; what goes beyond stays empty. */
const INLINE_BYTES_MAX = 96 * 1024 * 1024

/** A picture by its file name; undefined once it is gone. */
export async function pictureBytes(objects: ObjectStore, orgId: string, fileName: string): Promise<Uint8Array | undefined> {
  const key = pictureKey(orgId, fileName.slice(0, 64))
  return (await objects.has(key)) ? objects.get(key) : undefined
}

/** @param text markup or a style sheet of the compiler */
export async function withPictures(objects: ObjectStore, orgId: string, text: string, bytesMax = INLINE_BYTES_MAX): Promise<string> {
  const hrefs = new Map<string, string>()
  let left = bytesMax
  for (const fileName of picturesIn(text)) {
    const bytes = await pictureBytes(objects, orgId, fileName)
    const kind = bytes && pictureKind(bytes)
    left -= bytes?.byteLength ?? 0
    if (bytes && kind && left > 0) hrefs.set(fileName, `data:${kind.type};base64,${Buffer.from(bytes).toString('base64')}`)
  }
  return replacePictures(text, (fileName) => hrefs.get(fileName) ?? 'data:,')
}
