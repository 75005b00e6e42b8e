import { CHAT_IMAGE_BYTES_MAX } from '@slipway/domain'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pictureFault, toBase64 } from './pictures.svelte.ts'

test('what is no picture, or too large a one, is refused in words before it is sent', () => {
  const file = { name: 'plan.png', type: 'image/png', size: 10 }
  expect(pictureFault(file)).toBeUndefined()
  expect(pictureFault({ ...file, name: 'plan.svg', type: 'image/svg+xml' })).toBe('plan.svg is no PNG, JPEG, WebP or GIF.')
  expect(pictureFault({ ...file, size: CHAT_IMAGE_BYTES_MAX + 1 })).toBe('plan.png is larger than 5 MB.')
})

test('bytes of any length come through base64', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 400 }), (bytes, times) => {
      const all = new Uint8Array(bytes.length * times)
      for (let at = 0; at < times; at++) all.set(bytes, at * bytes.length)
      expect(Buffer.from(toBase64(all), 'base64').equals(Buffer.from(all))).toBe(true)
    }),
    { numRuns: 40 },
  )
})
