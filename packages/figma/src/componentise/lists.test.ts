import { expect, test } from 'vitest'
import { compile } from '../compile.ts'

const box = (x: number, y: number, width: number, height: number) => ({ x, y, width, height })
const style = { fontFamily: 'Inter', fontWeight: 400, fontSize: 16, lineHeightPx: 24, lineHeightUnit: 'PIXELS', textAutoResize: 'NONE' }

/** Four uses of a component of that name, one under the other, each with a text of its own. */
function listNamed(name: string): string {
  const children = ['One', 'Two', 'Three', 'Four'].map((characters, index) => ({
    ...{ id: `2:${index}`, name, type: 'INSTANCE', componentId: '9:9', absoluteBoundingBox: box(0, index * 40, 200, 32) },
    children: [{ id: `I2:${index};9:1`, name: 'Title', type: 'TEXT', characters, style, absoluteBoundingBox: box(0, index * 40, 200, 24) }],
  }))
  const root = { id: '1:1', name: 'Home', type: 'FRAME', absoluteBoundingBox: box(0, 0, 200, 160), children }
  const page = compile({ roots: [root], components: { '9:9': { key: 'k', name, description: '' } } }).files['src/pages/home.tsx'] ?? ''
  return /const (\w+): /.exec(page)?.[1] ?? page
}

test.each([
  ['Card', 'cards'],
  ['Category', 'categories'],
  ['Day', 'days'],
  ['Box', 'boxes'],
  ['Chips', 'chipsList'],
  ['Button 2', 'button2List'],
])('uses of %s in a row are a list named %s', (name, list) => {
  expect(listNamed(name)).toBe(list)
})
