/** Verifies what a plan promised against a tree: every check with its evidence, and one verdict. */
import type { Diagnostic } from '../diagnostic.ts'
import type { Plan, Truth } from '../plan.ts'
import { checkArtifact } from './check-artifact.ts'
import { checkFiles } from './check-files.ts'
import { checkLink } from './check-link.ts'
import type { CheckResult } from './check-result.ts'
import { checkTaskNames } from './check-task-names.ts'
import type { ParseModule } from './module-facts.ts'
import { type ModuleResolver, moduleResolver } from './resolve-module.ts'
import type { Tree } from './tree.ts'
import { type FileCache, indexTree, type TreeIndex } from './tree-index.ts'
import { type Verification, verification } from './verification.ts'

export interface VerifyOptions {
  /** `parseWithOxc` of `@slipway/plan/oxc`; without it JavaScript and TypeScript are read as text. */
  readonly parseModule?: ParseModule
  /** Keep one for all plans of a project: files that stay the same are then parsed once. */
  readonly cache?: FileCache
  /**
   * The tree that the plan began from. With it, a task that changed none of its files is a violation, and what held
   * before counts for nothing.
   */
  readonly baseline?: Tree
}

export interface PlanVerdict {
  /** `unverifiable` when nothing was found that proves anything: nothing wrong is not the same as something right. */
  readonly verdict: 'satisfied' | 'violated' | 'unverifiable'
  readonly checks: readonly CheckResult[]
}

/** Reads only the files that a check looks at. Never throws on the content of the plan or the tree. */
export function verifyPlan(plan: Plan, tree: Tree, options: VerifyOptions = {}): PlanVerdict {
  return verifier(tree, options)(plan)
}

/** For several plans against one tree: the tree is indexed once. */
export function verifier(tree: Tree, options: VerifyOptions = {}): (plan: Plan) => PlanVerdict {
  const cache = options.cache ?? new Map()
  const side = (files: Tree): Side => {
    const index = indexTree(files, options.parseModule, cache)
    return { tree: index, modules: moduleResolver(index) }
  }
  const now = side(tree)
  const baseline = options.baseline ? side(options.baseline) : null
  return (plan) => verifyAgainst(plan, now, baseline)
}

interface Side {
  readonly tree: TreeIndex
  readonly modules: ModuleResolver
}

function verifyAgainst(plan: Plan, { tree, modules }: Side, baseline: Side | null): PlanVerdict {
  const { mustHaves } = plan.frontMatter
  if (!mustHaves) return { verdict: 'unverifiable', checks: [] }
  const found = promises(plan, verification(plan, tree, modules))
  const held = baseline ? promises(plan, verification(plan, baseline.tree, baseline.modules)) : []
  const checks = [
    ...found.map((check, index) => (held[index]?.status === 'satisfied' && check.status === 'satisfied' ? heldBefore(check) : check)),
    ...checkFiles(plan, tree, baseline?.tree ?? null),
    ...(baseline ? checkTaskNames(plan, tree, baseline.tree) : []),
    ...mustHaves.truths.map((truth) => sentence('truth', truth)),
    ...mustHaves.prohibitions.map((prohibition) => sentence('prohibition', prohibition)),
  ]
  const isViolated = checks.some((check) => check.status === 'violated')
  const isWorkSeen = baseline !== null && plan.tasks.some((task) => task.files.length > 0)
  const isProven = checks.some((check) => check.status === 'satisfied' && (check.proves !== false || isWorkSeen))
  return { verdict: isViolated ? 'violated' : isProven ? 'satisfied' : 'unverifiable', checks }
}

const promises = (plan: Plan, shared: Verification): readonly CheckResult[] => [
  ...(plan.frontMatter.mustHaves?.artifacts ?? []).map((artifact) => checkArtifact(artifact, shared)),
  ...(plan.frontMatter.mustHaves?.keyLinks ?? []).map((link) => checkLink(link, shared)),
]

const heldBefore = (check: CheckResult): CheckResult => ({
  ...check,
  proves: false,
  evidence: [...check.evidence, { rule: 'statement', text: 'It held before the plan began, so it proves nothing.' }],
})

const sentence = (kind: 'truth' | 'prohibition', { text, line }: Truth): CheckResult => ({
  kind,
  what: text,
  line,
  status: 'undecided',
  evidence: [{ rule: 'statement', text: 'A sentence: no check of the code decides it.' }],
})

/**
 * What a plan promises although the tree holds it before the plan has run: such a must-have can only ever be satisfied.
 * @param before  the verdict on the tree that the plan starts from
 */
export function heldPromises(before: PlanVerdict): readonly Diagnostic[] {
  return before.checks
    .filter((check) => check.status === 'satisfied')
    .map(({ kind, what, line }) => ({
      severity: 'warning',
      code: 'must-have-holds',
      message: `The ${kind} "${what}" holds before the plan has run.`,
      line,
      column: 1,
      hint: 'Ask for what will be new: an export, a call, a text that is not there yet.',
    }))
}
