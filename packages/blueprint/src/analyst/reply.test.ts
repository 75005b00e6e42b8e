import { Brief } from '@slipway/domain'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reply } from './reply.ts'
import { anyIdea, WORKSHOP } from './testing/ideas.ts'

const said = (...contents: string[]) => contents.map((content) => ({ role: 'user' as const, content, answers: [] }))

test('the first reply says what was understood', () => {
  const { message } = reply(WORKSHOP, said(WORKSHOP))
  expect(message).toContain('Bike Workshop will keep customers, bikes, repair jobs and parts.')
})

test.each([
  ['also track suppliers', 'also keeps suppliers', (brief: Brief) => brief.things.includes('Suppliers')],
  ['no sign-in please', '', (brief: Brief) => brief.signIn === 'none'],
  ['People need to log in', 'Everybody signs in', (brief: Brief) => brief.signIn === 'required'],
  ['Call it Spoke & Chain.', 'called Spoke & Chain', (brief: Brief) => brief.name === 'Spoke & Chain'],
  ['We do not need parts', 'Left out: parts', (brief: Brief) => !brief.things.includes('Parts')],
  ['Make it dark green on cream', 'cream behind', (brief: Brief) => brief.look.primary === 'dark green'],
  ['rename customers to clients', 'clients', (brief: Brief) => brief.things[0] === 'Clients'],
  ['Prices are in euros', 'euros (EUR)', (brief: Brief) => brief.assumptions.includes('Amounts are in euros (EUR).')],
  ['Send a text message when the bike is ready', 'mail or SMS provider', (brief: Brief) => brief.outOfScope.length === 1],
  ['hm?', 'could not turn that into a change', (brief: Brief) => brief.things.length === 4],
])('"%s" is understood', (words, answer, holds) => {
  const { brief, message } = reply(WORKSHOP, said(WORKSHOP, words))
  expect(message).toContain(answer)
  expect(holds(brief)).toBe(true)
})

test('what was said stays said, and what it answered is not asked', () => {
  const { brief, questions } = reply(WORKSHOP, [
    ...said('also track suppliers', 'paint it teal'),
    { role: 'assistant', content: 'Which money?', answers: [] },
    { role: 'user', content: 'EUR', answers: [{ questionId: 'currency', values: ['EUR'] }] },
  ])
  expect(brief.things).toContain('Suppliers')
  expect(brief.look.primary).toBe('teal')
  expect(questions.map((question) => question.id)).toEqual(['who', 'stages'])
})

test('no conversation breaks it', () => {
  fc.assert(
    fc.property(anyIdea, fc.array(anyIdea, { maxLength: 4 }), (idea, texts) => {
      const answer = reply(idea, said(idea, ...texts))
      expect(Brief.parse(answer.brief)).toEqual(answer.brief)
      expect(answer.message.length).toBeGreaterThan(10)
    }),
    { numRuns: 50 },
  )
})
