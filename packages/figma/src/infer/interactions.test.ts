import { expect, test } from 'vitest'
import { compile } from '../compile.ts'

const box = (x: number, y: number, width: number, height: number) => ({ x, y, width, height })
const click = (action: object) => ({ interactions: [{ trigger: { type: 'ON_CLICK' }, actions: [action] }] })
const style = { fontFamily: 'Inter', fontWeight: 400, fontSize: 16, lineHeightPx: 24, lineHeightUnit: 'PIXELS', textAutoResize: 'NONE' }
const text = (id: string, characters: string, y: number, action: object) => ({
  ...{ id, name: characters, type: 'TEXT', characters, style, absoluteBoundingBox: box(20, y, 200, 24), ...click(action) },
})
const frame = (id: string, name: string, children: object[]) => ({
  ...{ id, name, type: 'FRAME', absoluteBoundingBox: box(0, 0, 390, 844), children },
})

const to = (destinationId: string, navigation: string) => ({ type: 'NODE', destinationId, navigation })
const home = frame('1:1', 'Home', [
  text('1:2', 'Settings', 20, to('1:9', 'NAVIGATE')),
  text('1:3', 'Docs', 60, { type: 'URL', url: 'https://example.com/docs', openUrlInNewTab: true }),
  text('1:4', 'Trap', 100, { type: 'URL', url: 'javascript:alert(1)' }),
  text('1:5', 'Open', 140, to('1:8', 'OVERLAY')),
  text('1:6', 'Down', 180, to('1:7', 'SCROLL_TO')),
  text('1:10', 'Back', 220, { type: 'BACK' }),
  { ...frame('1:7', 'Prices', []), absoluteBoundingBox: box(0, 600, 390, 100) },
])
const sheet = frame('1:8', 'Sheet', [text('1:11', 'Inside', 20, to('1:9', 'NAVIGATE'))])
const settings = frame('1:9', 'Settings', [])
const result = compile({ roots: [home, sheet, settings] })
const page = result.files['src/pages/home.tsx'] ?? ''

test('a click that navigates becomes a link to the other page, in both printers', () => {
  expect(page).toMatch(/<a href="\/settings"|<a\s+className="[^"]*"\s+href="\/settings"/)
  expect(result.html.files['home.html']).toContain('href="settings.html"')
})

test('addresses on the web become links, scripts do not', () => {
  expect(page).toContain('href="https://example.com/docs"')
  expect(page).toContain('rel="noopener"')
  expect(page).not.toContain('javascript:')
})

test('an overlay is a popover of the page, opened without a script', () => {
  expect(page).toContain('popoverTarget="at-1-8"')
  expect(page).toMatch(/popover="auto"[^>]*id="at-1-8"/)
  expect(page).toContain('Inside')
})

test('scrolling leads to an anchor; what needs a script is named in the report', () => {
  expect(page).toContain('href="#at-1-7"')
  expect(page).toContain('id="at-1-7"')
  expect(result.report.filter(({ code }) => code === 'INTERACTION').map(({ name }) => name)).toEqual(['Trap'])
  expect(page).toContain('onClick={() => history.back()}')
})
