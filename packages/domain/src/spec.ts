/** The spec: numbered requirements with acceptance criteria, and the blueprint that follows from them. */
import { z } from 'zod'
import { Blueprint } from './blueprint.ts'

/** A stable id: never reused, never renumbered: `REQ-01`. */
export const RequirementId = z.string().regex(/^[A-Z]{2,8}-\d{2,3}$/)

/** Given/When/Then as in Gherkin. */
// biome-ignore lint/suspicious/noThenProperty: Gherkin's own word, and a string is never thenable
export const Criterion = z.object({ given: z.string().max(400), when: z.string().max(400), then: z.string().max(400) })
export type Criterion = z.infer<typeof Criterion>

export const Requirement = z.object({
  id: RequirementId,
  title: z.string().trim().min(1).max(160),
  /** The sentence of the owner that it came from, when there is one. */
  source: z.string().max(600).default(''),
  text: z.string().trim().max(1_000),
  criteria: z.array(Criterion).min(1).max(12),
  priority: z.enum(['must', 'should', 'could']).default('must'),
  /** Whether this installation can deliver it without a model; `later` says so before money or hope is spent. */
  delivery: z.enum(['compiled', 'model', 'later']).default('compiled'),
})
export type Requirement = z.infer<typeof Requirement>

export const Spec = z.object({
  version: z.literal(1),
  summary: z.string().max(2_000),
  requirements: z.array(Requirement).min(1).max(80),
  blueprint: Blueprint,
})
export type Spec = z.infer<typeof Spec>
