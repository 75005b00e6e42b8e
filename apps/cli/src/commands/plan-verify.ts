/** `slipway plan verify`: whether a tree holds what plans promised, with the evidence for each promise. */
import { statSync } from 'node:fs'
import { type FileCache, type PlanVerdict, type Tree, verifier } from '@slipway/plan'
import { gitTree } from '../plan/git-tree.ts'
import { moduleParser } from '../plan/parse-module.ts'
import { readPlans, shownPath } from '../plan/read-plans.ts'
import { readTree } from '../plan/read-tree.ts'
import { sayVerdict, VERDICT_MARK } from '../plan/words.ts'
import type { Terminal } from '../terminal.ts'

/** @returns the exit code: 0 all satisfied, 1 one violated, 2 none violated and one unverifiable */
export async function planVerify(
  deps: { terminal: Terminal; cwd: string },
  options: { path: string; tree: string; baseline?: string | undefined; json: boolean },
): Promise<number> {
  const { terminal } = deps
  const { plans } = readPlans(options.path)
  const cache: FileCache = new Map()
  const baseline = options.baseline === undefined ? undefined : baselineOf(options.baseline, options.tree)
  const tree = readTree(options.tree)
  const verify = verifier(tree, { parseModule: await moduleParser(tree.list()), cache, ...(baseline && { baseline }) })
  const results = plans.map(({ name, path, plan }) => ({ plan: name, path, ...verify(plan) }))
  const count = (verdict: PlanVerdict['verdict']) => results.filter((result) => result.verdict === verdict).length
  const counts = { satisfied: count('satisfied'), violated: count('violated'), unverifiable: count('unverifiable') }
  const isOne = statSync(options.path).isFile()
  if (options.json) terminal.write(`${JSON.stringify(isOne ? results[0] : { counts, plans: results }, null, 2)}\n`)
  else {
    for (const result of results) sayVerdict(terminal, isOne ? shownPath(result.path, deps.cwd) : result.plan, result, isOne)
    const worst = counts.violated ? 'violated' : counts.unverifiable ? 'unverifiable' : 'satisfied'
    if (!isOne)
      terminal.say(
        `${counts.satisfied} of ${results.length} plans satisfied, ${counts.violated} violated, ${counts.unverifiable} unverifiable.`,
        VERDICT_MARK[worst],
      )
  }
  return counts.violated ? 1 : counts.unverifiable ? 2 : 0
}

/** A folder where there is one of that name, else a commit of the repository that holds the tree. */
function baselineOf(baseline: string, tree: string): Tree {
  return statSync(baseline, { throwIfNoEntry: false })?.isDirectory() ? readTree(baseline) : gitTree(tree, baseline)
}
