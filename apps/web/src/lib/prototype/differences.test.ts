import { expect, test } from 'vitest'
import { compareBoxes, readLiveMessage } from './differences.ts'

const box = (id: string, x: number, y: number, width: number, height: number) => ({ id, name: `Layer ${id}`, x, y, width, height })

test('layers within two pixels agree; the others are told in words, the largest first', () => {
  const design = [box('a', 0, 0, 100, 20), box('b', 0, 30, 100, 20), box('c', 0, 60, 50, 20), box('d', 0, 90, 50, 20)]
  const live = [box('a', 1.9, 0, 100, 20), box('b', 0, 33, 100, 20), box('c', 0, 60, 40, 31)]
  const { compared, within, differences } = compareBoxes(design, live)
  expect([compared, within]).toEqual([3, 1])
  expect(differences.map(({ name, words }) => [name, words])).toEqual([
    ['Layer c', '10 px narrower, 11 px taller'],
    ['Layer b', '3 px lower'],
  ])
})

test('a page without layers has nothing to compare', () => {
  expect(compareBoxes([box('a', 0, 0, 1, 1)], [])).toEqual({ compared: 0, within: 0, differences: [] })
})

test.each([[undefined], ['text'], [{ boxes: [] }], [{ from: 'slipway-prototype' }], [{ from: 'somebody', boxes: [] }]])(
  'a message that is not of our page is none: %j',
  (data) => {
    expect(readLiveMessage(data)).toBeUndefined()
  },
)

test('of a message only whole boxes are taken', () => {
  const good = { id: 'a', x: 0, y: 1, width: 2, height: 3 }
  const bad = [null, 7, {}, { ...good, x: Number.NaN }, { ...good, id: 7 }, { ...good, height: '3' }]
  expect(readLiveMessage({ from: 'slipway-prototype', boxes: [good, ...bad], width: 390, height: Number.POSITIVE_INFINITY })).toEqual({
    boxes: [good],
    width: 390,
    height: 0,
  })
})
