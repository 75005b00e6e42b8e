import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { gitTree } from './git-tree.ts'
import { readTree } from './read-tree.ts'
import { project } from './testing/project.ts'

test('a tree lists files, and reads text', () => {
  const { root, path } = project({ 'src/a.ts': 'a', 'node_modules/x/index.js': 'x', '.next/b.js': 'b', '.env.example': 'KEY=' })
  writeFileSync(path('logo.png'), Buffer.from([0x89, 0x50, 0, 1]))
  writeFileSync(path('large.txt'), 'a'.repeat(1_600_000))
  const tree = readTree(root)
  expect(tree.list()).toEqual(['.env.example', 'large.txt', 'logo.png', 'src/a.ts'])
  expect(['src/a.ts', 'logo.png', 'large.txt', 'node_modules/x/index.js', '../x', 'constructor'].map(tree.read)).toEqual([
    'a',
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})

test('links are not followed, out of the tree or round in it', () => {
  const { root, path } = project({ 'src/a.ts': 'a' })
  symlinkSync('/etc', path('etc'))
  symlinkSync('/etc/hostname', path('host'))
  symlinkSync(root, path('src/again'))
  expect(readTree(root).list()).toEqual(['src/a.ts'])
})

test('a commit is a tree too', () => {
  const { root, path, commit, write, git } = project({ 'src/a.ts': 'a', 'src/naïve ü.ts': 'ü', 'copy.ts': 'a' })
  symlinkSync('/etc/hostname', path('host'))
  writeFileSync(path('logo.png'), Buffer.from([0x89, 0x50, 0, 1]))
  commit()
  write({ 'src/a.ts': 'changed' })
  mkdirSync(path('sub'))
  for (const folder of [root, path('sub')]) {
    const tree = gitTree(folder, git('rev-parse', 'HEAD'))
    expect(tree.list()).toEqual(['copy.ts', 'logo.png', 'src/a.ts', 'src/naïve ü.ts'])
    expect(tree.list().map(tree.read)).toEqual(['a', undefined, 'a', 'ü'])
    expect(tree.read('nosuch')).toBeUndefined()
  }
  expect(() => gitTree(root, 'nosuch')).toThrow(/git ls-tree cannot be used/)
})
