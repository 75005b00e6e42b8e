/** Sorts idea cards without a model: doubles found by their words, value by how often and how urgently something is said. Pure. */
import { EFFORTS, type Effort } from '@slipway/domain'
import type { AnalyzedCards } from '../agents/analyze-cards.ts'
import { normalTitle } from '../agents/backlog-items.ts'
import { kinOf, wordsOf } from './words.ts'

interface CardInput {
  readonly id: string
  readonly title: string
  readonly text: string
}
export type SortedCards = AnalyzedCards['ideas']

const SAME_SHARE = 0.66
const FILLERS = new Set([
  'the',
  'and',
  'for',
  'with',
  'can',
  'want',
  'should',
  'that',
  'this',
  'have',
  'add',
  'our',
  'their',
  'from',
  'into',
])
const URGENT = /\b(must|need(?:s|ed)?|important|urgent|blocker|asap|every(?:one|body)|customers? ask|legal|compliance|lose|losing)\b/i
const DOUBTFUL = /\b(maybe|perhaps|someday|nice to have|one day|could be fun|not sure)\b/i
/** Words of a card up to which it is XS, S, M, L. */
const EFFORT_WORDS = [4, 14, 40, 100]

/**
 * Each card is in exactly one idea; the first of its ids stands for the others.
 * @param known titles of requirements: a card that says one of them again is let go
 * @param outOfScope lines of the brief: a card that asks for one of them is let go
 */
export function sortCards(
  cards: readonly CardInput[],
  { known, outOfScope }: { readonly known: readonly { id: string; title: string }[]; readonly outOfScope: readonly string[] },
): SortedCards {
  const heaps: CardInput[][] = []
  for (const card of cards) {
    const heap = heaps.find(([head]) => head && saysTheSame(head.title, card.title))
    if (heap) heap.push(card)
    else heaps.push([card])
  }
  return heaps.map((heap) => {
    const [head] = heap as [CardInput]
    const text = heap.map((card) => `${card.title}\n${card.text}`).join('\n')
    const requirement = known.find(({ title }) => saysTheSame(title, head.title))
    const excluded = outOfScope.find((line) => isAbout(head, line))
    const isEmpty = significant(head.title).length === 0
    return {
      ids: heap.map(({ id }) => id),
      title: head.title.slice(0, 120),
      summary: (heap.find((card) => card.text)?.text ?? '').slice(0, 600),
      value: Math.max(1, Math.min(5, 2 + Math.min(2, heap.length - 1) + (URGENT.test(text) ? 1 : 0) - (DOUBTFUL.test(text) ? 1 : 0))),
      effort: effortOf(head),
      keep: !requirement && !excluded && !isEmpty,
      reason: requirement
        ? `${requirement.id} says it already.`
        : excluded
          ? `The brief leaves it out: “${excluded.slice(0, 200)}”.`
          : isEmpty
            ? 'It does not say what is wanted.'
            : heap.length > 1
              ? `${heap.length} cards say it.`
              : 'Nothing speaks against it. Scored by its words, without a model.',
    }
  })
}

const significant = (text: string) => wordsOf(text).filter((word) => !FILLERS.has(word))

/** The same title, or titles of at least two words that share most of them. */
function saysTheSame(a: string, b: string): boolean {
  if (normalTitle(a) === normalTitle(b)) return true
  const [one, other] = [significant(a), significant(b)]
  if (Math.min(one.length, other.length) < 2) return false
  const shared = one.filter((word) => other.some((mate) => kinOf(word, mate))).length
  return shared / Math.max(one.length, other.length) >= SAME_SHARE
}

/** Every word of the line that means something is on the card. */
function isAbout({ title, text }: CardInput, line: string): boolean {
  const wanted = significant(line)
  const said = significant(`${title} ${text}`)
  return wanted.length > 0 && wanted.every((word) => said.some((mate) => kinOf(word, mate)))
}

function effortOf({ title, text }: CardInput): Effort {
  const count = wordsOf(`${title} ${text}`).length
  const at = EFFORT_WORDS.findIndex((limit) => count <= limit)
  return EFFORTS[at < 0 ? EFFORTS.length - 1 : at] as Effort
}
