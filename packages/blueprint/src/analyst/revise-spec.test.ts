import { Spec } from '@slipway/domain'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { analyse } from './analyse.ts'
import { numberOf, reviseSpec } from './revise-spec.ts'
import { anyIdea, WORKSHOP } from './testing/ideas.ts'
import { writeSpec } from './write-spec.ts'

const { brief } = analyse(WORKSHOP)
const first = writeSpec(brief, WORKSHOP)
const start = { brief, idea: WORKSHOP, basis: { spec: first, words: [] }, current: first, numberMax: 0 }
const titles = (spec: Spec) => new Map(spec.requirements.map(({ id, title }) => [id, title]))
const fieldsOf = (spec: Spec, label: string) =>
  spec.blueprint.entities.find((entity) => entity.label === label)?.fields.map((field) => field.label) ?? []

test('a new thing gets new ids, and everything else keeps its own', () => {
  const revised = reviseSpec(start, 'Also track suppliers')
  const after = titles(revised?.spec as Spec)
  for (const [id, title] of titles(first)) expect(after.get(id)).toBe(title)
  const added = [...after].filter(([id]) => !titles(first).has(id))
  expect(added.map(([, title]) => title)).toContain('Keep suppliers')
  for (const [id] of added) expect(numberOf(id)).toBeGreaterThan(first.requirements.length)
  expect(revised?.spec.blueprint.entities.map(({ label }) => label)).toContain('Supplier')
})

test.each([
  'Add a field for the insurance number to bikes.',
  'Bikes need a insurance number',
  'Every bike should have a insurance number.',
  'Please add a insurance number field to the bikes',
])('"%s" is one field more', (comment) => {
  const revised = reviseSpec(start, comment)
  expect(fieldsOf(revised?.spec as Spec, 'Bike')).toEqual(fieldsOf(first, 'Bike').toSpliced(-1, 0, 'Insurance number'))
  expect([...titles(revised?.spec as Spec).keys()]).toEqual([...titles(first).keys()])
})

test('a thing that is renamed keeps its requirement; one that is left out takes its own with it', () => {
  const renamed = reviseSpec(start, 'rename customers to clients')?.spec as Spec
  expect(titles(renamed).get('REQ-01')).toBe('Keep clients')
  const without = reviseSpec(start, 'We do not need parts')?.spec as Spec
  expect([...titles(without).values()].join()).not.toContain('Keep parts')
})

test('what a person edited survives a comment, and an id that went is not given again', () => {
  const edited = {
    ...first,
    requirements: first.requirements.map((one) => (one.id === 'REQ-01' ? { ...one, text: 'In our own words.' } : one)),
  }
  const one = reviseSpec({ ...start, current: edited }, 'Also track suppliers')
  expect(one?.spec.requirements[0]?.text).toBe('In our own words.')
  expect(one?.basis.spec.requirements[0]?.text).toBe(first.requirements[0]?.text)
  const numberMax = Math.max(...(one?.spec.requirements ?? []).map(({ id }) => numberOf(id)))
  // back to the first revision, and on from there
  const two = reviseSpec({ ...start, current: edited, numberMax }, 'Also track mechanics')
  const fresh = (two?.spec.requirements ?? []).filter(({ id }) => !titles(first).has(id))
  expect(fresh.length).toBeGreaterThan(0)
  for (const { id } of fresh) expect(numberOf(id)).toBeGreaterThan(numberMax)
})

test('what the analyst does not understand, or a spec it did not write, is left alone', () => {
  expect(reviseSpec(start, 'Tell everybody whose frame was told twice over the wire')).toBeUndefined()
  expect(reviseSpec(start, 'hm?')).toBeUndefined()
  const other = { ...first, blueprint: { ...first.blueprint, appName: 'By a model' } }
  expect(reviseSpec({ ...start, current: other }, 'Also track suppliers')).toBeUndefined()
})

test('any comment gives a spec that parses and whose ids are there once, or nothing', () => {
  fc.assert(
    fc.property(anyIdea, fc.array(anyIdea, { minLength: 1, maxLength: 3 }), (idea, comments) => {
      const own = analyse(idea).brief
      const spec = writeSpec(own, idea)
      let at = { brief: own, idea, basis: { spec, words: [] as readonly string[] }, current: spec, numberMax: spec.requirements.length }
      for (const comment of comments) {
        const revised = reviseSpec(at, comment)
        if (!revised) continue
        expect(Spec.safeParse(revised.spec).error).toBeUndefined()
        const ids = revised.spec.requirements.map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
        at = { ...at, basis: revised.basis, current: revised.spec, numberMax: Math.max(at.numberMax, ...ids.map(numberOf)) }
      }
    }),
    { numRuns: 12 },
  )
})
