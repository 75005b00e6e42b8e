import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lineRows, wordSteps } from './diff-view.ts'
import { countChanges, sayRevision } from './revision-words.ts'

test('words that changed stand beside those that stayed, and both texts can be read out of them', () => {
  expect(wordSteps('Bikes have a name.', 'Bikes have a frame number.')).toEqual([
    { mark: ' ', text: 'Bikes have a ' },
    { mark: '-', text: 'name' },
    { mark: '+', text: 'frame number' },
    { mark: ' ', text: '.' },
  ])
  const anyText = fc.string({ unit: 'grapheme', maxLength: 60 })
  fc.assert(
    fc.property(anyText, anyText, (before, after) => {
      const without = (mark: string) =>
        wordSteps(before, after)
          .map((step) => (step.mark === mark ? '' : step.text))
          .join('')
      expect(without('+')).toBe(before)
      expect(without('-')).toBe(after)
    }),
  )
})

test('of a long document the changed lines are shown with three around them, and the rest is counted', () => {
  const lines = Array.from({ length: 40 }, (_, index) => `line ${index + 1}`)
  const after = lines.with(19, 'another line')
  const rows = lineRows(`${lines.join('\n')}\n`, after.join('\n'))
  expect([rows[0], rows.at(-1)]).toEqual([16, 17])
  expect(
    rows
      .slice(1, -1)
      .map((row) => (typeof row === 'number' ? row : row.mark))
      .join(''),
  ).toBe('   -+   ')
  expect(lineRows('a\nb', 'a\nb')).toEqual([2])
})

test('each way in which a revision came to be has its words', () => {
  const revision = { number: 2, by: 'Ada', note: '1', createdAt: '2026-11-21T00:00:00.000Z' }
  expect(sayRevision({ ...revision, made: 'restored' })).toBe('Brought back from revision 1 by Ada')
  expect(sayRevision({ ...revision, made: 'edited' })).toBe('Edited by Ada')
  expect(sayRevision({ ...revision, made: 'revised', by: '' })).toBe('Revised by the built-in analyst')
  expect(sayRevision({ ...revision, made: null })).not.toContain('null')
})

test('changes are counted by kind', () => {
  const change = { section: 'requirement', name: 'REQ-01', title: 'Keep bikes', parts: [] } as const
  expect(
    countChanges([
      { ...change, kind: 'changed' },
      { ...change, kind: 'added' },
      { ...change, kind: 'changed' },
    ]),
  ).toBe('1 added, 2 changed')
  expect(countChanges([])).toBe('')
})
