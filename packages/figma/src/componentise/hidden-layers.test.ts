import { expect, test } from 'vitest'
import { compile } from '../compile.ts'

const solid = [{ type: 'SOLID', blendMode: 'NORMAL', color: { r: 0.2, g: 0.4, b: 0.6, a: 1 } }]
const style = { fontFamily: 'Arial', fontWeight: 400, fontSize: 16, lineHeightPx: 24, lineHeightUnit: 'PIXELS', textAutoResize: 'NONE' }
const fixed = { layoutSizingHorizontal: 'FIXED', layoutSizingVertical: 'FIXED' }

/** A row with an icon and a note, each shown by a property. */
const row = (index: number, hasIcon: boolean, hasNote: boolean, isBound = true) => {
  const id = `2:${index}`
  const y = index * 40
  const bound = (property: string, visible: boolean) => ({
    visible,
    ...(isBound ? { componentPropertyReferences: { visible: property } } : {}),
  })
  return {
    ...{ id, name: 'Row', type: 'INSTANCE', componentId: '8:1', layoutMode: 'HORIZONTAL', itemSpacing: 8, ...fixed },
    absoluteBoundingBox: { x: 0, y, width: 320, height: 32 },
    children: [
      {
        id: `I${id};1`,
        name: 'Icon',
        type: 'RECTANGLE',
        fills: solid,
        ...fixed,
        absoluteBoundingBox: { x: 0, y, width: 24, height: 24 },
        ...bound('Show left icon#7:19', hasIcon),
      },
      {
        id: `I${id};2`,
        name: 'Label',
        type: 'TEXT',
        characters: `Row ${index}`,
        style,
        fills: solid,
        ...fixed,
        absoluteBoundingBox: { x: 32, y, width: 80, height: 24 },
      },
      {
        id: `I${id};3`,
        name: 'Note',
        type: 'TEXT',
        characters: 'New',
        style,
        fills: solid,
        ...fixed,
        absoluteBoundingBox: { x: 120, y, width: 80, height: 24 },
        ...bound('Note#7:20', hasNote),
      },
    ],
  }
}
const page = (rows: object[]) => ({
  roots: [{ id: '1:1', name: 'Home', type: 'FRAME', absoluteBoundingBox: { x: 0, y: 0, width: 320, height: 200 }, children: rows }],
  components: { '8:1': { name: 'Row' } },
})
const rowOf = ({ files }: ReturnType<typeof compile>) => files['src/components/row.tsx'] ?? ''

test('what a property shows in some uses is a prop of that name', () => {
  const result = compile(page([row(0, true, false), row(1, false, true), row(2, false, false)]))
  expect(rowOf(result)).toMatch(/showLeftIcon\?: boolean;[\s\S]*hasNote\?: boolean;/)
  expect(rowOf(result)).toContain('{showLeftIcon && ')
  expect(result.files['src/pages/home.tsx']).toMatch(/\{ [^}]*showLeftIcon: true[^}]* \}/)
})

test('what a property hides in every use is still part of the component, and of no page', () => {
  const result = compile(page([row(0, false, false), row(1, false, false), row(2, false, false)]), { nodeIds: true })
  expect(rowOf(result)).toMatch(/showLeftIcon\?: boolean;[\s\S]*hasNote\?: boolean;/)
  expect(rowOf(result)).toMatch(/\{hasNote && [\s\S]*New/)
  expect(result.files['src/pages/home.tsx']).not.toMatch(/showLeftIcon|hasNote/)
  expect(result.html.files['home.html']).not.toContain('New')
  expect(result.report).toEqual([])
})

test('what is hidden without a property, or in a component that is used once, is left out', () => {
  const unbound = compile(page([row(0, false, false, false), row(1, false, false, false), row(2, false, false, false)]))
  expect(rowOf(unbound)).not.toMatch(/Icon|New/)
  const once = Object.values(compile(page([row(0, false, false)])).files).join('\n')
  expect(once).not.toMatch(/New|hasNote|showLeftIcon/)
})

test('where nothing has auto layout, what a property shows stands beside the flow, so that it moves nothing', () => {
  const free = (index: number, hasIcon: boolean, hasNote: boolean) => ({ ...row(index, hasIcon, hasNote), layoutMode: 'NONE' })
  const code = rowOf(compile(page([free(0, true, false), free(1, false, true), free(2, false, false)])))
  expect(code).toMatch(/\{showLeftIcon && \(?\s*<div\s+className="absolute /)
  expect(code).toMatch(/\{hasNote && \(?\s*<p\s+className="absolute /)
  expect(code).toMatch(/<p className="(?!absolute)[^"]*">\s*\{/)
})
