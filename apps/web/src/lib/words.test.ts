import { expect, test } from 'vitest'
import { ago, duration, tabState } from './words.ts'

test('the tab of the stage at work says what it waits for; those before it are approved', () => {
  expect(tabState('brief', 'spec_ready', false)).toEqual({ tone: 'pass', note: 'approved' })
  expect(tabState('spec', 'spec_ready', false)).toEqual({ tone: 'need', note: 'needs you' })
  expect(tabState('plan', 'spec_ready', false)).toEqual({ tone: 'idle', note: 'not yet' })
})

test('code and preview stay open once there is a version, whatever happens next', () => {
  expect(tabState('code', 'spec_ready', true).tone).toBe('pass')
  expect(tabState('preview', 'build_failed', true).tone).toBe('pass')
})

test('times are as short as a column', () => {
  const now = Date.parse('2026-01-02T00:00:00Z')
  expect(ago('2026-01-01T23:59:30Z', now)).toBe('now')
  expect(ago('2026-01-01T23:56:00Z', now)).toBe('4 min')
  expect(ago('2025-12-30T23:00:00Z', now)).toBe('2 d')
  expect([duration(432), duration(12_300), duration(80_000)]).toEqual(['0.4 s', '12 s', '1:20'])
})
