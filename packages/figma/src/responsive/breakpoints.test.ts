import { expect, test } from 'vitest'
import { compile } from '../compile.ts'

const style = { fontFamily: 'Inter', fontWeight: 400, fontSize: 16, lineHeightPx: 24, lineHeightUnit: 'PIXELS', textAutoResize: 'NONE' }
const text = (id: string, name: string, characters: string, fontSize: number) => ({
  ...{ id, name, type: 'TEXT', characters, style: { ...style, fontSize } },
  absoluteBoundingBox: { x: 16, y: 16, width: 200, height: 24 },
  ...{ layoutSizingHorizontal: 'FIXED', layoutSizingVertical: 'FIXED' },
})
const frame = (id: string, name: string, width: number, layoutMode: string, children: object[]) => ({
  ...{ id, name, type: 'FRAME', layoutMode, itemSpacing: 8, children, absoluteBoundingBox: { x: 0, y: 0, width, height: 800 } },
})
const mobile = frame('1:1', 'Home / Mobile', 390, 'VERTICAL', [text('1:2', 'Title', 'Welcome', 24), text('1:3', 'Menu', 'Menu', 16)])
const desktop = frame('1:4', 'Home / Desktop', 1440, 'HORIZONTAL', [
  text('1:5', 'Title', 'Welcome', 48),
  text('1:6', 'Aside', 'Only here', 16),
])
const result = compile({ roots: [desktop, mobile] })
const page = result.files['src/pages/home.tsx'] ?? ''

test('frames that are breakpoints of one screen become one page', () => {
  expect(result.pages.map(({ file, nodeId }) => [file, nodeId])).toEqual([['src/pages/home.tsx', '1:4']])
  expect(page.match(/Welcome/g)).toHaveLength(1)
  expect(page).toMatch(/className="[^"]*max-md:flex-col/)
})

test('what is there at one width alone is hidden at the others', () => {
  expect(page).toMatch(/className="[^"]*md:hidden[^"]*"[^>]*>\s*Menu/)
  expect(page).toMatch(/className="[^"]*max-md:hidden[^"]*"[^>]*>\s*Only here/)
})

test('the HTML says the same in media queries', () => {
  expect(result.html.files['home.html']?.match(/Welcome/g)).toHaveLength(1)
  expect(result.html.files['styles.css']).toMatch(/@media \(width < 768px\) \{\n {4}/)
})

test('frames without auto layout share their layers at every width, in rows and columns where both stand alike', () => {
  const placed = (id: string, name: string, x: number, y: number) => ({
    ...text(id, name, name, 16),
    absoluteBoundingBox: { x, y, width: 100, height: 24 },
  })
  const free = (id: string, name: string, width: number, children: object[]) => ({ ...frame(id, name, width, 'NONE', children) })
  const narrow = free('2:1', 'Shop / Mobile', 390, [placed('2:2', 'Title', 16, 16), placed('2:3', 'Offer', 16, 60)])
  const apart = free('2:4', 'Shop / Desktop', 1440, [placed('2:5', 'Title', 80, 16), placed('2:6', 'Offer', 600, 16)])
  const alike = free('2:7', 'Shop / Desktop', 1440, [placed('2:8', 'Title', 80, 16), placed('2:9', 'Offer', 80, 80)])
  const codeOf = (wide: Readonly<Record<string, unknown>>) => compile({ roots: [wide, narrow] }).files['src/pages/shop.tsx'] ?? ''
  expect(codeOf(alike)).toMatch(/<main className="[^"]* flex flex-col [^"]*">/)
  for (const wide of [alike, apart]) expect(codeOf(wide).match(/Offer/g)).toHaveLength(1)
})

test('frames of other screens, or of the same width, stay pages of their own', () => {
  const other = frame('1:7', 'Profile / Mobile', 390, 'VERTICAL', [])
  const twin = frame('1:8', 'Home / Mobile', 400, 'VERTICAL', [])
  expect(compile({ roots: [mobile, other] }).pages).toHaveLength(2)
  expect(compile({ roots: [mobile, twin] }).pages).toHaveLength(2)
})
