/** Paths of a tree: relative to its root, with slashes. */

export const parentOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')))

/** Joins and resolves `.` and `..`; what leads outside of the tree stays at its root. */
export function join(folder: string, path: string): string {
  const parts: string[] = folder ? folder.split('/') : []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}
