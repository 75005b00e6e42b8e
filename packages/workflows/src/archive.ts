/** The source of an app as one zip: the same files give the same bytes. */
import { createHash } from 'node:crypto'
import { unzipSync, type Zippable, zipSync } from 'fflate'

export type AppFiles = Readonly<Record<string, Uint8Array>>

/** The earliest day that a zip can hold: its bytes must not depend on when it was made. @see APPNOTE.TXT, 4.4.6 */
const FIXED_DATE = new Date(1980, 0, 1)

/** Files sorted by path, with fixed dates. */
export function packFiles(files: AppFiles): Uint8Array {
  const sorted = Object.keys(files).sort()
  return zipSync(Object.fromEntries(sorted.map((path) => [path, files[path]])) as Zippable, { mtime: FIXED_DATE, level: 6 })
}

/** What `packFiles` packed. */
export const unpackFiles = (archive: Uint8Array): AppFiles => unzipSync(archive)

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** One hash for a whole tree, whatever it is packed in. */
export function treeHash(files: AppFiles): string {
  const hash = createHash('sha256')
  for (const path of Object.keys(files).sort()) hash.update(`${path}\0${sha256(files[path] as Uint8Array)}\0`)
  return hash.digest('hex')
}
