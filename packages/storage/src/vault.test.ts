import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createVault, loadVaultKey } from './vault.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-vault-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const key = new Uint8Array(32).fill(3)
const vault = createVault(key)
const broken = expect.objectContaining({ code: 'VAULT_SEAL_BROKEN' })
const text = fc.string({ unit: 'grapheme', maxLength: 200 })

/** What opening throws, or undefined. */
const fault = (open: () => unknown) => {
  try {
    open()
    return undefined
  } catch (error) {
    return error
  }
}

test('what was sealed opens again, and never looks the same twice', () => {
  fc.assert(
    fc.property(text, text, (plain, context) => {
      const [one, two] = [vault.seal(plain, context), vault.seal(plain, context)]
      expect(vault.open(one, context)).toBe(plain)
      expect(Buffer.from(one).equals(two)).toBe(false)
    }),
  )
})

test('one changed bit anywhere breaks the seal', () => {
  fc.assert(
    fc.property(text, fc.nat(), fc.integer({ min: 0, max: 7 }), (plain, place, bit) => {
      const sealed = vault.seal(plain, 'org')
      const index = place % sealed.length
      sealed[index] = (sealed[index] ?? 0) ^ (1 << bit)
      expect(fault(() => vault.open(sealed, 'org'))).toEqual(broken)
    }),
    { numRuns: 500 },
  )
})

test('a seal that is cut short or grown breaks', () => {
  const sealed = vault.seal('secret', 'org')
  for (let length = 0; length < sealed.length; length++) expect(fault(() => vault.open(sealed.subarray(0, length), 'org'))).toEqual(broken)
  expect(fault(() => vault.open(Buffer.concat([sealed, Buffer.of(0)]), 'org'))).toEqual(broken)
})

test('neither another owner nor another key opens it', () => {
  fc.assert(
    fc.property(text, text, text, (plain, context, other) => {
      fc.pre(context !== other)
      const sealed = vault.seal(plain, context)
      expect(fault(() => vault.open(sealed, other))).toEqual(broken)
      expect(fault(() => createVault(new Uint8Array(32).fill(4)).open(sealed, context))).toEqual(broken)
    }),
  )
})

test('parts of two seals do not make a third', () => {
  const [one, two] = [vault.seal('first', 'org'), vault.seal('other', 'org')]
  for (let cut = 1; cut < one.length; cut++) {
    const mixed = Buffer.concat([one.subarray(0, cut), two.subarray(cut)])
    const opened = fault(() => vault.open(mixed, 'org'))
    // Within the header both are alike.
    if (cut > 9) expect(opened).toEqual(broken)
  }
})

test('the key file is made once, for its owner only, whoever comes first', async () => {
  const path = join(folder, 'deep', 'vault.key')
  const keys = await Promise.all(Array.from({ length: 10 }, () => loadVaultKey(path)))
  expect(new Set(keys.map((one) => Buffer.from(one).toString('hex'))).size).toBe(1)
  expect(keys[0]).toHaveLength(32)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
})

test('a key file that holds no key is not replaced by a new one', async () => {
  const path = join(folder, 'torn.key')
  await writeFile(path, 'abc')
  await expect(loadVaultKey(path)).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
})
