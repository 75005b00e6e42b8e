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

test('a group that is clicked is a link around what it groups', () => {
  const inside = { ...text('2:3', 'Account', 300, {}), interactions: [] }
  const group = { ...{ id: '2:2', name: 'Row', type: 'GROUP', absoluteBoundingBox: inside.absoluteBoundingBox, children: [inside] } }
  // What is blended keeps its frame from being a column.
  const under = { ...frame('2:4', 'Under', []), absoluteBoundingBox: box(0, 290, 390, 44), blendMode: 'MULTIPLY' }
  const pageWith = (row: object) => compile({ roots: [frame('2:1', 'Start', [under, row]), settings] }).files['src/pages/start.tsx'] ?? ''
  expect(pageWith({ ...group, ...click(to('1:9', 'NAVIGATE')) })).toMatch(/href="\/settings"[\s\S]*Account[\s\S]*<\/a>/)
  expect(pageWith(group)).not.toContain('<a')
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

test('what leads somewhere is not lost behind what else a click or a finger does; the rest is named', () => {
  const pressed = { trigger: { type: 'ON_PRESS' }, actions: [{ type: 'NODE', destinationId: '7:7', navigation: 'CHANGE_TO' }] }
  const clicked = { trigger: { type: 'ON_CLICK' }, actions: [{ type: 'SET_VARIABLE' }, to('1:9', 'NAVIGATE')] }
  const hovered = { trigger: { type: 'ON_HOVER' }, actions: [to('1:8', 'OVERLAY')] }
  const link = { ...text('1:2', 'Go', 20, {}), interactions: [pressed, clicked] }
  const hint = { ...text('1:3', 'Hint', 60, {}), interactions: [hovered] }
  const result = compile({ roots: [frame('1:1', 'Home', [link, hint]), sheet, settings] })
  expect(result.files['src/pages/home.tsx']).toContain('href="/settings"')
  expect(result.report.map(({ name, message }) => `${name}: ${message}`)).toEqual([
    'Go: The change of variant on pressing is left out: that variant is not in the design.',
    'Hint: What hovering does here ("overlay") needs a script; it was left out.',
  ])
})
