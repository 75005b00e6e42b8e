/** A link that the plan gives a pattern for: it must be in the source's code, or the wiring it describes must be there in another form. */
import type { KeyLink } from '../plan.ts'
import type { Finding } from './check-result.ts'
import { findConfigKey } from './find-config-key.ts'
import { listed } from './find-list.ts'
import { type Found, findText } from './find-text.ts'
import { byConstant, bySpelling, calledInstead, type Ends, edgeFinding, isImportUsed } from './link-forms.ts'
import { type Edge, edgesBetween } from './module-graph.ts'
import type { SourceFile } from './source-file.ts'
import { placed, type Verification } from './verification.ts'

/** Null when the plan gives no pattern. */
export function byPattern(link: KeyLink, ends: Ends, verification: Verification): Finding | null {
  if (!link.pattern) return null
  let unused: Finding | null = null
  for (const file of ends.sources) {
    const found = findText(file, link.pattern)
    if (!found) continue
    const own = ends.edges.filter((edge) => edge.from === file.path)
    const isIdle = own.length > 0 && own.every((edge) => !edge.isUsed)
    const astray = calledInstead(link, file, found)
    if (astray) return astray
    if (!isIdle && (!found.isInImport || isImportUsed(file, found))) return seen(file, found, link, ends)
    const text = `The import is there, but nothing of it is used.`
    unused = { status: 'violated', evidence: { rule: 'import-unused', ...placed(file, found.start, found.end), text } }
  }
  if (unused) return unused
  const used = ends.edges.find((edge) => edge.isUsed && isAboutImport(link, edge))
  if (used) return edgeFinding(used, verification, 'the pattern is met in another form')
  const turned = [...ends.targets].map((path) => inTarget(link, path, ends, verification)).find((one) => one !== null)
  if (turned) return turned
  const [file] = ends.sources
  const key = ends.sources.map((source) => findConfigKey(link.pattern, source)).find((one) => one !== null)
  if (key) return key
  const list = ends.sources.map((source) => listed(link.pattern, source)).find((one) => one?.status === 'satisfied')
  if (list) return list
  const other = byConstant(link, ends) ?? (ends.edges.some((edge) => edge.isUsed) ? bySpelling(link, ends) : null)
  if (other) return other
  const imported = ends.sources.map((source) => importOf(link.pattern, source)).find((one) => one !== null)
  if (imported) return imported
  const gone = removedName(link)
  if (gone && file && ends.sources.every((source) => !findText(source, gone))) {
    return { status: 'satisfied', evidence: { rule: 'text', file: file.path, text: `"${gone}" is gone from it, as asked.` } }
  }
  const near = ends.edges[0] ? ` It does import ${ends.edges[0].to}.` : ''
  return { status: 'violated', evidence: { rule: 'text', file: file?.path ?? '', text: `"${link.pattern}" is not in its code.${near}` } }
}

/** `!canStart`, `no canStart call`, or a pattern of which the words say that it is removed: what must be gone. */
function removedName({ pattern, via }: KeyLink): string | null {
  const asked = /^!(?=[A-Za-z])(.{3,})$/.exec(pattern)?.[1] ?? /^no ([A-Za-z_$][\w$.]{3,})(?: calls?)?$/.exec(pattern)?.[1]
  if (asked) return asked
  const isName = /^[A-Za-z_$][\w$]{3,}$/.test(pattern)
  return isName && new RegExp(`\\b${pattern.replaceAll('$', '\\$')}\\b[^,;.]{0,20}\\b(?:removed|deleted|dropped)\\b`, 'i').test(via)
    ? pattern
    : null
}

/** The plan names the ends the other way round, or the target is what the source is turned into. */
function inTarget(link: KeyLink, path: string, ends: Ends, verification: Verification): Finding | null {
  const target = verification.tree.file(path)
  if (!target) return null
  const found = findText(target, link.pattern)
  const namer = found ? namesBack(target, ends) : null
  if (namer) return namer
  const back = edgesBetween(verification.tree, verification.modules, path, new Set(ends.sources.map((source) => source.path))).find(
    (edge) => edge.isUsed && (found !== null || (/\bfrom\b|\brequire\b/.test(link.pattern) && isAboutImport(link, edge))),
  )
  if (back) return edgeFinding(back, verification, 'the plan names the ends the other way round')
  const isStyle = target.language === 'css' && ends.edges.some((edge) => edge.to === path && edge.isUsed)
  const isMade = ends.sources.every((source) => source.language === 'prisma' || source.language === 'data' || source.language === 'shell')
  if (!found || !(isStyle || (isMade && GENERATES.test(link.via)))) return null
  const text = `"${link.pattern}" is in the code of ${path}, which ${isStyle ? 'it imports' : 'is made of it'}.`
  return { status: 'satisfied', evidence: { rule: isStyle ? 'import-edge' : 'text', ...placed(target, found.start, found.end), text } }
}

const GENERATES = /\b(?:generat|migrat|compil|codegen)/i

/** In languages without a module graph: the target has the pattern, and names the source; a Prisma schema is named by its client. */
function namesBack(target: SourceFile, { sources }: Ends): Finding | null {
  for (const source of sources) {
    const client = source.language === 'prisma' && target.facts?.imports.find((one) => /prisma|\bdb\b/i.test(one.specifier))
    if (client) {
      const text = `${target.path} has it, and imports ${client.specifier}, which is made of the schema.`
      return { status: 'satisfied', evidence: { rule: 'table', ...placed(target, client.start, client.end), text } }
    }
    if (target.facts) continue
    const stem = (source.path.split('/').at(-1) as string).replace(/\..*$/, '')
    const found = stem.length > 3 && !source.facts && /^[A-Z]/.test(stem) ? findText(target, stem) : null
    if (!found) continue
    const text = `${target.path} names ${stem}; the plan names the ends the other way round.`
    return { status: 'satisfied', evidence: { rule: 'text', ...placed(target, found.start, found.end), text } }
  }
  return null
}

/** `from './save'` is met by `await import('./save')` and `require('./save')` too. */
function importOf(pattern: string, file: SourceFile): Finding | null {
  const specifier = /\b(?:from|require)\b[^'"`]*['"`]([^'"`]+)['"`]/.exec(pattern)?.[1]?.replaceAll('\\', '')
  const statement = file.facts?.imports.find((one) => one.specifier === specifier && (one.kind === 'dynamic' || one.kind === 'require'))
  if (!statement) return null
  const text = `It loads ${specifier} when it runs.`
  return { status: 'satisfied', evidence: { rule: 'import-edge', ...placed(file, statement.start, statement.end), text } }
}

function seen(file: SourceFile, found: Found, link: KeyLink, ends: Ends): Finding {
  const edge = ends.edges.find((candidate) => candidate.from === file.path)
  const how = edge ? `, and ${edge.to} is imported` : ''
  const rule = found.isInImport || edge ? 'import-edge' : 'text'
  return {
    status: 'satisfied',
    evidence: { rule, ...placed(file, found.start, found.end), text: `"${link.pattern}" is in its code${how}.` },
  }
}

/** A pattern that describes an import statement whose names the edge carries, or the use of a name that the edge brings. */
function isAboutImport(link: KeyLink, edge: Edge): boolean {
  const names = (link.pattern.match(/[A-Za-z_$][\w$]{2,}/g) ?? []).filter((name) => !/^(?:import|export|from|require|type)$/.test(name))
  if (!/\b(?:import|from|require)\b|^[./@~]/.test(link.pattern)) {
    return edge.statement.names.some((name) => name.isUsed && name.local.length > 3 && names.includes(name.local))
  }
  const carried = [
    ...edge.statement.names.flatMap((name) => [name.imported, name.local]),
    ...edge.statement.specifier.split(/[/.@-]/),
    ...edge.to.split(/[/.@-]/),
  ]
  const isCarried = (name: string) =>
    carried.some(
      (other) => other.toLowerCase().includes(name.toLowerCase()) || (other.length > 2 && name.toLowerCase().includes(other.toLowerCase())),
    )
  return names.every(isCarried)
}
