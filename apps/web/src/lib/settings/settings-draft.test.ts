import { ModelSettings } from '@slipway/domain'
import { expect, test } from 'vitest'
import { chosenModels, fromDraft, type SettingsDraft, toDraft } from './settings-draft.ts'

const unknown = () => null
const full = ModelSettings.parse({
  version: 1,
  main: { provider: 'anthropic', model: 'large', contextTokens: 200_000 },
  roles: { reviewer: { provider: 'openai', model: 'other' } },
  fallback: { provider: 'openai', model: 'other' },
  prices: { 'openai/other': { input: 2.5, output: 10, cached: 0.25, cacheWrite: 3 } },
  caps: {
    run: { micros: 2_500_000, tokens: null },
    feature: { micros: null, tokens: 1_500_000 },
    project: { micros: 123_456, tokens: 0 },
  },
})
const changed = (change: (draft: SettingsDraft) => unknown) => {
  const draft = toDraft(full)
  change(draft)
  return fromDraft(draft, full, unknown)
}

test('what was saved comes back untouched, also what cannot be typed', () => {
  expect(fromDraft(toDraft(full), full, unknown)).toEqual({ settings: full })
  const nothing = ModelSettings.parse({ version: 1 })
  expect(fromDraft(toDraft(nothing), nothing, unknown)).toEqual({ settings: nothing })
})

test('each chosen model is named once', () => {
  expect(chosenModels(toDraft(full))).toEqual(['anthropic/large', 'openai/other'])
})

test('another model brings the length that its vendor says, and loses that of the one before', () => {
  const draft = toDraft(full)
  draft.main.model = ' small '
  expect(fromDraft(draft, full, () => 32_000)).toMatchObject({ settings: { main: { model: 'small', contextTokens: 32_000 } } })
  expect(fromDraft(draft, full, unknown)).toMatchObject({ settings: { main: { provider: 'anthropic', model: 'small' } } })
})

test('tokens may be typed short', () => {
  const read = changed((draft) =>
    Object.assign(draft.caps, { run: { dollars: '', tokens: '1.5M' }, feature: { dollars: '$3', tokens: '200 k' } }),
  )
  expect(read).toMatchObject({
    settings: { caps: { run: { micros: null, tokens: 1_500_000 }, feature: { micros: 3_000_000, tokens: 200_000 } } },
  })
})

test.each<[string, (draft: SettingsDraft) => unknown]>([
  ['main', ({ main }) => Object.assign(main, { model: ' ' })],
  ['main', ({ main }) => Object.assign(main, { provider: '' })],
  ['roles.coder', ({ roles }) => Object.assign(roles.coder, { provider: 'google' })],
  ['caps.run.dollars', ({ caps }) => Object.assign(caps.run, { dollars: 'two' })],
  ['caps.project.tokens', ({ caps }) => Object.assign(caps.project, { tokens: '-1' })],
  ['prices.openai/other.output', ({ prices }) => Object.assign(prices, { 'openai/other': { input: '1', output: '', cached: '' } })],
  ['prices.openai/other.input', ({ prices }) => Object.assign(prices, { 'openai/other': { input: 'x', output: '1', cached: '' } })],
])('a fault is told at its field: %s', (field, change) => {
  const read = changed(change)
  expect('faults' in read ? Object.keys(read.faults) : []).toEqual([field])
})

test('a price that is emptied is gone, so the known one counts again', () => {
  const read = changed(({ prices }) => Object.assign(prices, { 'openai/other': { input: '', output: '', cached: '' } }))
  expect(read).toMatchObject({ settings: { prices: {} } })
})
