/** What is said about a plan document: where, how bad, and what to do about it. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning'
  readonly code: string
  readonly message: string
  /** Both count from 1; columns count UTF-16 units. */
  readonly line: number
  readonly column: number
  readonly hint?: string
}
