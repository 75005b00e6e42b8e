/** Finds the front matter of a plan document and reads its fields with their types. */
import type { Diagnostic } from './diagnostic.ts'
import { readMustHaves } from './must-haves.ts'
import type { Field, FrontMatter, MustHaves } from './plan.ts'
import { readYaml } from './read-yaml.ts'
import type { SourceLines } from './source-lines.ts'
import { entry, itemsOf, type Located, plain, textOf } from './yaml-values.ts'

const LINES_BEFORE_MAX = 20

const EMPTY: FrontMatter = {
  fences: null,
  fields: [],
  phase: '',
  plan: '',
  type: '',
  wave: null,
  dependsOn: [],
  filesModified: [],
  autonomous: null,
  requirements: [],
  gapClosure: false,
  userSetup: [],
  mustHaves: null,
}

/** @returns the offset at which the body begins */
export function readFrontMatter(
  source: string,
  lines: SourceLines,
): { frontMatter: FrontMatter; bodyStart: number; diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = []
  const warn = (code: string, message: string, line: number, hint: string) =>
    diagnostics.push({ severity: 'warning', code, message, line: line + 1, column: 1, hint })

  const open = findOpening(lines)
  if (open === -1) {
    warn('front-matter-missing', 'The document has no front matter.', 0, 'Begin with fields between two lines of three dashes.')
    return { frontMatter: EMPTY, bodyStart: 0, diagnostics }
  }
  if (lines.text(open).startsWith('---') && open > 0 && hasText(lines, open)) {
    warn('front-matter-late', 'There is text before the front matter.', open, 'Move the front matter to the top.')
  }
  let close = open + 1
  while (close < lines.count && !/^---\s*$/.test(lines.text(close).slice(0, 200))) close++
  const isClosed = close < lines.count
  if (!isClosed) {
    close = open + 1
    while (close < lines.count && !/^(?:<[a-z]|#\s)/.test(lines.text(close).slice(0, 20))) close++
    warn('front-matter-unclosed', 'The front matter is never closed.', open, 'Write a line of three dashes after its last field.')
  }
  const yamlStart = open + 1 < lines.count ? lines.start(open + 1) : source.length
  const yamlEnd = close < lines.count ? lines.start(close) : source.length
  const read = readYaml(source.slice(yamlStart, yamlEnd), open + 2)
  const lineAt = (offset: number) => read.lines.lineAt(offset) + open + 2
  for (const diagnostic of read.diagnostics) diagnostics.push(diagnostic)
  if (read.root.kind !== 'map' && yamlEnd > yamlStart && !read.diagnostics.some((said) => said.severity === 'error')) {
    warn('front-matter-empty', 'The front matter has no fields.', open, 'Write one field per line: phase, plan, type, wave, …')
  }
  const fields = readFields(read.root, lineAt, close)
  reportDuplicates(read.root, lineAt, diagnostics)
  const bodyLine = isClosed ? close + 1 : close
  return {
    frontMatter: { ...typed(read.root, lineAt), fences: { open: open + 1, close: close + 1 }, fields },
    bodyStart: bodyLine < lines.count ? lines.start(bodyLine) : source.length,
    diagnostics,
  }
}

function findOpening(lines: SourceLines): number {
  for (let line = 0; line < Math.min(lines.count, LINES_BEFORE_MAX); line++) {
    const text = lines
      .text(line)
      .slice(0, 200)
      .replace(/^\uFEFF/, '')
    const isFence = /^---\s*$/.test(text)
    if (isFence && (!hasText(lines, line) || /^[a-z_]+:/.test(lines.text(line + 1).slice(0, 80)))) return line
    if (/^<[a-z]/.test(text)) return -1
  }
  return -1
}

function hasText(lines: SourceLines, before: number): boolean {
  for (let line = 0; line < before; line++) if (/[^\s\uFEFF]/.test(lines.text(line))) return true
  return false
}

function readFields(root: Located, lineAt: (offset: number) => number, closeLine: number): Field[] {
  if (root.kind !== 'map') return []
  const starts = root.entries.map(([, , keyAt]) => lineAt(keyAt))
  return root.entries.map(([key, value], index) => ({
    key,
    firstLine: starts[index] as number,
    lastLine: index + 1 < starts.length ? (starts[index + 1] as number) - 1 : closeLine,
    value: plain(value),
  }))
}

function reportDuplicates(root: Located, lineAt: (offset: number) => number, diagnostics: Diagnostic[]) {
  const visit = (located: Located) => {
    if (located.kind === 'list') for (const item of located.items) visit(item)
    if (located.kind !== 'map') return
    const seen = new Set<string>()
    for (const [key, value, keyAt] of located.entries) {
      if (seen.has(key)) {
        const message = `"${key}" is written twice; both values are kept as a list.`
        diagnostics.push({ severity: 'warning', code: 'duplicate-key', message, line: lineAt(keyAt), column: 1, hint: 'Write one list.' })
      }
      seen.add(key)
      visit(value)
    }
  }
  visit(root)
}

function typed(root: Located, lineAt: (offset: number) => number): Omit<FrontMatter, 'fences' | 'fields'> {
  const texts = (key: string) => itemsOf(entry(root, key)).map(textOf).filter(Boolean)
  const flag = (key: string) => {
    const text = textOf(entry(root, key)).toLowerCase()
    return text === 'true' || text === 'yes' ? true : text === 'false' || text === 'no' ? false : null
  }
  const wave = Number.parseInt(textOf(entry(root, 'wave')), 10)
  const mustHaves = entry(root, 'must_haves')
  return {
    phase: textOf(entry(root, 'phase')),
    plan: textOf(entry(root, 'plan')),
    type: textOf(entry(root, 'type')),
    wave: Number.isFinite(wave) ? wave : null,
    dependsOn: texts('depends_on'),
    filesModified: texts('files_modified'),
    autonomous: flag('autonomous'),
    requirements: texts('requirements'),
    gapClosure: flag('gap_closure') === true,
    userSetup: itemsOf(entry(root, 'user_setup')).map(plain),
    mustHaves: mustHaves ? readAnyMustHaves(mustHaves, lineAt) : null,
  }
}

/** Four real documents write a list of one-key maps; the maps are read as one. */
function readAnyMustHaves(root: Located, lineAt: (offset: number) => number): MustHaves {
  if (root.kind !== 'list') return readMustHaves(root, lineAt)
  const entries = root.items.flatMap((item) => (item.kind === 'map' ? item.entries : []))
  const truths = root.items.filter((item) => item.kind === 'scalar').map((item) => ({ text: textOf(item), line: lineAt(item.at) }))
  const read = readMustHaves({ kind: 'map', entries, at: root.at }, lineAt)
  return { ...read, truths: [...read.truths, ...truths] }
}
