import { FEATURE, JOB } from '@slipway/domain'
import { expect, test } from 'vitest'
import { ago, duration, FEATURE_WORDS, JOB_WORDS, jobWords, TABS, type TabFacts, tabState, until } from './words.ts'

const facts: TabFacts = { status: 'spec_ready', specRevision: 2, planCount: 0, buildCount: 0, version: undefined, hasPreview: false }

test('the tab of the stage at work says what it waits for; those before it are approved', () => {
  expect(tabState('brief', facts)).toEqual({ tone: 'pass', note: 'confirmed' })
  expect(tabState('spec', facts)).toEqual({ tone: 'need', note: 'r2 to approve' })
  expect(tabState('plan', facts)).toEqual({ tone: 'idle', note: 'not yet' })
})

test('a build says which one it is and how it goes', () => {
  const built = (status: TabFacts['status']) => tabState('build', { ...facts, status, buildCount: 3 })
  expect(built('building')).toEqual({ tone: 'run', note: 'build 3 running' })
  expect(built('build_failed')).toEqual({ tone: 'fail', note: 'build 3 stopped' })
  expect(built('built')).toEqual({ tone: 'pass', note: 'build 3 checked' })
  expect(built('plan_approved')).toEqual({ tone: 'need', note: 'not built' })
})

test('code and preview stay open once there is a version, whatever happens next', () => {
  for (const status of FEATURE.statuses) {
    expect(tabState('code', { ...facts, status, version: 'build_v0_4' }).note).toBe('v4, yours')
    expect(tabState('preview', { ...facts, status, version: 'build_v0_4' }).tone).toBe('pass')
  }
})

test('every status has words and no tab is without a note', () => {
  for (const status of FEATURE.statuses) {
    expect(FEATURE_WORDS[status].what).not.toBe('')
    for (const tab of TABS) expect(tabState(tab, { ...facts, status }).note).toMatch(/\S/)
  }
  for (const status of JOB.statuses) expect(JOB_WORDS[status].text).not.toBe('')
  expect(jobWords({ status: 'queued', queuePlace: 1 }).text).toBe('Waits, next in the queue')
  expect(jobWords({ status: 'queued', queuePlace: 3 }).text).toBe('Waits, place 3 in the queue')
  expect(jobWords({ status: 'starting', queuePlace: null })).toBe(JOB_WORDS.starting)
})

test('times are as short as a column', () => {
  const now = Date.parse('2026-01-02T00:00:00Z')
  expect(ago('2026-01-01T23:59:30Z', now)).toBe('now')
  expect(ago('2026-01-01T23:56:00Z', now)).toBe('4 min')
  expect(ago('2025-12-30T23:00:00Z', now)).toBe('2 d')
  expect([duration(432), duration(12_300), duration(80_000)]).toEqual(['0.4 s', '12 s', '1:20'])
})

test('what ends is told by how far ahead its end is', () => {
  const now = Date.parse('2026-01-02T00:00:00Z')
  expect(until('2026-01-02T00:00:30Z', now)).toBe('in 1 min')
  expect(until('2026-01-03T00:00:00Z', now)).toBe('in 24 h')
  expect(until('2026-01-08T23:00:00Z', now)).toBe('in 7 d')
  expect(until('2026-01-01T00:00:00Z', now)).toBe('in 0 min')
})
