/** A link without a pattern: an import that is used, a call, a table, a route, or a name of the target in the source's code. */
import { codeWords } from '../code-words.ts'
import type { KeyLink } from '../plan.ts'
import { callEdge } from './call-edge.ts'
import type { Finding } from './check-result.ts'
import { findTable, tableIn } from './find-table.ts'
import { findText } from './find-text.ts'
import { type Ends, edgeFinding, isImportUsed, undecided } from './link-forms.ts'
import { edgesBetween } from './module-graph.ts'
import { looksLikePath, type Place } from './resolve-place.ts'
import type { SourceFile } from './source-file.ts'
import { placed, type Verification } from './verification.ts'

export function byStructure(link: KeyLink, ends: Ends, verification: Verification, isSourceKnown: boolean): Finding {
  const used = ends.edges.find((edge) => edge.isUsed)
  if (used) return carriesNothing(link, ends) ?? edgeFinding(used, verification, '')
  const [unused] = ends.edges
  if (unused) {
    const file = verification.tree.file(unused.from) as SourceFile
    const place = placed(file, unused.statement.start, unused.statement.end)
    return { status: 'violated', evidence: { rule: 'import-unused', ...place, text: `It imports ${unused.to}, but uses nothing of it.` } }
  }
  const call = callEdge(link, ends.sources)
  if (call) return call
  const table = tableIn(link.to) ?? tableIn(link.via)
  for (const file of table ? ends.sources : []) {
    const at = findTable(file, table as string)
    if (at === -1) continue
    return { status: 'satisfied', evidence: { rule: 'table', ...placed(file, at, at + 1), text: `It works with the table ${table}.` } }
  }
  for (const name of namesOf(link, ends.target)) {
    for (const file of ends.sources) {
      const found = findText(file, name)
      if (!found || (found.isInImport && !isImportUsed(file, found)) || isOnlyOffered(file, name)) continue
      const rule = name.startsWith('/') ? 'route' : 'text'
      const isOld = verification.known.has(file.path)
      const evidence = { rule, ...placed(file, found.start, found.end), text: `Its code names ${name}.` } as const
      return { status: 'satisfied', ...(isOld && { proves: false }), evidence }
    }
  }
  const back = [...ends.targets]
    .flatMap((path) => edgesBetween(verification.tree, verification.modules, path, new Set(ends.sources.map((file) => file.path))))
    .find((edge) => edge.isUsed)
  if (back) return edgeFinding(back, verification, 'the plan names the ends the other way round')
  if (isSentence(link.from) || isSentence(link.to))
    return undecided('The plan says it in a sentence, and no import, call or name of it was found.')
  const isCode = ends.sources.every((file) => file.facts) && [...ends.targets].every((path) => verification.tree.file(path)?.facts)
  if (isSourceKnown && ends.targets.size && isCode) {
    return {
      status: 'violated',
      evidence: { rule: 'import-edge', file: ends.sources[0]?.path ?? '', text: `It does not import ${link.to}, and names nothing of it.` },
    }
  }
  if (isSourceKnown && looksLikePath(link.to) && !ends.target) {
    return { status: 'violated', evidence: { rule: 'file', text: `The target ${link.to} is not in the tree.` } }
  }
  return {
    status: 'undecided',
    evidence: { rule: 'statement', text: 'The plan gives no pattern, and its words name nothing that code could hold.' },
  }
}

/** It imports the target, and none of the names that the plan says go over the link is in its code. */
function carriesNothing({ via }: KeyLink, { sources }: Ends): Finding | null {
  const names = /→|->/.test(via) ? [] : codeWords(via) // past an arrow they belong to what the target does
  const [file] = sources
  if (names.length < 2 || !file || sources.some((source) => names.some((name) => source.text.includes(name)))) return null
  const text = `It imports the target, but nothing of ${names.join(', ')} is in its code.`
  return { status: 'violated', evidence: { rule: 'text', file: file.path, text } }
}

/** More than a path or name and a remark on it. */
const isSentence = (end: string) =>
  end
    .replaceAll(/\([^)]*\)|`[^`]*`/g, '')
    .trim()
    .split(/\s+/).length > 4

/** That a module declares a name and passes it out wires it to nothing. */
function isOnlyOffered(file: SourceFile, name: string): boolean {
  const own = file.facts?.exports.find((entry) => entry.name === name && entry.from === null)
  const declaration = own && (file.facts?.declarations.get(own.local) ?? file.facts?.declarations.get(name))
  if (!declaration) return false
  const rest = file.code.slice(0, declaration.start) + file.code.slice(declaration.end).replaceAll(/\bexport\s*\{[^}]*\}/g, '')
  return !new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}(?![\\w$])`).test(rest)
}

/** What the source would have to mention: the route of a file, a quoted call, a name that only code has. */
function namesOf(link: KeyLink, target: Place | null): string[] {
  const names: string[] = []
  for (const path of target?.files.slice(0, 3) ?? []) {
    const route = /(?:^|\/)(?:app|pages|routes)(\/api\/.+?)(?:\/route|\/\+server|\/index)?\.\w+$/.exec(path)?.[1]
    if (route) names.push(route.replaceAll(/\/\[.*$/g, '/').replace(/\/\(\w+\)/g, ''))
  }
  if (target?.symbol) names.push(target.symbol)
  for (const text of [link.to, link.via]) {
    names.push(...[...text.matchAll(/`([^`]{3,80})`/g)].map((match) => match[1] as string))
    names.push(...(text.match(/(?<![\w./])\/(?:api\/)?[a-z][\w/-]{2,}/g) ?? []), ...codeWords(text))
  }
  if (/^@?[a-z][\w.-]*(?:\/[\w./-]+|-[\w-]+)$/.test(link.to)) names.push(link.to)
  return [...new Set(names)].slice(0, 12)
}
