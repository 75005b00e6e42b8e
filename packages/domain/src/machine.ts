/** A life cycle as a table: in which status which event leads where. Pure data; the database, API, CLI and web read it. */

/** `moves[status][event]` is the next status. An event leads to one status, wherever it happens. */
export interface Machine<S extends string, E extends string> {
  readonly statuses: readonly [S, ...S[]]
  readonly events: readonly E[]
  readonly moves: Readonly<Record<S, Readonly<Partial<Record<E, S>>>>>
}

/** What became of an event. A repeated event is no move and no fault: every move is safe to repeat. */
export type Transition<S extends string> =
  | { readonly kind: 'moved'; readonly to: S }
  | { readonly kind: 'already'; readonly to: S }
  | { readonly kind: 'refused'; readonly from: S; readonly allowed: readonly string[] }

type EventOf<M> = { [S in keyof M]: keyof M[S] }[keyof M] & string

/**
 * Statuses are listed in the order in which a healthy thing passes through them.
 * @throws Error when one event leads to two different statuses: then `targetOf` would have no answer
 */
export function defineMachine<S extends string, const M extends Record<S, Readonly<Record<string, NoInfer<S>>>>>(
  moves: M & Record<S, Readonly<Record<string, NoInfer<S>>>>,
): Machine<S, EventOf<M>> {
  const targets = new Map<string, S>()
  for (const [event, to] of Object.values<Readonly<Record<string, S>>>(moves).flatMap((row) => Object.entries(row))) {
    if ((targets.get(event) ?? to) !== to) throw new Error(`The event "${event}" leads to "${to}" and to "${targets.get(event)}".`)
    targets.set(event, to)
  }
  return {
    statuses: Object.keys(moves) as [S, ...S[]],
    events: [...targets.keys()] as EventOf<M>[],
    moves: moves as unknown as Machine<S, EventOf<M>>['moves'],
  }
}

/** Where `event` leads from `status`: the one question every mover asks. */
export function transition<S extends string, E extends string>(machine: Machine<S, E>, status: S, event: E): Transition<S> {
  const to = machine.moves[status][event]
  if (to) return { kind: 'moved', to }
  if (targetOf(machine, event) === status) return { kind: 'already', to: status }
  return { kind: 'refused', from: status, allowed: Object.keys(machine.moves[status]) }
}

/** The status that `event` leads to. */
export function targetOf<S extends string, E extends string>(machine: Machine<S, E>, event: E): S {
  for (const status of machine.statuses) {
    const to = machine.moves[status][event]
    if (to) return to
  }
  throw new Error(`No status of this machine knows the event "${event}".`)
}

/** The statuses in which `event` may happen: the `where status in (…)` of every move. */
export function sourcesOf<S extends string, E extends string>(machine: Machine<S, E>, event: E): S[] {
  return machine.statuses.filter((status) => machine.moves[status][event])
}

/** Whether nothing may follow `status`. */
export function isFinal<S extends string, E extends string>(machine: Machine<S, E>, status: S): boolean {
  return Object.keys(machine.moves[status]).length === 0
}
