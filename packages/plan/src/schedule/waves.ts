/** Waves: which plans of a phase may run side by side, computed from what they depend on and which files they share. */
import { type NamedPlan, type PlanIds, planIds } from './plan-ids.ts'

export interface DependencyGraph {
  readonly ids: PlanIds
  /** Plans of the set that must be finished first, by name. */
  readonly dependencies: ReadonlyMap<string, readonly string[]>
  /** Each cycle once, as the names along it. */
  readonly cycles: readonly (readonly string[])[]
  /** Every plan after all it depends on; plans on a cycle come in their own order. */
  readonly order: readonly string[]
}

/** Walks with a stack of its own, so a chain of any length is fine. */
export function dependencyGraph(plans: readonly NamedPlan[]): DependencyGraph {
  const ids = planIds(plans)
  const byName = new Map(plans.map((named) => [named.name, named.plan]))
  const dependencies = new Map<string, string[]>()
  for (const name of ids.ordered) {
    const found = new Set<string>()
    for (const reference of byName.get(name)?.frontMatter.dependsOn ?? []) {
      const target = ids.resolve(reference, name)
      if (target.kind === 'plan') found.add(target.name)
    }
    dependencies.set(name, [...found])
  }

  const order: string[] = []
  const cycles: string[][] = []
  const state = new Map<string, 'open' | 'done'>()
  for (const root of ids.ordered) {
    if (state.has(root)) continue
    const path: { name: string; next: number }[] = [{ name: root, next: 0 }]
    state.set(root, 'open')
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const target = dependencies.get(top.name)?.[top.next++]
      if (target === undefined) {
        state.set(top.name, 'done')
        order.push(top.name)
        path.pop()
      } else if (state.get(target) === 'open') {
        cycles.push(path.slice(path.findIndex((step) => step.name === target)).map((step) => step.name))
      } else if (!state.has(target)) {
        state.set(target, 'open')
        path.push({ name: target, next: 0 })
      }
    }
  }
  return { ids, dependencies, cycles, order }
}

/**
 * The wave of every plan, from 1 within its phase: after all plans of its phase that it depends on, and never beside a
 * plan that shares a file with it (the later one, by id, moves down). Phases follow one another, so a dependency on
 * another phase does not count; neither does an edge that closes a cycle.
 */
export function computeWaves(plans: readonly NamedPlan[]): Map<string, number> {
  return wavesOf(plans, dependencyGraph(plans))
}

export function wavesOf(plans: readonly NamedPlan[], graph: DependencyGraph): Map<string, number> {
  const byName = new Map(plans.map((named) => [named.name, named.plan]))
  const waves = new Map<string, number>()
  const taken = new Set<string>()
  for (const name of depthOrder(graph)) {
    const phase = graph.ids.phaseOf(name)
    const files = (byName.get(name)?.frontMatter.filesModified ?? []).map(plainPath)
    let wave = earliestWave(graph, waves, name)
    const place = (path: string) => `${phase}\n${wave}\n${path}`
    const isTaken = (file: string) => [file, `${file}*`, ...foldersAbove(file)].some((path) => taken.has(place(path)))
    while (files.some(isTaken)) wave++
    for (const file of files) for (const path of [file, ...foldersAbove(file).map((folder) => `${folder}*`)]) taken.add(place(path))
    waves.set(name, wave)
  }
  return waves
}

/** `a/b/c.ts` → `a/`, `a/b/`: a plan that may change a whole folder (its path ends in `/`) shares it with all that lies in it. */
const foldersAbove = (path: string): string[] =>
  [...path.matchAll(/\//g)].flatMap(({ index }) => (index === path.length - 1 ? [] : [path.slice(0, index + 1)]))

/** One more than the latest wave among the plan's dependencies in its own phase. */
function earliestWave(graph: DependencyGraph, waves: ReadonlyMap<string, number>, name: string): number {
  const phase = graph.ids.phaseOf(name)
  const before = (graph.dependencies.get(name) ?? []).filter((other) => graph.ids.phaseOf(other) === phase)
  return before.reduce((latest, other) => Math.max(latest, waves.get(other) ?? 0), 0) + 1
}

/** The wave that dependencies alone would give, files left aside. */
export function depthsOf(graph: DependencyGraph): ReadonlyMap<string, number> {
  const depths = new Map<string, number>()
  for (const name of graph.order) depths.set(name, earliestWave(graph, depths, name))
  return depths
}

/** By depth in the dependency graph, then by id: so it is always the later plan that gives way. */
function depthOrder(graph: DependencyGraph): readonly string[] {
  const depths = depthsOf(graph)
  const rank = new Map(graph.ids.ordered.map((name, index) => [name, index]))
  return [...graph.order].sort((a, b) => (depths.get(a) ?? 0) - (depths.get(b) ?? 0) || (rank.get(a) ?? 0) - (rank.get(b) ?? 0))
}

/** `./src//a.ts` and `` `src/a.ts` `` are the same file. */
export const plainPath = (path: string) =>
  path
    .trim()
    .replace(/^[`"']|[`"']$/g, '')
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '')
    .replaceAll(/\/{2,}/g, '/')
