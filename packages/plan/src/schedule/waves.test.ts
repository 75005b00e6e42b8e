import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planOf } from '../testing/plan-text.ts'
import { planIds } from './plan-ids.ts'
import { computeWaves, dependencyGraph } from './waves.ts'

const plan = (name: string, dependsOn: readonly string[] = [], files: readonly string[] = [`${name}.ts`]) => {
  const [phase, number] = name.split('-') as [string, string]
  return { name, plan: planOf({ phase: `${phase}-some-phase`, plan: number, dependsOn, filesModified: files }) }
}

test.each([
  '01-02',
  '"01-02"',
  '02',
  '2',
  '1-2',
  '01-02-PLAN',
  '01-02-PLAN.md',
  '.planning/phases/01-x/01-02-PLAN.md',
  '01-02-login',
  'Plan 02',
  '01-some-phase-02',
])('the dependency %s means plan 01-02', (reference) => {
  const ids = planIds([plan('01-01'), { ...plan('01-02'), name: '01-02-login' }, plan('02-02')])
  expect(ids.resolve(reference, '01-01')).toEqual({ kind: 'plan', name: '01-02-login' })
})

test('a plan of an earlier phase that is not here is not unknown; a later one is', () => {
  const ids = planIds([plan('02-01')])
  expect(ids.resolve('01-03', '02-01')).toEqual({ kind: 'earlier-phase' })
  expect(ids.resolve('09-03', '02-01')).toEqual({ kind: 'unknown' })
  expect(ids.resolve('the login plan', '02-01')).toEqual({ kind: 'unknown' })
})

test('inserted phases have decimal numbers', () => {
  const ids = planIds([plan('02-01'), plan('02.1-01', ['02-01'])])
  expect(ids.resolve('02.1-01', '02-01')).toEqual({ kind: 'plan', name: '02.1-01' })
  expect(ids.ordered).toEqual(['02-01', '02.1-01'])
})

test('waves follow from dependencies within a phase, and begin again with each phase', () => {
  const waves = computeWaves([plan('01-01'), plan('01-02', ['01-01']), plan('01-03', ['02']), plan('02-01', ['01-03'])])
  expect(Object.fromEntries(waves)).toEqual({ '01-01': 1, '01-02': 2, '01-03': 3, '02-01': 1 })
})

test('of two plans that share a file, the later one moves down, and so does what depends on it', () => {
  const waves = computeWaves([plan('01-02', [], ['a.ts']), plan('01-01', [], ['./a.ts']), plan('01-03', ['01-02'])])
  expect(Object.fromEntries(waves)).toEqual({ '01-01': 1, '01-02': 2, '01-03': 3 })
})

test('a whole folder is shared with every plan that touches something in it, whichever comes first', () => {
  const waves = computeWaves([
    plan('01-01', [], ['server/']),
    plan('01-02', [], ['server/jobs/mail.ts']),
    plan('01-03', [], ['server/jobs/']),
    plan('01-04', [], ['servers.ts']),
  ])
  expect(Object.fromEntries(waves)).toEqual({ '01-01': 1, '01-02': 2, '01-03': 3, '01-04': 1 })
})

test('a cycle is found once, and everything else still gets a wave', () => {
  const plans = [plan('01-01', ['01-03']), plan('01-02', ['01-01']), plan('01-03', ['01-02']), plan('01-04')]
  expect(dependencyGraph(plans).cycles).toEqual([['01-01', '01-03', '01-02']])
  expect(computeWaves(plans).get('01-04')).toBe(1)
})

test('no plan ever shares its wave with one it depends on or shares a file with', () => {
  const graph = fc.array(
    fc.record({ after: fc.array(fc.nat(20), { maxLength: 3 }), files: fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 2 }) }),
    { maxLength: 20 },
  )
  fc.assert(
    fc.property(graph, (nodes) => {
      const name = (index: number) => `01-${String(index + 1).padStart(2, '0')}`
      const plans = nodes.map((node, index) => plan(name(index), node.after.filter((other) => other < index).map(name), node.files))
      const waves = computeWaves(plans)
      nodes.forEach((node, index) => {
        const wave = waves.get(name(index)) as number
        for (const other of node.after.filter((before) => before < index)) expect(waves.get(name(other)) as number).toBeLessThan(wave)
        nodes.forEach((peer, other) => {
          if (other !== index && peer.files.some((file) => node.files.includes(file))) expect(waves.get(name(other))).not.toBe(wave)
        })
      })
    }),
    { numRuns: 60 },
  )
})

test('a chain of ten thousand plans is no problem', () => {
  const source = plan('01-01')
  const plans = Array.from({ length: 10_000 }, (_, index) => ({
    name: `1-${index + 1}`,
    plan: {
      ...source.plan,
      frontMatter: { ...source.plan.frontMatter, plan: String(index + 1), dependsOn: index ? [`1-${index}`] : [], filesModified: [] },
    },
  }))
  expect(computeWaves(plans).get('1-10000')).toBe(10_000)
})
