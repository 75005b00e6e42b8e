/** Reviews a diff against its acceptance criteria and the evidence; the verdict holds for that diff only. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Agent } from '../agent.ts'
import { fenced } from '../fence.ts'
import { promptBeside } from '../prompt-beside.ts'

export interface ReviewInput {
  readonly task: string
  readonly acceptanceCriteria: readonly string[]
  readonly diff: string
  /** What commands and checks said after the change. */
  readonly evidence: string
}

export const Finding = z.object({
  path: z.string().max(200),
  line: z.number().int().nonnegative(),
  severity: z.enum(['blocker', 'major', 'minor']),
  text: z.string().trim().min(1).max(1_000),
})
export type Finding = z.infer<typeof Finding>

export const Review = z.object({
  criteria: z.array(z.object({ number: z.number().int().positive(), isMet: z.boolean(), where: z.string().max(400) })),
  findings: z.array(Finding).max(30),
  verdict: z.enum(['approve', 'request-changes']),
})
export type Review = z.infer<typeof Review>

export const reviewer: Agent<ReviewInput, Review> = {
  name: 'reviewer',
  role: 'reviewer',
  system: promptBeside(import.meta.url),
  input: ({ task, acceptanceCriteria, diff, evidence }) => ({
    text: [
      fenced('task', task),
      fenced('acceptance criteria', acceptanceCriteria.map((criterion, index) => `${index + 1}. ${criterion}`).join('\n')),
      fenced('diff', diff),
      fenced('evidence', evidence),
      'Review the diff.',
    ].join('\n\n'),
  }),
  output: Review,
  check: ({ criteria, findings, verdict }, { acceptanceCriteria }) => {
    const serious = findings.some(({ severity }) => severity !== 'minor')
    const numbers = criteria.map(({ number }) => number)
    const isUnmet = criteria.some(({ isMet }) => !isMet)
    return [
      ...acceptanceCriteria.flatMap((_, index) => (numbers.includes(index + 1) ? [] : [`criterion ${index + 1} is not judged`])),
      ...(verdict === 'approve' && (serious || isUnmet)
        ? ['the verdict is approve, but a criterion is not met or a finding is serious']
        : []),
      ...(verdict === 'request-changes' && !serious ? ['the verdict asks for changes: name at least one blocker or major finding'] : []),
    ]
  },
  limits: { outputTokens: 4_000 },
  effort: 'medium',
}

/** What a verdict is tied to: another diff needs another review. */
export const diffHash = (diff: string) => createHash('sha256').update(diff).digest('hex')
