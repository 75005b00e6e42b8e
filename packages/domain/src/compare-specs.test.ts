import fc from 'fast-check'
import { expect, test } from 'vitest'
import { comparePlans, compareSpecs, diffSteps, Spec } from './index.ts'

// biome-ignore lint/suspicious/noThenProperty: Gherkin's own word, and a string is never thenable
const criterion = (given: string) => ({ given, when: 'it is saved', then: 'it is there' })
const requirement = (id: string, title: string, criteria = ['a form']) => ({
  id,
  title,
  text: `${title}.`,
  criteria: criteria.map(criterion),
})
const spec = (change: { requirements?: object[]; fields?: object[]; summary?: string; theme?: object } = {}): Spec =>
  Spec.parse({
    version: 1,
    summary: change.summary ?? 'A workshop.',
    requirements: change.requirements ?? [requirement('REQ-01', 'Keep bikes'), requirement('REQ-02', 'See what is due')],
    blueprint: {
      version: 1,
      appName: 'Workshop',
      capabilities: ['browse'],
      entities: [
        {
          ...{ name: 'bike', label: 'Bike', labelPlural: 'Bikes', titleField: 'name' },
          fields: change.fields ?? [{ name: 'name', label: 'Name', type: 'text' }],
        },
      ],
      pages: [{ kind: 'list', name: 'bikes', title: 'Bikes', entity: 'bike' }],
      theme: { background: '#ffffff', primary: '#1d4ed8', ...change.theme },
    },
  })

test('what came, went and changed is told by requirement, criterion and field', () => {
  const after = spec({
    requirements: [requirement('REQ-01', 'Keep bikes', ['a form', 'a bike']), requirement('REQ-03', 'Tell doubles')],
    fields: [
      { name: 'name', label: 'Name', type: 'text', required: true },
      { name: 'frameNumber', label: 'Frame number', type: 'text' },
    ],
  })
  const changes = compareSpecs(spec(), after)
  expect(changes.map(({ section, kind, name }) => [section, kind, name])).toEqual([
    ['requirement', 'changed', 'REQ-01'],
    ['requirement', 'added', 'REQ-03'],
    ['requirement', 'removed', 'REQ-02'],
    ['record', 'changed', 'Bikes'],
  ])
  expect(changes[0]?.parts).toEqual([{ name: 'Criterion 2', before: '', after: 'Given a bike\nWhen it is saved\nThen it is there' }])
  expect(changes[3]?.parts).toEqual([
    { name: 'Field Name', before: 'Name: text', after: 'Name: text, needed' },
    { name: 'Field Frame number', before: '', after: 'Frame number: text' },
  ])
})

test('another order alone is a change, and so is another look', () => {
  const [first, second] = spec().requirements
  const turned = spec({ requirements: [second as object, first as object] })
  expect(compareSpecs(spec(), turned).map(({ name, parts }) => [name, parts.map((part) => part.name)])).toEqual([
    ['Order', ['Order of the requirements']],
  ])
  expect(compareSpecs(spec(), spec({ theme: { primary: '#000000' } })).map(({ section }) => section)).toEqual(['app'])
})

const anySpec = fc
  .record({
    summary: fc.constantFrom('A workshop.', 'Another.'),
    requirements: fc.uniqueArray(
      fc.record({
        id: fc.constantFrom('REQ-01', 'REQ-02', 'REQ-03', 'REQ-04'),
        title: fc.constantFrom('Keep bikes', 'Tell doubles'),
        criteria: fc.array(fc.constantFrom('a form', 'a bike', 'a form\nWhen it is saved'), { minLength: 1, maxLength: 3 }),
      }),
      { minLength: 1, selector: ({ id }) => id },
    ),
    fields: fc.uniqueArray(
      fc.record({
        name: fc.constantFrom('name', 'frame', 'colour'),
        label: fc.constantFrom('A', 'B'),
        type: fc.constantFrom('text', 'date'),
        required: fc.boolean(),
      }),
      { minLength: 1, selector: ({ name }) => name },
    ),
  })
  .map(({ requirements, fields, summary }) =>
    spec({
      summary,
      fields: [{ name: 'name', label: 'Name', type: 'text' }, ...fields.filter(({ name }) => name !== 'name')],
      requirements: requirements.map(({ id, title, criteria }) => requirement(id, title, criteria)),
    }),
  )

test('no change is told exactly when nothing differs, and both ways tell of as much', () => {
  fc.assert(
    fc.property(anySpec, anySpec, (one, other) => {
      const changes = compareSpecs(one, other)
      expect(changes.length === 0).toBe(JSON.stringify(one) === JSON.stringify(other))
      expect(compareSpecs(other, one)).toHaveLength(changes.length)
      expect(compareSpecs(one, structuredClone(one))).toEqual([])
    }),
  )
})

test('plans are told apart by name', () => {
  const plan = (name: string, source: string) => ({ name, title: 'Tell doubles', wave: 1, source })
  const changes = comparePlans([plan('01-01', 'a'), plan('02-01', 'b\nc')], [plan('01-01', 'a'), plan('02-01', 'b\nd'), plan('02-02', 'e')])
  expect(changes.map(({ kind, name }) => [kind, name])).toEqual([
    ['changed', '02-01'],
    ['added', '02-02'],
  ])
  expect(changes[0]?.parts).toEqual([{ name: 'Document', before: 'b\nc', after: 'b\nd' }])
})

test('steps lead from one text to the other, and say nothing of what stays', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 })
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const steps = diffSteps(before, after)
      const without = (mark: string) => steps.filter((step) => step.mark !== mark).map(({ text }) => text)
      expect(without('+')).toEqual(before)
      expect(without('-')).toEqual(after)
      expect(diffSteps(before, before).every(({ mark }) => mark === ' ')).toBe(true)
    }),
  )
})
