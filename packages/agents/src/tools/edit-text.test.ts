import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { editText } from './edit-text.ts'
import { placeholderIn } from './placeholder.ts'

const FILE = `export function total(items: Item[]): number {
  let sum = 0
  for (const item of items) {
    if (item.price > 0) {
      sum += item.price
    }
  }
  return sum
}

export const label = "total"
`

const edited = (text: string, old: string, fresh: string) => {
  const result = editText(text, [{ old, new: fresh }])
  if (result.kind === 'fault') throw new Error(result.fault)
  return result
}

describe('what models get wrong in white space is forgiven', () => {
  test.each([
    ['trailing blanks', '  let sum = 0   \n  for (const item of items) {  ', 'normalised'],
    ['typographic quotes', 'export const label = “total”', 'normalised'],
    ['Windows line ends', '  let sum = 0\r\n  for (const item of items) {', 'normalised'],
    ['lost indentation', 'let sum = 0\nfor (const item of items) {', 'indentation'],
  ])('%s', (_, old, how) => {
    expect(edited(FILE, old, 'REPLACED').how).toBe(how)
  })

  test('new lines get the indentation of the file', () => {
    const { text } = edited(
      FILE,
      'if (item.price > 0) {\n  sum += item.price\n}',
      'if (item.price > 0) {\n  sum += item.price\n  count++\n}',
    )
    expect(text).toContain('    if (item.price > 0) {\n      sum += item.price\n      count++\n    }\n')
  })

  test('a file with tabs keeps its tabs', () => {
    const tabs = FILE.replaceAll('  ', '\t')
    const { text } = edited(
      tabs,
      '    if (item.price > 0) {\n      sum += item.price\n    }',
      '    if (item.price > 0) {\n      sum += item.price\n      count++\n    }',
    )
    expect(text).toContain('\t\tif (item.price > 0) {\n\t\t\tsum += item.price\n\t\t\tcount++\n\t\t}\n')
    expect(text).not.toContain(' count')
  })

  test('a file with Windows line ends keeps them', () => {
    const windows = FILE.replaceAll('\n', '\r\n')
    const { text } = edited(
      windows,
      '  let sum = 0\n  for (const item of items) {',
      '  let sum = 0\n  let count = 0\n  for (const item of items) {',
    )
    expect(text).toBe(windows.replace('let sum = 0\r\n', 'let sum = 0\r\n  let count = 0\r\n'))
  })
})

describe('what is not certain is not done', () => {
  test('an ambiguous text is refused with its lines', () => {
    const result = editText('a()\nb()\na()\n', [{ old: 'a()', new: 'c()' }])
    expect(result).toMatchObject({ kind: 'fault', fault: expect.stringContaining('2 times, at lines 1, 3') })
    expect(editText('a()\nb()\na()\n', [{ old: 'a()', new: 'c()', all: true }])).toMatchObject({ text: 'c()\nb()\nc()\n' })
  })

  test('a line that was left out is no match: nothing is lost, the nearest place is shown', () => {
    const result = editText(FILE, [{ old: '  let sum = 0\n    if (item.price > 0) {\n      sum += item.price', new: 'x' }])
    expect(result).toMatchObject({ kind: 'fault', fault: expect.stringContaining('2\t  let sum = 0') })
  })

  test('of several edits all are applied, or none', () => {
    const result = editText(FILE, [
      { old: 'let sum = 0', new: 'let sum = 1' },
      { old: 'not there', new: 'x' },
    ])
    expect(result).toMatchObject({ kind: 'fault', fault: expect.stringContaining('Edit 2 of 2') })
  })

  test.each([
    ['', 'x'],
    ['let sum = 0', 'let sum = 0'],
    ['   \n  ', 'x'],
  ])('%j to %j is refused', (old, fresh) => {
    expect(editText(FILE, [{ old, new: fresh }]).kind).toBe('fault')
  })
})

const line = fc.stringMatching(/^ {0,6}[a-z]{2,8}\([a-z]{0,3}\)$/)
const lines = fc.uniqueArray(line, { minLength: 4, maxLength: 25, selector: (text) => text.trim() })
const cut = fc.record({ lines, at: fc.nat({ max: 20 }), length: fc.integer({ min: 1, max: 4 }) })

describe('for every file and every unique part of it', () => {
  test('an exact edit changes that part and nothing else', () => {
    fc.assert(
      fc.property(cut, ({ lines: all, at, length }) => {
        const start = at % all.length
        const part = all.slice(start, start + length)
        const result = editText(all.join('\n'), [{ old: part.join('\n'), new: 'NEW' }])
        if (result.kind === 'fault') return expect(result.fault).toContain('times')
        expect(result.text.replace('NEW', part.join('\n'))).toBe(all.join('\n'))
      }),
    )
  })

  test('an edit with damaged white space changes the same lines as the exact one, or none', () => {
    const damage = fc.constantFrom<(text: string) => string>(
      (text) => `${text}  `,
      (text) => `${text}\r`,
      (text) => text.trim(),
      (text) => `    ${text}`,
    )
    fc.assert(
      fc.property(cut, damage, ({ lines: all, at, length }, hurt) => {
        const start = at % all.length
        const part = all.slice(start, start + length)
        const result = editText(all.join('\n'), [{ old: part.map(hurt).join('\n'), new: 'NEW(zz)' }])
        if (result.kind === 'fault') return
        const after = result.text.split('\n')
        const isInside = part.length === 1 && part[0]?.includes(hurt(part[0] as string))
        if (isInside) return
        expect(after.slice(0, start)).toEqual(all.slice(0, start))
        expect(after.slice(start + 1)).toEqual(all.slice(start + part.length))
      }),
    )
  })

  test('no text makes it throw', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (text, old, fresh) => {
        expect(['edited', 'fault']).toContain(editText(text, [{ old, new: fresh }]).kind)
      }),
    )
  })
})

describe('placeholders', () => {
  test.each([
    '// ... rest of the code unchanged',
    '  // … existing imports',
    '{/* rest of component stays the same */}',
    '# ... remaining functions',
    '/* existing code here */',
    '<!-- ... other sections ... -->',
    'const a = 1 // ... rest of file',
    '// your implementation goes here',
    '// TODO: implement this',
    '...',
  ])('%s is one', (text) => {
    expect(placeholderIn(`const x = 1\n${text}\n`, '')).not.toBeNull()
  })

  test.each([
    'const all = [...rest, ...existing]',
    '// the rest of the week is closed',
    'return { ...state, code: "unchanged" }',
    '// Keep in sync with the server.',
    "throw new Error('existing code')",
    '/* reads the remaining bytes */',
    'const url = "https://example.org/rest"',
  ])('%s is none', (text) => {
    expect(placeholderIn(`const x = 1\n${text}\n`, '')).toBeNull()
  })

  test('one that was there before is not the model’s', () => {
    expect(placeholderIn('// ... rest of the file\nnew()\n', '  // ... rest of the file\n')).toBeNull()
  })
})
