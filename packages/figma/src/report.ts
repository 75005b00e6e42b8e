/** What became of each node of a design, in codes a program can count and sentences people can read. */

export type Outcome = 'exact' | 'approximated' | 'rasterised' | 'dropped'

export interface ReportEntry {
  readonly nodeId: string
  readonly name: string
  readonly outcome: Outcome
  /** What it was, e.g. `GRADIENT_DIAMOND`; absent for an exact node. */
  readonly code?: string
  readonly message?: string
}
