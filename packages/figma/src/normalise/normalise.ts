/** Phase 1: any JSON → a bounded tree of typed layers without what is hidden. */
import type { FigmaNode } from '../bundle.ts'
import type { Report } from '../report.ts'
import type { AbsentLayer, Layer, Rect } from './layer.ts'
import { readCell, readLayout, readPin, readSizing, readStrokeWidths } from './read-layout.ts'
import { readBlend, readEffects, readPaints } from './read-paint.ts'
import { readText } from './read-text.ts'
import { PAGE, readRect, readTurn, type Space } from './read-turn.ts'
import { isJson, type Json, jsonOf, listOf, numberOf, objectsOf, optionalNumber, share, textOf, wordIn } from './values.ts'

/** Deeper than any design that a person could open; what lies below is named in the report. */
const DEPTH_MAX = 200
const LAYERS_MAX = 250_000
const STROKE_ALIGNS = { INSIDE: 'inside', CENTER: 'center', OUTSIDE: 'outside' } as const
const SCROLLS = { HORIZONTAL_SCROLLING: 'x', VERTICAL_SCROLLING: 'y', HORIZONTAL_AND_VERTICAL_SCROLLING: 'both' } as const
const MASKS = { ALPHA: 'alpha', VECTOR: 'vector', LUMINANCE: 'luminance' } as const

interface Reading {
  readonly report: Report
  layers: number
  isFull: boolean
}

interface Around {
  readonly mode: 'row' | 'column' | 'grid' | undefined
  readonly rect: Rect
  readonly space: Space
  readonly depth: number
  readonly path: string
}

function radiiOf(node: Json): Layer['radii'] {
  const all = Math.max(0, numberOf(node['cornerRadius']))
  const each = listOf(node['rectangleCornerRadii']).map((radius) => Math.max(0, numberOf(radius)))
  return [each[0] ?? all, each[1] ?? all, each[2] ?? all, each[3] ?? all]
}

function arcOf(node: Json): Layer['arc'] {
  if (node['type'] !== 'ELLIPSE' || !isJson(node['arcData'])) return undefined
  const start = numberOf(node['arcData']['startingAngle'])
  const end = numberOf(node['arcData']['endingAngle'], Math.PI * 2)
  const hole = share(numberOf(node['arcData']['innerRadius']))
  return Math.abs(Math.abs(end - start) - Math.PI * 2) < 0.001 && hole === 0 ? undefined : { start, end, hole }
}

function stickingOf(node: Json): Layer['sticking'] {
  if (node['scrollBehavior'] === 'FIXED' || node['isFixed'] === true) return 'fixed'
  return node['scrollBehavior'] === 'STICKY_SCROLLS' ? 'sticky' : 'none'
}

/** A vector without height and without a path of its own is a line. */
function typeOf(node: Json): string {
  const type = textOf(node['type'], 'FRAME')
  if (type !== 'VECTOR' || listOf(node['strokeGeometry']).length > 0 || listOf(node['fillGeometry']).length > 0) return type
  const box = readRect(node['absoluteBoundingBox'])
  return box && box.height < 0.01 && box.width > 0.01 && listOf(node['strokes']).length > 0 ? 'LINE' : type
}

function readNode(node: Json, around: Around, reading: Reading): Layer | undefined {
  if (reading.layers >= LAYERS_MAX) {
    if (!reading.isFull)
      reading.report.drop(
        textOf(node['id']),
        textOf(node['name']),
        'DESIGN_TOO_LARGE',
        `The design has more than ${LAYERS_MAX} layers; what follows is left out.`,
      )
    reading.isFull = true
    return undefined
  }
  reading.layers++
  const id = (textOf(node['id']) || around.path).slice(0, 2000)
  const name = textOf(node['name']).slice(0, 500)
  const type = typeOf(node)
  const rect = readRect(node['absoluteBoundingBox']) ?? { ...around.rect, width: 0, height: 0 }
  const turned = readTurn(node, rect, around.space)
  const layout = readLayout(node)
  const strokes = readPaints(node['strokes'])
  const fills = Array.isArray(node['fills']) ? node['fills'] : node['background']
  const text = type === 'TEXT' ? readText(node) : undefined
  const below: Around = {
    mode: layout?.mode,
    rect,
    space: turned.turn || around.space !== PAGE ? turned.space : PAGE,
    depth: around.depth + 1,
    path: `${around.path}.`,
  }
  const inside = readChildren(node, below, reading, id, name)
  return {
    id,
    name,
    type,
    box: turned.box,
    width: turned.width,
    height: turned.height,
    turn: turned.turn,
    isSizeUnknown: turned.isSizeUnknown,
    ink: readRect(node['absoluteRenderBounds']),
    layout,
    sizingX: readSizing(node, 'x', around.mode),
    sizingY: readSizing(node, 'y', around.mode),
    isAbsolute: around.mode === undefined || node['layoutPositioning'] === 'ABSOLUTE',
    pinX: readPin(node, 'horizontal'),
    pinY: readPin(node, 'vertical'),
    minWidth: optionalNumber(node['minWidth']),
    maxWidth: optionalNumber(node['maxWidth']),
    minHeight: optionalNumber(node['minHeight']),
    maxHeight: optionalNumber(node['maxHeight']),
    cell: readCell(node),
    opacity: share(numberOf(node['opacity'], 1)),
    blend: readBlend(node['blendMode']),
    effects: readEffects(node['effects']),
    fills: readPaints(fills),
    strokes,
    strokeWidths: strokes.length ? readStrokeWidths(node) : { top: 0, right: 0, bottom: 0, left: 0 },
    strokeAlign: wordIn(STROKE_ALIGNS, node['strokeAlign']) ?? 'inside',
    dashes: listOf(node['strokeDashes'])
      .flatMap((dash) => (typeof dash === 'number' && dash >= 0 ? [numberOf(dash)] : []))
      .slice(0, 16),
    radii: radiiOf(node),
    smoothing: share(numberOf(node['cornerSmoothing'])),
    isClipping: node['clipsContent'] === true,
    scroll: wordIn(SCROLLS, node['overflowDirection']) ?? 'none',
    sticking: stickingOf(node),
    mask: node['isMask'] === true ? (wordIn(MASKS, node['maskType']) ?? 'alpha') : 'none',
    text,
    componentId: type === 'INSTANCE' ? textOf(node['componentId']) : '',
    arc: arcOf(node),
    children: inside.children,
    absent: inside.absent,
    shownBy: shownByOf(node),
    node,
  }
}

/** `Show icon#7:19` is called "Show icon". */
function shownByOf(node: Json): string {
  const property = textOf(jsonOf(node['componentPropertyReferences'])['visible'])
  return property === '' ? '' : property.replace(/#[\d:]+$/, '').slice(0, 200)
}

function readChildren(node: Json, around: Around, reading: Reading, id: string, name: string): Pick<Layer, 'children' | 'absent'> {
  const all = objectsOf(node['children']).filter((child) => child['visible'] !== false || shownByOf(child) !== '')
  if (all.length === 0) return { children: [], absent: [] }
  if (around.depth > DEPTH_MAX) {
    reading.report.drop(id, name, 'DESIGN_TOO_DEEP', `Layers are nested more than ${DEPTH_MAX} deep here; what lies below is left out.`)
    return { children: [], absent: [] }
  }
  const children: Layer[] = []
  const absent: AbsentLayer[] = []
  for (const [index, child] of all.entries()) {
    const layer = readNode(child, { ...around, path: `${around.path}${index}` }, reading)
    if (!layer) continue
    if (child['visible'] === false) absent.push({ at: children.length, layer })
    else children.push(layer)
  }
  return { children, absent }
}

/** Documents, canvases and sections are no frames: their frames are the roots. */
function framesOf(roots: readonly FigmaNode[]): readonly Json[] {
  const frames: Json[] = []
  const waiting: unknown[] = [...roots].reverse()
  while (waiting.length && frames.length < 1000) {
    const node = jsonOf(waiting.pop())
    const isFolder = ['DOCUMENT', 'CANVAS'].includes(textOf(node['type']))
    if (isFolder) waiting.push(...objectsOf(node['children']).toReversed())
    else if (Object.keys(node).length && node['visible'] !== false) frames.push(node)
  }
  return frames
}

/** The typed trees of the frames of a design. Any JSON gives a list, if an empty one. */
export function normalise(roots: readonly FigmaNode[], report: Report): readonly Layer[] {
  const reading: Reading = { report, layers: 0, isFull: false }
  return framesOf(roots).flatMap((root, index) => {
    const rect = readRect(root['absoluteBoundingBox']) ?? { x: 0, y: 0, width: 0, height: 0 }
    const around: Around = { mode: undefined, rect, space: PAGE, depth: 0, path: `root-${index}-` }
    return readNode(root, around, reading) ?? []
  })
}
