import fc from 'fast-check'
import { expect, test } from 'vitest'
import { overlaps, unionOf } from '../infer/cut.ts'
import type { Layer, Rect } from '../normalise/layer.ts'
import { normalise } from '../normalise/normalise.ts'
import { createReport } from '../report.ts'
import { layOutFlow } from '../testing/lay-out-flow.ts'
import { type Flow, type FlowChild, inferFlow } from './infer-flow.ts'

const FRAME = { x: 100, y: 50, width: 400, height: 800 }
const PINS = ['LEFT', 'RIGHT', 'CENTER', 'LEFT_RIGHT', 'SCALE'] as const
const MOVED = 0.01 + 0.5 + 0.5

type Pin = (typeof PINS)[number]
interface Shape extends Rect {
  readonly pin: Pin
  readonly type: 'RECTANGLE' | 'TEXT' | 'FRAME'
}

const nodeOf = ({ pin, type, ...box }: Shape, id: number) => ({
  ...{ id: `2:${id}`, name: `Layer ${id}`, type, absoluteBoundingBox: { ...box, x: box.x + FRAME.x, y: box.y + FRAME.y } },
  constraints: { horizontal: pin, vertical: 'TOP' },
  ...(type === 'TEXT' ? { characters: 'Words', style: { fontSize: 12, lineHeightPx: 16, textAutoResize: 'NONE' } } : {}),
})

function frameOf(children: readonly object[]): Layer {
  const root = { id: '1:1', name: 'Frame', type: 'FRAME', absoluteBoundingBox: FRAME, children }
  return normalise([root], createReport())[0] as Layer
}

const inferred = (layer: Layer, isFluidX: boolean): Flow | undefined =>
  inferFlow({ layer, box: layer.box, isFluidX, isFluidY: false, isGrowing: false, isRepeated: false, isDrawing: () => false })

const whole = (max: number, min = 0) => fc.integer({ min, max })
const shapeOf = (pin: fc.Arbitrary<Pin>): fc.Arbitrary<Shape> =>
  fc.record({
    ...{ x: whole(380), y: whole(780), width: whole(200, 1), height: whole(160, 1), pin },
    type: fc.constantFrom('RECTANGLE', 'TEXT', 'FRAME'),
  })

/** Rows of boxes under each other, as designs have them: enough of them flow. */
const rowsOf = (pin: fc.Arbitrary<Pin>): fc.Arbitrary<readonly Shape[]> =>
  fc
    .array(
      fc.record({
        ...{ gap: whole(40), left: whole(60), height: whole(60, 4), pin },
        cells: fc.array(fc.record({ gap: whole(30), width: whole(80, 4), height: whole(60, 4), sink: whole(20) }), {
          minLength: 1,
          maxLength: 4,
        }),
      }),
      { minLength: 1, maxLength: 6 },
    )
    .map((rows) => {
      const shapes: Shape[] = []
      let y = 0
      for (const row of rows) {
        y += row.gap
        let x = row.left
        for (const { gap, width, height, sink } of row.cells) {
          shapes.push({ x, y: y + sink, width, height, pin: row.pin, type: 'RECTANGLE' })
          x += width + gap
        }
        y = Math.max(...shapes.map((shape) => shape.y + shape.height))
      }
      return shapes
    })

const anyShapes = (pin: fc.Arbitrary<Pin>) =>
  fc.oneof(
    fc.array(shapeOf(pin), { minLength: 1, maxLength: 12 }),
    rowsOf(pin),
    fc.tuple(rowsOf(pin), fc.array(shapeOf(pin), { maxLength: 4 })).map(([rows, more]) => [...more, ...rows]),
  )

/** Some of the shapes in groups, which are as big as what is in them. */
const anyNodes: fc.Arbitrary<readonly object[]> = fc
  .array(fc.tuple(anyShapes(fc.constant('LEFT')), fc.boolean()), { minLength: 1, maxLength: 4 })
  .map((parts) => {
    let id = 0
    return parts.flatMap(([shapes, isGroup]): readonly object[] => {
      const nodes = shapes.map((shape) => nodeOf(shape, id++))
      const box = unionOf(nodes.map((node) => node.absoluteBoundingBox))
      return isGroup ? [{ id: `3:${id}`, name: 'Group', type: 'GROUP', absoluteBoundingBox: box, children: nodes }] : nodes
    })
  })

const shapesOf = (layers: readonly Layer[]): readonly Layer[] =>
  layers.flatMap((layer) => (layer.type === 'GROUP' ? shapesOf(layer.children) : [layer]))

/** All that is painted, first to last: a shape before what it holds. */
function paintedOf(flow: Flow | undefined, layer: Layer): readonly Layer[] {
  if (!flow) return layer.children.flatMap((child) => [child, ...paintedOf(inferred(child, false), child)])
  const ofChild = (child: FlowChild): readonly Layer[] =>
    child.inner ? child.inner.children.flatMap(ofChild) : [child.layer, ...paintedOf(inferred(child.layer, false), child.layer)]
  return flow.children.flatMap(ofChild)
}

const off = (a: Rect, b: Rect) =>
  Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y), Math.abs(a.width - b.width), Math.abs(a.height - b.height))

/** Every flow in the frame, with the layer whose children flow. */
function flowsOf(layer: Layer, isFluidX: boolean): readonly { layer: Layer; flow: Flow }[] {
  const flow = inferred(layer, isFluidX)
  if (!flow) return []
  const below = (child: FlowChild): readonly { layer: Layer; flow: Flow }[] =>
    child.inner ? child.inner.children.flatMap(below) : flowsOf(child.layer, false)
  return [{ layer, flow }, ...flow.children.flatMap(below)]
}

const leavesOf = (flow: Flow): readonly Layer[] =>
  flow.children.flatMap((child) => (child.level !== 'flow' ? [] : child.inner ? leavesOf(child.inner) : [child.layer]))

const relative = (layer: Layer, frame: Layer): Rect => ({ ...layer.box, x: layer.box.x - frame.box.x, y: layer.box.y - frame.box.y })

test('laying an inferred flow out gives back the boxes of the design', () => {
  let flows = 0
  fc.assert(
    fc.property(anyShapes(fc.constantFrom(...PINS)), fc.boolean(), (shapes, isFluidX) => {
      for (const { layer, flow } of flowsOf(frameOf(shapes.map(nodeOf)), isFluidX)) {
        flows++
        const boxes = layOutFlow(flow, layer.width, layer.height)
        for (const leaf of leavesOf(flow)) {
          const box = boxes.get(leaf.id)
          expect(box && off(box, relative(leaf, layer)), `${leaf.id} of ${layer.id}`).toBeLessThanOrEqual(MOVED)
        }
      }
    }),
    { numRuns: 600 },
  )
  expect(flows).toBeGreaterThan(300)
})

test('nothing gets lost and nothing comes twice', () => {
  fc.assert(
    fc.property(anyNodes, (nodes) => {
      const frame = frameOf(nodes)
      const ids = shapesOf(paintedOf(inferred(frame, true), frame).filter(({ type }) => type !== 'GROUP')).map(({ id }) => id)
      expect(ids.toSorted()).toEqual(
        shapesOf(frame.children)
          .map(({ id }) => id)
          .toSorted(),
      )
    }),
    { numRuns: 400 },
  )
})

test('what overlaps is painted in the order of the design, and never flows beside what it overlaps', () => {
  fc.assert(
    fc.property(anyNodes, (nodes) => {
      const frame = frameOf(nodes)
      const painted = paintedOf(inferred(frame, true), frame).map(({ id }) => id)
      const order = new Map(painted.map((id, index) => [id, index]))
      const shapes = shapesOf(frame.children)
      for (const [index, upper] of shapes.entries()) {
        for (const lower of shapes.slice(0, index))
          if (overlaps(lower.box, upper.box)) expect(order.get(lower.id)).toBeLessThan(order.get(upper.id) ?? -1)
      }
      for (const { flow } of flowsOf(frame, true)) {
        const leaves = leavesOf(flow)
        for (const [index, one] of leaves.entries())
          for (const other of leaves.slice(index + 1)) expect(overlaps(one.box, other.box)).toBe(false)
      }
    }),
    { numRuns: 400 },
  )
})

/** Left edge and width by the constraint, in a frame that became wider. */
function resized(layer: Layer, frame: Layer, width: number): { x: number; width: number } {
  const x = layer.box.x - frame.box.x
  const more = width - frame.width
  if (layer.pinX === 'end') return { x: x + more, width: layer.width }
  if (layer.pinX === 'center') return { x: x + more / 2, width: layer.width }
  if (layer.pinX === 'both') return { x, width: layer.width + more }
  const factor = layer.pinX === 'scale' ? width / frame.width : 1
  return { x: x * factor, width: layer.width * factor }
}

test('when the frame gets wider, every layer in the flow keeps to its constraint', () => {
  let compared = 0
  fc.assert(
    fc.property(anyShapes(fc.constantFrom(...PINS)), whole(400), (shapes, more) => {
      const frame = frameOf(shapes.map(nodeOf))
      const flow = inferred(frame, true)
      if (!flow) return
      const boxes = layOutFlow(flow, frame.width + more, frame.height)
      for (const leaf of leavesOf(flow)) {
        const box = boxes.get(leaf.id) as Rect
        const wanted = resized(leaf, frame, frame.width + more)
        compared++
        expect(Math.abs(box.x - wanted.x), `${leaf.id} ${leaf.pinX}`).toBeLessThanOrEqual(MOVED * 2)
        expect(Math.abs(box.width - wanted.width), `${leaf.id} ${leaf.pinX}`).toBeLessThanOrEqual(MOVED * 2)
      }
    }),
    { numRuns: 600 },
  )
  expect(compared).toBeGreaterThan(600)
})
