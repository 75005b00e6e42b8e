/** Forms that a link may take although the plan says it otherwise: a constant, another spelling, a part in between, another route. */
import type { KeyLink } from '../plan.ts'
import type { Finding } from './check-result.ts'
import { withConstants } from './constants.ts'
import { type Found, findText } from './find-text.ts'
import { matchesOf } from './match-text.ts'
import type { ModuleImport } from './module-facts.ts'
import { type Edge, edgesBetween } from './module-graph.ts'
import type { Place } from './resolve-place.ts'
import type { SourceFile } from './source-file.ts'
import { placed, type Verification } from './verification.ts'

/** What the two ends of a link are in the tree. */
export interface Ends {
  readonly sources: readonly SourceFile[]
  readonly targets: ReadonlySet<string>
  readonly target: Place | null
  readonly edges: readonly Edge[]
}

/** The plan names a route, and the words of its pattern stand in another one. */
export function calledInstead({ to }: KeyLink, file: SourceFile, found: Found): Finding | null {
  const route = /^(?:[A-Z]+\s+)?(\/api(?:\/[\w-]+)+)\/?$/.exec(to.trim())?.[1]
  const span = route && file.facts?.strings.find((one) => one.start <= found.start && found.end <= one.end)
  const called = span ? /^\/api\/[\w/-]*/.exec(file.text.slice(span.start, span.end).replace(/^['"`]/, ''))?.[0] : undefined
  if (!route || !called || file.code.includes(route)) return null
  return {
    status: 'violated',
    evidence: { rule: 'route', ...placed(file, found.start, found.end), text: `It calls ${called}, not ${route}.` },
  }
}

/** The pattern runs over a value that the code keeps in a constant. */
export function byConstant(link: KeyLink, { sources }: Ends): Finding | null {
  for (const source of sources) {
    const file = withConstants(source)
    const found = file && findText(file, link.pattern)
    if (!file || !found) continue
    const text = `"${link.pattern}" is in its code, with a constant for a value.`
    return { status: 'satisfied', evidence: { rule: 'text', ...placed(file, found.start, found.end), text } }
  }
  return null
}

/** `category_tag` in the plan, `categoryTag` in code that imports the target: a column and the property it travels in. */
export function bySpelling(link: KeyLink, { sources }: Ends): Finding | null {
  const spelling = otherSpelling(link.pattern)
  for (const file of spelling ? sources : []) {
    const found = findText(file, spelling)
    if (!found) continue
    const text = `"${link.pattern}" is in its code as ${spelling}.`
    return { status: 'satisfied', evidence: { rule: 'text', ...placed(file, found.start, found.end), text } }
  }
  return null
}

function otherSpelling(name: string): string {
  if (/^[a-z]+(?:_[a-z0-9]+)+$/.test(name)) return name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  return /^[a-z]+(?:[A-Z][a-z0-9]+)+$/.test(name) ? name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : ''
}

/** The source uses a module of its own project, and that one is wired to the target in the way the plan asks. */
export function throughPart(link: KeyLink, { sources, targets, edges }: Ends, verification: Verification): Finding | null {
  if (edges.some((edge) => !edge.isUsed)) return null
  const { tree, modules } = verification
  for (const source of sources) {
    for (const { part, statement } of partsOf(source, verification)) {
      const place = placed(source, statement.start, statement.end)
      const edge = edgesBetween(tree, modules, part.path, targets).find((candidate) => candidate.isUsed)
      if (edge && !targets.has(part.path) && (!link.pattern || findText(part, link.pattern))) {
        return { status: 'satisfied', evidence: { rule: 'import-edge', ...place, text: `It uses ${part.path}, which imports ${edge.to}.` } }
      }
      const holder = [...targets].every(isRoute) && isCall(link.pattern) ? holderOf(link, { part, statement }, verification) : null
      if (!holder) continue
      const text = `It uses ${part.path}, and "${link.pattern}" is in what it takes from ${holder.path}.`
      return { status: 'satisfied', evidence: { rule: 'import-edge', ...place, text } }
    }
  }
  return null
}

/** A module of the project that another uses something of. */
interface Part {
  readonly part: SourceFile
  readonly statement: ModuleImport
}

function partsOf(source: SourceFile, { tree, modules }: Verification): Part[] {
  return (source.facts?.imports ?? []).flatMap((statement) => {
    const path = statement.names.some((name) => name.isUsed) ? modules.resolve(source.path, statement.specifier) : null
    const part = path && path !== source.path ? tree.file(path) : undefined
    return part ? [{ part, statement }] : []
  })
}

/** Names a method or a route, or a call of one: no module has it by chance. */
const isCall = (pattern: string) => /[A-Za-z]\\?\.[A-Za-z]|\/[a-z]|fetch\b|goto\b|[a-z]-[a-z]/.test(pattern) && pattern.length > 8

/** Reached by its address, and imported by nobody. */
const isRoute = (path: string) => /(?:^|\/)(?:app|pages|routes)\/(?:.+\/)?(?:(?:page|route|\+page|\+server)\.\w+$|api\/)/.test(path)

/** The part itself, or one that it uses where the plan speaks of a hook or helper in between. */
function holderOf(link: KeyLink, taken: Part, verification: Verification): SourceFile | null {
  if (isInTaken(taken, link.pattern)) return taken.part
  if (!/\b(?:hook|helper|service|client|wrapper)\b|->|→|\buse[A-Z]/.test(link.via)) return null
  return partsOf(taken.part, verification).find((next) => isInTaken(next, link.pattern))?.part ?? null
}

/** Inside of the declarations that are imported and used: what stands beside them in the same file proves nothing. */
function isInTaken({ part, statement }: Part, pattern: string): boolean {
  const spans = statement.names.flatMap(({ imported, isUsed }) => {
    const local = part.facts?.exports.find((entry) => entry.name === imported && entry.from === null)?.local
    return isUsed ? (part.facts?.declarations.get(local || imported) ?? []) : []
  })
  for (const match of spans.length ? matchesOf(part, pattern) : [])
    if (spans.some((span) => span.start <= match.start && match.end <= span.end)) return true
  return false
}

export const undecided = (text: string): Finding => ({ status: 'undecided', evidence: { rule: 'statement', text } })

/** An import that is nothing but its statement wires nothing; templates are not parsed, so there it counts. */
export function isImportUsed(file: SourceFile, found: Found): boolean {
  const statement = file.facts?.imports.find((candidate) => found.start >= candidate.start && found.end <= candidate.end)
  if (!statement || statement.names.length === 0) return true
  const quote = file.text.slice(found.start, found.end)
  const named = statement.names.filter((name) => new RegExp(`(?<![\\w$])${name.local.replaceAll('$', '\\$')}(?![\\w$])`).test(quote))
  return (named.length ? named : statement.names).some((name) => name.isUsed || /\.(?:vue|svelte|astro)$/.test(file.path))
}

export function edgeFinding(edge: Edge, { tree }: Verification, remark: string): Finding {
  const file = tree.file(edge.from) as SourceFile
  const through = edge.through ? ` through ${edge.through}` : ''
  const text = `It imports ${edge.to}${through}${remark ? `; ${remark}` : ''}.`
  return { status: 'satisfied', evidence: { rule: 'import-edge', ...placed(file, edge.statement.start, edge.statement.end), text } }
}
