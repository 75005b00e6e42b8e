import { expect, test } from 'vitest'
import { expandBraces, matchesGlob } from './glob.ts'

test('a star stays in its folder, two stars do not', () => {
  expect(matchesGlob('src/*.ts', 'src/a.ts')).toBe(true)
  expect(matchesGlob('src/*.ts', 'src/b/a.ts')).toBe(false)
  expect(matchesGlob('src/**/*.ts', 'src/b/c/a.ts')).toBe(true)
  expect(matchesGlob('src/**/*.ts', 'src/a.ts')).toBe(true)
  expect(matchesGlob('src/**', 'src/a.ts')).toBe(true)
  expect(matchesGlob('src/[id].ts', 'src/[id].ts')).toBe(true)
})

test('a folder holds what lies in it', () => {
  expect(matchesGlob('dist', 'dist/a.js', 'folder')).toBe(true)
  expect(matchesGlob('dist', 'distant/a.js', 'folder')).toBe(false)
  expect(matchesGlob('dist', 'dist/a.js')).toBe(false)
})

test('many stars take no longer than few', () => {
  expect(matchesGlob('*a'.repeat(2_000), 'a'.repeat(1_000))).toBe(false)
  expect(matchesGlob('*a'.repeat(100), `${'a'.repeat(1_000)}b`)).toBe(false)
})

test('braces are written out, a few of them', () => {
  expect(expandBraces('src/{a,b}.{ts,tsx}')).toEqual(['src/a.ts', 'src/a.tsx', 'src/b.ts', 'src/b.tsx'])
  expect(expandBraces('Step{1..3}*.tsx')).toEqual(['Step1*.tsx', 'Step2*.tsx', 'Step3*.tsx'])
  expect(expandBraces('src/${a}.ts')).toEqual(['src/$a.ts'])
  expect(expandBraces('{a,b}'.repeat(20)).length).toBeLessThanOrEqual(64)
  expect(expandBraces('{1..999}.ts')).toEqual(['{1..999}.ts'])
})
