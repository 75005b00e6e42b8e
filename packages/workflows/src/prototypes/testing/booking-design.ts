/** A design made for tests: a page that books a table, as Figma's REST API tells of it. */
import { deflateSync } from 'node:zlib'

export const FILE_KEY = 'Bistro123'
export const FRAME_ID = '1:2'

type Fields = Record<string, unknown>

const colour = (r: number, g: number, b: number, a = 1) => ({ r, g, b, a })
const solid = (...rgb: [number, number, number]) => [{ type: 'SOLID', blendMode: 'NORMAL', color: colour(...rgb) }]
const box = (x: number, y: number, width: number, height: number) => ({
  absoluteBoundingBox: { x, y, width, height },
  absoluteRenderBounds: { x, y, width, height },
  size: { x: width, y: height },
})
const look = { blendMode: 'PASS_THROUGH', strokes: [], strokeWeight: 1, strokeAlign: 'INSIDE', effects: [], clipsContent: false }
const FLOW = { layoutMode: 'VERTICAL', primaryAxisSizingMode: 'FIXED', counterAxisSizingMode: 'FIXED', counterAxisAlignItems: 'MIN' }

const text = (id: string, name: string, characters: string, at: ReturnType<typeof box>, size: number, more: Fields = {}): Fields => ({
  ...{ id, name, type: 'TEXT', scrollBehavior: 'SCROLLS', ...look, fills: solid(0.1, 0.1, 0.12), ...at, characters },
  ...{ constraints: { vertical: 'TOP', horizontal: 'LEFT' }, layoutAlign: 'INHERIT', layoutGrow: 0 },
  ...{ layoutSizingHorizontal: 'FILL', layoutSizingVertical: 'HUG' },
  style: {
    ...{ fontFamily: 'Inter', fontPostScriptName: null, fontWeight: 600, textAutoResize: 'HEIGHT', fontSize: size },
    ...{ textAlignHorizontal: 'LEFT', textAlignVertical: 'TOP', letterSpacing: 0 },
    ...{ lineHeightPx: size * 1.25, lineHeightPercent: 100, lineHeightPercentFontSize: 125, lineHeightUnit: 'PIXELS' },
  },
  ...{ characterStyleOverrides: [], styleOverrideTable: {}, lineTypes: ['NONE'], lineIndentations: [0] },
  ...more,
})

/** @param title the words of the heading */
export function bookingFile(title = 'Book a table') {
  const button: Fields = {
    ...{ id: '1:7', name: 'Button', type: 'FRAME', ...look, ...FLOW, layoutMode: 'HORIZONTAL', fills: solid(0.12, 0.36, 0.29) },
    ...{ cornerRadius: 8, paddingLeft: 20, paddingRight: 20, paddingTop: 12, paddingBottom: 12, itemSpacing: 8 },
    ...{ primaryAxisAlignItems: 'CENTER', counterAxisAlignItems: 'CENTER', ...box(24, 316, 342, 49) },
    ...{ layoutSizingHorizontal: 'FILL', layoutSizingVertical: 'FIXED' },
    children: [
      text('1:8', 'Label', 'Find a table', box(123, 330.5, 120, 20), 16, { fills: solid(1, 1, 1), layoutSizingHorizontal: 'FIXED' }),
      {
        ...{ id: '1:9', name: 'Arrow', type: 'VECTOR', ...look, fills: solid(1, 1, 1), ...box(251, 332.5, 16, 16) },
        ...{
          layoutSizingHorizontal: 'FIXED',
          layoutSizingVertical: 'FIXED',
          relativeTransform: [
            [1, 0, 227],
            [0, 1, 16.5],
          ],
        },
        fillGeometry: [{ path: 'M0 6 L10 6 L10 2 L16 8 L10 14 L10 10 L0 10 Z', windingRule: 'NONZERO' }],
        strokeGeometry: [],
      },
    ],
  }
  const frame: Fields = {
    ...{ id: FRAME_ID, name: 'Book / Phone', type: 'FRAME', ...look, ...FLOW, clipsContent: true, fills: solid(0.98, 0.97, 0.95) },
    ...{ itemSpacing: 16, paddingLeft: 24, paddingRight: 24, paddingTop: 32, paddingBottom: 24, primaryAxisAlignItems: 'MIN' },
    ...{ ...box(0, 0, 390, 480), layoutSizingHorizontal: 'FIXED', layoutSizingVertical: 'FIXED' },
    children: [
      text('1:3', 'Title', title, box(24, 32, 342, 35), 28),
      text('1:4', 'Hint', 'Tonight, for two', box(24, 83, 342, 20), 16, { fills: solid(0.35, 0.35, 0.4) }),
      {
        ...{ id: '1:5', name: 'Room', type: 'RECTANGLE', ...look, cornerRadius: 12, ...box(24, 119, 342, 181) },
        ...{ layoutSizingHorizontal: 'FILL', layoutSizingVertical: 'FIXED' },
        fills: [{ type: 'IMAGE', blendMode: 'NORMAL', scaleMode: 'FILL', imageRef: 'room' }],
      },
      button,
    ],
  }
  const wide: Fields = { ...frame, id: '2:2', name: 'Book / Desktop', ...box(500, 0, 1280, 480), children: [] }
  const note: Fields = text('2:9', 'A note', 'Ask Ada', box(0, 900, 200, 20), 14)
  const canvas = { id: '0:1', name: 'Screens', type: 'CANVAS', backgroundColor: colour(1, 1, 1), children: [frame, wide, note] }
  return {
    name: 'Bistro',
    schemaVersion: 0,
    document: { id: '0:0', name: 'Document', type: 'DOCUMENT', children: [canvas] },
    components: {},
    componentSets: {},
    styles: {},
  }
}

/** As `GET /v1/files/:key/nodes` answers. */
export const bookingNodes = (title?: string) => {
  const { document, components, componentSets, styles, schemaVersion } = bookingFile(title)
  const frame = document.children[0]?.children[0]
  return { name: 'Bistro', version: '100', nodes: { [FRAME_ID]: { document: frame, components, componentSets, styles, schemaVersion } } }
}

const CRC = Uint32Array.from({ length: 256 }, (_, n) =>
  Array.from({ length: 8 }).reduce<number>((c) => (c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1), n),
)
function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const crc = ~body.reduce((c, byte) => (CRC[(c ^ byte) & 0xff] as number) ^ (c >>> 8), 0xffffffff) >>> 0
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc)
  return Buffer.concat([length, body, sum])
}

/** One colour, width x height px. @see PNG, 3rd edition */
export function plainPng(width: number, height: number, rgb: readonly [number, number, number]): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const row = Buffer.concat([Buffer.of(0), ...Array.from({ length: width }, () => Buffer.from(rgb))])
  const data = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)))
  return Buffer.concat([
    Buffer.of(137, 80, 78, 71, 13, 10, 26, 10),
    chunk('IHDR', head),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

export const PICTURE_PNG = plainPng(16, 8, [200, 170, 120])
