import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { objectStoreContract } from '../testing/object-store-contract.ts'
import { folderObjects } from './folder.ts'

const newFolder = () => mkdtemp(join(tmpdir(), 'slipway-objects-'))

objectStoreContract('a folder', async () => {
  const folder = await newFolder()
  return { store: folderObjects(join(folder, 'made/later')), end: () => rm(folder, { recursive: true, force: true }) }
})

test('what a killed put left behind is not listed, and a finished put leaves nothing', async () => {
  const folder = await newFolder()
  const store = folderObjects(folder)
  await store.put('a', new Uint8Array(3))
  expect(await readdir(join(folder, 'drafts'))).toEqual([])
  await writeFile(join(folder, 'drafts', 'left'), 'half')
  expect(await store.list('')).toEqual(['a'])
  await rm(folder, { recursive: true, force: true })
})

test('a reader gets the old or the new object, never a mixture', async () => {
  const folder = await newFolder()
  const store = folderObjects(folder)
  await store.put('swap', Buffer.from('o'.repeat(500_000)))
  const swaps = Array.from({ length: 10 }, (_, round) => store.put('swap', Buffer.from((round % 2 ? 'o' : 'n').repeat(500_000))))
  const reads = Array.from({ length: 20 }, () => store.get('swap'))
  for (const bytes of await Promise.all(reads)) expect([bytes.length, new Set(bytes).size]).toEqual([500_000, 1])
  await Promise.all(swaps)
  await rm(folder, { recursive: true, force: true })
})
