/** Sorts idea cards: doubles merged, value and effort scored, kept or let go with a reason. */
import { Effort } from '@slipway/domain'
import { z } from 'zod'
import type { Agent } from '../agent.ts'
import { fenced, fencedJson } from '../fence.ts'
import { promptBeside } from '../prompt-beside.ts'

export interface CardsInput {
  /** What the product is for; may be empty. */
  readonly goal: string
  readonly cards: readonly { readonly id: string; readonly title: string; readonly text: string }[]
}

export const AnalyzedCards = z.object({
  ideas: z.array(
    z.object({
      ids: z.array(z.string()).min(1),
      title: z.string().trim().min(1).max(120),
      summary: z.string().trim().max(600),
      value: z.number().int().min(1).max(5),
      effort: Effort,
      keep: z.boolean(),
      reason: z.string().trim().min(1).max(300),
    }),
  ),
})
export type AnalyzedCards = z.infer<typeof AnalyzedCards>

/** Cards are told to the model by short numbers, not by their long ids: fewer tokens, and nothing to mistype. */
export const analyzeCards: Agent<CardsInput, AnalyzedCards> = {
  name: 'analyze-cards',
  role: 'writer',
  system: promptBeside(import.meta.url),
  input: ({ goal, cards }) => ({
    text: `${fenced('goal', goal || 'not said')}\n\n${fencedJson(
      'cards',
      cards.map(({ title, text }, index) => ({ id: `${index + 1}`, title, text })),
    )}\n\nSort all ${cards.length} cards.`,
  }),
  output: AnalyzedCards,
  check: ({ ideas }, { cards }) => {
    const ids = ideas.flatMap((idea) => idea.ids)
    const known = cards.map((_, index) => `${index + 1}`)
    return [
      ...[...new Set(ids)].filter((id) => !known.includes(id)).map((id) => `there is no card ${id}`),
      ...known.filter((id) => !ids.includes(id)).map((id) => `card ${id} is missing: every card is in exactly one entry`),
      ...[...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))].map((id) => `card ${id} is in two entries`),
    ]
  },
  limits: { outputTokens: 16_000 },
}

/** The answer with the cards' own ids. */
export function withCardIds(answer: AnalyzedCards, cards: CardsInput['cards']): AnalyzedCards {
  return { ideas: answer.ideas.map((idea) => ({ ...idea, ids: idea.ids.map((id) => (cards[Number(id) - 1] as { id: string }).id) })) }
}
