/** Which plans are coded side by side, and in which order. */
import { type NamedPlan, schedulePlans } from '@slipway/plan'

/** A plan, written from its first task to its last by one coder. */
export interface Lane {
  readonly plan: string
  /** Those that have a command to verify them; from 0, in the order of the document. */
  readonly tasks: readonly number[]
  /** Other lanes without whose work this one cannot be done. */
  readonly after: readonly string[]
}

/**
 * Waves in order; plans of one wave share no file and do not wait for each other. Plans that wait for each other in a circle come last,
 * one at a time.
 * @param forModel requirements that a model is to deliver: other plans have nothing to write
 */
export function wavesOfLanes(plans: readonly NamedPlan[], forModel: ReadonlySet<string>): Lane[][] {
  const schedule = schedulePlans(plans)
  const planned = new Set(schedule.map(({ name }) => name))
  const circular = plans
    .filter(({ name }) => !planned.has(name))
    .map(({ name, plan }) => ({ name, plan, wave: name, phase: '', after: [] }))
  const lanes = [...schedule, ...circular].flatMap(({ name, plan, phase, wave, after }) => {
    const tasks = plan.tasks.flatMap((task, index) => (task.verify?.automated.length ? [index] : []))
    const isOpen = tasks.length > 0 && plan.frontMatter.requirements.some((id) => forModel.has(id))
    return isOpen ? [{ wave: `${phase}/${wave}`, lane: { plan: name, tasks, after } }] : []
  })
  const open = new Set(lanes.map(({ lane }) => lane.plan))
  const waves = Map.groupBy(lanes, ({ wave }) => wave)
  return [...waves.values()].map((wave) => wave.map(({ lane }) => ({ ...lane, after: lane.after.filter((name) => open.has(name)) })))
}
