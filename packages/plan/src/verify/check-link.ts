/** Whether one thing is really wired to another: an import that is used, a pattern in the source's code, a route, a name. */
import type { KeyLink } from '../plan.ts'
import type { CheckResult, Finding } from './check-result.ts'
import { codeWords } from './code-words.ts'
import { findExport } from './find-export.ts'
import { listed } from './find-list.ts'
import { findTable, tableIn } from './find-table.ts'
import { type Found, findText } from './find-text.ts'
import { isIgnored } from './ignored.ts'
import { byConstant, bySpelling, calledInstead, type Ends, throughPart } from './link-forms.ts'
import { type Edge, edgesBetween } from './module-graph.ts'
import { looksLikePath, type Place, resolvePlace } from './resolve-place.ts'
import type { SourceFile } from './source-file.ts'
import { placed, type Verification } from './verification.ts'

export function checkLink(link: KeyLink, verification: Verification): CheckResult {
  const finding = decide(link, verification)
  const what = `${link.from} → ${link.to}${link.via ? ` via ${link.via.slice(0, 120)}` : ''}`
  return {
    kind: 'link',
    what,
    line: link.line,
    status: finding.status,
    evidence: [finding.evidence],
    ...(finding.proves === false && { proves: false }),
  }
}

function decide(link: KeyLink, verification: Verification): Finding {
  const { tree, modules, planFiles } = verification
  const source = resolvePlace(tree, link.from, planFiles)
  if (!source && looksLikePath(link.from)) {
    if (isIgnored(tree, link.from))
      return { status: 'undecided', evidence: { rule: 'file', text: `${link.from} is kept out of the tree by .gitignore.` } }
    if (writersOf(link.from, verification).length === 0) {
      return { status: 'violated', evidence: { rule: 'file', text: `The source ${link.from} is not in the tree.` } }
    }
  }
  const later = laterPlan(link)
  const target = resolvePlace(tree, link.to, planFiles)
  const paths = source?.files ?? (looksLikePath(link.from) ? writersOf(link.from, verification) : planFiles)
  const sources = paths.flatMap((path) => tree.file(path) ?? [])
  const targets = new Set(target?.files ?? [])
  const edges = targets.size ? sources.flatMap((file) => edgesBetween(tree, modules, file.path, targets)) : []
  const ends = { sources, targets, target, edges }
  if (sources.length === 0)
    return { status: 'undecided', evidence: { rule: 'statement', text: `"${link.from}" names nothing that could be read.` } }
  const finding =
    unimported(link, ends, verification) ??
    broken(ends, verification) ??
    byPattern(link, ends, verification) ??
    byStructure(link, ends, verification, source !== null)
  if (finding.status !== 'violated') return finding
  const hop = finding.evidence.rule === 'text' || finding.evidence.rule === 'import-edge' ? throughPart(link, ends, verification) : null
  if (hop) return hop
  if (later) return undecided(`${finding.evidence.text} The plan leaves it to ${later}.`)
  const isProse = !source && !looksLikePath(link.from) && codeWords(link.from).length === 0
  return isProse ? undecided(`${finding.evidence.text} The plan does not say where to look: "${link.from}" is no file.`) : finding
}

const undecided = (text: string): Finding => ({ status: 'undecided', evidence: { rule: 'statement', text } })

/** `(plan 43-04 consumer)`, `in Plan 03`: another plan wires it. */
const laterPlan = (link: KeyLink) =>
  /\b(?:in|by|consumer|from)?\s*plan \d+(?:-\d+)?(?: consumer)?\b/i.exec(`${link.via} ${link.to}`)?.[0].trim()

/** A file that is made when the program runs is looked for in the code that writes its name. */
function writersOf(name: string, { tree, planFiles }: Verification): readonly string[] {
  const plain = /^([\w-]+\.\w+)\b/.exec(name.trim())?.[1]
  if (!plain) return []
  return planFiles.filter((path) => new RegExp(`['"\`/]${plain.replaceAll('.', '\\.')}['"\`]`).test(tree.file(path)?.code ?? ''))
}

/** The source uses a name that its target exports, and that nothing in the source imports or declares. */
function unimported(link: KeyLink, { sources, targets, edges }: Ends, { tree }: Verification): Finding | null {
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
function broken({ sources, targets, edges }: Ends, { tree, modules }: Verification): Finding | null {
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
      name === '*' || findExport(name, [target], tree, modules).status !== 'violated' || isOpen(target, modules)
    const lacking = edge.statement.names.find((name) => name.imported !== 'default' && !isOffered(name.imported))
    if (!lacking) continue
    const place = placed(file, edge.statement.start, edge.statement.end)
    const text = `It imports ${lacking.imported} from ${target.path}, which offers no working ${lacking.imported}.`
    return { status: 'violated', evidence: { rule: 'import-missing', ...place, text } }
  }
  return null
}

/** It passes on everything of a module that is not in the tree, so nobody can say what it exports. */
const isOpen = (file: SourceFile, modules: Verification['modules']) =>
  file.facts?.exports.some((entry) => entry.name === '*' && entry.from !== null && modules.resolve(file.path, entry.from) === null) ?? false

function byPattern(link: KeyLink, ends: Ends, verification: Verification): Finding | null {
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
  for (const path of ends.targets) {
    const file = verification.tree.file(path)
    const found = file ? findText(file, link.pattern) : null
    if (!file || !found) continue
    const back = edgesBetween(verification.tree, verification.modules, path, new Set(ends.sources.map((source) => source.path))).find(
      (edge) => edge.isUsed,
    )
    if (back) return edgeFinding(back, verification, 'the plan names the ends the other way round')
  }
  const [file] = ends.sources
  const list = ends.sources.map((source) => listed(link.pattern, source)).find((one) => one?.status === 'satisfied')
  if (list) return list
  const other = byConstant(link, ends) ?? (ends.edges.some((edge) => edge.isUsed) ? bySpelling(link, ends) : null)
  if (other) return other
  const gone = /^!(?=[A-Za-z])(.{3,})$/.exec(link.pattern)?.[1]
  if (gone && file && !findText(file, gone)) {
    return { status: 'satisfied', evidence: { rule: 'text', file: file.path, text: `"${gone}" is gone from it, as asked.` } }
  }
  const near = ends.edges[0] ? ` It does import ${ends.edges[0].to}.` : ''
  return { status: 'violated', evidence: { rule: 'text', file: file?.path ?? '', text: `"${link.pattern}" is not in its code.${near}` } }
}

function isImportUsed(file: SourceFile, found: Found): boolean {
  const statement = file.facts?.imports.find((candidate) => found.start >= candidate.start && found.end <= candidate.end)
  if (!statement || statement.names.length === 0) return true
  const quote = file.text.slice(found.start, found.end)
  const named = statement.names.filter((name) => new RegExp(`(?<![\\w$])${name.local.replaceAll('$', '\\$')}(?![\\w$])`).test(quote))
  return (named.length ? named : statement.names).some((name) => name.isUsed || /\.(?:vue|svelte|astro)$/.test(file.path))
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
  const names = (link.pattern.match(/[A-Za-z_$][\w$]{2,}/g) ?? []).filter((name) => !/^(?:import|from|require|type)$/.test(name))
  if (!/\b(?:import|from|require)\b|^[./@~]/.test(link.pattern)) {
    return edge.statement.names.some((name) => name.isUsed && name.local.length > 3 && name.local === names[0])
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

function edgeFinding(edge: Edge, { tree }: Verification, remark: string): Finding {
  const file = tree.file(edge.from) as SourceFile
  const through = edge.through ? ` through ${edge.through}` : ''
  const text = `It imports ${edge.to}${through}${remark ? `; ${remark}` : ''}.`
  return { status: 'satisfied', evidence: { rule: 'import-edge', ...placed(file, edge.statement.start, edge.statement.end), text } }
}

/** Without a pattern: an import that is used, a route that is called, or a name of the target in the source's code. */
function byStructure(link: KeyLink, ends: Ends, verification: Verification, isSourceKnown: boolean): Finding {
  const used = ends.edges.find((edge) => edge.isUsed)
  if (used) return edgeFinding(used, verification, '')
  const [unused] = ends.edges
  if (unused) {
    const file = verification.tree.file(unused.from) as SourceFile
    const place = placed(file, unused.statement.start, unused.statement.end)
    return { status: 'violated', evidence: { rule: 'import-unused', ...place, text: `It imports ${unused.to}, but uses nothing of it.` } }
  }
  const table = tableIn(link.to) ?? tableIn(link.via)
  for (const file of table ? ends.sources : []) {
    const at = findTable(file, table as string)
    if (at === -1) continue
    return { status: 'satisfied', evidence: { rule: 'table', ...placed(file, at, at + 1), text: `It works with the table ${table}.` } }
  }
  for (const name of namesOf(link, ends.target)) {
    for (const file of ends.sources) {
      const found = findText(file, name)
      if (!found || (found.isInImport && !isImportUsed(file, found))) continue
      const rule = name.startsWith('/') ? 'route' : 'text'
      const isOld = verification.known.has(file.path)
      const evidence = { rule, ...placed(file, found.start, found.end), text: `Its code names ${name}.` } as const
      return { status: 'satisfied', ...(isOld && { proves: false }), evidence }
    }
  }
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
