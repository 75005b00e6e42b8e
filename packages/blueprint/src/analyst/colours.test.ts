import { expect, test } from 'vitest'
import { findLook, hexOf, looseLook } from './colours.ts'

test.each([
  ['Use light yellow for the background and goldenrod for components.', 'light yellow', 'goldenrod'],
  ['Color the background using snow and set component styles to dim gray.', 'snow', 'dim gray'],
  ['Apply wheat for layout; use chocolate for buttons and cards.', 'wheat', 'chocolate'],
  ['Set all pages to have a gainsboro background and dark slate blue components.', 'gainsboro', 'dark slate blue'],
])('%s', (sentence, background, primary) => {
  expect(findLook(sentence)).toEqual({ background, primary })
})

test('an orange in a fruit shop is no colour', () => {
  expect(findLook('A shop that sells oranges, lemons and plums.')).toEqual({})
})

test('of two colours the one that is said to lie behind does', () => {
  expect(looseLook('dark green on cream')).toEqual({ background: 'cream', primary: 'dark green' })
  expect(looseLook('navy and white')).toEqual({ background: 'white', primary: 'navy' })
  expect(looseLook('teal')).toEqual({ primary: 'teal' })
})

test('names become hex, with shades where a name has none of its own', () => {
  expect(hexOf('Pale Violet Red')).toBe('#db7093')
  expect(hexOf('#ABC')).toBe('#aabbcc')
  expect(hexOf('dark plum')).toMatch(/^#[0-9a-f]{6}$/)
  expect(hexOf('friendly')).toBeUndefined()
})
