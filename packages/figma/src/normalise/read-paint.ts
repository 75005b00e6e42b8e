/** Phase 1, paints and effects: JSON → `Paint`, `Effect`. Hidden ones are left out here. */
import type { Colour, Effect, GradientKind, Paint, Point } from './layer.ts'
import { type Json, jsonOf, listOf, numberOf, objectsOf, optionalNumber, share, textOf, wordIn } from './values.ts'

export function readColour(value: unknown, opacity = 1): Colour {
  const colour = jsonOf(value)
  return {
    r: share(numberOf(colour['r'])),
    g: share(numberOf(colour['g'])),
    b: share(numberOf(colour['b'])),
    a: share(numberOf(colour['a'], 1) * opacity),
  }
}

const aliasId = (value: unknown): string => {
  const first = Array.isArray(value) ? value[0] : value
  return textOf(jsonOf(first)['id'])
}

const GRADIENTS: Readonly<Record<string, GradientKind>> = {
  GRADIENT_LINEAR: 'linear',
  GRADIENT_RADIAL: 'radial',
  GRADIENT_ANGULAR: 'angular',
  GRADIENT_DIAMOND: 'diamond',
}

const FITS = { FILL: 'fill', FIT: 'fit', STRETCH: 'crop', CROP: 'crop', TILE: 'tile' } as const

/** CSS names of Figma's blend modes; NORMAL and PASS_THROUGH say nothing. */
const BLENDS: Readonly<Record<string, string>> = {
  DARKEN: 'darken',
  MULTIPLY: 'multiply',
  LINEAR_BURN: 'plus-darker',
  COLOR_BURN: 'color-burn',
  LIGHTEN: 'lighten',
  SCREEN: 'screen',
  LINEAR_DODGE: 'plus-lighter',
  COLOR_DODGE: 'color-dodge',
  OVERLAY: 'overlay',
  SOFT_LIGHT: 'soft-light',
  HARD_LIGHT: 'hard-light',
  DIFFERENCE: 'difference',
  EXCLUSION: 'exclusion',
  HUE: 'hue',
  SATURATION: 'saturation',
  COLOR: 'color',
  LUMINOSITY: 'luminosity',
}

export const readBlend = (value: unknown): string => wordIn(BLENDS, value) ?? ''

const pointOf = (value: unknown, fallback: Point): Point => {
  const point = jsonOf(value)
  return { x: numberOf(point['x'], fallback.x), y: numberOf(point['y'], fallback.y) }
}

function readGradient(json: Json, gradient: GradientKind, opacity: number): Paint {
  const handles = listOf(json['gradientHandlePositions'])
  const stops = objectsOf(json['gradientStops']).map((stop) => ({
    position: numberOf(stop['position']),
    colour: readColour(stop['color'], opacity),
    variableId: aliasId(jsonOf(stop['boundVariables'])['color']),
  }))
  return {
    kind: 'gradient',
    gradient,
    handles: [pointOf(handles[0], { x: 0.5, y: 0 }), pointOf(handles[1], { x: 0.5, y: 1 }), pointOf(handles[2], { x: 0, y: 0 })],
    stops: stops.slice(0, 64),
    opacity,
    blend: readBlend(json['blendMode']),
  }
}

function readTransform(value: unknown): [[number, number, number], [number, number, number]] | undefined {
  const rows = listOf(value).map((row) => listOf(row).map((cell) => optionalNumber(cell)))
  const [first, second] = rows
  if (first?.length !== 3 || second?.length !== 3 || [...first, ...second].includes(undefined)) return undefined
  return [first as [number, number, number], second as [number, number, number]]
}

function readImage(json: Json, opacity: number): Paint {
  const transform = readTransform(json['imageTransform'])
  const filters = Object.entries(jsonOf(json['filters'])).filter(([, value]) => typeof value === 'number' && Number.isFinite(value))
  return {
    kind: 'image',
    ref: textOf(json['imageRef']) || textOf(json['gifRef']),
    fit: wordIn(FITS, json['scaleMode']) ?? 'fill',
    ...(transform ? { transform } : {}),
    scale: numberOf(json['scalingFactor'], 1) || 1,
    rotation: numberOf(json['rotation']),
    filters: Object.fromEntries(filters) as Record<string, number>,
    opacity,
    blend: readBlend(json['blendMode']),
  }
}

function readPaint(json: Json): Paint {
  const type = textOf(json['type'])
  const opacity = share(numberOf(json['opacity'], 1))
  if (type === 'SOLID') {
    const variableId = aliasId(jsonOf(json['boundVariables'])['color'])
    return {
      kind: 'solid',
      colour: readColour(json['color'], opacity),
      blend: readBlend(json['blendMode']),
      ...(variableId ? { variableId } : {}),
    }
  }
  const gradient = wordIn(GRADIENTS, type)
  if (gradient) return readGradient(json, gradient, opacity)
  if (type === 'IMAGE' || type === 'VIDEO') return readImage(json, opacity)
  return { kind: 'other', type }
}

/** Visible paints, bottom first, as Figma lists them. */
export const readPaints = (value: unknown): readonly Paint[] =>
  listOf(value).length === 0
    ? []
    : objectsOf(value)
        .slice(0, 32)
        .filter((paint) => paint['visible'] !== false && paint['opacity'] !== 0)
        .map(readPaint)

function readEffect(json: Json): Effect {
  const type = textOf(json['type'])
  if (type === 'DROP_SHADOW' || type === 'INNER_SHADOW') {
    const offset = jsonOf(json['offset'])
    return {
      kind: type === 'DROP_SHADOW' ? 'drop-shadow' : 'inner-shadow',
      x: numberOf(offset['x']),
      y: numberOf(offset['y']),
      radius: Math.max(0, numberOf(json['radius'])),
      spread: numberOf(json['spread']),
      colour: readColour(json['color']),
      isBehindShown: json['showShadowBehindNode'] === true,
    }
  }
  if (type === 'LAYER_BLUR' || type === 'BACKGROUND_BLUR') {
    return {
      kind: type === 'LAYER_BLUR' ? 'layer-blur' : 'background-blur',
      radius: Math.max(0, numberOf(json['radius'])),
      isProgressive: json['blurType'] === 'PROGRESSIVE',
    }
  }
  return { kind: 'other', type }
}

export const readEffects = (value: unknown): readonly Effect[] =>
  listOf(value).length === 0
    ? []
    : objectsOf(value)
        .slice(0, 32)
        .filter((effect) => effect['visible'] !== false)
        .map(readEffect)
