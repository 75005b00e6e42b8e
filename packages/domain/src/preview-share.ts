/** A link that lets anybody who has it look at one preview, until it expires or is taken back. */
import { z } from 'zod'
import { Id, Moment } from './values.ts'

export const SHARE_HOURS_MAX = 24 * 90

export const PreviewShare = z.object({
  id: Id,
  jobId: Id,
  createdAt: Moment,
  expiresAt: Moment,
  /** How often it was opened, and when last. */
  visits: z.number().int().nonnegative(),
  visitedAt: Moment.nullable(),
})
export type PreviewShare = z.infer<typeof PreviewShare>

/** As its owner sees it: with the address to pass on. */
export const PreviewShareLink = PreviewShare.extend({ url: z.url() })
export type PreviewShareLink = z.infer<typeof PreviewShareLink>
