import fc from 'fast-check'
import { expect, test } from 'vitest'
import { microsOf, sayAgent, sayMicros, sayPrice, sayRange, saySum, sayTokens, typedMicros } from './money-words.ts'

const sum = { calls: 3, inputTokens: 1, cachedTokens: 0, outputTokens: 1, micros: 420_000, unpricedCalls: 0 }

test('money is short, and what is small is not shown as nothing', () => {
  expect([0, 1, 9_999, 10_000, 420_000, 2_500_000, 1_204_000_000].map(sayMicros)).toEqual([
    '$0',
    'under $0.01',
    'under $0.01',
    '$0.01',
    '$0.42',
    '$2.50',
    '$1,204',
  ])
  expect(sayRange({ low: 50_000, likely: 1, high: 310_000 }, sayMicros)).toBe('$0.05 to $0.31')
  expect(sayRange({ low: 1, likely: 1, high: 2 }, sayMicros)).toBe('under $0.01')
})

test('what is unknown is said to be', () => {
  expect(saySum(sum)).toBe('$0.42')
  expect(saySum({ ...sum, unpricedCalls: 1 })).toBe('$0.42 and more')
  expect(saySum({ ...sum, micros: 0, unpricedCalls: 3 })).toBe('price unknown')
  expect(saySum({ ...sum, calls: 0, micros: 0 })).toBe('$0')
  expect([sayPrice(null), sayPrice({ input: 0, output: 0 }), sayPrice({ input: 3, output: 15 })]).toEqual([
    'unknown',
    'free',
    '$3 in, $15 out',
  ])
})

test('tokens fit a column', () => {
  expect([0, 812, 12_340, 99_949, 250_400, 999_960, 1_240_000].map(sayTokens)).toEqual([
    '0',
    '812',
    '12.3 k',
    '99.9 k',
    '250 k',
    '1.00 M',
    '1.24 M',
  ])
})

test('an amount that is typed is read as it is meant, and read back the same', () => {
  expect(['', '2', ' $2.50 ', '2,5', '0'].map(microsOf)).toEqual([null, 2_000_000, 2_500_000, 2_500_000, 0])
  expect(['two', '-1', '1.2.3', '1e9', '$'].map(microsOf)).toEqual([undefined, undefined, undefined, undefined, null])
  fc.assert(fc.property(fc.nat({ max: 999_999_999 }), (micros) => microsOf(typedMicros(micros)) === micros))
})

test('an agent without a word of ours is still readable', () => {
  expect([sayAgent('write-spec'), sayAgent('coder'), sayAgent('some-new-agent')]).toEqual(['Spec', 'Coder', 'Some new agent'])
})
