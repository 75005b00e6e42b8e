/** What may run next: plans by phase and wave, up to a limit side by side, checkpoints parked, everything else waiting. */
import type { Plan } from '../plan.ts'
import type { NamedPlan } from '../schedule/plan-ids.ts'
import { dependencyGraph, wavesOf } from '../schedule/waves.ts'

/** `parked`: a checkpoint waits for a person, and no sandbox is held meanwhile. */
export type PlanState = 'pending' | 'running' | 'parked' | 'done' | 'failed'

export interface ScheduledPlan {
  readonly name: string
  readonly plan: Plan
  readonly phase: string
  readonly wave: number
  /** Plans of the set that must be done first. */
  readonly after: readonly string[]
}

/** Ordered by phase, then wave, then id: the order in which finished plans are merged. Plans on a cycle are left out. */
export function schedulePlans(plans: readonly NamedPlan[]): readonly ScheduledPlan[] {
  const graph = dependencyGraph(plans)
  const waves = wavesOf(plans, graph)
  const stuck = new Set(graph.cycles.flat())
  const byName = new Map(plans.map((named) => [named.name, named.plan]))
  const rank = new Map(graph.ids.ordered.map((name, index) => [name, index]))
  const phases = [...new Set(graph.ids.ordered.map((name) => graph.ids.phaseOf(name)))]
  return graph.ids.ordered
    .filter((name) => !stuck.has(name))
    .map((name) => ({
      name,
      plan: byName.get(name) as Plan,
      phase: graph.ids.phaseOf(name),
      wave: waves.get(name) ?? 1,
      after: graph.dependencies.get(name) ?? [],
    }))
    .sort(
      (a, b) => phases.indexOf(a.phase) - phases.indexOf(b.phase) || a.wave - b.wave || (rank.get(a.name) ?? 0) - (rank.get(b.name) ?? 0),
    )
}

export type NextStep =
  | { readonly kind: 'start'; readonly plans: readonly ScheduledPlan[] }
  | { readonly kind: 'wait'; readonly for: readonly string[] }
  | { readonly kind: 'finished' }
  /** Nothing runs and nothing can: what failed, and what hangs on it. */
  | { readonly kind: 'blocked'; readonly by: readonly string[]; readonly waiting: readonly string[] }

/**
 * A wave begins when all plans of earlier waves and phases are done; a failed plan stops only what comes after its wave.
 * @param limit  how many plans may run side by side; parked ones do not count
 */
export function nextStep(schedule: readonly ScheduledPlan[], states: ReadonlyMap<string, PlanState>, limit: number): NextStep {
  const stateOf = (name: string) => states.get(name) ?? 'pending'
  const open = schedule.filter((entry) => stateOf(entry.name) !== 'done')
  const [first] = open
  if (!first) return { kind: 'finished' }
  const wave = open.filter((entry) => entry.phase === first.phase && entry.wave === first.wave)
  const ready = wave.filter(
    (entry) => stateOf(entry.name) === 'pending' && entry.after.every((name) => isOutside(schedule, name) || stateOf(name) === 'done'),
  )
  const running = open.filter((entry) => stateOf(entry.name) === 'running')
  const free = Math.max(0, limit - running.length)
  if (ready.length && free) return { kind: 'start', plans: ready.slice(0, free) }
  const busy = open.filter((entry) => ['running', 'parked'].includes(stateOf(entry.name)))
  if (busy.length) return { kind: 'wait', for: busy.map((entry) => entry.name) }
  const failed = open.filter((entry) => stateOf(entry.name) === 'failed').map((entry) => entry.name)
  return { kind: 'blocked', by: failed, waiting: open.filter((entry) => stateOf(entry.name) === 'pending').map((entry) => entry.name) }
}

const isOutside = (schedule: readonly ScheduledPlan[], name: string) => !schedule.some((entry) => entry.name === name)
