/** Editing one requirement of a spec while others may edit theirs. */
import { type Criterion, Requirement, type Spec } from '@slipway/domain'

export interface RequirementDraft {
  title: string
  text: string
  priority: Requirement['priority']
  criteria: Criterion[]
}

export const draftOf = ({ title, text, priority, criteria }: Requirement): RequirementDraft => ({
  title,
  text,
  priority,
  criteria: criteria.map((criterion) => ({ ...criterion })),
})

/** Criteria of which nothing was written are left out. @returns the spec with the edited requirement, or in words what is wrong */
export function specWith(spec: Spec, id: string, draft: RequirementDraft): { kind: 'spec'; spec: Spec } | { kind: 'faulty'; say: string } {
  const before = spec.requirements.find((one) => one.id === id)
  if (!before) return { kind: 'faulty', say: `${id} is no longer part of the spec. Cancel to see what is.` }
  const criteria = draft.criteria.filter((criterion) => `${criterion.given}${criterion.when}${criterion.then}`.trim())
  if (!draft.title.trim()) return { kind: 'faulty', say: 'A requirement needs a title.' }
  if (criteria.length === 0) return { kind: 'faulty', say: 'A requirement needs a criterion: otherwise nothing could prove it.' }
  const read = Requirement.safeParse({ ...before, ...draft, criteria })
  if (!read.success) return { kind: 'faulty', say: `${id}: ${read.error.issues[0]?.message ?? 'cannot be used as it is'}.` }
  return { kind: 'spec', spec: { ...spec, requirements: spec.requirements.map((one) => (one.id === id ? read.data : one)) } }
}

/** Whether somebody else changed this very requirement: if not, an edit can be put onto the newer spec as it is. */
export function isTouched(base: Requirement, newer: Spec): boolean {
  const now = newer.requirements.find((one) => one.id === base.id)
  return !now || JSON.stringify(draftOf(now)) !== JSON.stringify(draftOf(base))
}
