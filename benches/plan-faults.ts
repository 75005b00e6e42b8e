/** Seeded faults: satisfied plans, their trees broken in ten ways, and the share of broken trees that the verifier catches. */
import type { Plan, PlanVerdict } from '@slipway/plan'
import { parseWithOxc } from '@slipway/plan/oxc'
import { type GitTree, treeOf } from './git-trees.ts'

export interface FaultCase {
  readonly plan: Plan
  readonly before: GitTree
  readonly after: GitTree
}

/** Null where the plan promises nothing that this fault could break. */
type Breaker = (fault: FaultCase) => ReadonlyMap<string, string | null> | null

const MODULE = /\.[cm]?[jt]sx?$/

export const FAULTS: Readonly<Record<string, Breaker>> = {
  'export deleted': (fault) => onExport(fault, (text, { start, end }) => `${lineStartBefore(text, start)}${text.slice(end)}`),
  'export renamed': (fault) =>
    onExport(fault, (text, { name }) => text.replaceAll(new RegExp(`(?<![\\w$])${name}(?![\\w$])`, 'g'), `${name}Renamed`)),
  'only in a comment': (fault) =>
    onExport(fault, (text, { name }) =>
      text
        .split('\n')
        .map((line) => (line.includes(name) ? `// ${line}` : line))
        .join('\n'),
    ),
  'body stubbed': (fault) => onExport(fault, stubbed),
  'import cut': (fault) => onImport(fault, (text, { start, end }) => text.slice(0, start) + text.slice(end)),
  'import unused': (fault) =>
    onImport(fault, (text, { start, end, names }) => {
      const uses = new RegExp(`(?<![\\w$.])(?:${names.map((name) => name.replaceAll('$', '\\$')).join('|')})(?![\\w$])`, 'g')
      return text.slice(0, start).replace(uses, 'nothing') + text.slice(start, end) + text.slice(end).replace(uses, 'nothing')
    }),
  'route elsewhere': onRoute,
  'column dropped': onColumn,
  'file emptied': (fault) => onFile(fault, () => ''),
  'file reverted': (fault) => onFile(fault, (path) => fault.before.files.get(path) ?? null),
}

/** What became of one broken tree. */
export interface FaultOutcome {
  readonly label: string
  /** With the tree before the plan known, and without. */
  readonly isCaught: boolean
  readonly isCaughtAlone: boolean
  /** Spreads the cases over the list, the same ones every time. */
  readonly order: string
}

export type FaultTally = Record<string, FaultOutcome[]>

/** Breaks the tree in every way that applies, and notes what is no longer called satisfied. */
export function tallyFaults(
  fault: FaultCase,
  label: { name: string; order: string },
  verify: (plan: Plan, tree: GitTree, baseline?: GitTree) => PlanVerdict,
  tally: FaultTally,
) {
  for (const [name, breaks] of Object.entries(FAULTS)) {
    const broken = breaks(fault)
    if (!broken) continue
    const files = new Map(fault.after.files)
    for (const [path, text] of broken) {
      if (text === null) files.delete(path)
      else files.set(path, text)
    }
    const tree = treeOf(files)
    tally[name] ??= []
    tally[name].push({
      label: `${label.name} ${[...broken.keys()].join(' ')}`,
      isCaught: verify(fault.plan, tree, fault.before).verdict !== 'satisfied',
      isCaughtAlone: verify(fault.plan, tree).verdict !== 'satisfied',
      order: label.order,
    })
  }
}

/** The first `limit` cases of each way. */
export function faultShares(tally: FaultTally, limit: number) {
  return Object.fromEntries(
    Object.keys(FAULTS).map((name) => {
      const cases = (tally[name] ?? []).sort((a, b) => (a.order < b.order ? -1 : 1)).slice(0, limit)
      const share = (isCaught: (outcome: FaultOutcome) => boolean) =>
        cases.length ? Math.round((cases.filter(isCaught).length / cases.length) * 10_000) / 10_000 : 0
      const missed = cases.filter((outcome) => !outcome.isCaught).map((outcome) => outcome.label)
      return [name, { caught: share((one) => one.isCaught), caughtAlone: share((one) => one.isCaughtAlone), all: cases.length, missed }]
    }),
  )
}

interface Named {
  readonly name: string
  readonly start: number
  readonly end: number
}

function onExport({ plan, after }: FaultCase, edit: (text: string, declaration: Named) => string | null) {
  for (const artifact of plan.frontMatter.mustHaves?.artifacts ?? []) {
    const text = after.files.get(artifact.path)
    const facts = text !== undefined && MODULE.test(artifact.path) ? parseWithOxc(artifact.path, text) : null
    const name = artifact.exports.find((candidate) => facts?.exports.some((entry) => entry.name === candidate && entry.from === null))
    const declaration = name ? facts?.declarations.get(name) : undefined
    const changed = declaration && text !== undefined ? edit(text, declaration) : null
    if (changed !== null && changed !== text) return new Map([[artifact.path, changed]])
  }
  return null
}

/** Without the `export const` before a declaration. */
const lineStartBefore = (text: string, start: number) => text.slice(0, text.lastIndexOf('\n', start) + 1)

function stubbed(text: string, { name, start, end }: Named): string | null {
  const body = text.slice(start, end)
  if (/^(?:async\s+)?function\b/.test(body)) return `${text.slice(0, start)}function ${name}() {}${text.slice(end)}`
  return /^\w+(?:\s*:[^=]+)?\s*=\s*(?:async\s*)?(?:\([^)]*\)|\w+)\s*(?::[^=]+)?=>/.test(body)
    ? `${text.slice(0, start)}${name} = () => {}${text.slice(end)}`
    : null
}

function onImport({ plan, after }: FaultCase, edit: (text: string, statement: { start: number; end: number; names: string[] }) => string) {
  for (const { from, to } of plan.frontMatter.mustHaves?.keyLinks ?? []) {
    const text = after.files.get(from)
    const stem = to
      .split('/')
      .at(-1)
      ?.replace(/\.\w+$/, '')
    if (text === undefined || !stem || !MODULE.test(from) || !after.files.has(to)) continue
    const statement = parseWithOxc(from, text)?.imports.find(
      (candidate) =>
        candidate.kind === 'static' &&
        candidate.names.length > 0 &&
        candidate.specifier
          .split('/')
          .at(-1)
          ?.replace(/\.\w+$/, '') === stem,
    )
    if (statement) return new Map([[from, edit(text, { ...statement, names: statement.names.map((name) => name.local) })]])
  }
  return null
}

function onRoute({ plan, after }: FaultCase) {
  for (const { from, to, via, pattern } of plan.frontMatter.mustHaves?.keyLinks ?? []) {
    const text = after.files.get(from)
    const route = /(?:(?<![\w.])|app|pages|routes)\/api\/([a-z][\w-]+)/.exec(`${pattern} ${to} ${via}`)?.[1]
    if (text !== undefined && route && text.includes(`/api/${route}`))
      return new Map([[from, text.replaceAll(`/api/${route}`, '/api/elsewhere')]])
  }
  return null
}

function onColumn({ plan, after }: FaultCase) {
  for (const { path, contains } of plan.frontMatter.mustHaves?.artifacts ?? []) {
    const text = after.files.get(path)
    const column = contains.find((name) => /^[a-z]\w+$/i.test(name) && text?.includes(name))
    if (text === undefined || !column || !/\.(?:sql|prisma)$|schema\.\w+$|\/types\//.test(path)) continue
    const kept = text.split('\n').filter((line) => !line.includes(column))
    return new Map([[path, kept.join('\n')]])
  }
  return null
}

function onFile({ plan, before, after }: FaultCase, content: (path: string) => string | null) {
  for (const { path } of plan.frontMatter.mustHaves?.artifacts ?? []) {
    if (after.files.has(path) && before.files.get(path) !== after.files.get(path)) return new Map([[path, content(path)]])
  }
  return null
}
