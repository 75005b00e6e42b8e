import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canMove, defineFlow, isFinal, sourcesOf } from './flow.ts'

const DOOR = defineFlow({ shut: ['open', 'gone'], open: ['shut', 'gone'], gone: [] })

test('a status may be entered from exactly the statuses that list it', () => {
  expect(sourcesOf(DOOR, 'gone')).toEqual(['shut', 'open'])
  expect(sourcesOf(DOOR, 'open')).toEqual(['shut'])
})

test('a final status leads nowhere but to itself', () => {
  fc.assert(
    fc.property(fc.constantFrom(...DOOR.statuses), (to) => {
      expect(canMove(DOOR, 'gone', to)).toBe(to === 'gone')
    }),
  )
  expect(DOOR.statuses.filter((status) => isFinal(DOOR, status))).toEqual(['gone'])
})
