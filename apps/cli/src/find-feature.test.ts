import { createClient, FeatureSummary } from '@slipway/domain'
import { expect, test } from 'vitest'
import { findFeature } from './find-feature.ts'

const feature = (id: number, title: string) =>
  FeatureSummary.parse({
    id: `00000000-0000-4000-8000-00000000000${id}`,
    projectId: '00000000-0000-4000-8000-000000000009',
    projectName: title,
    title,
    idea: title,
    status: 'built',
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    latestJob: null,
  })

/** A client of the real kind over a server that knows these features. */
const clientOf = (...features: FeatureSummary[]) =>
  createClient({ baseUrl: 'http://slipway.test', fetch: async () => Response.json({ features, eventId: 0 }) })

test('a feature is found by its id and by the first letters of its title', async () => {
  const client = clientOf(feature(1, 'Bike workshop'), feature(2, 'Garden club'))
  expect((await findFeature(client, '00000000-0000-4000-8000-000000000002')).title).toBe('Garden club')
  expect((await findFeature(client, 'bike')).title).toBe('Bike workshop')
})

test('words that mean two features name both', async () => {
  const client = clientOf(feature(1, 'Bike workshop'), feature(2, 'Bike rental'))
  await expect(findFeature(client, 'Bike')).rejects.toThrow(/"Bike workshop" is .*1; "Bike rental" is .*2/)
})

test('words that mean nothing say so', async () => {
  await expect(findFeature(clientOf(), 'x')).rejects.toThrow('There is no feature "x"')
})
