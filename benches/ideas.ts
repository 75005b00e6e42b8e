/** Runs the analyst over a file of ideas (a JSON list of strings) and says how many give a sound spec, and how fast. */
import { readFileSync } from 'node:fs'
import { Brief, Question, Spec } from '@slipway/domain'
import { checkPlans, parsePlan } from '@slipway/plan'
import { analyse, compileApp, writePlans, writeSpec } from '../packages/blueprint/src/index.ts'

const [path] = process.argv.slice(2)
if (!path) {
  console.error('Usage: node benches/ideas.ts IDEAS.json')
  process.exit(2)
}
const ideas: readonly string[] = JSON.parse(readFileSync(path, 'utf8'))
const counts = { ideas: ideas.length, valid: 0, twoThingsFoundOrMore: 0, planFindings: 0, compiled: 0, model: 0, later: 0 }
const times = { analyse: 0, spec: 0, plans: 0 }
const timed = <T>(what: keyof typeof times, run: () => T): T => {
  const start = performance.now()
  const value = run()
  times[what] += performance.now() - start
  return value
}
for (const [index, idea] of ideas.entries()) {
  try {
    const { brief, questions } = timed('analyse', () => analyse(idea))
    Brief.parse(brief)
    for (const question of questions) Question.parse(question)
    const spec = timed('spec', () => writeSpec(brief, idea))
    Spec.parse(spec)
    const plans = timed('plans', () => writePlans(spec, { title: brief.name }))
    const findings = checkPlans(
      plans.map(({ name, source }) => ({ name, plan: parsePlan(source).plan })),
      {
        requirements: spec.requirements.map((requirement) => requirement.id),
        tree: new Set(compileApp(spec.blueprint, []).map((file) => file.path)),
      },
    )
    counts.planFindings += findings.length
    counts.valid++
    if (brief.things.length >= 2 && !brief.assumptions.some((sentence) => sentence.includes('were not named')))
      counts.twoThingsFoundOrMore++
    for (const requirement of spec.requirements) counts[requirement.delivery]++
  } catch (fault) {
    console.error(`${index}: ${idea.slice(0, 100)}`, fault)
  }
}
const each = Object.fromEntries(Object.entries(times).map(([what, ms]) => [`${what}Ms`, Math.round((ms / ideas.length) * 10) / 10]))
console.log(JSON.stringify({ ...counts, ...each }, null, 2))
