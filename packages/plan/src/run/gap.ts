/** What goes back to the coder when a finished plan does not hold what it promised, and when to stop trying. */
import type { CheckResult } from '../verify/check-result.ts'
import type { PlanVerdict } from '../verify/verify-plan.ts'

export const TRIES_MAX = 3

export type GapDecision =
  | { readonly kind: 'complete' }
  | { readonly kind: 'retry'; readonly brief: string }
  | { readonly kind: 'give-up'; readonly reason: string }

/** @param earlier  the briefs of earlier tries: the same gap twice means that the last try changed nothing */
export function decideGap(verdict: PlanVerdict, earlier: readonly string[]): GapDecision {
  const failing = verdict.checks.filter((check) => check.status === 'violated')
  if (failing.length === 0) return { kind: 'complete' }
  const brief = gapBrief(failing)
  if (earlier.length >= TRIES_MAX) return { kind: 'give-up', reason: `${TRIES_MAX} tries left ${failing.length} promises unkept.` }
  if (earlier.at(-1) === brief) return { kind: 'give-up', reason: 'The last try changed nothing about what is missing.' }
  return { kind: 'retry', brief }
}

function gapBrief(failing: readonly CheckResult[]): string {
  const lines = failing.map((check) => {
    const { file, lines, text } = check.evidence.at(-1) ?? { text: '', file: undefined, lines: undefined }
    const place = file ? ` (${file}${lines ? `:${lines[0]}` : ''})` : ''
    return `- ${check.kind}: ${check.what}\n  ${text}${place}`
  })
  return `These promises of the plan do not hold yet:\n\n${lines.join('\n')}\n`
}
