import { LiveEvent } from '@slipway/domain'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LogLines, rowsInSight } from './log-lines.ts'

const logged = (id: number, text: string) =>
  LiveEvent.parse({ id, at: '2026-01-01T00:00:00Z', body: { type: 'job-log', stage: 'checks', stream: 'stdout', text } })

test('an event that the first answer already contained, or that comes twice, adds nothing', () => {
  const log = new LogLines()
  log.start([{ id: 4, stage: 'deps', stream: 'note', text: 'there' }], 4)
  expect(log.add(logged(4, 'again\n'))).toBe(false)
  expect(log.add(logged(5, 'one\ntwo\n'))).toBe(true)
  expect(log.add(logged(5, 'one\ntwo\n'))).toBe(false)
  expect(log.all.map((line) => line.text)).toEqual(['there', 'one', 'two'])
  expect(log.matching('TW').map((line) => line.text)).toEqual(['two'])
})

test('what is drawn covers what is in sight, and never more than there is', () => {
  fc.assert(
    fc.property(fc.nat(2_000_000), fc.integer({ min: 1, max: 2_000 }), fc.nat(100_000), (scrollTop, height, count) => {
      const { from, to } = rowsInSight({ scrollTop, height, rowHeight: 20, count })
      expect(from).toBeGreaterThanOrEqual(0)
      expect(to).toBeLessThanOrEqual(count)
      if (scrollTop + height <= count * 20) expect(from * 20 <= scrollTop && to * 20 >= Math.min(scrollTop + height, count * 20)).toBe(true)
    }),
  )
})
