/** From the import path of a Go or Rust file to the file it means, below the manifest of its module. */
import { join, parentOf } from './paths.ts'
import type { TreeIndex } from './tree-index.ts'

/** A file of the folder that the import path means below a `go.mod` of the tree; null for packages of others. */
export function goPackage(tree: TreeIndex, specifier: string): string | null {
  for (const manifest of tree.named('go.mod')) {
    const module = /^module\s+(\S+)/m.exec(tree.file(manifest)?.text ?? '')?.[1]
    if (!module || (specifier !== module && !specifier.startsWith(`${module}/`))) continue
    const folder = join(parentOf(manifest), specifier.slice(module.length))
    const paths = folder ? tree.below(folder) : tree.paths
    return paths.find((path) => path.endsWith('.go') && !path.endsWith('_test.go') && parentOf(path) === folder) ?? null
  }
  return null
}

/** `crate/db/User` → `src/db.rs` or `src/db/mod.rs`; `self` and `super` from the module's own folder. */
export function rustFile(tree: TreeIndex, from: string, specifier: string): string | null {
  const [first = '', ...rest] = specifier.split('/')
  const isRoot = /(?:^|\/)(?:mod|lib|main)\.rs$/.test(from)
  const own = isRoot ? parentOf(from) : from.replace(/\.rs$/, '')
  const base = first === 'crate' ? sourcesAbove(tree, from) : first === 'self' ? own : first === 'super' ? parentOf(own) : null
  if (base === null) return null
  for (let length = rest.length; length > 0; length--) {
    const path = join(base, rest.slice(0, length).join('/'))
    const file = [`${path}.rs`, `${path}/mod.rs`].find((candidate) => tree.has(candidate))
    if (file) return file
  }
  return null
}

function sourcesAbove(tree: TreeIndex, from: string): string {
  for (let folder = parentOf(from); ; folder = parentOf(folder)) {
    if (tree.has(join(folder, 'Cargo.toml'))) return join(folder, 'src')
    if (folder === '') return 'src'
  }
}
