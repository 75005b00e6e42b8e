/** A life cycle as a table: which status may follow which. Pure data; the database, API, CLI and web read it. */
export interface Flow<S extends string> {
  readonly statuses: readonly [S, ...S[]]
  readonly next: Readonly<Record<S, readonly S[]>>
}

/** Statuses are listed in the order in which a healthy thing passes through them. */
export function defineFlow<S extends string>(next: Record<S, readonly NoInfer<S>[]>): Flow<S> {
  return { statuses: Object.keys(next) as [S, ...S[]], next }
}

/** The statuses from which `to` may be entered: the `where status in (…)` of every move. */
export function sourcesOf<S extends string>(flow: Flow<S>, to: S): S[] {
  return flow.statuses.filter((from) => flow.next[from].includes(to))
}

/** Whether nothing may follow `status`. */
export function isFinal<S extends string>(flow: Flow<S>, status: S): boolean {
  return flow.next[status].length === 0
}

/** Whether a thing in `from` may be moved to `to`. A thing may always be moved to where it is: moves are safe to repeat. */
export function canMove<S extends string>(flow: Flow<S>, from: S, to: S): boolean {
  return from === to || flow.next[from].includes(to)
}
