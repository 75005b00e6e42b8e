/** Every id in `depends_on` must name a plan, and no plan may wait for itself. */
import { fieldLine, type PlanFinding, type Rule } from './rule.ts'

export const checkDependencies: Rule = ({ plans, graph }) => {
  const findings: PlanFinding[] = []
  const byName = new Map(plans.map((named) => [named.name, named.plan]))
  for (const { name, plan } of plans) {
    const place = { plan: name, line: fieldLine(plan, 'depends_on'), column: 1 }
    for (const reference of plan.frontMatter.dependsOn) {
      const target = graph.ids.resolve(reference, name)
      if (target.kind === 'unknown') {
        const message = `It depends on "${reference}", which is no plan of this set.`
        findings.push({
          ...place,
          severity: 'error',
          code: 'dependency-unknown',
          message,
          hint: `The plans are ${graph.ids.ordered.slice(0, 12).join(', ')}.`,
        })
      }
      if (target.kind === 'earlier-phase') {
        const message = `It depends on "${reference}" of an earlier phase that is not here to check.`
        findings.push({ ...place, severity: 'warning', code: 'dependency-outside', message })
      }
    }
  }
  for (const cycle of graph.cycles) {
    const [name] = cycle
    const plan = name === undefined ? undefined : byName.get(name)
    if (name === undefined || !plan) continue
    const message = `Plans wait for each other: ${[...cycle, name].join(' → ')}.`
    const hint = 'Remove one of these dependencies.'
    findings.push({
      plan: name,
      severity: 'error',
      code: 'dependency-cycle',
      message,
      line: fieldLine(plan, 'depends_on'),
      column: 1,
      hint,
    })
  }
  return findings
}
