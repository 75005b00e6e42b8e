/** Verifies what a plan promised against a tree: every check with its evidence, and one verdict. */
import type { Plan } from '../plan.ts'
import { checkArtifact } from './check-artifact.ts'
import { checkFiles } from './check-files.ts'
import { checkLink } from './check-link.ts'
import type { CheckResult } from './check-result.ts'
import type { ParseModule } from './module-facts.ts'
import { type ModuleResolver, moduleResolver } from './resolve-module.ts'
import type { Tree } from './tree.ts'
import { type FileCache, indexTree, type TreeIndex } from './tree-index.ts'
import { verification } from './verification.ts'

export interface VerifyOptions {
  /** `parseWithOxc` of `@slipway/plan/oxc`; without it JavaScript and TypeScript are read as text. */
  readonly parseModule?: ParseModule
  /** Keep one for all plans of a project: files that stay the same are then parsed once. */
  readonly cache?: FileCache
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
  const index = indexTree(tree, options.parseModule, options.cache)
  const modules = moduleResolver(index)
  return (plan) => verifyAgainst(plan, index, modules)
}

function verifyAgainst(plan: Plan, tree: TreeIndex, modules: ModuleResolver): PlanVerdict {
  const { mustHaves } = plan.frontMatter
  const shared = verification(plan, tree, modules)
  const stated =
    (kind: 'truth' | 'prohibition') =>
    (statement: { text: string; line: number }): CheckResult => ({
      kind,
      what: statement.text,
      line: statement.line,
      status: 'undecided',
      evidence: [{ rule: 'statement', text: 'A sentence: no check of the code decides it.' }],
    })
  const checks: CheckResult[] = [
    ...(mustHaves?.artifacts ?? []).map((artifact) => checkArtifact(artifact, shared)),
    ...(mustHaves?.keyLinks ?? []).map((link) => checkLink(link, shared)),
    ...(mustHaves ? checkFiles(plan, tree) : []),
    ...(mustHaves?.truths ?? []).map(stated('truth')),
    ...(mustHaves?.prohibitions ?? []).map(stated('prohibition')),
  ]
  const isViolated = checks.some((check) => check.status === 'violated')
  const isSatisfied = checks.some((check) => check.status === 'satisfied' && check.proves !== false)
  return { verdict: isViolated ? 'violated' : isSatisfied ? 'satisfied' : 'unverifiable', checks }
}
