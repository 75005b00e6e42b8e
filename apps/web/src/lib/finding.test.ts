import { FeatureSummary } from '@slipway/domain'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FakeWorkspace } from '../testing/fake-workspace.ts'
import { type Folder, fileSize, treeOf } from './code-tree.ts'
import { DEVICES, scaleToFit } from './device-frame.ts'
import { paletteEntries, searchEntries } from './palette-entries.ts'
import { downloadPath } from './paths.ts'

const filesOf = (folder: Folder): string[] => [...folder.folders.flatMap(filesOf), ...folder.files.map((file) => file.path)]

test('a tree holds every path once, folders before files, lonely folders joined', () => {
  const tree = treeOf(['web/pages/a.tsx', 'README.md', 'web/pages/b.tsx', 'server/db.ts'])
  expect(tree.folders.map((folder) => folder.name)).toEqual(['server', 'web/pages'])
  expect(tree.files.map((file) => file.name)).toEqual(['README.md'])
  const part = fc.stringMatching(/^[a-c]$/)
  fc.assert(
    fc.property(fc.uniqueArray(fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => `${parts.join('/')}.ts`)), (paths) => {
      expect(filesOf(treeOf(paths)).sort()).toEqual([...paths].sort())
    }),
  )
})

test('sizes are told as people read them', () => {
  expect([fileSize(812), fileSize(14_200), fileSize(1_234_567)]).toEqual(['812 B', '14 kB', '1,235 kB'])
})

test('a device is shown whole and never larger than life', () => {
  expect(scaleToFit(DEVICES.phone, { width: 1000, height: 422 })).toBe(0.5)
  expect(scaleToFit(DEVICES.phone, { width: 4000, height: 4000 })).toBe(1)
  expect(scaleToFit(DEVICES.phone, { width: -20, height: 0 })).toBe(1)
})

test('the palette finds features by their words, and what begins with them first', () => {
  const workspace = new FakeWorkspace()
  const titles = ['Parking rota', 'Room bookings']
  const all = titles.map((title) =>
    FeatureSummary.parse({ ...workspace.featureAt('drafting', title), projectName: title, latestJob: null }),
  )
  const find = (words: string) => searchEntries(paletteEntries(all, undefined), words).map((entry) => entry.label)
  expect(find('book')).toEqual(['Room bookings'])
  expect(find('brief rota')).toEqual(['Parking rota'])
  expect(find('set')[0]).toBe('Settings')
  expect(find('nothing of the kind')).toEqual([])
  expect(searchEntries(paletteEntries(all, all[0]), 'spec')[0]?.does).toEqual({ kind: 'go', href: `/features/${all[0]?.id}/spec` })
})

test('a download names its version', () => {
  expect(downloadPath('abc')).toBe('/api/features/abc/download')
  expect(downloadPath('abc', 'build_v0_2')).toBe('/api/features/abc/download?version=build_v0_2')
})
