import { expect, test } from 'vitest'
import { compile } from '../compile.ts'

const style = { fontFamily: 'Inter', fontWeight: 400, lineHeightPx: 30, lineHeightUnit: 'PIXELS', textAutoResize: 'NONE' }
const box = (y: number, height: number) => ({ x: 0, y, width: 300, height })
const text = (id: string, characters: string, fontSize: number, y: number) => ({
  ...{ id, name: 'Text', type: 'TEXT', characters, style: { ...style, fontSize }, absoluteBoundingBox: box(y, 30) },
})
const frame = (id: string, name: string, y: number, children: object[], more: object = {}) => ({
  ...{ id, name, type: 'FRAME', absoluteBoundingBox: box(y, 90), children, ...more },
})
const page = (children: object[]) => compile({ roots: [frame('1:1', 'Start', 0, children)] }).html.files['start.html'] ?? ''
const body = 'Running text that is much longer than any heading of this page could ever be, so that its size is the common one.'

test('headings begin with the first level and leave none out', () => {
  const html = page([text('2', 'Small first', 20, 0), text('3', 'Huge', 40, 30), text('4', 'Middle', 30, 60), text('5', body, 14, 80)])
  expect([...html.matchAll(/<h(\d)/g)].map(([, level]) => level)).toEqual(['1', '1', '2'])
})

test('a page without headings is called what its frame is called, unseen', () => {
  expect(page([text('2', body, 14, 0)])).toMatch(/<h1 class="[^"]*">Start<\/h1>/)
})

test('two landmarks of a kind have names of their own', () => {
  const html = page([frame('2', 'Nav', 0, [text('3', 'a', 14, 0)]), frame('4', 'Nav', 90, [text('5', 'b', 14, 90)])])
  expect([...html.matchAll(/<nav[^>]*aria-label="([^"]*)"/g)].map(([, label]) => label)).toEqual(['nav', 'nav 2'])
})

test('a button without words is called what its layer is called; what scrolls is reached by keys', () => {
  const icon = { id: '3', name: 'Cross', type: 'RECTANGLE', absoluteBoundingBox: box(0, 20) }
  const html = page([
    frame('2', 'Close button', 0, [icon]),
    frame('4', 'List', 90, [text('5', body, 14, 90)], { overflowDirection: 'VERTICAL_SCROLLING' }),
  ])
  expect(html).toMatch(/<button[^>]*aria-label="close button"/)
  expect(html).toMatch(/<div[^>]*tabindex="0"/)
})
