import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boardColumnOf, dependencyCircle, investOf, withoutCircles } from './backlog-rules.ts'

const item = (code: string, ...dependsOn: string[]) => ({ code, dependsOn })

describe('dependencies', () => {
  test('a circle is named in order', () => {
    expect(dependencyCircle([item('S1', 'S2'), item('S2', 'S3'), item('S3', 'S1'), item('S4')])).toEqual(['S1', 'S2', 'S3', 'S1'])
    expect(dependencyCircle([item('S1'), item('S2', 'S1'), item('S3', 'S1', 'S2')])).toBeUndefined()
  })

  test('who comes first keeps what it waits for; what would close a circle, names nobody or itself goes', () => {
    expect(withoutCircles([item('S1', 'S2'), item('S2', 'S1', 'S9'), item('S3', 'S3', 'S1')])).toEqual([
      item('S1', 'S2'),
      item('S2'),
      item('S3', 'S1'),
    ])
  })

  const codes = fc.constantFrom('S1', 'S2', 'S3', 'S4', 'S5')
  const items = fc.uniqueArray(fc.record({ code: codes, dependsOn: fc.array(codes, { maxLength: 4 }) }), { selector: ({ code }) => code })

  test('no circle is ever left, nothing is added, and what had none is left as it was', () => {
    fc.assert(
      fc.property(items, (list) => {
        const kept = withoutCircles(list)
        expect(dependencyCircle(kept)).toBeUndefined()
        for (const [index, { dependsOn }] of kept.entries()) for (const code of dependsOn) expect(list[index]?.dependsOn).toContain(code)
        expect(withoutCircles(kept)).toEqual(kept)
      }),
    )
  })
})

// biome-ignore lint/suspicious/noThenProperty: Gherkin's own word
const criterion = { given: 'a free table', when: 'a guest books it', then: 'it is taken' }
const story = { title: 'Book', description: '', effort: 'S' as const, criteria: [criterion], dependsOn: [], requirement: 'REQ-01' }
const faults = (change: object) => investOf({ ...story, ...change }).flatMap(({ name, fault }) => (fault ? [name] : []))

test('a story is held against each letter of INVEST', () => {
  expect(faults({})).toEqual([])
  expect(faults({ requirement: '' })).toEqual(['Valuable'])
  expect(faults({ requirement: '', description: 'As a guest I want a table so that I can eat.' })).toEqual([])
  expect(faults({ effort: 'XL' })).toEqual(['Small'])
  expect(faults({ criteria: [] })).toEqual(['Estimable', 'Testable'])
  // biome-ignore lint/suspicious/noThenProperty: Gherkin's own word
  expect(faults({ criteria: [{ ...criterion, then: ' ' }] })).toEqual(['Testable'])
  expect(faults({ dependsOn: ['S1', 'S2', 'S3'] })).toEqual(['Independent'])
})

test('people start a story, but only evidence moves it to proved', () => {
  const row = { requirement: 'REQ-01', title: 'Book', stories: ['E1S1'], plans: [], isProved: false }
  const begun = { requirement: 'REQ-01', startedAt: '2026-11-21T10:00:00.000Z' } as const
  expect(boardColumnOf({ ...begun, startedAt: null }, [row])).toBe('todo')
  expect(boardColumnOf(begun, [row])).toBe('doing')
  expect(boardColumnOf({ ...begun, startedAt: null }, [{ ...row, isProved: true }])).toBe('proved')
  expect(boardColumnOf({ ...begun, requirement: '' }, [{ ...row, isProved: true }])).toBe('doing')
})
