/** A brief as fields of text, a line per item, and back. */
import { Brief } from '@slipway/domain'

export const BRIEF_LISTS = [
  ['goals', 'What people do in it'],
  ['things', 'What it keeps'],
  ['audience', 'Who uses it'],
  ['assumptions', 'Assumed'],
  ['outOfScope', 'Not in the first version'],
] as const satisfies readonly (readonly [keyof Brief, string])[]
export type BriefList = (typeof BRIEF_LISTS)[number][0]

export type BriefDraft = Record<'name' | 'purpose' | BriefList, string> & Pick<Brief, 'signIn'>

export function draftOf(brief: Brief): BriefDraft {
  const lists = Object.fromEntries(BRIEF_LISTS.map(([key]) => [key, brief[key].join('\n')])) as Record<BriefList, string>
  return { name: brief.name, purpose: brief.purpose, signIn: brief.signIn, ...lists }
}

/** @returns the edited brief, or in words what is wrong with it */
export function briefOf(before: Brief, draft: BriefDraft): { kind: 'brief'; brief: Brief } | { kind: 'faulty'; say: string } {
  const lists = Object.fromEntries(BRIEF_LISTS.map(([key]) => [key, linesOf(draft[key])]))
  const read = Brief.safeParse({ ...before, name: draft.name, purpose: draft.purpose, signIn: draft.signIn, ...lists })
  if (read.success) return { kind: 'brief', brief: read.data }
  const [issue] = read.error.issues
  const list = BRIEF_LISTS.find(([key]) => key === issue?.path[0])?.[1]
  const field = list ?? (issue?.path[0] === 'name' ? 'Name' : 'Purpose')
  return { kind: 'faulty', say: `${field}: ${issue?.message ?? 'cannot be used as it is'}.` }
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
