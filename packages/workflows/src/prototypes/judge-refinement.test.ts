import { expect, test } from 'vitest'
import { worseIn } from './judge-refinement.ts'

const measures = {
  ...{ nodes: 10, found: 10, within2: 9, relative2: 10, texts: 4, textStyle: 4, overflowPx: 0, pixels: 0.02 },
  broken: [{ rule: 'image-alt', places: 2 }],
}
const before = { measures, components: 2 }
const after = (changed: Partial<typeof measures>, components = 2) => ({ measures: { ...measures, ...changed }, components })

test('the same, or better in some measure, is not worse', () => {
  expect(worseIn(before, before)).toEqual([])
  expect(worseIn(before, after({ within2: 10, pixels: 0.01, broken: [] }, 3))).toEqual([])
})

test.each([
  [after({ found: 9 }), '1 layer fewer can be found'],
  [after({ within2: 7 }), '2 layers fewer within 2 px'],
  [after({ relative2: 9 }), '1 layer fewer at the right place in the box around'],
  [after({ textStyle: 3 }), '1 text fewer in the designed style'],
  [after({ overflowPx: 40 }), 'the page is 40 px wider than before in a narrow window'],
  [after({ pixels: 0.03 }), '3.00 % of the pixels differ, 2.00 % before'],
  [after({ broken: [{ rule: 'image-alt', places: 3 }] }), 'it breaks the accessibility rule "image-alt"'],
  [after({ broken: [{ rule: 'list', places: 1 }] }), 'it breaks the accessibility rule "list"'],
  [after({}, 1), 'a component falls apart'],
])('%# what is worse is named', (version, words) => {
  expect(worseIn(before, version)).toEqual([words])
})

test('what is better in one measure does not make up for another', () => {
  expect(worseIn(before, after({ within2: 10, pixels: 0, textStyle: 3 }))).toHaveLength(1)
})
