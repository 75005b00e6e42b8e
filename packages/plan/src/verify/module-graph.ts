/** Which module uses which, through aliases and through modules that only pass on. */
import type { ModuleImport } from './module-facts.ts'
import { parentOf } from './paths.ts'
import type { ModuleResolver } from './resolve-module.ts'
import type { TreeIndex } from './tree-index.ts'

export interface Edge {
  readonly from: string
  readonly to: string
  readonly statement: ModuleImport
  /** False when names are imported and none of them is referred to. */
  readonly isUsed: boolean
  /** The module that passes the target on, when there is one. */
  readonly through: string | null
}

const PASSING_DEPTH_MAX = 4

/** The imports of `from` that reach one of `targets`. */
export function edgesBetween(tree: TreeIndex, modules: ModuleResolver, from: string, targets: ReadonlySet<string>): Edge[] {
  const facts = tree.file(from)?.facts
  if (!facts) return []
  if (from.endsWith('.go')) return goEdges(tree, modules, from, targets)
  const isTemplate = /\.(?:vue|svelte|astro)$/.test(from)
  return facts.imports.flatMap((statement): Edge[] => {
    const file = modules.resolve(from, statement.specifier)
    if (!file || file === from) return []
    const wanted = new Set(statement.names.map((name) => name.imported))
    const to = targets.has(file) ? file : passedOn(tree, modules, file, wanted, targets, 0)
    if (!to) return []
    const isUsed =
      statement.names.length === 0 ||
      statement.names.some((name) => name.isUsed || (isTemplate && isInTemplate(tree, from, name.local, statement)))
    return [{ from, to, statement, isUsed, through: to === file ? null : file }]
  })
}

/** An import reaches every file of a package; files of one package use one another's names without any import. */
function goEdges(tree: TreeIndex, modules: ModuleResolver, from: string, targets: ReadonlySet<string>): Edge[] {
  const facts = tree.file(from)?.facts
  return [...targets].flatMap((to): Edge[] => {
    if (parentOf(to) === parentOf(from)) {
      const name = tree.file(to)?.facts?.exports.find((entry) => facts?.freeNames.has(entry.name))
      const at = name ? (tree.file(from)?.code.search(new RegExp(`\\b${name.name}\\b`)) ?? -1) : -1
      if (!name || at === -1) return []
      return [
        {
          from,
          to,
          statement: { kind: 'static', specifier: '.', names: [], start: at, end: at + name.name.length },
          isUsed: true,
          through: null,
        },
      ]
    }
    const statement = facts?.imports.find((candidate) => parentOf(modules.resolve(from, candidate.specifier) ?? '/') === parentOf(to))
    return statement ? [{ from, to, statement, isUsed: true, through: null }] : []
  })
}

function passedOn(
  tree: TreeIndex,
  modules: ModuleResolver,
  file: string,
  wanted: ReadonlySet<string>,
  targets: ReadonlySet<string>,
  depth: number,
): string | null {
  const facts = depth < PASSING_DEPTH_MAX ? tree.file(file)?.facts : null
  for (const entry of facts?.exports ?? []) {
    const isWanted = entry.name === '*' || wanted.size === 0 || wanted.has('*') || wanted.has(entry.name)
    const next = entry.from !== null && isWanted ? modules.resolve(file, entry.from) : null
    if (!next) continue
    if (targets.has(next)) return next
    const names = entry.name === '*' ? wanted : new Set([entry.local || entry.name])
    const further = passedOn(tree, modules, next, names, targets, depth + 1)
    if (further) return further
  }
  return null
}

/** Templates are not parsed: a tag or expression with the name outside of the import counts. */
function isInTemplate(tree: TreeIndex, path: string, name: string, statement: ModuleImport): boolean {
  const code = tree.file(path)?.code ?? ''
  const rest = code.slice(0, statement.start) + code.slice(statement.end)
  const kebab = name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase()
  return new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])|<${kebab}[\\s/>]`).test(rest)
}
