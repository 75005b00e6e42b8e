/** Looks for security holes in changed files; each finding can become a task. */
import { z } from 'zod'
import type { Agent } from '../agent.ts'
import { fenced } from '../fence.ts'
import { promptBeside } from '../prompt-beside.ts'

export interface SecurityInput {
  /** By path, as they are after the change. */
  readonly files: Readonly<Record<string, string>>
  /** Who may do what, as the blueprint says. */
  readonly accessRules: string
}

export const SecurityFinding = z.object({
  path: z.string().max(200),
  line: z.number().int().nonnegative(),
  severity: z.enum(['critical', 'high', 'medium', 'low']),
  title: z.string().trim().min(3).max(120),
  text: z.string().trim().min(1).max(1_000),
  fix: z.object({ action: z.string().trim().min(1).max(2_000), files: z.array(z.string().max(200)).min(1).max(10) }),
})
export type SecurityFinding = z.infer<typeof SecurityFinding>

export const SecurityReview = z.object({ findings: z.array(SecurityFinding).max(30) })
export type SecurityReview = z.infer<typeof SecurityReview>

export const security: Agent<SecurityInput, SecurityReview> = {
  name: 'security',
  role: 'reviewer',
  system: promptBeside(import.meta.url),
  input: ({ files, accessRules }) => ({
    text: [
      fenced('access rules', accessRules),
      ...Object.entries(files).map(([path, text]) => fenced(path, numbered(text))),
      'Review the files.',
    ].join('\n\n'),
  }),
  output: SecurityReview,
  check: ({ findings }, { files }) =>
    findings.flatMap(({ path, line }) => {
      const text = files[path]
      if (text === undefined) return [`${path} is none of the files: leave the finding out`]
      return line > text.split('\n').length ? [`${path} has no line ${line}`] : []
    }),
  limits: { outputTokens: 6_000 },
  effort: 'medium',
}

const numbered = (text: string) =>
  text
    .split('\n')
    .map((line, index) => `${index + 1}\t${line}`)
    .join('\n')
