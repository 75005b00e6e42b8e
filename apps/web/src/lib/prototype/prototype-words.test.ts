import { expect, test } from 'vitest'
import { groupRemarks, measureRows, sayGaps, sayLayers } from './prototype-words.ts'

const remark = (name: string, message = 'Not in the file.', outcome: 'dropped' | 'approximated' = 'dropped') => ({
  nodeId: name,
  name,
  outcome,
  message,
})
const report = { nodes: 9, exact: 4, components: [], missingImages: 0, remarks: [] }

test('layers of which the same is said stand together', () => {
  const remarks = [remark('A'), remark('B', 'Nearly.', 'approximated'), remark('C'), remark('D'), remark('E'), remark('F')]
  expect(groupRemarks(remarks).map(({ message, layers }) => `${sayLayers(layers)}: ${message}`)).toEqual([
    'A, C, D, E and 1 more: Not in the file.',
    'B: Nearly.',
  ])
})

test.each([
  [{}, ''],
  [{ missingImages: 1 }, '1 picture of the design is missing in the live result.'],
  [{ missingImages: 2, remarks: [remark('A')] }, '2 pictures and 1 layer of the design are missing in the live result.'],
  [{ remarks: [remark('B', 'Nearly.', 'approximated')] }, ''],
])('%# what is missing is said, and nothing where nothing is', (changed, words) => {
  expect(sayGaps({ ...report, ...changed })).toBe(words)
})

test('a measure without fault reads as such', () => {
  const measures = { nodes: 3, found: 3, within2: 3, relative2: 3, texts: 1, textStyle: 1, overflowPx: 0.4, pixels: 0.0123, broken: [] }
  const worse = { ...measures, broken: [{ rule: 'list', places: 2 }] }
  expect(measureRows(measures, worse).map(({ before, after }) => `${before} | ${after}`)).toEqual([
    '3 of 3 | 3 of 3',
    '3 of 3 | 3 of 3',
    '1 of 1 | 1 of 1',
    '0 px | 0 px',
    '1.23 % | 1.23 %',
    'none | list ×2',
  ])
})
