/** A design whose layers are called as designers leave them, and what a model may make of that. */

type Fields = Record<string, unknown>

const style = { fontFamily: 'Arial', fontWeight: 400, fontSize: 16, lineHeightPx: 24, lineHeightUnit: 'PIXELS', textAutoResize: 'NONE' }
const fills = [{ type: 'SOLID', blendMode: 'NORMAL', color: { r: 0.1, g: 0.1, b: 0.1, a: 1 } }]
const box = (x: number, y: number, width: number, height: number) => ({ absoluteBoundingBox: { x, y, width, height } })
const fixed = { layoutSizingHorizontal: 'FIXED', layoutSizingVertical: 'FIXED' }

const text = (id: string, characters: string, at: ReturnType<typeof box>): Fields => ({
  ...{ id, name: 'Text', type: 'TEXT', characters, style, fills, ...at, ...fixed },
})
const row = (id: string, y: number, day: string, hours: string): Fields => ({
  ...{ id, name: 'Frame 12', type: 'FRAME', layoutMode: 'HORIZONTAL', fills: [], ...box(0, y, 320, 24), ...fixed },
  children: [text(`${id}1`, day, box(0, y, 120, 24)), text(`${id}2`, hours, box(120, y, 200, 24))],
})
const group = (id: string, y: number, height: number, children: readonly Fields[]): Fields => ({
  ...{
    id,
    name: `Frame ${id.replace(':', '')}`,
    type: 'FRAME',
    layoutMode: 'VERTICAL',
    fills: [],
    ...box(0, y, 320, height),
    ...fixed,
    children,
  },
})

/** As a request holds it. @param title the words above */
export function openingHours(title = 'When we are open'): Fields {
  const rows = [row('3:1', 24, 'Monday', 'Closed'), row('3:2', 48, 'Tuesday', '10 to 17'), row('3:3', 72, 'Wednesday', '10 to 18')]
  const children = [
    text('1:2', title, box(0, 0, 320, 24)),
    group('3:0', 24, 72, rows),
    group('4:0', 96, 24, [text('4:1', 'Call us', box(0, 96, 320, 24))]),
    group('5:0', 120, 24, [text('5:1', 'Imprint', box(0, 120, 320, 24))]),
  ]
  const frame = {
    id: '1:1',
    name: 'Frame 427318',
    type: 'FRAME',
    layoutMode: 'VERTICAL',
    fills: [],
    ...box(0, 0, 320, 144),
    ...fixed,
    children,
  }
  return { document: { id: '0:0', type: 'DOCUMENT', children: [{ id: '0:1', type: 'CANVAS', name: 'Page', children: [frame] }] } }
}

export const GOOD_HINTS = {
  pages: [{ nodeId: '1:1', name: 'Opening hours' }],
  components: [
    {
      ...{ nodeId: '3:1', name: 'Day row' },
      props: [
        { from: 'label', to: 'day' },
        { from: 'label2', to: 'hours' },
      ],
    },
  ],
  elements: [
    { nodeId: '1:2', as: 'h1' },
    { nodeId: '3:0', as: 'list' },
  ],
}

/** Two landmarks that nobody can tell apart. */
export const WORSE_HINTS = {
  elements: [
    { nodeId: '4:0', as: 'nav', label: 'More' },
    { nodeId: '5:0', as: 'nav', label: 'More' },
  ],
}
