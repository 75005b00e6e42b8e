/** What epics, stories and subtasks have in common, and what no schema can say of a set of them. */
import { Criterion, dependencyCircle, Effort } from '@slipway/domain'
import { z } from 'zod'

/** A stable name within its parent; codes (`E1`, `S1`) are given by the server, never by a model. */
export const ItemKey = z.string().regex(/^[a-z][a-z0-9-]{1,59}$/, 'must be a slug of lower-case letters, digits and dashes')

export const backlogItem = {
  key: ItemKey,
  title: z.string().trim().min(3).max(120),
  description: z.string().trim().min(1).max(1_500),
  effort: Effort,
  /** Keys of items of the same answer that come first. */
  dependsOn: z.array(ItemKey).max(10),
}
export const Criteria = z.array(Criterion).min(1).max(5)

/** What is there already: its key is used again for the same thing. */
export interface ExistingItem {
  readonly key: string
  readonly title: string
  /** Was edited by a person or has been started: it stays as it is. */
  readonly isKept: boolean
}

interface Item {
  readonly key: string
  readonly title: string
  readonly dependsOn: readonly string[]
}

export function itemFaults(items: readonly Item[]): string[] {
  const keys = items.map(({ key }) => key)
  const circle = dependencyCircle(items.map(({ key, dependsOn }) => ({ code: key, dependsOn })))
  const titles = items.map(({ title }) => normalTitle(title))
  return [
    ...keys.filter((key, index) => keys.indexOf(key) !== index).map((key) => `the key "${key}" is there twice`),
    ...titles
      .filter((title, index) => titles.indexOf(title) !== index)
      .map((title) => `two items have the title "${title}": merge them or say how they differ`),
    ...items.flatMap(({ key, dependsOn }) =>
      dependsOn.filter((other) => !keys.includes(other)).map((other) => `"${key}" depends on "${other}", which is not in this answer`),
    ),
    ...(circle ? [`these depend on each other in a circle: ${circle.join(' → ')}`] : []),
  ]
}

/** Titles that differ only in case, marks or a leading article are the same title. */
export const normalTitle = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^(?:a|an|the) /, '')

/** Requirements that are named and do not exist, and those that must be covered and are not. */
export function requirementFaults(named: readonly (readonly string[])[], known: readonly string[], mustCover: readonly string[]): string[] {
  const used = new Set(named.flat())
  return [
    ...[...used].filter((id) => !known.includes(id)).map((id) => `${id} is no requirement; there are ${known.join(', ') || 'none'}`),
    ...mustCover.filter((id) => !used.has(id)).map((id) => `${id} is not covered by any item`),
  ]
}
