import { expect, test } from 'vitest'
import { BIKE_WORKSHOP } from '../testing/bike-workshop.ts'
import { answerOf, toggle } from './answers.ts'
import { draftOf as briefDraft, briefOf } from './brief-edit.ts'
import { draftOf, isTouched, specWith } from './spec-edit.ts'

const { brief, spec, questions } = BIKE_WORKSHOP
const [first, second] = spec.requirements
const one = questions.find((question) => !question.isMultiple)
const several = questions.find((question) => question.isMultiple)
if (!first || !second || !one || !several) throw new Error('The sample needs two requirements and both kinds of questions.')

test('a brief goes through its fields of text unharmed', () => {
  expect(briefOf(brief, briefDraft(brief))).toEqual({ kind: 'brief', brief })
})

test('empty lines are no items, and a brief without a name is refused in words', () => {
  const edited = briefOf(brief, { ...briefDraft(brief), things: ' Bikes \n\n Parts\n' })
  expect(edited.kind === 'brief' && edited.brief.things).toEqual(['Bikes', 'Parts'])
  const nameless = briefOf(brief, { ...briefDraft(brief), name: ' ' })
  expect(nameless.kind === 'faulty' && nameless.say).toMatch(/^Name: /)
})

test('an edit changes its requirement and no other, and drops criteria of which nothing was written', () => {
  // biome-ignore lint/suspicious/noThenProperty: Gherkin's own word, and a string is never thenable
  const empty = { given: ' ', when: '', then: '' }
  const draft = { ...draftOf(first), text: 'Other words.', criteria: [...first.criteria, empty] }
  const next = specWith(spec, first.id, draft)
  expect(next.kind === 'spec' && next.spec.requirements[0]).toEqual({ ...first, text: 'Other words.' })
  expect(next.kind === 'spec' && next.spec.requirements.slice(1)).toEqual(spec.requirements.slice(1))
})

test('a requirement without a title or without any criterion is refused in words', () => {
  expect(specWith(spec, first.id, { ...draftOf(first), title: ' ' }).kind).toBe('faulty')
  expect(specWith(spec, first.id, { ...draftOf(first), criteria: [] }).kind).toBe('faulty')
  expect(specWith(spec, 'REQ-99', draftOf(first)).kind).toBe('faulty')
})

test('an edit of another requirement is no conflict; an edit of this one, or its removal, is', () => {
  const others = { ...spec, requirements: spec.requirements.map((each) => (each.id === second.id ? { ...each, text: 'Theirs.' } : each)) }
  expect(isTouched(first, others)).toBe(false)
  expect(isTouched(second, others)).toBe(true)
  expect(isTouched(first, { ...spec, requirements: [second] })).toBe(true)
})

test('an untouched question is answered by its default', () => {
  expect(answerOf(one, undefined, '')).toEqual({ questionId: one.id, values: one.defaults })
})

test('own words stand in place of the one choice, and beside several', () => {
  expect(answerOf(one, undefined, ' my own ').values).toEqual(['my own'])
  expect(answerOf(several, ['Bikes'], 'Tools').values).toEqual(['Bikes', 'Tools'])
})

test('one choice replaces the last; several are switched on and off', () => {
  expect(toggle(one, ['a'], 'b')).toEqual(['b'])
  expect(toggle(several, ['a'], 'b')).toEqual(['a', 'b'])
  expect(toggle(several, ['a', 'b'], 'a')).toEqual(['b'])
})
