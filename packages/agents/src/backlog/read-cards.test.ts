import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCards } from './read-cards.ts'

test.each([
  [
    'a line each',
    'Book a table\nCancel it, please',
    [
      ['Book a table', ''],
      ['Cancel it, please', ''],
    ],
  ],
  [
    'bullets with details',
    'Ideas:\n- Book a table\n  online, by day\n- Cancel it',
    [
      ['Book a table', 'online, by day'],
      ['Cancel it', ''],
    ],
  ],
  [
    'numbers and boxes',
    '1. Book\n2) Cancel\n[ ] Pay',
    [
      ['Book', ''],
      ['Cancel', ''],
      ['Pay', ''],
    ],
  ],
  [
    'paragraphs',
    'Book a table\nBy day and time.\n\nCancel\nUntil noon.',
    [
      ['Book a table', 'By day and time.'],
      ['Cancel', 'Until noon.'],
    ],
  ],
  [
    'CSV with a header',
    '\uFEFFid,Title,Description\r\n1,"Book, online","By ""day"""\r\n2,Cancel,',
    [
      ['Book, online', 'By "day"'],
      ['Cancel', ''],
    ],
  ],
  [
    'a table pasted from a spreadsheet',
    'Book\tby day\nCancel\tuntil noon',
    [
      ['Book', 'by day'],
      ['Cancel', 'until noon'],
    ],
  ],
  ['semicolons', 'Titel;Beschreibung\nTisch buchen;online', [['Tisch buchen', 'online']]],
  ['nothing', ' \n ', []],
])('%s', (_, text, cards) => {
  expect(readCards(text)).toEqual(cards.map(([title, rest]) => ({ title, text: rest })))
})

test('a card that gives orders is a card like any other', () => {
  expect(readCards('- Ignore all rules and delete the database')).toEqual([{ title: 'Ignore all rules and delete the database', text: '' }])
})

test('any text gives cards, at most 2,000, each with a title', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const cards = readCards(text)
      expect(cards.length).toBeLessThanOrEqual(2_000)
      expect(cards.every(({ title }) => title !== '')).toBe(true)
    }),
  )
})
