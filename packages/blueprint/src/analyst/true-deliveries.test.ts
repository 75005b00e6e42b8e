import type { Requirement } from '@slipway/domain'
import { expect, test } from 'vitest'
import { analyse } from './analyse.ts'
import { withTrueDeliveries } from './true-deliveries.ts'
import { writeSpec } from './write-spec.ts'

const IDEA = 'Track repairs in a bike workshop with customers and bikes'
const spec = writeSpec(analyse(IDEA).brief, IDEA)
const deliveryOf = (words: Partial<Requirement>, given = spec) => {
  const wish = { ...(given.requirements[0] as Requirement), id: 'REQ-90', delivery: 'compiled', ...words } as const
  return withTrueDeliveries({ ...given, requirements: [wish] }).requirements[0]?.delivery
}

test.each([
  ['Customers are told', 'An SMS is sent to the customer when the repair is ready.', 'later'],
  ['Pay online', 'A customer pays with a card through Stripe.', 'later'],
  ['See the workshops', 'All workshops are shown on a map.', 'model'],
  ['Keep repairs', 'Repairs can be added, changed and deleted.', 'compiled'],
] as const)('"%s", said to be compiled, is in truth for: %s → %s', (title, text, delivery) => {
  expect(deliveryOf({ title, text })).toBe(delivery)
})

test('what the app keeps records of by that name is compiled', () => {
  const words = { title: 'Filter by reminder', text: 'Repairs can be filtered by their reminder.' }
  expect(deliveryOf(words)).toBe('later')
  const [first, ...others] = spec.blueprint.entities
  if (!first) throw new Error('the spec has no entity')
  const entities = [
    { ...first, fields: first.fields.map((field, index) => (index === 0 ? { ...field, label: 'Reminder' } : field)) },
    ...others,
  ]
  expect(deliveryOf(words, { ...spec, blueprint: { ...spec.blueprint, entities } })).toBe('compiled')
})

test('what the built-in writer says stands, and so does what a model left open itself', () => {
  expect(withTrueDeliveries(spec)).toEqual(spec)
  expect(deliveryOf({ text: 'An SMS is sent.', delivery: 'model' })).toBe('model')
})
