/** Cuts a spec, or the cards that were kept, into epics. */
import type { Requirement } from '@slipway/domain'
import { z } from 'zod'
import type { Agent } from '../agent.ts'
import { fenced, fencedJson } from '../fence.ts'
import { promptBeside } from '../prompt-beside.ts'
import { backlogItem, Criteria, type ExistingItem, itemFaults, requirementFaults } from './backlog-items.ts'

export interface EpicsInput {
  readonly summary: string
  readonly requirements: readonly Requirement[]
  /** Ideas of cards that were kept. */
  readonly ideas: readonly { readonly title: string; readonly summary: string; readonly value: number }[]
  readonly existing: readonly ExistingItem[]
}

export const Epics = z.object({
  epics: z
    .array(z.object({ ...backlogItem, requirements: z.array(z.string()).max(40), criteria: Criteria }))
    .min(1)
    .max(15),
  openQuestions: z.array(z.string().max(300)).max(10),
})
export type Epics = z.infer<typeof Epics>

export const writeEpics: Agent<EpicsInput, Epics> = {
  name: 'write-epics',
  role: 'writer',
  system: promptBeside(import.meta.url),
  input: ({ summary, requirements, ideas, existing }) => ({
    text: [
      fenced('product', summary),
      ...(requirements.length ? [fencedJson('requirements', requirements)] : []),
      ...(ideas.length ? [fencedJson('ideas from cards', ideas)] : []),
      ...(existing.length ? [fencedJson('epics that exist', existing)] : []),
      'Write the epics.',
    ].join('\n\n'),
  }),
  output: Epics,
  check: ({ epics }, { requirements }) => {
    const ids = requirements.map(({ id }) => id)
    return [
      ...itemFaults(epics),
      ...requirementFaults(
        epics.map((epic) => epic.requirements),
        ids,
        ids,
      ),
    ]
  },
  limits: { outputTokens: 10_000 },
}
