/** Evidence: what a machine saw, written after it looked. Without a row here nothing is done. */
import { z } from 'zod'
import { RequirementId } from './spec.ts'
import { Id, Moment } from './values.ts'

export const Evidence = z.object({
  id: Id,
  projectId: Id,
  featureId: Id.nullable(),
  jobId: Id.nullable(),
  /** The requirement it speaks for; null when it speaks for the build as a whole. */
  requirement: RequirementId.nullable(),
  kind: z.enum(['command', 'http', 'browser', 'file', 'database', 'import']),
  verdict: z.enum(['satisfied', 'violated', 'undecided']),
  /** What was looked at and what was seen, in one sentence. */
  summary: z.string().max(2_000),
  createdAt: Moment,
})
export type Evidence = z.infer<typeof Evidence>
