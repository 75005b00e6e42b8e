import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sideBySide } from './side-by-side.ts'

test('whoever is done first, items begin in their order, no more at once than allowed, and answers keep their places', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.nat(12), fc.integer({ min: 1, max: 5 }), async (scheduler, count, max) => {
      const items = Array.from({ length: count }, (_, index) => index)
      const begun: number[] = []
      let working = 0
      const all = sideBySide(items, max, async (item) => {
        begun.push(item)
        expect(++working).toBeLessThanOrEqual(max)
        await scheduler.schedule(Promise.resolve())
        working--
        return item * 2
      })
      await scheduler.waitFor(all)
      expect(await all).toEqual(items.map((item) => item * 2))
      expect(begun).toEqual(items)
    }),
  )
})

test('nothing goes on behind its end, and a failure keeps no other from being begun', async () => {
  const ended: string[] = []
  const all = sideBySide(['first', 'second', 'third'], 2, async (item) => {
    await Promise.resolve()
    ended.push(item)
    if (item !== 'third') throw new Error(item)
  })
  await expect(all).rejects.toThrow('first')
  expect(ended).toEqual(['first', 'second', 'third'])
})
