/** Revisions of a spec and of the plans: every one stays, so that any two can be compared and an older one can be brought back. */
import { z } from 'zod'
import { Moment } from './values.ts'

/** What the owner wants changed in a document. */
export const REVISION_COMMENT_LENGTH_MAX = 4_000
export const RevisionComment = z.string().trim().min(1, 'say what should change').max(REVISION_COMMENT_LENGTH_MAX)

/** How a revision came to be: written from the document before it, edited by hand, revised by a comment, or an older one restored. */
export const RevisionMade = z.enum(['written', 'edited', 'revised', 'restored'])
export type RevisionMade = z.infer<typeof RevisionMade>

export const Revision = z.object({
  /** Counts up from 1 within a document. */
  number: z.number().int().positive(),
  /** Null where it is not known. */
  made: RevisionMade.nullable(),
  /** The person who edited or restored it, or the model that wrote it; empty for the built-in makers. */
  by: z.string(),
  /** The comment it was revised by; of a restored one the number of the old one; else empty. */
  note: z.string(),
  createdAt: Moment,
})
export type Revision = z.infer<typeof Revision>

/** A plan document as a revision keeps it. */
export const PlanText = z.object({ name: z.string(), title: z.string(), wave: z.number().int().positive(), source: z.string() })
export type PlanText = z.infer<typeof PlanText>
