/** What every object store must do; a driver's test is one call of this. */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ObjectStore } from '../stores.ts'

const text = (value: string) => new TextEncoder().encode(value)

/** @param make a fresh, empty store and the way to end it */
export function objectStoreContract(name: string, make: () => Promise<{ store: ObjectStore; end(): Promise<void> }>): void {
  describe(`${name}, as an object store,`, () => {
    let store: ObjectStore
    let end: () => Promise<void>
    beforeAll(async () => {
      const made = await make()
      store = made.store
      end = made.end
    })
    afterAll(() => end())

    test('is empty at first', async () => {
      expect(await store.list('')).toEqual([])
      expect(await store.list('no/such/place/')).toEqual([])
    })

    test.each([0, 1, 100_000])('gives back %i bytes as they were put, whole and streamed', async (length) => {
      const bytes = new Uint8Array(randomBytes(length))
      await store.put(`sizes/${length}.bin`, bytes)
      expect(Buffer.from(await store.get(`sizes/${length}.bin`)).equals(bytes)).toBe(true)
      const { body, sizeBytes } = await store.stream(`sizes/${length}.bin`)
      expect(sizeBytes).toBe(length)
      expect(Buffer.from(await new Response(body).arrayBuffer()).equals(bytes)).toBe(true)
    })

    test('keeps keys with spaces, plus, percent, umlauts and dots', async () => {
      const keys = ['odd/a b+c.txt', 'odd/100%25.txt', 'odd/grüße.md', 'odd/.hidden', 'odd/a&b=c?d#e.txt', "odd/it's (one).txt"]
      for (const key of keys) await store.put(key, text(key))
      for (const key of keys) expect(new TextDecoder().decode(await store.get(key))).toBe(key)
      expect(await store.list('odd/')).toEqual([...keys].sort())
    })

    test('holds a key and another below it', async () => {
      await store.put('tree/a', text('leaf'))
      await store.put('tree/a/b', text('below'))
      expect(await store.list('tree/')).toEqual(['tree/a', 'tree/a/b'])
      expect(Buffer.from(await store.get('tree/a')).toString()).toBe('leaf')
    })

    test('lists by prefix, sorted, not by folder', async () => {
      for (const key of ['list/b', 'list/a/2', 'list/a/1', 'list/ab']) await store.put(key, text(key))
      expect(await store.list('list/')).toEqual(['list/a/1', 'list/a/2', 'list/ab', 'list/b'])
      expect(await store.list('list/a')).toEqual(['list/a/1', 'list/a/2', 'list/ab'])
      expect(await store.list('list/a/')).toEqual(['list/a/1', 'list/a/2'])
    })

    test('says what is missing, and has it not', async () => {
      await expect(store.get('gone')).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND', detail: { key: 'gone' } })
      await expect(store.stream('gone/too')).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' })
      expect(await store.has('gone')).toBe(false)
    })

    test('removes, also what is not there', async () => {
      await store.put('short', text('x'))
      expect(await store.has('short')).toBe(true)
      await store.remove('short')
      await store.remove('short')
      expect(await store.has('short')).toBe(false)
    })

    test('replaces', async () => {
      await store.put('swap', text('old and longer'))
      await store.put('swap', text('new'))
      expect(Buffer.from(await store.get('swap')).toString()).toBe('new')
    })

    test.each(['../outside', '/etc/passwd', 'a//b', 'a/../../b', '.', 'a/./b', '', 'a\\b', 'nul\0'])(
      'refuses the key "%s"',
      async (key) => {
        const refused = { code: 'INPUT_INVALID' }
        await expect(store.put(key, text('x'))).rejects.toMatchObject(refused)
        await expect(store.get(key)).rejects.toMatchObject(refused)
        await expect(store.stream(key)).rejects.toMatchObject(refused)
        await expect(store.has(key)).rejects.toMatchObject(refused)
        await expect(store.remove(key)).rejects.toMatchObject(refused)
      },
    )
  })
}
