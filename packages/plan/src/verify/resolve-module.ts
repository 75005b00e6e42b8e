/** From an import specifier to the file it means: relative paths, aliases of tsconfig and bundlers, workspace packages. */
import type { TreeIndex } from './tree-index.ts'

const ENDINGS = [
  '',
  '.ts',
  '.tsx',
  '.d.ts',
  '.js',
  '.jsx',
  '.mts',
  '.mjs',
  '.cjs',
  '.vue',
  '.svelte',
  '.astro',
  '.json',
  '.css',
  '.scss',
  '.py',
]
const INDEXES = [
  '/index.ts',
  '/index.tsx',
  '/index.js',
  '/index.jsx',
  '/index.mjs',
  '/index.svelte',
  '/index.vue',
  '/+page.svelte',
  '/__init__.py',
]

export interface ModuleResolver {
  /** The file, or null for a package of the registry and for what does not exist. */
  resolve(from: string, specifier: string): string | null
}

export function moduleResolver(tree: TreeIndex): ModuleResolver {
  const found = new Map<string, string | null>()
  const aliases = new Map<string, readonly Alias[]>()
  const packages = workspacePackages(tree)
  const aliasesOf = (folder: string): readonly Alias[] => {
    const known = aliases.get(folder)
    if (known) return known
    const here = ['tsconfig.json', 'jsconfig.json', 'tsconfig.app.json', 'tsconfig.base.json', 'tsconfig.web.json'].flatMap((name) =>
      pathsOf(tree, join(folder, name), 0),
    )
    const all = folder === '' ? here : [...here, ...aliasesOf(parentOf(folder))]
    aliases.set(folder, all)
    return all
  }
  const search = (from: string, specifier: string): string | null => {
    if (from.endsWith('.go')) return goPackage(tree, specifier)
    if (from.endsWith('.rs')) return rustFile(tree, from, specifier)
    const plain = specifier.replace(/[?#].*$/, '')
    if (plain.startsWith('.')) return fileAt(tree, join(parentOf(from), plain))
    if (plain.startsWith('/')) return fileAt(tree, plain.slice(1)) ?? fileAt(tree, join('public', plain.slice(1)))
    for (const alias of aliasesOf(parentOf(from))) {
      const rest = restAfter(alias, plain)
      const file = rest === null ? null : fileAt(tree, join(alias.target, rest))
      if (file) return file
    }
    return packageFile(tree, packages, plain) ?? conventional(tree, from, plain)
  }
  return {
    resolve: (from, specifier) => {
      const key = `${parentOf(from)}\n${specifier}`
      let file = found.get(key)
      if (file === undefined) {
        file = search(from, specifier)
        found.set(key, file)
      }
      return file
    },
  }
}

/** A path without an ending, with the wrong one (`.js` for `.ts`), or of a folder with an index. */
export function fileAt(tree: TreeIndex, path: string): string | null {
  for (const ending of ENDINGS) if (tree.has(path + ending)) return path + ending
  const stem = path.replace(/\.(?:[cm]?jsx?|tsx?)$/, '')
  if (stem !== path) for (const ending of ENDINGS.slice(1)) if (tree.has(stem + ending)) return stem + ending
  for (const index of INDEXES) if (tree.has(path + index)) return path + index
  return null
}

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

interface Alias {
  readonly prefix: string
  readonly suffix: string | null
  readonly target: string
}

const EXTENDS_MAX = 4

function pathsOf(tree: TreeIndex, path: string, depth: number): Alias[] {
  if (!tree.has(path) || depth > EXTENDS_MAX) return []
  const config = tree.json(path) as { extends?: unknown; compilerOptions?: { baseUrl?: unknown; paths?: unknown } } | undefined
  const folder = parentOf(path)
  const base = typeof config?.compilerOptions?.baseUrl === 'string' ? join(folder, config.compilerOptions.baseUrl) : folder
  const paths = Object.entries((config?.compilerOptions?.paths ?? {}) as Record<string, unknown>)
  const own = paths.flatMap(([pattern, targets]) => {
    const [prefix = '', suffix] = pattern.split('*')
    return (Array.isArray(targets) ? targets : []).map((target) => ({
      prefix,
      suffix: suffix ?? null,
      target: join(base, String(target).replace('*', '')),
    }))
  })
  const bare = typeof config?.compilerOptions?.baseUrl === 'string' ? [{ prefix: '', suffix: '', target: base }] : []
  const inherited =
    typeof config?.extends === 'string' && config.extends.startsWith('.') ? [fileAt(tree, join(folder, config.extends))] : []
  return [...own, ...bare, ...inherited.flatMap((file) => (file ? pathsOf(tree, file, depth + 1) : []))]
}

function restAfter(alias: Alias, specifier: string): string | null {
  if (alias.suffix === null) return specifier === alias.prefix ? '' : null
  return specifier.startsWith(alias.prefix) && specifier.endsWith(alias.suffix)
    ? specifier.slice(alias.prefix.length, specifier.length - alias.suffix.length || undefined)
    : null
}

function workspacePackages(tree: TreeIndex): ReadonlyMap<string, string> {
  const packages = new Map<string, string>()
  for (const path of tree.named('package.json')) {
    const name = (tree.json(path) as { name?: unknown } | undefined)?.name
    if (typeof name === 'string' && name) packages.set(name, parentOf(path))
  }
  return packages
}

/** Sources stand for what a package will be built into. */
function packageFile(tree: TreeIndex, packages: ReadonlyMap<string, string>, specifier: string): string | null {
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

/** `@/x`, `~/x`, `$lib/x`, `src/x`: what bundlers are usually told, in the folders above the importing file. */
function conventional(tree: TreeIndex, from: string, specifier: string): string | null {
  const rest = /^(?:@\/|~\/|~|#|@)(.+)$/.exec(specifier)?.[1] ?? (specifier.startsWith('$') ? specifier.slice(1) : null)
  const isPython = from.endsWith('.py')
  const tails = isPython
    ? [specifier, `src/${specifier}`]
    : rest === null
      ? []
      : [`src/${rest}`, rest, `app/${rest}`, `src/renderer/${rest}`, `src/renderer/src/${rest}`]
  if (/^(?:src|app|lib|convex|components|server|shared)\//.test(specifier)) tails.push(specifier)
  for (let folder = parentOf(from); ; folder = parentOf(folder)) {
    for (const tail of tails) {
      const file = fileAt(tree, join(folder, tail))
      if (file) return file
    }
    if (folder === '') return null
  }
}

/** A file of the folder that the import path means below a `go.mod` of the tree; null for packages of others. */
function goPackage(tree: TreeIndex, specifier: string): string | null {
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
function rustFile(tree: TreeIndex, from: string, specifier: string): string | null {
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
