/**
 * How well plans are verified, on real ones with the trees before and after they ran.
 *
 * `--list TSV --mirrors DIR [--json] [--repo NAME] [--failures FILE] [--faults N] [--peer DIR]…`: shares satisfied before, after, in
 * the middle, unwired and commented out, where the tree before the plan is known, as it is to whoever runs one; `…Alone`: the tree
 * alone. `--peer`: an unpacked npm package of the peer, whose checker then judges the same trees.
 * `--speed PROJECT [--peer DIR]…`: all plans of one checked-out project. `--corpus DIR`: every document parses and prints back.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type CheckResult, type FileCache, type Plan, type PlanVerdict, parsePlan, printPlan, verifyPlan } from '@slipway/plan'
import { moduleParser } from '../apps/cli/src/plan/parse-module.ts'
import { findMirror, type GitTree, type GitTrees, gitTrees, treeOf } from './git-trees.ts'
import { type FaultTally, faultShares, tallyFaults } from './plan-faults.ts'
import { findPeer, peerVerdict, treeFolder } from './plan-peer.ts'
import { measureSpeed } from './plan-speed.ts'

const { values: options } = parseArgs({
  options: {
    list: { type: 'string' },
    mirrors: { type: 'string' },
    corpus: { type: 'string' },
    json: { type: 'boolean', default: false },
    repo: { type: 'string' },
    failures: { type: 'string' },
    faults: { type: 'string' },
    peer: { type: 'string', multiple: true, default: [] },
    speed: { type: 'string' },
  },
})

interface Row {
  readonly repo: string
  readonly plan: string
  readonly before: string
  readonly after: string
  readonly partial: string
}

/** What a plan and its checks came to on one kind of tree. */
interface Tally {
  plans: number
  satisfied: number
  unverifiable: number
  artifacts: [satisfied: number, all: number]
  links: [satisfied: number, all: number]
}

const TREES = ['before', 'after', 'partial', 'unwired', 'commented'] as const
type TreeKind = (typeof TREES)[number]
const KINDS = [...TREES, ...TREES.map((tree) => `${tree}Alone` as const)]
type Kind = (typeof KINDS)[number]
const tallies = Object.fromEntries(KINDS.map((kind) => [kind, emptyTally()])) as Record<Kind, Tally>
const parseModule = await moduleParser(['a.go', 'a.rs'])
const peers = options.peer.map(findPeer)
const peerTallies = peers.map(() => Object.fromEntries(TREES.map((kind) => [kind, emptyTally()])) as Record<TreeKind, Tally>)
const peerFolder = treeFolder(join(tmpdir(), `slipway-bench-plans-${process.pid}`))
const failures: string[] = []
const faults: FaultTally = {}
const MODULE = /\.[cm]?[jt]sx?$/

function emptyTally(): Tally {
  return { plans: 0, satisfied: 0, unverifiable: 0, artifacts: [0, 0], links: [0, 0] }
}

if (options.corpus) runCorpus(options.corpus)
if (options.list && options.mirrors) await runList(options.list, options.mirrors)
if (options.speed) console.log(JSON.stringify(await measureSpeed(options.speed, peers), null, 2))
peerFolder.remove()
if (!options.corpus && !options.list && !options.speed) {
  console.error('usage: npm run bench:plans -- --list TSV --mirrors DIR [--json] | --speed PROJECT | --corpus DIR')
  process.exitCode = 2
}

function runCorpus(folder: string) {
  const files = (readdirSync(folder, { recursive: true }) as string[]).filter((file) => /\.(?:md|txt|plan)$/.test(file)).sort()
  let bytes = 0
  let milliseconds = 0
  const faults: string[] = []
  for (const file of files) {
    const source = readFileSync(join(folder, file), 'utf8')
    bytes += source.length
    const start = performance.now()
    const { plan, diagnostics } = parsePlan(source)
    milliseconds += performance.now() - start
    if (printPlan(plan) !== source) faults.push(`${file}: does not print back`)
    for (const { line, message, severity } of diagnostics) if (severity === 'error') faults.push(`${file}:${line} ${message}`)
  }
  const result = { documents: files.length, bytes, milliseconds: Math.round(milliseconds), faults }
  console.log(options.json ? JSON.stringify(result) : result)
  if (faults.length) process.exitCode = 1
}

async function runList(list: string, mirrors: string) {
  const rows = readRows(list).filter((row) => !options.repo || row.repo.includes(options.repo))
  const absent = new Map<string, number>()
  let verifyMs = 0
  let verified = 0
  for (const repo of new Set(rows.map((row) => row.repo))) {
    const mirror = findMirror(mirrors, repo)
    const trees = mirror ? gitTrees(mirror) : null
    const cache: FileCache = new Map()
    const verify = (plan: Plan, tree: GitTree, baseline?: GitTree) => {
      const start = performance.now()
      const verdict = verifyPlan(plan, tree, { parseModule, cache, ...(baseline && { baseline }) })
      verifyMs += performance.now() - start
      verified++
      return verdict
    }
    for (const row of rows.filter((candidate) => candidate.repo === repo)) {
      if (!trees || !(await runRow(row, trees, verify))) absent.set(repo, (absent.get(repo) ?? 0) + 1)
    }
  }
  const shares = Object.fromEntries(KINDS.map((kind) => [kind, shareOf(tallies[kind])]))
  const counts = {
    rows: rows.length,
    absent: Object.fromEntries(absent),
    ...tallies,
    verifyMsPerTree: Math.round((verifyMs / Math.max(1, verified)) * 10) / 10,
  }
  if (options.failures) writeFileSync(options.failures, `${failures.join('\n')}\n`)
  const broken = options.faults ? faultShares(faults, Number(options.faults)) : undefined
  const judged = Object.fromEntries(
    peers.map(({ name }, index) => [
      name,
      Object.fromEntries(TREES.map((kind) => [kind, shareOf((peerTallies[index] as Record<TreeKind, Tally>)[kind])])),
    ]),
  )
  if (options.json)
    console.log(JSON.stringify({ ...shares, counts, ...(broken && { faults: broken }), ...(peers.length && { peers: judged }) }))
  else {
    console.table(shares)
    for (const [name, share] of Object.entries(judged)) {
      console.log(name)
      console.table(share)
    }
    console.log(counts)
    if (broken)
      console.table(
        Object.fromEntries(Object.entries(broken).map(([name, { missed, ...rest }]) => [name, { ...rest, missed: missed.length }])),
      )
  }
}

function shareOf({ plans, satisfied, artifacts, links }: Tally) {
  return { plans: ratio(satisfied, plans), artifacts: ratio(...artifacts), links: ratio(...links) }
}

function ratio(part: number, all: number): number {
  return all ? Math.round((part / all) * 10_000) / 10_000 : 0
}

function readRows(list: string): Row[] {
  const [head = '', ...lines] = readFileSync(list, 'utf8').split(/\r?\n/)
  const columns = head.split('\t')
  return lines
    .filter(Boolean)
    .map((line) => Object.fromEntries(line.split('\t').map((value, index) => [columns[index], value])) as unknown as Row)
}

/** False when a tree or the plan itself is not in the mirror. */
async function runRow(row: Row, trees: GitTrees, verify: (plan: Plan, tree: GitTree, baseline?: GitTree) => PlanVerdict): Promise<boolean> {
  const before = trees.at(row.before)
  const after = trees.at(row.after)
  const source = before?.read(row.plan) ?? after?.read(row.plan)
  if (!before || !after || source === undefined) return false
  const { plan } = parsePlan(source)
  const all: Record<TreeKind, GitTree | null> = {
    before,
    after,
    partial: row.partial ? trees.at(row.partial) : null,
    unwired: unwire(plan, before, after),
    commented: commentOut(plan, before, after),
  }
  for (const kind of TREES) {
    const tree = all[kind]
    if (!tree) continue
    const verdict = verify(plan, tree, before)
    note(kind, row, verdict)
    const alone = verify(plan, tree)
    note(`${kind}Alone`, row, alone)
    if (peers.length) await askPeers(kind, row, treeOf(new Map([...tree.files, [row.plan, source]])))
    if (options.faults && kind === 'after' && verdict.verdict === 'satisfied' && alone.verdict === 'satisfied')
      tallyFaults({ plan, before, after }, { name: `${row.repo} ${row.plan}`, order: row.after }, verify, faults)
  }
  return true
}

async function askPeers(kind: TreeKind, row: Row, tree: GitTree) {
  peerFolder.show(tree)
  for (const [index, peer] of peers.entries()) {
    const verdict = await peerVerdict(peer, peerFolder.folder, row.plan)
    const tally = (peerTallies[index] as Record<TreeKind, Tally>)[kind]
    tally.plans++
    if (verdict.isSatisfied) tally.satisfied++
    for (const part of ['artifacts', 'links'] as const) {
      tally[part][0] += verdict[part][0]
      tally[part][1] += verdict[part][1]
    }
  }
}

function note(kind: Kind, row: Row, { verdict, checks }: PlanVerdict) {
  const tally = tallies[kind]
  tally.plans++
  if (verdict === 'satisfied') tally.satisfied++
  if (verdict === 'unverifiable') tally.unverifiable++
  for (const check of checks) {
    if (check.kind === 'file' && kind === 'after') failures.push(failureLine(kind, row, check))
    if (check.kind !== 'artifact' && check.kind !== 'link') continue
    const count = check.kind === 'artifact' ? tally.artifacts : tally.links
    count[1]++
    if (check.status === 'satisfied') count[0]++
    const isWrong = (kind === 'after') === (check.status !== 'satisfied')
    if (isWrong && (kind === 'after' || (verdict === 'satisfied' && !kind.endsWith('Alone')))) {
      failures.push(failureLine(kind, row, check))
    }
  }
  if (kind === 'after' && verdict === 'unverifiable') failures.push([kind, row.repo, row.plan, row.after, verdict].join('\t'))
}

function failureLine(kind: Kind, row: Row, check: CheckResult): string {
  const { status, what, evidence, line } = check
  return [kind, row.repo, row.plan, row.after, status, check.kind, what.replaceAll(/\s+/g, ' '), JSON.stringify(evidence), line].join('\t')
}

/** The `from` files put back to what they were; null when none of them was changed. */
function unwire(plan: Plan, before: GitTree, after: GitTree): GitTree | null {
  const files = new Map(after.files)
  let isChanged = false
  for (const { from } of plan.frontMatter.mustHaves?.keyLinks ?? []) {
    const path = pathIn(from, after)
    if (!path || before.files.get(path) === after.files.get(path)) continue
    isChanged = true
    const old = before.files.get(path)
    if (old === undefined) files.delete(path)
    else files.set(path, old)
  }
  return isChanged ? treeOf(files) : null
}

/** Every changed module as comments; null when the plan promises none of them. */
function commentOut(plan: Plan, before: GitTree, after: GitTree): GitTree | null {
  const changed = [...after.files].filter(([path, text]) => MODULE.test(path) && before.files.get(path) !== text)
  const files = new Map(after.files)
  for (const [path, text] of changed)
    files.set(
      path,
      text
        .split('\n')
        .map((line) => `// ${line}`)
        .join('\n'),
    )
  const { artifacts = [], keyLinks = [] } = plan.frontMatter.mustHaves ?? {}
  const promised = new Set(
    [...artifacts.map((artifact) => artifact.path), ...keyLinks.map((link) => link.from)].map((text) => pathIn(text, after)),
  )
  return changed.some(([path]) => promised.has(path)) ? treeOf(files) : null
}

function pathIn(text: string, tree: GitTree): string | undefined {
  const paths = [text, ...(text.match(/[\w@./[\]()-]+\.\w+/g) ?? [])]
  return paths.map((path) => path.replace(/^\.\//, '')).find((path) => tree.files.has(path))
}
