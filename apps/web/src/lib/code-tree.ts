/** Paths as folders inside folders. */
export interface Folder {
  readonly name: string
  /** From the root, without a slash at the end; empty for the root itself. */
  readonly path: string
  readonly folders: readonly Folder[]
  readonly files: readonly { readonly name: string; readonly path: string }[]
}

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name, 'en')

/** Folders and files by name. A folder that holds nothing but one folder is written together with it: `web/pages`. */
export function treeOf(paths: readonly string[]): Folder {
  return grow('', '', paths)
}

function grow(name: string, path: string, paths: readonly string[]): Folder {
  const prefix = path ? `${path}/` : ''
  const inside = paths.filter((one) => one.startsWith(prefix))
  const files = inside
    .filter((one) => !one.slice(prefix.length).includes('/'))
    .map((one) => ({ name: one.slice(prefix.length), path: one }))
  const names = [
    ...new Set(
      inside
        .map((one) => one.slice(prefix.length))
        .filter((rest) => rest.includes('/'))
        .map((rest) => rest.slice(0, rest.indexOf('/'))),
    ),
  ]
  const folders = names.map((child) => grow(child, prefix + child, inside)).sort(byName)
  const [only] = folders
  if (path && files.length === 0 && folders.length === 1 && only) return { ...only, name: `${name}/${only.name}` }
  return { name, path, folders, files: files.sort(byName) }
}

/** "812 B", "14 kB". */
export const fileSize = (bytes: number): string => (bytes < 1000 ? `${bytes} B` : `${Math.round(bytes / 1000).toLocaleString('en')} kB`)
