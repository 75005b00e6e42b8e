/** From an import specifier to the file it means: relative paths, aliases of tsconfig and bundlers, workspace packages. */
import { fileAt } from './file-at.ts'
import { join, parentOf } from './paths.ts'
import { goPackage, rustFile } from './resolve-go-rust.ts'
import type { TreeIndex } from './tree-index.ts'
import { packageFile, workspacePackages } from './workspace-packages.ts'

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
