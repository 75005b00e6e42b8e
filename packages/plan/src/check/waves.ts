/** Declared waves are compared with computed ones; the computed number is the fix. */
import { fieldEdit } from '../edit.ts'
import { depthsOf } from '../schedule/waves.ts'
import { fieldLine, type Rule } from './rule.ts'

export const checkWaves: Rule = ({ plans, graph, waves }) => {
  const depths = depthsOf(graph)
  const onCycle = new Set(graph.cycles.flat())
  return plans.flatMap(({ name, plan }) => {
    const declared = plan.frontMatter.wave
    const wave = waves.get(name) ?? 1
    if (declared === wave || onCycle.has(name)) return []
    const earliest = depths.get(name) ?? 1
    const isTooEarly = declared !== null && declared < earliest
    const said = declared === null ? 'It declares no wave' : `It declares wave ${declared}`
    const why = isTooEarly
      ? 'what it depends on ends in the wave before'
      : wave > earliest
        ? 'it or a plan before it shares a file with another'
        : 'what it depends on asks for no other'
    return [
      {
        plan: name,
        severity: isTooEarly ? ('error' as const) : ('warning' as const),
        code: isTooEarly ? 'wave-too-early' : declared === null ? 'wave-missing' : 'wave-stale',
        message: `${said}; wave ${wave} is right, since ${why}.`,
        line: fieldLine(plan, 'wave'),
        column: 1,
        hint: `Write wave: ${wave}.`,
        fix: { title: `Set wave to ${wave}`, edits: [fieldEdit(plan, 'wave', wave)] },
      },
    ]
  })
}
