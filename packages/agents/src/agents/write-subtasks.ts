/** Splits one user story into subtasks. */
import type { Criterion } from '@slipway/domain'
import { z } from 'zod'
import type { Agent } from '../agent.ts'
import { fenced, fencedJson } from '../fence.ts'
import { promptBeside } from '../prompt-beside.ts'
import { backlogItem, Criteria, type ExistingItem, itemFaults } from './backlog-items.ts'

export interface SubtasksInput {
  readonly summary: string
  readonly story: { readonly title: string; readonly description: string; readonly criteria: readonly Criterion[] }
  readonly existing: readonly ExistingItem[]
}

export const Subtasks = z.object({
  subtasks: z
    .array(z.object({ ...backlogItem, criteria: Criteria }))
    .min(1)
    .max(10),
})
export type Subtasks = z.infer<typeof Subtasks>

export const writeSubtasks: Agent<SubtasksInput, Subtasks> = {
  name: 'write-subtasks',
  role: 'writer',
  system: promptBeside(import.meta.url),
  input: ({ summary, story, existing }) => ({
    text: [
      fenced('product', summary),
      fencedJson('story', story),
      ...(existing.length ? [fencedJson('subtasks that exist', existing)] : []),
      'Write the subtasks.',
    ].join('\n\n'),
  }),
  output: Subtasks,
  check: ({ subtasks }) => [
    ...itemFaults(subtasks),
    ...subtasks.filter(({ effort }) => effort === 'L' || effort === 'XL').map(({ key }) => `"${key}" is too large: split it`),
  ],
  limits: { outputTokens: 6_000 },
}
