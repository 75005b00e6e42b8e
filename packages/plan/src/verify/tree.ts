/** The tree that a plan is verified against: read-only, and read only where a check looks. */
export interface Tree {
  /** Paths from the root, with `/`, in any order. */
  list(): readonly string[]
  /** Undefined when there is no such file, or none that is text. */
  read(path: string): string | undefined
}

/** A tree of texts by path, for tests and for what is already in memory. */
export const textTree = (files: Readonly<Record<string, string>>): Tree => ({
  list: () => Object.keys(files),
  read: (path) => (Object.hasOwn(files, path) ? files[path] : undefined),
})
