/** What a person edits of an item, and what of it differs from what is stored: only that is sent. Pure. */
import type { Criterion, Effort, ItemPatch } from '@slipway/domain'
import type { Found } from './backlog-rows.ts'

export interface ItemDraft {
  title: string
  description: string
  effort: Effort
  requirement: string
  dependsOn: string[]
  criteria: Criterion[]
}

export const draftOf = ({ item }: Pick<Found, 'item'>): ItemDraft => ({
  title: item.title,
  description: item.description,
  effort: item.effort,
  requirement: 'requirement' in item ? item.requirement : '',
  dependsOn: [...item.dependsOn],
  criteria: item.criteria.map((criterion) => ({ ...criterion })),
})

/** Criteria without a word are left out. */
export function patchOf(found: Pick<Found, 'item' | 'level'>, draft: ItemDraft): ItemPatch {
  const before = draftOf(found)
  const criteria = draft.criteria.filter((criterion) => Object.values(criterion).some((text) => text.trim()))
  const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
  const title = draft.title.trim()
  return {
    ...(title && title !== before.title ? { title } : {}),
    ...(draft.description.trim() === before.description ? {} : { description: draft.description.trim() }),
    ...(draft.effort === before.effort ? {} : { effort: draft.effort }),
    ...(found.level !== 'story' || draft.requirement === before.requirement ? {} : { requirement: draft.requirement }),
    ...(isSame([...draft.dependsOn].sort(), [...before.dependsOn].sort()) ? {} : { dependsOn: [...draft.dependsOn] }),
    ...(isSame(criteria, before.criteria) ? {} : { criteria }),
  }
}
