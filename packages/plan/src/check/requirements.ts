/** Every requirement is covered by a plan, and plans cover only requirements that exist. */
import { fieldLine, type PlanFinding, type Rule } from './rule.ts'

export const checkRequirements: Rule = ({ plans, requirements }) => {
  if (!requirements) return []
  const known = new Set(requirements)
  const covered = new Set<string>()
  const findings: PlanFinding[] = []
  for (const { name, plan } of plans) {
    const place = { plan: name, line: fieldLine(plan, 'requirements'), column: 1 }
    for (const id of plan.frontMatter.requirements) {
      covered.add(id)
      if (known.has(id)) continue
      const near = requirements.find((candidate) => candidate.toLowerCase() === id.toLowerCase())
      const hint = near ? `Did you mean ${near}?` : 'Name a requirement of the spec, or remove it.'
      findings.push({
        ...place,
        severity: 'error',
        code: 'requirement-unknown',
        message: `It covers ${id}, which is no requirement.`,
        hint,
      })
    }
  }
  const first = plans[0]
  const uncovered = [...known].filter((id) => !covered.has(id))
  const isUnsaid = covered.size === 0 && uncovered.length > 1
  for (const ids of isUnsaid ? [uncovered] : uncovered.map((id) => [id])) {
    if (!first) continue
    const message = isUnsaid
      ? `No plan says which of the ${ids.length} requirements it covers: ${ids.join(', ')}.`
      : `No plan covers the requirement ${ids[0]}.`
    const hint = 'Add it to the requirements of the plan that delivers it.'
    const place = { plan: first.name, line: fieldLine(first.plan, 'requirements'), column: 1 }
    findings.push({ ...place, severity: 'error', code: 'requirement-uncovered', message, hint })
  }
  return findings
}
