import { LiveEvent } from '@slipway/domain'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LogLines, rowsInSight, splitAtHits } from './log-lines.ts'

const logged = (id: number, text: string) =>
  LiveEvent.parse({ id, at: '2026-01-01T00:00:00Z', body: { type: 'job-log', stage: 'checks', stream: 'stdout', text } })
const textsOf = (log: LogLines, words = '') => log.matching(words).map((line) => line.text)

test('an event that the first answer already contained, or that comes twice, adds nothing', () => {
  const log = new LogLines()
  log.start([{ id: 4, stage: 'deps', stream: 'note', text: 'there' }], 4)
  expect(log.add(logged(4, 'again\n'))).toBe(false)
  expect(log.add(logged(5, 'one\ntwo\n'))).toBe(true)
  expect(log.add(logged(5, 'one\ntwo\n'))).toBe(false)
  expect(textsOf(log)).toEqual(['there', 'one', 'two'])
  expect(log.stage).toBe('checks')
})

test('what comes before the first answer waits for it, and stands behind it', () => {
  const log = new LogLines()
  log.add(logged(4, 'in the answer too'))
  log.add(logged(6, 'after the answer'))
  log.start([{ id: 4, stage: 'deps', stream: 'stdout', text: 'in the answer too' }], 5)
  expect(textsOf(log)).toEqual(['in the answer too', 'after the answer'])
})

test('an answer with lines newer than its event id does not show them twice', () => {
  const log = new LogLines()
  log.start([{ id: 9, stage: 'deps', stream: 'stdout', text: 'nine' }], 7)
  expect(log.add(logged(9, 'nine'))).toBe(false)
})

test('a search finds what was there and what comes, in any case', () => {
  const log = new LogLines()
  log.start([], 0)
  log.add(logged(1, 'Error one\nfine'))
  expect(textsOf(log, 'ERROR')).toEqual(['Error one'])
  log.add(logged(2, 'an error two\nfine'))
  expect(textsOf(log, 'error ')).toEqual(['Error one', 'an error two'])
  expect(log.matching('')).toHaveLength(4)
})

test('what is drawn covers what is in sight, and never more than there is', () => {
  fc.assert(
    fc.property(fc.nat(2_000_000), fc.integer({ min: 1, max: 2_000 }), fc.nat(100_000), (scrollTop, height, count) => {
      const { from, to } = rowsInSight({ scrollTop, height, rowHeight: 20, count })
      expect(from).toBeGreaterThanOrEqual(0)
      expect(to).toBeLessThanOrEqual(count)
      expect(from).toBeLessThanOrEqual(to)
      if (scrollTop + height <= count * 20) expect(from * 20 <= scrollTop && to * 20 >= Math.min(scrollTop + height, count * 20)).toBe(true)
    }),
  )
})

test('a line cut at its hits is the same line again, and every second piece is a hit', () => {
  expect(splitAtHits('npm WARN deprecated', 'warn')).toEqual(['npm ', 'WARN', ' deprecated'])
  fc.assert(
    fc.property(fc.string(), fc.string(), (text, words) => {
      const pieces = splitAtHits(text, words)
      expect(pieces.join('')).toBe(text)
      for (const [index, piece] of pieces.entries()) if (index % 2) expect(piece.toLowerCase()).toBe(words.trim().toLowerCase())
    }),
  )
})
