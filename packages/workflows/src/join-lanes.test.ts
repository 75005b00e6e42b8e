import { parsePlan } from '@slipway/plan'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AppFiles, treeHash } from './archive.ts'
import { type FinishedLane, joinLanes, withLane } from './join-lanes.ts'

const bytes = (files: Readonly<Record<string, string>>): AppFiles =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]))
const texts = (files: AppFiles) =>
  Object.fromEntries(Object.entries(files).map(([path, content]) => [path, Buffer.from(content).toString()]))
const lane = (name: string, declared: readonly string[], files: Readonly<Record<string, string>>): FinishedLane => {
  const { plan } = parsePlan(`---\nphase: 01-x\nplan: "${name}"\nfiles_modified: [${declared.join(', ')}]\n---\n`)
  return { name, plan, files: bytes(files) }
}

const BASE = { 'a.ts': 'a', 'b.ts': 'b', 'c.ts': 'c' }

test('what each lane changed, added and removed is there afterwards', () => {
  const { files, joined, refused } = joinLanes(bytes(BASE), [
    lane('01', ['a.ts', 'new.ts'], { ...BASE, 'a.ts': 'A', 'new.ts': 'n' }),
    lane('02', ['b.ts'], { 'a.ts': 'a', 'c.ts': 'c' }),
    lane('03', ['c.ts'], BASE),
  ])
  expect(texts(files)).toEqual({ 'a.ts': 'A', 'c.ts': 'c', 'new.ts': 'n' })
  expect([joined, refused]).toEqual([['01', '02'], []])
})

test('a lane that changed what it did not declare, or what another had changed, is left out as a whole', () => {
  const { files, joined, refused } = joinLanes(bytes(BASE), [
    lane('01', ['a.ts'], { ...BASE, 'a.ts': 'A', 'b.ts': 'B' }),
    lane('02', ['b.ts', 'c.ts'], { ...BASE, 'b.ts': 'B', 'c.ts': 'C' }),
    lane('03', ['a.ts', 'c.ts'], { ...BASE, 'a.ts': '!', 'c.ts': '!' }),
  ])
  expect(texts(files)).toEqual({ 'a.ts': 'a', 'b.ts': 'B', 'c.ts': 'C' })
  expect(joined).toEqual(['02'])
  expect(refused.map(({ name, reason }) => [name, reason.split(' ')[0]])).toEqual([
    ['01', 'b.ts:'],
    ['03', 'c.ts'],
  ])
})

test('lanes that share no file give the same whatever their order, at once or one by one', () => {
  const PATHS = ['a', 'b', 'c', 'd', 'e', 'f']
  const tree = fc.dictionary(fc.constantFrom(...PATHS), fc.constantFrom('1', '2', '3'))
  fc.assert(
    fc.property(tree, tree, tree, fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), (base, first, second, owners) => {
      const made = (name: string, isOwn: boolean, wish: Readonly<Record<string, string>>) => {
        const own = PATHS.filter((_, index) => owners[index] === isOwn)
        const entries = PATHS.flatMap((path) => {
          const text = own.includes(path) ? wish[path] : base[path]
          return text === undefined ? [] : [[path, text] as const]
        })
        return lane(name, own, Object.fromEntries(entries))
      }
      const [one, two] = [made('01', true, first), made('02', false, second)]
      const start = bytes(base)
      const { files, refused } = joinLanes(start, [one, two])
      expect(refused).toEqual([])
      expect(treeHash(joinLanes(start, [two, one]).files)).toBe(treeHash(files))
      expect(treeHash(withLane(one.files, start, two))).toBe(treeHash(files))
    }),
  )
})
