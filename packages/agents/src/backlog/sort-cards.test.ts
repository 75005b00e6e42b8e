import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AnalyzedCards } from '../agents/analyze-cards.ts'
import { sortCards } from './sort-cards.ts'

const nothing = { known: [], outOfScope: [] }
const card = (id: string, title: string, text = '') => ({ id, title, text })

test('cards that say the same are one idea, worth more with each', () => {
  const ideas = sortCards([card('1', 'Export bookings as CSV'), card('2', 'Dark mode'), card('3', 'CSV export of bookings')], nothing)
  expect(ideas.map(({ ids, value, keep }) => [ids, value, keep])).toEqual([
    [['1', '3'], 3, true],
    [['2'], 2, true],
  ])
})

test('what a requirement says, what the brief leaves out and what says nothing is let go, with the reason', () => {
  const context = { known: [{ id: 'REQ-04', title: 'Cancel a booking' }], outOfScope: ['Payments by card'] }
  const ideas = sortCards(
    [card('1', 'Cancelling bookings'), card('2', 'Card payments', 'by Stripe'), card('3', '??'), card('4', 'Waiting list')],
    context,
  )
  expect(ideas.map(({ keep, reason }) => [keep, reason])).toEqual([
    [false, 'REQ-04 says it already.'],
    [false, 'The brief leaves it out: “Payments by card”.'],
    [false, 'It does not say what is wanted.'],
    [true, 'Nothing speaks against it. Scored by its words, without a model.'],
  ])
})

test('any heap of cards gives an answer that a model could have given, each card in one idea', () => {
  const cards = fc.array(fc.record({ title: fc.string({ minLength: 1, maxLength: 40 }), text: fc.string() }), { maxLength: 12 })
  fc.assert(
    fc.property(cards, fc.array(fc.string()), (list, outOfScope) => {
      const all = list.map((one, index) => ({ id: `${index}`, ...one, title: one.title.trim() || 'x' }))
      const ideas = sortCards(all, { known: [], outOfScope })
      expect(AnalyzedCards.safeParse({ ideas }).success).toBe(true)
      expect(ideas.flatMap(({ ids }) => ids).sort()).toEqual(all.map(({ id }) => id).sort())
    }),
  )
})
