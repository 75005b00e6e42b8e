/** Whether one thing is really wired to another: an import that is used, a pattern in the source's code, a route, a name. */
import { codeWords } from '../code-words.ts'
import type { KeyLink } from '../plan.ts'
import { broken, unimported } from './broken-link.ts'
import type { CheckResult, Finding } from './check-result.ts'
import { isIgnored } from './ignored.ts'
import { throughPart, undecided } from './link-forms.ts'
import { byPattern } from './link-pattern.ts'
import { byStructure } from './link-structure.ts'
import { edgesBetween } from './module-graph.ts'
import { looksLikePath, resolvePlace } from './resolve-place.ts'
import type { Verification } from './verification.ts'

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
    if (PLANNING_DOCUMENT.test(link.from.trim())) return undecided(`${link.from} is a document of planning, not a part of what was built.`)
    if (writersOf(link.from, verification).length === 0) {
      return { status: 'violated', evidence: { rule: 'file', text: `The source ${link.from} is not in the tree.` } }
    }
  }
  const later = laterPlan(link)
  const place = resolvePlace(tree, link.to, planFiles)
  const target = place?.how === 'name' && source?.files.includes(place.files[0] as string) ? null : place
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

/** `30-VERIFICATION.md`, `ROADMAP.md`, `.planning/STATE.md`. */
const PLANNING_DOCUMENT = /^(?:\.planning\/\S*|\d[\d.]*(?:-\d+)?-[A-Z][A-Z-]+\.md|(?:PROJECT|REQUIREMENTS|ROADMAP|STATE)\.md)\b/

/** `(plan 43-04 consumer)`, `in Plan 03`: another plan wires it. */
const laterPlan = (link: KeyLink) =>
  /\b(?:in|by|consumer|from)?\s*plan \d+(?:-\d+)?(?: consumer)?\b/i.exec(`${link.via} ${link.to} ${link.from}`)?.[0].trim()

/** A file that is made when the program runs is looked for in the code that writes its name. */
function writersOf(name: string, { tree, planFiles }: Verification): readonly string[] {
  const plain = /^([\w-]+\.\w+)\b/.exec(name.trim())?.[1]
  if (!plain) return []
  return planFiles.filter((path) => new RegExp(`['"\`/]${plain.replaceAll('.', '\\.')}['"\`]`).test(tree.file(path)?.code ?? ''))
}
