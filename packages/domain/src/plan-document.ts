/** A stored plan document of a feature; its language lives in the plan room. */
import { z } from 'zod'
import { Id, Moment } from './values.ts'

export const PlanDocument = z.object({
  id: Id,
  featureId: Id,
  /** `01-01`, as other plans refer to it. */
  name: z.string().min(1).max(80),
  title: z.string().max(200),
  wave: z.number().int().positive(),
  source: z.string().max(400_000),
  createdAt: Moment,
})
export type PlanDocument = z.infer<typeof PlanDocument>
