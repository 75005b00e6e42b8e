import { expect, test } from 'vitest'
import { compile } from '../compile.ts'

const bar = (id: string, y: number, scrollBehavior: string) => ({
  ...{ id, name: `Bar ${id}`, type: 'FRAME', absoluteBoundingBox: { x: 0, y, width: 390, height: 60 }, scrollBehavior, children: [] },
  fills: [{ type: 'SOLID', color: { r: 0, g: 0, b: 0, a: 1 } }],
})
const page = (children: object[], more: object = {}) => {
  const box = { x: 0, y: 0, width: 390, height: 844 }
  const root = { id: '1', name: 'Page', type: 'FRAME', clipsContent: true, absoluteBoundingBox: box, children, ...more }
  return compile({ roots: [root] }).files['src/pages/page.tsx'] ?? ''
}

test('a bar that stays while the page scrolls is fixed, one at the lower edge to that edge', () => {
  const code = page([bar('2', 0, 'FIXED'), bar('3', 784, 'FIXED'), bar('4', 300, 'SCROLLS')])
  expect(code).toMatch(/className="fixed [^"]*top-0[^"]*"/)
  expect(code).toMatch(/className="fixed [^"]*bottom-0[^"]*"/)
  expect(code.match(/className="fixed /g)).toHaveLength(2)
})

test('what sticks does so in its flow, and the page clips without becoming what it sticks to', () => {
  const code = page([bar('2', 0, 'STICKY_SCROLLS'), bar('3', 60, 'SCROLLS')], { layoutMode: 'VERTICAL' })
  expect(code).toMatch(/className="sticky [^"]*top-0/)
  expect(code).toMatch(/<main[^>]*overflow-clip/)
})
