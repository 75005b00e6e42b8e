/** Phase 6, drawings: a vector-only subtree → one inline SVG, from geometry, from exported pieces, or a picture of it. */
import type { Building } from '../building.ts'
import { type ElementNode, element, rounded, type Style } from '../element.ts'
import { HARD_VECTORS } from '../flatten/vectors.ts'
import type { Layer, Paint, Rect } from '../normalise/layer.ts'
import { readPaints } from '../normalise/read-paint.ts'
import { jsonOf, objectsOf, textOf } from '../normalise/values.ts'
import { pictureAddress } from '../resolve/addresses.ts'
import { cssColour } from '../resolve/colour-names.ts'
import { arcPath } from './arc.ts'
import { parseSvg } from './svg-parse.ts'

interface Drawing {
  readonly building: Building
  readonly prefix: string
  readonly definitions: ElementNode[]
  /** A part whose shape is in no input. */
  isIncomplete: boolean
  pathBytes: number
}

const PATH = /^[\s\d.,+\-eEMmLlHhVvCcSsQqTtAaZz]*$/
const PATH_MAX = 400_000

const number = (value: number) => `${rounded(value)}`

function paintValue(drawing: Drawing, layer: Layer, paint: Paint): { readonly fill: string; readonly opacity: number } | undefined {
  if (paint.kind === 'solid') return { fill: cssColour({ ...paint.colour, a: 1 }), opacity: paint.colour.a }
  if (paint.kind !== 'gradient' || paint.gradient === 'angular' || paint.gradient === 'diamond') return undefined
  const [start, end, side] = paint.handles
  const { width, height } = layer
  const id = `${drawing.prefix}g${drawing.definitions.length}`
  const matrix = [
    (end.x - start.x) * width,
    (end.y - start.y) * height,
    (side.x - start.x) * width,
    (side.y - start.y) * height,
    start.x * width,
    start.y * height,
  ]
  const stops = paint.stops.map(({ position, colour }) =>
    element(
      'stop',
      {
        offset: number(position),
        'stop-color': cssColour({ ...colour, a: 1 }),
        ...(colour.a < 1 ? { 'stop-opacity': number(colour.a) } : {}),
      },
      {},
      [],
    ),
  )
  const common = {
    id,
    gradientUnits: 'userSpaceOnUse',
    gradientTransform: `matrix(${matrix.map((cell) => Math.round(cell * 1000) / 1000).join(' ')})`,
  }
  drawing.definitions.push(
    paint.gradient === 'linear'
      ? element('linearGradient', { ...common, x1: '0', y1: '0', x2: '1', y2: '0' }, {}, stops)
      : element('radialGradient', { ...common, cx: '0', cy: '0', r: '1' }, {}, stops),
  )
  return { fill: `url(#${id})`, opacity: 1 }
}

interface Outline {
  readonly tag: string
  readonly attributes: Readonly<Record<string, string>>
}

const paths = (drawing: Drawing, value: unknown): readonly (Outline & { readonly overrideId: string })[] =>
  objectsOf(value).flatMap((geometry) => {
    const d = textOf(geometry['path'])
    drawing.pathBytes += d.length
    if (!d || !PATH.test(d) || drawing.pathBytes > PATH_MAX) return []
    const rule: Record<string, string> = geometry['windingRule'] === 'EVENODD' ? { 'fill-rule': 'evenodd' } : {}
    const compact = d.replace(/-?\d*\.\d{3,}(?:e-?\d+)?/g, (digits) => `${Math.round(Number(digits) * 100) / 100}`)
    return [{ tag: 'path', attributes: { d: compact, ...rule }, overrideId: String(geometry['overrideID'] ?? '') }]
  })

function simpleShape(layer: Layer): Outline | undefined {
  const size = { width: number(layer.width), height: number(layer.height) }
  if (layer.type === 'ELLIPSE') {
    if (layer.arc) return { tag: 'path', attributes: { d: arcPath(layer.width, layer.height, layer.arc) } }
    const [rx, ry] = [layer.width / 2, layer.height / 2]
    return { tag: 'ellipse', attributes: { cx: number(rx), cy: number(ry), rx: number(rx), ry: number(ry) } }
  }
  if (HARD_VECTORS.has(layer.type) || layer.type === 'LINE') return undefined
  const radius = Math.min(layer.radii[0], layer.width / 2, layer.height / 2)
  return { tag: 'rect', attributes: { ...size, ...(radius > 0 ? { rx: number(radius) } : {}) } }
}

function placement(layer: Layer, origin: Rect): string {
  const x = layer.box.x + layer.box.width / 2 - origin.x
  const y = layer.box.y + layer.box.height / 2 - origin.y
  const [left, top] = [x - layer.width / 2, y - layer.height / 2]
  if (!layer.turn) return px(left) === '0' && px(top) === '0' ? '' : `translate(${px(left)} ${px(top)})`
  const matrix = layer.turn.map((cell) => Math.round(cell * 10000) / 10000).join(' ')
  return `translate(${px(x)} ${px(y)}) matrix(${matrix} 0 0) translate(${px(-layer.width / 2)} ${px(-layer.height / 2)})`
}

const px = (value: number) => `${rounded(value)}`

function painted(drawing: Drawing, layer: Layer, outline: Outline, paints: readonly Paint[]): readonly ElementNode[] {
  return paints.flatMap((paint) => {
    const value = paintValue(drawing, layer, paint)
    if (!value) {
      drawing.building.report.approximate(
        layer.id,
        layer.name,
        'VECTOR_PAINT',
        'A paint of this kind cannot be drawn in SVG and is left out.',
      )
      return []
    }
    return [
      element(
        outline.tag,
        { ...outline.attributes, fill: value.fill, ...(value.opacity < 0.999 ? { 'fill-opacity': number(value.opacity) } : {}) },
        {},
        [],
      ),
    ]
  })
}

function ownShapes(drawing: Drawing, layer: Layer): readonly ElementNode[] {
  const overrides = jsonOf(layer.node['fillOverrideTable'])
  const fillPaths = paths(drawing, layer.node['fillGeometry'])
  const strokePaths = layer.strokes.length ? paths(drawing, layer.node['strokeGeometry']) : []
  const simple = fillPaths.length ? undefined : simpleShape(layer)
  const shapes = [
    ...fillPaths.flatMap((path) => {
      const override = jsonOf(overrides[path.overrideId])
      return painted(drawing, layer, path, Array.isArray(override['fills']) ? readPaints(override['fills']) : layer.fills)
    }),
    ...(simple ? painted(drawing, layer, simple, layer.fills) : []),
    ...strokePaths.flatMap((path) => painted(drawing, layer, path, layer.strokes)),
  ]
  const stroke = layer.strokes.findLast((paint) => paint.kind === 'solid')
  if (stroke && strokePaths.length === 0 && simple) {
    const weight = layer.strokeWidths.top
    shapes.push(
      element(simple.tag, { ...simple.attributes, fill: 'none', stroke: cssColour(stroke.colour), 'stroke-width': number(weight) }, {}, []),
    )
  } else if (stroke && layer.type === 'LINE' && strokePaths.length === 0) {
    const weight = layer.strokeWidths.top
    shapes.push(
      element(
        'path',
        { d: `M0 ${number(-weight / 2)}H${number(layer.width)}`, stroke: cssColour(stroke.colour), 'stroke-width': number(weight) },
        {},
        [],
      ),
    )
  }
  const isDrawn = fillPaths.length > 0 || strokePaths.length > 0 || simple !== undefined || layer.type === 'LINE'
  if (HARD_VECTORS.has(layer.type) && !isDrawn && (layer.fills.length || layer.strokes.length)) drawing.isIncomplete = true
  return shapes
}

/** What an exported picture shows: the box, or all that is painted, whichever has its size. */
function shownBy(picture: ElementNode, layer: Layer): Rect {
  const [, , width = 0, height = 0] = (picture.attributes['viewBox'] ? `${picture.attributes['viewBox']}` : '').split(/[\s,]+/).map(Number)
  const isOf = (rect: Rect, tolerance: number) => Math.abs(width - rect.width) <= tolerance && Math.abs(height - rect.height) <= tolerance
  return layer.ink && !isOf(layer.box, 1) && isOf(layer.ink, 2) ? layer.ink : layer.box
}

/** Whether the exported picture of a layer holds its effects, too. */
export function isEffectInPicture(layer: Layer, building: Building): boolean {
  const { vectors = {} } = building.bundle
  const picture = Object.hasOwn(vectors, layer.id) ? parseSvg(textOf(vectors[layer.id]), '') : undefined
  return picture !== undefined && shownBy(picture, layer) === layer.ink
}

/** Elements of a layer and what is in it, in the coordinates of the origin. */
function draw(drawing: Drawing, layer: Layer, origin: Rect, depth: number): readonly ElementNode[] {
  const { vectors = {} } = drawing.building.bundle
  const own = Object.hasOwn(vectors, layer.id) ? parseSvg(textOf(vectors[layer.id]), `${drawing.prefix}${depth}-`) : undefined
  if (own) {
    const shown = shownBy(own, layer)
    const box = { x: px(shown.x - origin.x), y: px(shown.y - origin.y), width: px(shown.width), height: px(shown.height) }
    return [element('svg', { ...own.attributes, ...box, fill: own.attributes['fill'] ?? 'none', overflow: 'visible' }, {}, own.children)]
  }
  const shapes = ownShapes(drawing, layer)
  const inside: Rect = {
    x: layer.box.x + (layer.box.width - layer.width) / 2,
    y: layer.box.y + (layer.box.height - layer.height) / 2,
    width: layer.width,
    height: layer.height,
  }
  const children = layer.type === 'BOOLEAN_OPERATION' && shapes.length ? [] : drawChildren(drawing, layer.children, inside, depth + 1)
  if (layer.type === 'BOOLEAN_OPERATION' && shapes.length === 0 && layer.children.length) drawing.isIncomplete = true
  const all = [...shapes, ...children]
  if (all.length === 0) return []
  const transform = placement(layer, origin)
  const attributes = { ...(transform ? { transform } : {}), ...(layer.opacity < 0.999 ? { opacity: number(layer.opacity) } : {}) }
  const [only] = all
  if (all.length === 1 && only && !only.attributes['transform'] && !('opacity' in only.attributes))
    return [{ ...only, attributes: { ...only.attributes, ...attributes } }]
  return Object.keys(attributes).length ? [element('g', attributes, {}, all)] : all
}

function drawChildren(drawing: Drawing, children: readonly Layer[], origin: Rect, depth: number): readonly ElementNode[] {
  const result: ElementNode[] = []
  for (const [index, child] of children.entries()) {
    const drawn = draw(drawing, child, origin, depth)
    if (child.mask === 'none') {
      result.push(...drawn)
      continue
    }
    const id = `${drawing.prefix}m${drawing.definitions.length}`
    const masked = drawChildren(drawing, children.slice(index + 1), origin, depth)
    if (drawn.length === 0) return [...result, ...masked]
    drawing.definitions.push(element('mask', { id, ...(child.mask === 'luminance' ? {} : { 'mask-type': 'alpha' }) }, {}, drawn))
    return [...result, element('g', { mask: `url(#${id})` }, {}, masked)]
  }
  return result
}

/** A name for ids inside the picture that no other picture of the page uses. */
const prefixOf = (layer: Layer) => `${layer.id.replace(/[^\w]/g, '-')}-`

/** One picture of a layer, as big as its box. Style and attributes of the element itself are the caller's. */
export function drawLayer(layer: Layer, building: Building, attributes: Readonly<Record<string, string>>, style: Style): ElementNode {
  const { vectors = {}, renders = {} } = building.bundle
  const size = { width: px(layer.box.width), height: px(layer.box.height) }
  const note = (isPresent: boolean) => building.assets.push({ kind: 'vector', id: layer.id, nodeId: layer.id, isPresent })
  const exported = Object.hasOwn(vectors, layer.id) ? parseSvg(textOf(vectors[layer.id]), prefixOf(layer)) : undefined
  if (exported) {
    note(true)
    const shown = shownBy(exported, layer)
    const viewBox =
      shown === layer.ink
        ? `${px(layer.box.x - shown.x)} ${px(layer.box.y - shown.y)} ${size.width} ${size.height}`
        : (exported.attributes['viewBox'] ??
          `0 0 ${exported.attributes['width'] ?? size.width} ${exported.attributes['height'] ?? size.height}`)
    return element(
      'svg',
      { ...attributes, viewBox, fill: 'none', preserveAspectRatio: 'none' },
      { ...style, overflow: 'visible' },
      exported.children,
      layer,
    )
  }
  const drawing: Drawing = { building, prefix: prefixOf(layer), definitions: [], isIncomplete: layer.isSizeUnknown, pathBytes: 0 }
  const shapes = draw(drawing, layer, layer.box, 0)
  const render = Object.hasOwn(renders, layer.id) ? pictureAddress(renders[layer.id]?.href) : undefined
  if ((drawing.isIncomplete || drawing.pathBytes > PATH_MAX) && render) {
    note(true)
    building.report.rasterise(
      layer.id,
      layer.name,
      'VECTOR_RENDER',
      'The shape of this layer is not in the file; a picture of it stands in.',
    )
    return element('img', { src: `asset(render:${layer.id})`, alt: '', ...attributes }, { 'max-width': 'none', ...style }, [], layer)
  }
  if (drawing.isIncomplete) {
    note(false)
    building.report.drop(
      layer.id,
      layer.name,
      'VECTOR_MISSING',
      'The shape of this layer is not in the file and no export of it was given.',
    )
  }
  const definitions = drawing.definitions.length ? [element('defs', {}, {}, drawing.definitions)] : []
  return element(
    'svg',
    { ...attributes, viewBox: `0 0 ${size.width} ${size.height}`, fill: 'none' },
    { ...style, overflow: 'visible' },
    [...definitions, ...shapes],
    layer,
  )
}
