import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { abbreviated, judgePackage, similarWellKnown } from './registry-policy.ts'
import { WELL_KNOWN_PACKAGES } from './well-known-packages.ts'

const DAY_MS = 86_400_000
const NOW_MS = Date.parse('2026-11-21T12:00:00Z')
const daysAgo = (days: number) => new Date(NOW_MS - days * DAY_MS).toISOString()
const WEEK = { ageMsMin: 7 * DAY_MS, nowMs: NOW_MS }

/** A document whose versions are so many days old. */
const published = (name: string, days: Record<string, number>, more: object = {}) => ({
  name,
  'dist-tags': { latest: Object.keys(days).at(-1) as string },
  time: {
    created: daysAgo(Math.max(...Object.values(days))),
    ...Object.fromEntries(Object.entries(days).map(([version, age]) => [version, daysAgo(age)])),
  },
  versions: Object.fromEntries(Object.keys(days).map((version) => [version, { name, version, dist: { tarball: 'x' }, ...more }])),
})

describe('age', () => {
  test('versions younger than a week are as if they were not there, and "latest" leads to one that is', () => {
    const judged = judgePackage(published('lefty', { '1.0.0': 400, '1.1.0': 30, '2.0.0-beta.1': 20, '2.0.0': 2 }), WEEK)
    expect(judged).toMatchObject({ isAllowed: true, document: { 'dist-tags': { latest: '1.1.0' } } })
    expect(judged.isAllowed && Object.keys(judged.document.versions)).toEqual(['1.0.0', '1.1.0', '2.0.0-beta.1'])
  })

  test('a package that is all new is refused, as is one whose registry does not say when', () => {
    expect(judgePackage(published('brand-new-thing', { '1.0.0': 1 }), WEEK)).toMatchObject({ isAllowed: false })
    const { time: _, ...timeless } = published('lefty', { '1.0.0': 400 })
    expect(judgePackage(timeless, WEEK)).toMatchObject({ isAllowed: false })
    expect(judgePackage(timeless, { ...WEEK, ageMsMin: 0 })).toMatchObject({ isAllowed: true })
  })
})

describe('names', () => {
  test.each([
    ['expres', 'express'],
    ['loadsh', 'lodash'],
    ['reactt', 'react'],
    ['react_dom', 'react-dom'],
    ['types-react', '@types/react'],
    ['tanstack-react-query', '@tanstack/react-query'],
    ['zustnad', 'zustand'],
  ])('%s could be taken for %s', (name, known) => {
    expect(similarWellKnown(name)).toBe(known)
    const fresh = published(name, { '1.0.0': 30 })
    expect(judgePackage(fresh, WEEK)).toMatchObject({ isAllowed: false, reason: expect.stringContaining(known) })
  })

  test('no well-known package is taken for another', () => {
    for (const name of WELL_KNOWN_PACKAGES) expect(similarWellKnown(name), name).toBeUndefined()
  })

  test('a name that has been there for years and was cared for is believed', () => {
    const versions = Object.fromEntries(Array.from({ length: 6 }, (_, index) => [`1.${index}.0`, 900 - index]))
    expect(judgePackage(published('reacct', versions), WEEK)).toMatchObject({ isAllowed: true })
    expect(judgePackage(published('reacct', { '1.0.0': 900 }), WEEK)).toMatchObject({ isAllowed: false })
  })

  test('one slip in any well-known name is noticed', () => {
    const long = WELL_KNOWN_PACKAGES.filter((name) => /^[a-z]{6,}$/.test(name))
    fc.assert(
      fc.property(fc.constantFrom(...long), fc.nat(), (name, seed) => {
        const at = seed % (name.length - 1)
        const lost = name.slice(0, at) + name.slice(at + 1)
        const doubled = name.slice(0, at) + name[at] + name.slice(at)
        for (const slip of [lost, doubled]) if (!WELL_KNOWN_PACKAGES.includes(slip)) expect(similarWellKnown(slip), slip).toBeDefined()
      }),
    )
  })
})

test('install scripts are told of', () => {
  expect(judgePackage(published('lefty', { '1.0.0': 90 }, { scripts: { postinstall: 'node x' } }), WEEK)).toMatchObject({
    hasInstallScript: true,
  })
  expect(judgePackage(published('lefty', { '1.0.0': 90 }, { scripts: { test: 'x' } }), WEEK)).toMatchObject({ hasInstallScript: false })
})

test('the short form has what an installer needs, and no more', () => {
  const judged = judgePackage(
    published('lefty', { '1.0.0': 90 }, { dependencies: { a: '1' }, readme: 'long', scripts: { install: 'x' } }),
    WEEK,
  )
  expect(judged.isAllowed && abbreviated(judged.document)).toEqual({
    name: 'lefty',
    'dist-tags': { latest: '1.0.0' },
    versions: {
      '1.0.0': { name: 'lefty', version: '1.0.0', dependencies: { a: '1' }, dist: { tarball: 'x' }, hasInstallScript: true },
    },
  })
})

test('whatever a registry answers, the judge decides and does not throw', () => {
  fc.assert(fc.property(fc.jsonValue(), (body) => void judgePackage(body, WEEK)))
})
