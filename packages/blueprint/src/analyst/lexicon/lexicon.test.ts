import { expect, test } from 'vitest'
import drawings from '../../scaffold/icons.json' with { type: 'json' }
import { kindOfPhrase, readLexicon } from './lexicon.ts'

const lexicon = readLexicon()
const TYPES = new Set(
  'text longText integer decimal money date dateTime time boolean choice email phone url image colour rating reference flow'.split(' '),
)

test.each([...lexicon.kinds.values()])('the kind "$name" can be used as it is written', (kind) => {
  const names = kind.fields.map((field) => field.name)
  expect(new Set(names).size).toBe(names.length)
  expect(Object.hasOwn(drawings, kind.icon)).toBe(true)
  expect(kind.fields.some((field) => field.type === 'text')).toBe(true)
  for (const field of kind.fields) {
    expect(TYPES).toContain(field.type)
    if (field.type === 'choice' || field.type === 'flow') expect(field.steps.length).toBeGreaterThan(1)
    if (field.after) expect(names).toContain(field.after)
    for (const target of field.targets.filter((one) => !one.startsWith('@'))) expect([...lexicon.kinds.keys()]).toContain(target)
  }
})

test('the end of a phrase says what kind of thing it is', () => {
  expect(kindOfPhrase('Overdue customer complaints', lexicon)?.kind.name).toBe('supportTicket')
  expect(kindOfPhrase('repair jobs', lexicon)?.kind.name).toBe('repairJob')
  expect(kindOfPhrase('zeppelins', lexicon)).toBeUndefined()
})
