import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lineSplitter, printable } from './printable.ts'

const linesOf = (pieces: readonly Uint8Array[]) => {
  const lines: string[] = []
  const splitter = lineSplitter((line) => lines.push(line))
  for (const piece of pieces) splitter.write(piece)
  splitter.end()
  return lines
}

test('lines do not depend on how the bytes were cut', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 30 })), fc.array(fc.nat()), (texts, cuts) => {
      const bytes = Buffer.from(texts.map((text) => `${text.replace(/[\r\n]/g, '')}\n`).join(''))
      const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b)
      const pieces = [...places, bytes.length].map((to, index) => bytes.subarray(places[index - 1] ?? 0, to))
      expect(linesOf(pieces)).toEqual(linesOf([bytes]))
    }),
  )
})

test('nothing that a terminal would obey is left, whatever was written', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
      expect(printable(text)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/)
    }),
  )
})

test('a line without end is cut into pieces instead of being kept', () => {
  const lines = linesOf([Buffer.alloc(50_000, 'x')])
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(8_192)
  expect(lines.join('')).toHaveLength(50_000)
})

test('a carriage return begins the line anew', () => {
  expect(linesOf([Buffer.from('10 %\r50 %\rdone\r\n')])).toEqual(['done'])
})
