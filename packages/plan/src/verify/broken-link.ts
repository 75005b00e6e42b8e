/** Links that cannot work whatever the plan asks of them: a name that is imported from nowhere, or that its module does not offer. */
import type { KeyLink } from '../plan.ts'
import type { Finding } from './check-result.ts'
import { findExport } from './find-export.ts'
import type { Ends } from './link-forms.ts'
import type { SourceFile } from './source-file.ts'
import { placed, type Verification } from './verification.ts'

/** The source uses a name that its target exports, and that nothing in the source imports or declares. */
export function unimported(link: KeyLink, { sources, targets, edges }: Ends, { tree }: Verification): Finding | null {
  if (targets.size !== 1 || sources.length !== 1) return null
  const [file] = sources
  const target = tree.file([...targets][0] as string)
  if (!file?.facts || !target?.facts || !/\.[cm]?[jt]sx?$|\.py$/.test(file.path)) return null
  const asked = `${link.pattern} ${link.via} ${link.to}`
  const name = target.facts.exports
    .map((entry) => entry.name)
    .find((exported) => exported.length > 2 && file.facts?.freeNames.has(exported) && (edges.length === 0 || asked.includes(exported)))
  if (!name) return null
  return {
    status: 'violated',
    evidence: { rule: 'import-missing', file: file.path, text: `It uses ${name} of ${link.to}, but imports it from nowhere.` },
  }
}

/** The source imports a name that its target does not export, or imports the target's name from a file that is not there. */
export function broken({ sources, targets, edges }: Ends, { tree, modules }: Verification): Finding | null {
  const offered = edges.length ? [] : [...targets].flatMap((path) => tree.file(path)?.facts?.exports.map((entry) => entry.name) ?? [])
  for (const file of offered.length ? sources : []) {
    const astray = file.facts?.imports.find(
      ({ kind, specifier, names }) =>
        kind === 'static' &&
        specifier.startsWith('.') &&
        modules.resolve(file.path, specifier) === null &&
        names.some((name) => name.imported !== 'default' && offered.includes(name.imported)),
    )
    if (!astray) continue
    const text = `It imports from ${astray.specifier}, where there is nothing.`
    return { status: 'violated', evidence: { rule: 'import-missing', ...placed(file, astray.start, astray.end), text } }
  }
  for (const edge of edges) {
    const target = tree.file(edge.through ?? edge.to)
    const facts = target?.facts
    if (!target || !facts || facts.exports.length === 0 || edge.statement.kind !== 'static') continue
    const file = tree.file(edge.from) as SourceFile
    const isOffered = (name: string) =>
      name === '*' ||
      isRustModule(target, name) ||
      findExport(name, [target], tree, modules).status !== 'violated' ||
      isOpen(target, modules)
    const lacking = edge.statement.names.find((name) => name.imported !== 'default' && !isOffered(name.imported))
    if (!lacking) continue
    const place = placed(file, edge.statement.start, edge.statement.end)
    const text = `It imports ${lacking.imported} from ${target.path}, which offers no working ${lacking.imported}.`
    return { status: 'violated', evidence: { rule: 'import-missing', ...place, text } }
  }
  return null
}

/** `use crate::github::client` imports the file itself, and nothing in it. */
const isRustModule = ({ language, path }: SourceFile, name: string) =>
  language === 'rust' && path.replace(/(?:\/mod)?\.rs$/, '').endsWith(`/${name}`)

/** It passes on everything of a module that is not in the tree, so nobody can say what it exports. */
const isOpen = (file: SourceFile, modules: Verification['modules']) =>
  file.facts?.exports.some((entry) => entry.name === '*' && entry.from !== null && modules.resolve(file.path, entry.from) === null) ?? false
