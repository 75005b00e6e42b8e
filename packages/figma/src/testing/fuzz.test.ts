import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compile } from '../compile.ts'
import { readDesign } from '../read/read-design.ts'
import { READ_LIMITS } from '../read/read-result.ts'
import { anyDesign } from './any-design.ts'
import { fuzzOnce } from './fuzz.ts'
import { hostileFaults } from './hostile-output.ts'
import { deepDesign } from './mutate.ts'

test('a damaged design throws nothing and brings no markup, script, rule or address of its own into the output', {
  timeout: 60_000,
}, () => {
  fc.assert(
    fc.property(anyDesign, fc.integer(), (bundle, seed) => {
      const [document] = bundle.roots
      const file = { name: 'Fuzzed', document, components: bundle.components, componentSets: bundle.componentSets }
      expect(fuzzOnce('any', file, {}, seed).findings).toEqual([])
    }),
    { numRuns: 300 },
  )
})

test('ten thousand levels give a result that names what was left out', { timeout: 60_000 }, () => {
  const { bundle, diagnostics } = readDesign(deepDesign(10_000))
  const result = bundle && compile(bundle)
  const told = [...diagnostics.map(({ message }) => message), ...(result?.report.map(({ message }) => message) ?? [])]
  expect(told.join('\n')).toMatch(/deep|levels/i)
  if (result) expect(hostileFaults(result)).toEqual([])
})

test('more layers than are read are refused in words', () => {
  const leaf = { type: 'RECTANGLE', absoluteBoundingBox: { x: 0, y: 0, width: 1, height: 1 } }
  const root = { id: '0:1', name: 'Page', type: 'FRAME', children: Array.from({ length: READ_LIMITS.nodes + 1 }, () => leaf) }
  const { bundle, diagnostics } = readDesign(JSON.stringify(root))
  expect(bundle).toBeUndefined()
  expect(diagnostics).toMatchObject([{ code: 'too-many-nodes', severity: 'error' }])
})

test('a file beyond the limit is refused in words, before it is read', () => {
  const { bundle, diagnostics } = readDesign(new Uint8Array(READ_LIMITS.sizeBytes + 1))
  expect(bundle).toBeUndefined()
  expect(diagnostics).toMatchObject([{ code: 'too-large', severity: 'error' }])
})
