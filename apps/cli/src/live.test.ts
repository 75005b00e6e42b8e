import fc from 'fast-check'
import { expect, test } from 'vitest'
import { eventData } from './live.ts'

async function* chunksOf(text: string, cuts: readonly number[]): AsyncGenerator<string> {
  const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b)
  let from = 0
  for (const place of [...places, text.length]) {
    yield text.slice(from, place)
    from = place
  }
}

const read = async (chunks: AsyncIterable<string>) => {
  const found: string[] = []
  for await (const data of eventData(chunks)) found.push(data)
  return found
}

test('messages arrive whole, wherever the network cuts the stream', async () => {
  const payload = fc.string().map((text) => JSON.stringify({ text }))
  await fc.assert(
    fc.asyncProperty(fc.array(payload), fc.array(fc.nat()), async (payloads, cuts) => {
      const stream = payloads.map((data, id) => `id: ${id}\ndata: ${data}\n\n`).join(': still here\n\n')
      expect(await read(chunksOf(stream, cuts))).toEqual(payloads)
    }),
  )
})

test('a message over several data lines is one text, and a message that was never finished is none', async () => {
  expect(await read(chunksOf('data: one\r\ndata: two\r\n\r\ndata: cut off', []))).toEqual(['one\ntwo'])
})
