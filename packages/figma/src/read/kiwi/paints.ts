/** Paints, strokes, corners and effects of a decoded node in the words of the REST API. */
import type { KiwiFields } from './decode.ts'
import { fieldsOf, listOf, numberOf, numbersOf, present, textOf, word } from './values.ts'
import { variableAlias } from './variables.ts'

const SCALE_MODES = word({ STRETCH: 'STRETCH', FIT: 'FIT', FILL: 'FILL', TILE: 'TILE' })
const EFFECTS = word({
  INNER_SHADOW: 'INNER_SHADOW',
  DROP_SHADOW: 'DROP_SHADOW',
  FOREGROUND_BLUR: 'LAYER_BLUR',
  BACKGROUND_BLUR: 'BACKGROUND_BLUR',
  GRAIN: 'TEXTURE',
  NOISE: 'NOISE',
  GLASS: 'GLASS',
})

export const hexOf = (bytes: unknown): string | undefined =>
  bytes instanceof Uint8Array ? [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('') : undefined

type Affine = readonly [readonly [number, number, number], readonly [number, number, number]]

export function affineOf(value: unknown): Affine | undefined {
  const matrix = fieldsOf(value)
  const [a, c, e, b, d, f] = ['m00', 'm01', 'm02', 'm10', 'm11', 'm12'].map((key) => numberOf(matrix[key]))
  if (a === undefined || b === undefined || c === undefined || d === undefined || e === undefined || f === undefined) return undefined
  return [
    [a, c, e],
    [b, d, f],
  ]
}

/** Figma keeps the way from the box into the gradient; handles are the way back. */
function handlesOf(transform: Affine | undefined, type: string) {
  const [[a, c, e], [b, d, f]] = transform ?? [
    [1, 0, 0],
    [0, 1, 0],
  ]
  const determinant = a * d - b * c
  if (Math.abs(determinant) < 1e-9) return undefined
  const back = (x: number, y: number) => ({ x: (d * (x - e) - c * (y - f)) / determinant, y: (a * (y - f) - b * (x - e)) / determinant })
  return type === 'GRADIENT_LINEAR' ? [back(0, 0.5), back(1, 0.5), back(0, 1)] : [back(0.5, 0.5), back(1, 0.5), back(0.5, 1)]
}

const FILTERS = {
  exposure: 'exposure',
  contrast: 'contrast',
  vibrance: 'saturation',
  temperature: 'temperature',
  tint: 'tint',
  highlights: 'highlights',
  shadows: 'shadows',
}

function filtersOf(value: unknown): Record<string, unknown> | undefined {
  const filter = fieldsOf(value)
  const entries = Object.entries(FILTERS).flatMap(([key, name]) => (numberOf(filter[key]) ? [[name, filter[key]]] : []))
  return entries.length ? Object.fromEntries(entries) : undefined
}

function paintOf(paint: KiwiFields): Record<string, unknown> {
  const type = textOf(paint.type) ?? 'SOLID'
  const image = fieldsOf(paint.image)
  const alias = variableAlias(paint.colorVar)
  const isGradient = type.startsWith('GRADIENT_')
  const imageRef = hexOf(image.hash) ?? (typeof image.dataBlob === 'number' ? `blob-${image.dataBlob}` : undefined)
  const imageFields = {
    imageRef,
    scaleMode: SCALE_MODES(paint.imageScaleMode) ?? 'FILL',
    imageTransform: paint.imageScaleMode === 'STRETCH' ? affineOf(paint.transform) : undefined,
    scalingFactor: paint.imageScaleMode === 'TILE' ? numberOf(paint.scale) : undefined,
    rotation: numberOf(paint.rotation) || undefined,
    filters: filtersOf(paint.paintFilter),
  }
  return present({
    type,
    blendMode: textOf(paint.blendMode) ?? 'NORMAL',
    opacity: numberOf(paint.opacity),
    visible: paint.visible === false ? false : undefined,
    color: type === 'SOLID' ? paint.color : undefined,
    gradientStops: isGradient ? listOf(paint.stops).map((stop) => ({ color: stop.color, position: stop.position })) : undefined,
    gradientHandlePositions: isGradient ? handlesOf(affineOf(paint.transform), type) : undefined,
    ...(type === 'IMAGE' ? imageFields : {}),
    boundVariables: alias ? { color: alias } : undefined,
  })
}

export const paintsOf = (value: unknown): Record<string, unknown>[] | undefined =>
  Array.isArray(value) ? listOf(value).map(paintOf) : undefined

function effectOf(effect: KiwiFields): Record<string, unknown>[] {
  const type = EFFECTS(effect.type)
  if (!type) return []
  return [
    present({
      type,
      visible: effect.visible !== false,
      radius: numberOf(effect.radius) ?? 0,
      color: effect.color,
      offset: effect.offset,
      spread: numberOf(effect.spread) || undefined,
      blendMode: textOf(effect.blendMode),
      showShadowBehindNode: effect.showShadowBehindNode,
    }),
  ]
}

function cornersOf(fields: KiwiFields): Record<string, unknown> {
  const all = numberOf(fields.cornerRadius)
  const radii = ['TopLeft', 'TopRight', 'BottomRight', 'BottomLeft'].map((corner) => numberOf(fields[`rectangle${corner}CornerRadius`]))
  const own = radii.some((radius) => radius !== undefined)
    ? radii.map((radius) => radius ?? (fields.rectangleCornerRadiiIndependent === true ? 0 : (all ?? 0)))
    : undefined
  const isUneven = own?.some((radius) => radius !== own[0])
  return {
    cornerRadius: isUneven ? undefined : own?.[0] || all || undefined,
    rectangleCornerRadii: isUneven ? own : undefined,
    cornerSmoothing: numberOf(fields.cornerSmoothing) || undefined,
  }
}

function sidesOf(fields: KiwiFields): Record<string, number> | undefined {
  if (fields.borderStrokeWeightsIndependent !== true) return undefined
  const side = (name: string) => (fields[`border${name}Hidden`] === true ? 0 : (numberOf(fields[`border${name}Weight`]) ?? 0))
  return { top: side('Top'), right: side('Right'), bottom: side('Bottom'), left: side('Left') }
}

/** Everything about a node's look that is not its text. */
export function lookOf(fields: KiwiFields): Record<string, unknown> {
  const strokes = paintsOf(fields.strokePaints)
  const dashes = numbersOf(fields.dashPattern)
  return {
    fills: paintsOf(fields.fillPaints) ?? [],
    strokes: strokes ?? [],
    strokeWeight: numberOf(fields.strokeWeight) ?? (strokes?.length ? 1 : undefined),
    strokeAlign: textOf(fields.strokeAlign) ?? 'CENTER',
    strokeCap: textOf(fields.strokeCap),
    strokeJoin: textOf(fields.strokeJoin),
    strokeDashes: dashes.length ? dashes : undefined,
    individualStrokeWeights: sidesOf(fields),
    ...cornersOf(fields),
    effects: listOf(fields.effects).flatMap(effectOf),
    opacity: numberOf(fields.opacity) === 1 ? undefined : numberOf(fields.opacity),
    blendMode: textOf(fields.blendMode) ?? 'PASS_THROUGH',
  }
}
