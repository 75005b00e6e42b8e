/** What one check found, told so that a person can look for themselves. */
export type CheckStatus = 'satisfied' | 'violated' | 'undecided'

export type CheckRule =
  | 'file'
  | 'line-count'
  | 'export'
  | 'declaration'
  | 'stub'
  | 'import-edge'
  | 'import-unused'
  | 'import-missing'
  | 'route'
  | 'table'
  | 'call-edge'
  | 'config-key'
  | 'text'
  | 'statement'

export interface Evidence {
  readonly rule: CheckRule
  readonly file?: string
  /** First and last line, from 1. */
  readonly lines?: readonly [number, number]
  /** What was seen, in one sentence. */
  readonly text: string
}

export interface CheckResult {
  readonly kind: 'artifact' | 'link' | 'truth' | 'prohibition' | 'file'
  /** What was looked for, in the plan's own words. */
  readonly what: string
  /** Line of the plan that asks for it. */
  readonly line: number
  readonly status: CheckStatus
  readonly evidence: readonly Evidence[]
  /** False when it is satisfied and says nothing: a file is there that the plan itself knew before. */
  readonly proves?: boolean
}

/** The worst of several: violated, then undecided when nothing was satisfied. */
export function worst(parts: readonly { readonly status: CheckStatus }[]): CheckStatus {
  if (parts.some((part) => part.status === 'violated')) return 'violated'
  return parts.some((part) => part.status === 'satisfied') ? 'satisfied' : 'undecided'
}

/** One finding inside of a check. */
export interface Finding {
  readonly status: CheckStatus
  /** See `CheckResult.proves`. */
  readonly proves?: boolean
  readonly evidence: Evidence
}
