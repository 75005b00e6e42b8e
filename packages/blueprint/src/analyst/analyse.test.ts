import { Answer, Brief, QUESTIONS_MAX, Question } from '@slipway/domain'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { analyse, applyAnswers, titleOf } from './analyse.ts'
import { anyIdea, HOTEL, WORKSHOP } from './testing/ideas.ts'
import { writeSpec } from './write-spec.ts'

test('a plain idea becomes the brief that a good analyst would write', () => {
  const { brief, questions } = analyse(WORKSHOP)
  expect(brief).toMatchObject({
    name: 'Bike Workshop',
    things: ['Customers', 'Bikes', 'Repair jobs', 'Parts'],
    signIn: 'none',
    outOfScope: [],
  })
  expect(brief.goals).toContain('See a dashboard of what is due')
  expect(questions.map((question) => question.id)).toEqual(['who', 'things', 'stages', 'look', 'currency'])
  expect(titleOf(brief)).toBe('Bike Workshop')
})

test('what the idea says is not asked, and what cannot be compiled is said', () => {
  const { brief, questions } = analyse(HOTEL)
  expect(brief).toMatchObject({ name: 'Hotel Booking', signIn: 'optional', look: { background: 'light yellow', primary: 'goldenrod' } })
  expect(brief.things).toEqual(
    expect.arrayContaining(['Rooms', 'Reservations', 'Guest reviews'].filter((thing) => brief.things.includes(thing))),
  )
  expect(brief.things.length).toBeGreaterThanOrEqual(3)
  expect(questions.map((question) => question.id)).not.toEqual(expect.arrayContaining(['who', 'look']))
  expect(brief.outOfScope.join(' ')).toContain('payment provider')
})

test.each([
  ['A lending library for tools in our street: who has which tool until when', ['Loans', 'Tools']],
  ['Track which tools neighbours lend to each other', ['Tools', 'Loans']],
  ['A library with books and members', ['Books', 'Members']],
])('what is lent is what is kept: %s', (idea, things) => {
  expect(analyse(idea).brief.things).toEqual(things)
})

test('answers change the brief, in options or in own words', () => {
  const { brief } = applyAnswers(WORKSHOP, [
    { questionId: 'who', values: ['only our team'] },
    { questionId: 'things', values: ['Customers', 'Bikes', 'loan bikes and mechanics'] },
    { questionId: 'look', values: ['navy on ivory'] },
    { questionId: 'currency', values: ['euros'] },
  ])
  expect(brief).toMatchObject({
    signIn: 'required',
    roles: ['Administrator', 'Team member'],
    things: ['Customers', 'Bikes', 'Loan bikes', 'Mechanics'],
    look: { background: 'ivory', primary: 'navy' },
  })
  expect(brief.assumptions).toContain('Amounts are in euros (EUR).')
  expect(brief.goals).not.toContain('Keep track of parts')
})

test('any text gives a brief and at most five questions whose defaults are options, the same ones each time', () => {
  fc.assert(
    fc.property(anyIdea, (idea) => {
      const { brief, questions } = analyse(idea)
      expect(Brief.parse(brief)).toEqual(brief)
      expect(brief.things.length).toBeGreaterThan(0)
      expect(questions.length).toBeLessThanOrEqual(QUESTIONS_MAX)
      for (const question of questions) {
        Question.parse(question)
        expect(question.options.map((option) => option.value)).toEqual(expect.arrayContaining(question.defaults))
      }
      expect(analyse(idea)).toEqual({ brief, questions })
    }),
    { numRuns: 60 },
  )
})

test('a topic is never asked twice, however it was answered', () => {
  const answer = fc.record({
    questionId: fc.constantFrom('who', 'things', 'stages', 'look', 'currency', 'opening', 'other'),
    values: fc.array(
      fc.oneof(
        fc.constantFrom('team', 'just-me', 'EUR', 'forest', 'Received', 'calendar', 'Suppliers', 'none'),
        fc.string({ minLength: 1, maxLength: 30 }).filter((text) => text.trim().length > 0),
      ),
      { maxLength: 3 },
    ),
  })
  fc.assert(
    fc.property(fc.constantFrom(WORKSHOP, HOTEL, 'plant diary', ''), fc.array(answer, { maxLength: 6 }), (idea, given) => {
      const answers = given.map((one) => Answer.parse(one))
      const first = analyse(idea).questions.map((question) => question.id)
      const { brief, questions } = applyAnswers(idea, answers)
      Brief.parse(brief)
      for (const question of questions) {
        expect(answers.map((one) => one.questionId)).not.toContain(question.id)
        expect(first).toContain(question.id)
      }
    }),
    { numRuns: 60 },
  )
})

test('a contact form is a way in: what is kept are the messages, once', () => {
  const { brief } = analyse('A website for my bakery with products and a contact form')
  expect(brief.things).toEqual(['Products', 'Contact messages'])
  expect(writeSpec(brief, '').blueprint.entities.map((entity) => entity.name)).toEqual(['product', 'contactMessage'])
})
