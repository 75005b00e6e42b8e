/** Two plans that may run side by side must not write the same file. */
import { plainPath } from '../schedule/waves.ts'
import { fieldLine, type PlanFinding, type Rule } from './rule.ts'

export const checkFileOverlap: Rule = ({ plans, graph, waves }) => {
  const findings: PlanFinding[] = []
  const writers = new Map<string, string>()
  const byName = new Map(plans.map((named) => [named.name, named.plan]))
  for (const name of graph.ids.ordered) {
    const plan = byName.get(name)
    if (!plan) continue
    const wave = plan.frontMatter.wave ?? waves.get(name) ?? 1
    const shared = new Map<string, string[]>()
    for (const file of new Set(plan.frontMatter.filesModified.map(plainPath))) {
      const key = `${graph.ids.phaseOf(name)}\n${wave}\n${file}`
      const other = writers.get(key)
      if (other === undefined) writers.set(key, name)
      else shared.set(other, [...(shared.get(other) ?? []), file])
    }
    for (const [other, files] of shared) {
      const message = `It shares ${files.join(', ')} with ${other}, which runs in the same wave (${wave}).`
      const hint = `Let ${name} depend on ${other}, or split the files.`
      findings.push({
        plan: name,
        severity: 'error',
        code: 'files-overlap',
        message,
        line: fieldLine(plan, 'files_modified'),
        column: 1,
        hint,
      })
    }
  }
  return findings
}
