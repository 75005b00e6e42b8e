import { expect, test } from 'vitest'
import { matchesGlob } from './glob.ts'

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
