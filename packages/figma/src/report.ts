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

/** Collects what phases say; a node about which nobody said anything is exact. */
export interface Report {
  approximate(nodeId: string, name: string, code: string, message: string): void
  rasterise(nodeId: string, name: string, code: string, message: string): void
  drop(nodeId: string, name: string, code: string, message: string): void
  entries(): readonly ReportEntry[]
}

export function createReport(): Report {
  const entries: ReportEntry[] = []
  const seen = new Set<string>()
  const add = (outcome: Outcome) => (nodeId: string, name: string, code: string, message: string) => {
    const key = `${nodeId}\n${code}`
    if (seen.has(key)) return
    seen.add(key)
    entries.push({ nodeId, name, outcome, code, message })
  }
  return { approximate: add('approximated'), rasterise: add('rasterised'), drop: add('dropped'), entries: () => entries }
}
