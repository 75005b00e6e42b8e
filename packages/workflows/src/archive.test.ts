import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packFiles, sha256, treeHash, unpackFiles } from './archive.ts'

const files = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}(\/[a-z]{1,8}){0,2}\.ts$/), fc.uint8Array({ maxLength: 200 }))

test('what was packed comes out again, and the order of the files does not matter', () => {
  fc.assert(
    fc.property(files, (tree) => {
      const archive = packFiles(tree)
      const turned = Object.fromEntries(Object.entries(tree).reverse())
      expect(treeHash(unpackFiles(archive))).toBe(treeHash(tree))
      expect(sha256(packFiles(turned))).toBe(sha256(archive))
    }),
  )
})

test('a changed byte, name or file is another tree', () => {
  const tree = { 'a.ts': Buffer.from('1'), 'b.ts': Buffer.from('2') }
  const others = [{ ...tree, 'a.ts': Buffer.from('3') }, { 'c.ts': tree['a.ts'], 'b.ts': tree['b.ts'] }, { 'a.ts': tree['a.ts'] }]
  expect(new Set([tree, ...others].map(treeHash)).size).toBe(4)
})
