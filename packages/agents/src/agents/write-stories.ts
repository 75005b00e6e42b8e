/** Writes the user stories of one epic. */
import { EFFORTS, type Effort, type Requirement } from '@slipway/domain'
import { z } from 'zod'
import type { Agent } from '../agent.ts'
import { fenced, fencedJson } from '../fence.ts'
import { promptBeside } from '../prompt-beside.ts'
import { backlogItem, Criteria, type ExistingItem, itemFaults, requirementFaults } from './backlog-items.ts'

export interface StoriesInput {
  /** The same for every epic of a run, and first, so that vendors can cache it. */
  readonly summary: string
  readonly requirements: readonly Requirement[]
  readonly epic: { readonly title: string; readonly description: string; readonly requirements: readonly string[] }
  readonly existing: readonly ExistingItem[]
}

const Phrase = z.string().trim().min(2).max(300)

export const Stories = z.object({
  stories: z
    .array(z.object({ ...backlogItem, asA: Phrase, iWant: Phrase, soThat: Phrase, requirement: z.string(), criteria: Criteria.min(2) }))
    .min(1)
    .max(15),
  openQuestions: z.array(z.string().max(300)).max(10),
})
export type Stories = z.infer<typeof Stories>

const TOO_BIG = EFFORTS.at(-1) as Effort

export const writeStories: Agent<StoriesInput, Stories> = {
  name: 'write-stories',
  role: 'writer',
  system: promptBeside(import.meta.url),
  input: ({ summary, requirements, epic, existing }) => ({
    text: [
      fenced('product', summary),
      ...(requirements.length ? [fencedJson('requirements', requirements)] : []),
      fencedJson('epic', epic),
      ...(existing.length ? [fencedJson('stories that exist', existing)] : []),
      'Write the stories of this epic.',
    ].join('\n\n'),
  }),
  output: Stories,
  check: ({ stories }, { epic }) => [
    ...itemFaults(stories),
    ...stories.filter(({ effort }) => effort === TOO_BIG).map(({ key }) => `"${key}" is ${TOO_BIG}: split it into smaller stories`),
    ...requirementFaults(
      stories.map(({ requirement }) => (requirement ? [requirement] : [])),
      epic.requirements,
      epic.requirements,
    ),
  ],
  limits: { outputTokens: 12_000 },
}
