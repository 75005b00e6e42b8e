/** `slipway plan check`: what must be right before plans may run, with certain faults repaired on request. */
import { writeFileSync } from 'node:fs'
import {
  checkPlans,
  type Diagnostic,
  fixPlans,
  heldPromises,
  type PlanFinding,
  parsePlan,
  printPlan,
  type Tree,
  verifier,
} from '@slipway/plan'
import { moduleParser } from '../plan/parse-module.ts'
import { type PlanFile, readPlans, shownPath } from '../plan/read-plans.ts'
import { readTree } from '../plan/read-tree.ts'
import { sayFinding } from '../plan/words.ts'
import type { Terminal } from '../terminal.ts'

/** A fix may uncover the next one: a wave that moves moves those after it. */
const ROUNDS_MAX = 5

export interface PlanFault extends Diagnostic {
  readonly plan: string
  readonly path: string
  /** What `--fix` would do; only where the right answer is certain. */
  readonly fix?: string
}

/** @returns the exit code: 0 without an error, 1 with one */
export async function planCheck(
  deps: { terminal: Terminal; cwd: string },
  options: { path: string; tree?: string | undefined; fix: boolean; json: boolean },
): Promise<number> {
  const { terminal } = deps
  const set = readPlans(options.path)
  const root = options.tree ?? set.project
  const tree = root === null ? undefined : readTree(root)
  const fixed: { path: string; title: string }[] = []
  let plans = set.plans
  let findings = await findingsOf(plans, set.requirements, tree)
  for (let round = 0; options.fix && round < ROUNDS_MAX && findings.some((finding) => finding.fix); round++) {
    for (const { plan, fix } of findings) if (fix) fixed.push({ path: pathOf(plans, plan), title: fix.title })
    plans = written(plans, findings)
    findings = await findingsOf(plans, set.requirements, tree)
  }
  const faults = [
    ...readingFaults(plans),
    ...findings.map(({ fix, ...finding }) => ({ ...finding, path: pathOf(plans, finding.plan), ...(fix && { fix: fix.title }) })),
  ]
  const ordered = plans.flatMap((file) => faults.filter((fault) => fault.plan === file.name).sort((a, b) => a.line - b.line))
  const errors = ordered.filter((fault) => fault.severity === 'error').length
  if (options.json) terminal.write(`${JSON.stringify({ plans: plans.length, errors, findings: ordered, fixed }, null, 2)}\n`)
  else tell(terminal, { faults: ordered, fixed, count: plans.length, cwd: deps.cwd })
  return errors ? 1 : 0
}

/** Of every set of plans by itself, and of plans not yet done what they promise that already holds. */
export async function findingsOf(
  plans: readonly PlanFile[],
  requirements: readonly string[] | undefined,
  tree: Tree | undefined,
): Promise<readonly PlanFinding[]> {
  const groups = [...new Set(plans.map((file) => file.group))]
  const verify = tree && verifier(tree, { parseModule: await moduleParser(tree.list()) })
  return groups.flatMap((group) => {
    const own = plans.filter((file) => file.group === group)
    const context = { ...(requirements && group === '' && { requirements }), ...(tree && { tree: new Set(tree.list()) }) }
    const held = own
      .filter((file) => verify && !file.isDone && group === '')
      .flatMap((file) =>
        heldPromises(verify?.(file.plan) ?? { verdict: 'unverifiable', checks: [] }).map((finding) => ({ ...finding, plan: file.name })),
      )
    return [...checkPlans(own, context), ...held]
  })
}

const readingFaults = (plans: readonly PlanFile[]): PlanFault[] =>
  plans.flatMap(({ name, path, diagnostics }) => diagnostics.map((diagnostic) => ({ ...diagnostic, plan: name, path })))

const pathOf = (plans: readonly PlanFile[], name: string) => plans.find((file) => file.name === name)?.path ?? name

function written(plans: readonly PlanFile[], findings: readonly PlanFinding[]): PlanFile[] {
  const after = new Map(fixPlans(plans, findings).map(({ name, plan }) => [name, printPlan(plan)]))
  return plans.map((file) => {
    const text = after.get(file.name) ?? printPlan(file.plan)
    if (text === printPlan(file.plan)) return file
    writeFileSync(file.path, text)
    return { ...file, ...parsePlan(text) }
  })
}

function tell(
  terminal: Terminal,
  {
    faults,
    fixed,
    count,
    cwd,
  }: { faults: readonly PlanFault[]; fixed: readonly { path: string; title: string }[]; count: number; cwd: string },
): void {
  for (const { path, title } of fixed) terminal.say(`${shownPath(path, cwd)}  ${title}`, 'pass')
  const said = new Set<string>() // the same advice is given once
  for (const fault of faults) {
    sayFinding(terminal, shownPath(fault.path, cwd), said.has(fault.hint ?? '') ? { ...fault, hint: '' } : fault)
    said.add(fault.hint ?? '')
  }
  const errors = faults.filter((fault) => fault.severity === 'error').length
  const fixable = faults.filter((fault) => fault.fix).length
  const rest = `${errors} errors, ${faults.length - errors} warnings${fixable ? `; --fix repairs ${fixable} of them` : ''}`
  terminal.say(
    `${count} plans: ${faults.length ? rest : 'nothing to say against them'}.`,
    errors ? 'fail' : faults.length ? 'need' : 'pass',
  )
}
