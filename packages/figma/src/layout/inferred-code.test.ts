import { expect, test } from 'vitest'
import { compile } from '../compile.ts'

const fills = [{ type: 'SOLID', color: { r: 0.2, g: 0.4, b: 0.6, a: 1 } }]
const style = { fontFamily: 'Inter', fontWeight: 400, fontSize: 14, lineHeightPx: 20, lineHeightUnit: 'PIXELS', textAutoResize: 'NONE' }
const at = (x: number, y: number, width: number, height: number) => ({ absoluteBoundingBox: { x, y, width, height } })
let id = 0
const shape = (x: number, y: number, width: number, height: number, more: object = {}) => ({
  ...{ id: `2:${id++}`, name: 'Shape', type: 'RECTANGLE', fills, ...at(x, y, width, height), ...more },
})
const text = (characters: string, x: number, y: number, width: number, more: object = {}) =>
  shape(x, y, width, 20, { name: 'Text', type: 'TEXT', characters, style, ...more })
const group = (name: string, box: readonly [number, number, number, number], children: object[]) => ({
  ...{ id: `3:${id++}`, name, type: 'GROUP', ...at(...box), children },
})
const page = (children: object[]) => {
  const root = { id: '1:1', name: 'Page', type: 'FRAME', clipsContent: true, ...at(0, 0, 400, 800), children }
  return compile({ roots: [root] }).files['src/pages/page.tsx'] ?? ''
}

test('layers under each other are a column with the gap they keep, and nothing is absolute', () => {
  const code = page([text('One', 24, 40, 100), text('Two', 24, 72, 100), text('Three', 24, 104, 100)])
  expect(code).toMatch(/<main className="[^"]*flex flex-col gap-3 pt-10 pl-6/)
  // The heading that nobody sees is all there is.
  expect(code.match(/absolute/g)).toHaveLength(1)
})

test('a shape holds what lies on it, in its middle where it stands there', () => {
  const code = page([shape(24, 40, 120, 40), text('Go', 64, 50, 40)])
  expect(code).toMatch(/<div className="w-30 h-10 flex flex-col justify-center items-center [^"]*bg-[^"]*">\s*<p[^>]*>\s*Go/)
})

test('rows whose boxes stand under each other are a grid', () => {
  const cells = [0, 1, 2, 3, 4, 5].map((index) => shape(20 + (index % 3) * 120, 100 + Math.floor(index / 3) * 90, 100, 70))
  const code = page([text('Title', 20, 40, 200), ...cells])
  expect(code).toMatch(/<div className="[^"]*grid grid-cols-3 gap-5/)
})

test('two things at the ends of a row are pushed apart', () => {
  const code = page([text('Name', 20, 40, 60), text('Price', 320, 40, 60), text('More', 20, 100, 60)])
  expect(code).toMatch(/<div className="w-90 flex justify-between">/)
})

test('what lies partly on others is laid under or over them, as it was painted', () => {
  const words = [text('One', 24, 40, 100), text('Two', 24, 72, 100)]
  expect(page([shape(60, 30, 300, 50, { name: 'Stain' }), ...words])).toMatch(
    /<main className="[^"]*isolate[^"]*">[\s\S]*<div className="absolute [^"]*-z-1"[\s\S]*One/,
  )
  const over = page([...words, shape(60, 30, 300, 50, { name: 'Stain' })])
  expect(over).not.toContain('-z-1')
  expect(over.lastIndexOf('absolute ')).toBeGreaterThan(over.indexOf('Two'))
})

test('a group stays together, unless a larger one stands among its layers', () => {
  const pair = group('Pair', [20, 40, 360, 26], [text('Left', 20, 40, 60), text('Right', 320, 46, 60)])
  const three = group('Three', [100, 40, 200, 20], [text('One', 100, 40, 60), text('Two', 170, 40, 60), text('Three', 240, 40, 60)])
  const below = text('Below', 20, 120, 60)
  expect(page([pair, below])).toMatch(/<div className="w-90 h-6.5 flex justify-between">/)
  const mixed = page([pair, three, below])
  expect(mixed).toMatch(/Left[\s\S]*<div className="w-50 h-5 [^"]*flex[\s\S]*One[\s\S]*Two[\s\S]*Three[\s\S]*Right[\s\S]*Below/)
})

test('on a page, what keeps to both edges is as wide as the page, what keeps to shares takes shares', () => {
  const pinned = (y: number, horizontal: string) => shape(40, y, 320, 50, { constraints: { horizontal, vertical: 'TOP' } })
  const code = page([pinned(20, 'LEFT_RIGHT'), pinned(100, 'SCALE'), pinned(180, 'LEFT')])
  expect(code).toContain('mx-10')
  expect(code).toContain('w-320/400')
  expect(code).toContain('w-80')
})

test('a page is not longer than its frame for something that hangs out of it', () => {
  expect(page([shape(20, 20, 100, 100), shape(20, 700, 360, 160)])).toContain('-mb-15')
})
