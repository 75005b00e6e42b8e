import fc from 'fast-check'
import { deflateSync, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { readDesign } from '../read-design.ts'
import { canvas, clipboardHtml, container, figFile, guid, layer, schemaChunk } from '../testing/fig-file.ts'

type Node = Record<string, unknown> & { id: string; children?: Node[] }

const rootsOf = (input: string | Uint8Array): Node[] => {
  const result = readDesign(input)
  expect(result.diagnostics.filter((diagnostic) => diagnostic.severity === 'error')).toEqual([])
  return result.bundle?.roots as unknown as Node[]
}
const codeOf = (input: string | Uint8Array, options = {}) => readDesign(input, options).diagnostics[0]?.code
const red = [{ type: 'SOLID', color: { r: 1, g: 0, b: 0, a: 1 }, opacity: 1, visible: true }]
const blue = [{ type: 'SOLID', color: { r: 0, g: 0, b: 1, a: 1 }, opacity: 1, visible: true }]
const text = (characters: string) => ({ characters, characterStyleIDs: [], styleOverrideTable: [] })

/** A button with a label and an icon slot, kept on the hidden page. */
const button = [
  layer('5:1', 'SYMBOL', '0:2', 'a', {
    name: 'Button',
    componentPropDefs: [
      { id: guid('5:90'), name: 'Label', type: 'TEXT', initialValue: { textValue: text('Save') } },
      { id: guid('5:91'), name: 'Has icon', type: 'BOOL', initialValue: { boolValue: true } },
    ],
  }),
  layer('5:2', 'TEXT', '5:1', 'b', {
    name: 'Label',
    at: [10, 5],
    textData: text('Save'),
    componentPropRefs: [{ defID: guid('5:90'), componentPropNodeField: 'TEXT_DATA' }],
  }),
  layer('5:3', 'ROUNDED_RECTANGLE', '5:1', 'a', {
    name: 'Icon',
    fillPaints: red,
    componentPropRefs: [{ defID: guid('5:91'), componentPropNodeField: 'VISIBLE' }],
  }),
]
const frame = layer('1:1', 'FRAME', '0:1', 'a', { name: 'Screen', size: { x: 400, y: 300 } })
const instance = (fields = {}) =>
  layer('1:2', 'INSTANCE', '1:1', 'a', { at: [20, 30], symbolData: { symbolID: guid('5:1'), symbolOverrides: [] }, ...fields })

test('a .fig file, its bare canvas and a copy on the clipboard hold the same design', () => {
  const layers = [frame, layer('1:2', 'ROUNDED_RECTANGLE', '1:1', 'a', { fillPaints: red, at: [7, 8] })]
  const [fig] = rootsOf(figFile(layers))
  expect(fig).toMatchObject({ id: '1:1', type: 'FRAME', name: 'Screen', absoluteBoundingBox: { x: 0, y: 0, width: 400, height: 300 } })
  expect(fig?.children).toMatchObject([
    { type: 'RECTANGLE', absoluteBoundingBox: { x: 7, y: 8, width: 100, height: 40 }, fills: [{ type: 'SOLID', color: { r: 1 } }] },
  ])
  expect(rootsOf(canvas(layers))).toEqual([fig])
  expect(rootsOf(clipboardHtml(layers))).toEqual([fig])
})

test('an instance shows the layers of its main component, in their order, under ids of its own', () => {
  const [root] = rootsOf(figFile([frame, instance(), ...button]))
  const shown = root?.children?.[0]
  expect(shown).toMatchObject({ id: '1:2', type: 'INSTANCE', componentId: '5:1' })
  expect(shown?.children?.map((child) => [child.id, child.type])).toEqual([
    ['I1:2;5:3', 'RECTANGLE'],
    ['I1:2;5:2', 'TEXT'],
  ])
  expect(shown?.children?.[1]).toMatchObject({
    characters: 'Save',
    absoluteBoundingBox: { x: 30, y: 35 },
    componentPropertyReferences: { characters: 'Label#5:90' },
  })
})

test('properties and overrides change what an instance shows, and so does the layout Figma last made', () => {
  const changed = instance({
    componentPropAssignments: [
      { defID: guid('5:90'), value: { textValue: text('Delete') } },
      { defID: guid('5:91'), value: { boolValue: false } },
    ],
    symbolData: { symbolID: guid('5:1'), symbolOverrides: [{ guidPath: { guids: [guid('5:3')] }, fillPaints: blue }] },
    derivedSymbolData: [{ guidPath: { guids: [guid('5:2')] }, size: { x: 64, y: 20 } }],
  })
  const [icon, label] = rootsOf(figFile([frame, changed, ...button]))[0]?.children?.[0]?.children ?? []
  expect(icon).toMatchObject({ visible: false, fills: [{ color: { b: 1 } }] })
  expect(label).toMatchObject({ characters: 'Delete', size: { x: 64, y: 20 } })
  expect(rootsOf(figFile([frame, changed, ...button]))[0]?.children?.[0]?.componentProperties).toEqual({
    'Label#5:90': { type: 'TEXT', value: 'Delete' },
    'Has icon#5:91': { type: 'BOOLEAN', value: false },
  })
})

test('an override reaches a layer of an instance inside an instance, and the outer one wins', () => {
  const card = [
    layer('6:1', 'SYMBOL', '0:2', 'b', { name: 'Card' }),
    layer('6:2', 'INSTANCE', '6:1', 'a', {
      symbolData: { symbolID: guid('5:1'), symbolOverrides: [{ guidPath: { guids: [guid('5:3')] }, fillPaints: red }] },
    }),
  ]
  const outer = layer('1:2', 'INSTANCE', '1:1', 'a', {
    symbolData: { symbolID: guid('6:1'), symbolOverrides: [{ guidPath: { guids: [guid('6:2'), guid('5:3')] }, fillPaints: blue }] },
  })
  const [root] = rootsOf(figFile([frame, outer, ...card, ...button]))
  const inner = root?.children?.[0]?.children?.[0]
  expect(inner?.id).toBe('I1:2;6:2')
  expect(inner?.children?.[0]).toMatchObject({ id: 'I1:2;6:2;5:3', fills: [{ color: { b: 1 } }] })
})

test('a swapped instance shows the other component', () => {
  const other = [layer('7:1', 'SYMBOL', '0:2', 'c', { name: 'Link' }), layer('7:2', 'TEXT', '7:1', 'a', { textData: text('More') })]
  const [root] = rootsOf(figFile([frame, instance({ overriddenSymbolID: guid('7:1') }), ...button, ...other]))
  expect(root?.children?.[0]).toMatchObject({ componentId: '7:1', children: [{ characters: 'More' }] })
})

test('a set of variants, its axis and the variant of an instance are told', () => {
  const set = [
    layer('8:1', 'FRAME', '0:1', 'b', {
      name: 'Chip',
      isStateGroup: true,
      componentPropDefs: [{ id: guid('8:90'), name: 'Size', type: 'VARIANT' }],
      stateGroupPropertyValueOrders: [{ property: 'Size', values: ['S', 'L'] }],
    }),
    layer('8:2', 'SYMBOL', '8:1', 'a', { name: 'Size=S', variantPropSpecs: [{ propDefId: guid('8:90'), value: 'S' }] }),
  ]
  const result = readDesign(figFile([frame, ...set, layer('1:2', 'INSTANCE', '1:1', 'a', { symbolData: { symbolID: guid('8:2') } })]))
  const [screen, chip] = (result.bundle?.roots ?? []) as unknown as Node[]
  expect(chip).toMatchObject({
    type: 'COMPONENT_SET',
    componentPropertyDefinitions: { Size: { type: 'VARIANT', defaultValue: 'S', variantOptions: ['S', 'L'] } },
  })
  expect(screen?.children?.[0]?.componentProperties).toEqual({ Size: { type: 'VARIANT', value: 'S' } })
  expect(result.bundle?.components?.['8:2']).toMatchObject({ name: 'Size=S', componentSetId: '8:1' })
})

test('auto layout, text and gradients speak the words of the REST API', () => {
  const layers = [
    layer('1:1', 'FRAME', '0:1', 'a', {
      size: { x: 400, y: 300 },
      stackMode: 'VERTICAL',
      stackSpacing: 8,
      stackHorizontalPadding: 16,
      stackPrimarySizing: 'FIXED',
    }),
    layer('1:2', 'TEXT', '1:1', 'a', {
      textData: {
        characters: 'Hi you',
        characterStyleIDs: [3, 3],
        styleOverrideTable: [{ styleID: 3, fontName: { family: 'Inter', style: 'Bold', postscript: '' } }],
      },
      fontSize: 20,
      fontName: { family: 'Inter', style: 'Semi Bold Italic', postscript: 'Inter-SBI' },
      lineHeight: { value: 1.5, units: 'RAW' },
      letterSpacing: { value: 10, units: 'PERCENT' },
      stackChildPrimaryGrow: 1,
      fillPaints: [
        {
          type: 'GRADIENT_LINEAR',
          stops: [{ color: { r: 0, g: 0, b: 0, a: 1 }, position: 0 }],
          transform: { m00: 0, m01: 1, m02: 0, m10: -1, m11: 0, m12: 1 },
        },
      ],
    }),
  ]
  const [root] = rootsOf(canvas(layers))
  expect(root).toMatchObject({
    layoutMode: 'VERTICAL',
    itemSpacing: 8,
    paddingLeft: 16,
    paddingRight: 16,
    primaryAxisSizingMode: 'FIXED',
    layoutSizingVertical: 'FIXED',
  })
  const [words] = root?.children ?? []
  expect(words).toMatchObject({
    layoutSizingVertical: 'FILL',
    style: {
      fontFamily: 'Inter',
      fontWeight: 600,
      italic: true,
      fontSize: 20,
      lineHeightPx: 30,
      lineHeightUnit: 'FONT_SIZE_%',
      letterSpacing: 2,
    },
    characterStyleOverrides: [3, 3],
    styleOverrideTable: { 3: { fontWeight: 700 } },
  })
  // Turned by a quarter: from the top to the bottom.
  expect(((words?.fills ?? []) as { gradientHandlePositions: unknown[] }[])[0]?.gradientHandlePositions.slice(0, 2)).toEqual([
    { x: 0.5, y: 0 },
    { x: 0.5, y: 1 },
  ])
})

test('a turned layer has the box around it, and layers of a group stand in the frame around the group', () => {
  const layers = [
    frame,
    layer('1:2', 'FRAME', '1:1', 'a', { resizeToFit: true, at: [50, 60] }),
    layer('1:3', 'ROUNDED_RECTANGLE', '1:2', 'a', {
      size: { x: 30, y: 10 },
      transform: { m00: 0, m01: -1, m02: 20, m10: 1, m11: 0, m12: 5 },
    }),
  ]
  const group = rootsOf(canvas(layers))[0]?.children?.[0]
  expect(group?.type).toBe('GROUP')
  expect(group?.children?.[0]).toMatchObject({
    absoluteBoundingBox: { x: 60, y: 65, width: 10, height: 30 },
    relativeTransform: [
      [0, -1, 70],
      [1, 0, 65],
    ],
    rotation: Math.PI / 2,
  })
})

test('outlines are paths, and a star without one is drawn from its numbers', () => {
  const outline = new Uint8Array(1 + 8 + 1 + 8 + 1)
  const view = new DataView(outline.buffer)
  view.setUint8(0, 1)
  view.setUint8(9, 2)
  view.setFloat32(10, 12.5, true)
  const shapes = [
    frame,
    layer('1:2', 'VECTOR', '1:1', 'a', { fillGeometry: [{ windingRule: 'ODD', commandsBlob: 0 }] }),
    layer('1:3', 'STAR', '1:1', 'b'),
  ]
  const [vector, star] = rootsOf(canvas(shapes, [outline]))[0]?.children ?? []
  expect(vector?.fillGeometry).toEqual([{ path: 'M0 0L12.5 0Z', windingRule: 'EVENODD' }])
  expect(((star?.fillGeometry ?? []) as { path: string }[])[0]?.path).toMatch(/^M50 0L(.*L){8}/)
})

test("a fill's picture comes out of the archive; what is no picture is left out and told", () => {
  const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3])
  const image = (hash: number[]) => [{ type: 'IMAGE', image: { hash: Uint8Array.from(hash) } }]
  const layers = [
    frame,
    layer('1:2', 'ROUNDED_RECTANGLE', '1:1', 'a', { fillPaints: image([1, 2, 3, 4]) }),
    layer('1:3', 'ROUNDED_RECTANGLE', '1:1', 'b', { fillPaints: image([5, 6, 7, 8]) }),
  ]
  const result = readDesign(figFile(layers, { '01020304': png, '05060708': new TextEncoder().encode('<svg onload="x"/>') }))
  expect(result.bundle?.images).toEqual({ '01020304': { href: `data:image/png;base64,${Buffer.from(png).toString('base64')}` } })
  expect(result.diagnostics).toMatchObject([{ severity: 'warning', code: 'picture-skipped' }])
})

test('an instance whose main component is elsewhere keeps its box, and that is told', () => {
  const result = readDesign(canvas([frame, instance()]))
  expect(result.bundle?.roots[0]).toMatchObject({ children: [{ id: '1:2', absoluteBoundingBox: { x: 20, y: 30 } }] })
  expect(result.diagnostics).toMatchObject([{ severity: 'warning', code: 'instance-unresolved' }])
})

test('components that hold each other, or double at each step, end with a reason', () => {
  const inside = (main: string, id: string, position: string) =>
    layer(id, 'INSTANCE', main, position, { symbolData: { symbolID: guid(`9:${Number(main.split(':')[1]) + 1}`) } })
  const circle = [layer('5:1', 'SYMBOL', '0:2', 'a'), layer('5:2', 'INSTANCE', '5:1', 'a', { symbolData: { symbolID: guid('5:1') } })]
  expect(codeOf(canvas([frame, instance(), ...circle]))).toBe('too-deep')
  const doubling = Array.from({ length: 30 }, (_, step) => [
    layer(`9:${step}`, 'SYMBOL', '0:2', 'a'),
    inside(`9:${step}`, `10:${step * 2}`, 'a'),
    inside(`9:${step}`, `10:${step * 2 + 1}`, 'b'),
  ]).flat()
  const first = layer('1:2', 'INSTANCE', '1:1', 'a', { symbolData: { symbolID: guid('9:0') } })
  expect(codeOf(canvas([frame, first, ...doubling]))).toBe('too-many-nodes')
})

test('a bomb in an archive is stopped at the limit', () => {
  const bomb = container(schemaChunk(), deflateSync(new Uint8Array(8 * 2 ** 20)))
  expect(codeOf(bomb, { limits: { unpackedBytes: 2 ** 20 } })).toBe('too-large')
  expect(codeOf(zipSync({ 'canvas.fig': bomb }), { limits: { unpackedBytes: 2 ** 20 } })).toBe('too-large')
  const zstd = Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xff, 1, 2, 3])
  expect(codeOf(container(zstd, zstd))).toBe('too-large')
})

test('damaged files say that they are damaged', () => {
  const good = canvas([frame])
  expect(codeOf(good.slice(0, good.length - 20))).toBe('bad-archive')
  expect(codeOf(container(schemaChunk(), deflateSync(Uint8Array.from([250, 1, 2]))))).toBe('bad-kiwi')
  expect(codeOf(zipSync({ 'other.txt': new Uint8Array(3) }))).toBe('bad-archive')
  expect(codeOf('<span data-buffer="<!--(figma)???(/figma)-->">')).toBe('bad-archive')
})

test('whatever byte is changed, reading ends with a design or a reason', () => {
  const good = canvas([frame, instance(), ...button])
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }), (changes) => {
      const bytes = good.slice()
      for (const [at, byte] of changes) bytes[at] = byte
      const result = readDesign(bytes)
      expect(result.bundle === undefined).toBe(result.diagnostics.some((diagnostic) => diagnostic.severity === 'error'))
    }),
  )
})
