/** Packages of the tree itself, by name: what their manifests offer, as the sources it will be built from. */
import { fileAt } from './file-at.ts'
import { join, parentOf } from './paths.ts'
import type { TreeIndex } from './tree-index.ts'

/** Names to folders. */
export function workspacePackages(tree: TreeIndex): ReadonlyMap<string, string> {
  const packages = new Map<string, string>()
  for (const path of tree.named('package.json')) {
    const name = (tree.json(path) as { name?: unknown } | undefined)?.name
    if (typeof name === 'string' && name) packages.set(name, parentOf(path))
  }
  return packages
}

/** Sources stand for what a package will be built into. */
export function packageFile(tree: TreeIndex, packages: ReadonlyMap<string, string>, specifier: string): string | null {
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
  const folder = packages.get(name)
  if (folder === undefined) return null
  const rest = specifier.slice(name.length + 1)
  const manifest = tree.json(join(folder, 'package.json')) as { exports?: unknown; main?: unknown } | undefined
  const targets = [
    ...targetsOf(manifest?.exports, rest ? `./${rest}` : '.'),
    ...(rest ? [rest, `src/${rest}`] : [String(manifest?.main ?? ''), 'src/index', 'src/main', 'index']),
  ]
  for (const target of targets) {
    const file =
      target && (fileAt(tree, join(folder, target)) ?? fileAt(tree, join(folder, target.replace(/(?:^|\/)(?:dist|build|lib)\//, '/src/'))))
    if (file) return file
  }
  return null
}

function targetsOf(exports: unknown, key: string): string[] {
  if (typeof exports === 'string') return key === '.' ? [exports] : []
  const entry = (exports as Record<string, unknown> | undefined)?.[key]
  if (typeof entry === 'string') return [entry]
  return typeof entry === 'object' && entry !== null ? Object.values(entry).filter((value) => typeof value === 'string') : []
}
