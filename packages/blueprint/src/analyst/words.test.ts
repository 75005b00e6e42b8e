import { expect, test } from 'vitest'
import { camelCase, pluralOf, sentencesOf, singularPhrase } from './words.ts'

test.each([
  ['Category', 'Categories'],
  ['Person', 'People'],
  ['Repair job', 'Repair jobs'],
  ['Box', 'Boxes'],
  ['News', 'News'],
  ['API', 'APIs'],
  ['Day', 'Days'],
  ['Quiz', 'Quizzes'],
])('one %s, many %s', (singular, plural) => {
  expect(pluralOf(singular)).toBe(plural)
  expect(singularPhrase(plural)).toBe(singular)
})

test('a name is a camelCase identifier, whatever the phrase', () => {
  expect(camelCase('Repair job (urgent)')).toBe('repairJobUrgent')
  expect(camelCase('2nd-hand goods')).toBe('ndHandGoods')
  expect(camelCase('図書館')).toBe('')
})

test('lines of a list are sentences', () => {
  expect(sentencesOf('It keeps:\n- rooms\n- guests\n\nNo more. Thanks!')).toEqual(['It keeps:', 'rooms', 'guests', 'No more.', 'Thanks!'])
})
