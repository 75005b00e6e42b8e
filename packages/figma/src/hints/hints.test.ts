import fc from 'fast-check'
import { format } from 'prettier'
import { expect, test } from 'vitest'
import { compile } from '../compile.ts'
import { anyDesign } from '../testing/any-design.ts'
import { withHints } from '../testing/any-hints.ts'
import { hostileFaults } from '../testing/hostile-output.ts'
import { renderCode } from '../testing/render-code.ts'
import { outlineDesign } from './outline-design.ts'

const style = { fontFamily: 'Inter', fontWeight: 400, fontSize: 16, lineHeightPx: 24, lineHeightUnit: 'PIXELS', textAutoResize: 'HEIGHT' }
const text = (id: string, name: string, characters: string) => ({
  ...{ id, name, type: 'TEXT', characters, style, layoutSizingHorizontal: 'FIXED', layoutSizingVertical: 'HUG' },
  absoluteBoundingBox: { x: 0, y: 0, width: 200, height: 24 },
})
const frame = (id: string, name: string, children: object[]) => ({
  ...{ id, name, type: 'FRAME', layoutMode: 'VERTICAL', children, absoluteBoundingBox: { x: 0, y: 0, width: 200, height: 72 } },
})
const row = (id: string, title: string, line: string) =>
  frame(id, 'Frame 12', [text(`${id}1`, 'Text', title), text(`${id}2`, 'Text', line)])
const picture = { id: '5:1', name: 'Rectangle 4', type: 'RECTANGLE', absoluteBoundingBox: { x: 0, y: 0, width: 200, height: 100 } }
const rows = frame('3:0', 'Frame 9', [row('3:1', 'Mon', 'Closed'), row('3:2', 'Tue', 'Ten to five'), row('3:3', 'Wed', 'Ten to six')])
const fills = [{ type: 'IMAGE', scaleMode: 'FILL', imageRef: 'room' }]
const root = frame('1:1', 'Frame 427318', [
  text('1:2', 'Text 1', 'When we are open'),
  rows,
  { ...picture, fills },
  frame('1:9', 'Frame 3', [text('1:91', 'Text', 'Call')]),
])
const bundle = { roots: [root], images: { room: { href: 'https://pictures.example/room.png' } } }
const GOOD = {
  pages: [{ nodeId: '1:1', name: 'Opening hours' }],
  components: [
    {
      nodeId: '3:2',
      name: 'Day row',
      props: [
        { from: 'label', to: 'day' },
        { from: 'label2', to: 'hours' },
      ],
    },
  ],
  elements: [
    { nodeId: '1:2', as: 'h1' },
    { nodeId: '3:0', as: 'list' },
    { nodeId: '3:11', as: 'h2' },
    { nodeId: '5:1', label: 'Our dining "room"' },
    { nodeId: '1:9', as: 'button' },
  ],
}

test('names, headings, lists, buttons and pictures are called what was proposed; what looks alike follows', () => {
  const result = compile(bundle, { hints: GOOD })
  expect(result.hints).toEqual({ used: 7, faults: [] })
  expect(result.pages[0]?.file).toBe('src/pages/opening-hours.tsx')
  const page = result.files['src/pages/opening-hours.tsx'] ?? ''
  expect(page).toContain('export function OpeningHours() {')
  expect(page).toContain('{ day: "Mon", hours: "Closed" }')
  expect(page).toMatch(/<h1[^>]*>\s*When we are open\s*<\/h1>/)
  expect(page).toMatch(/<ul[^>]*>\s*\{dayRows\.map/)
  expect(page).toContain(`alt='Our dining "room"'`)
  expect(page).toMatch(/<button[^>]*type="button"/)
  const row = result.files['src/components/day-row.tsx'] ?? ''
  expect(row).toContain('export function DayRow({ day, hours }: DayRowProps)')
  expect(row).toMatch(/<li[\s\S]*<h2[^>]*>\{day\}<\/h2>/)
  expect(result.html.files['opening-hours.html']).toContain('alt="Our dining &quot;room&quot;"')
})

test('the outline tells each kind of thing once, under the names and ids that hints go by', () => {
  const outline = outlineDesign(bundle)
  expect(outline.pages).toEqual([{ nodeId: '1:1', name: 'Frame427318', frame: 'Frame 427318' }])
  expect(outline.components).toMatchObject([
    { nodeId: '3:1', uses: 3, props: [{ name: 'label', values: ['Mon', 'Tue', 'Wed'] }, { name: 'label2' }] },
  ])
  expect(outline.elements.map(({ nodeId, count }) => [nodeId, count])).toEqual([
    ['1:2', undefined],
    ['3:0', undefined],
    ['3:1', 3],
    ['3:11', 3],
    ['3:12', 3],
    ['5:1', undefined],
    ['1:9', undefined],
    ['1:91', undefined],
  ])
})

test.each([
  ['no such layer', { elements: [{ nodeId: '9:9', as: 'h1' }] }, 'no such layer'],
  ['a box is no heading', { elements: [{ nodeId: '3:0', as: 'h1' }] }, 'A box is no text'],
  ['a text is no landmark', { elements: [{ nodeId: '1:2', as: 'nav' }] }, 'A text is a heading or running text'],
  [
    'texts beside boxes are no list',
    {
      elements: [
        { nodeId: '1:9', as: 'button' },
        { nodeId: '1:91', as: 'h2' },
      ],
    },
    'Inside a button',
  ],
  [
    'two hints for one thing',
    {
      elements: [
        { nodeId: '3:11', as: 'h2' },
        { nodeId: '3:21', as: 'h3' },
      ],
    },
    'Another hint',
  ],
  ['no such prop', { components: [{ nodeId: '3:1', props: [{ from: 'price', to: 'cost' }] }] }, 'no prop "price"'],
  ['a picture is no button', { elements: [{ nodeId: '5:1', as: 'button' }] }, 'can only be given a name'],
  ['something else than hints', { elements: 'all of them' }, 'cannot be read'],
])('what does not fit is named and left out: %s', (_, hints, message) => {
  const result = compile(bundle, { hints })
  expect(result.hints.faults.map((fault) => fault.message).join()).toContain(message)
})

test('without any that fits, the output is that of no hints at all, byte for byte', () => {
  for (const hints of [{}, { pages: [{ nodeId: '9:9', name: 'X' }] }, null, 7, [GOOD]])
    expect(compile(bundle, { hints }).files).toEqual(compile(bundle).files)
})

const anyHinted = anyDesign.chain(withHints)

test('whatever is proposed, the code is the compiler’s own: escaped, as prettier prints it, and the same page with and without components', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(anyHinted, async ({ bundle, hints }) => {
      const result = compile(bundle, { hints, nodeIds: true })
      expect(hostileFaults(result)).toEqual([])
      for (const [path, code] of Object.entries(result.files)) expect(code).toBe(await format(code, { filepath: path }))
      const whole = compile(bundle, { hints, nodeIds: true, components: false })
      const shown = async ({ files, pages }: typeof result) =>
        (
          await renderCode(
            files,
            pages.map(({ file }) => file),
          )
        ).map(ids)
      expect(await shown(result)).toEqual(await shown(whole))
    }),
    { numRuns: 60 },
  )
})

/** Which element stands for which layer, in order. */
const ids = (html: string) => [...html.matchAll(/<(\w+)[^>]*? data-node-id="([^"]*)"/g)].map(([, tag, id]) => `${tag} ${id}`)
