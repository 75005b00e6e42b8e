/** Phase 6, fills of boxes: paints from bottom to top → background declarations. */
import type { Building } from '../building.ts'
import { percent, rounded, type Style } from '../element.ts'
import type { Layer, Paint } from '../normalise/layer.ts'
import { jsonOf, textOf } from '../normalise/values.ts'
import { pictureAddress } from '../resolve/addresses.ts'
import { cssColour } from '../resolve/colour-names.ts'
import { gradientCss } from './gradient.ts'

export type ImagePaint = Extract<Paint, { kind: 'image' }>

/** Id of the shared style of one kind (`fill`, `text`, `stroke`, `effect`) on a node; older files use the plural. */
export const styleIdOf = (layer: Layer, kind: string): string => {
  const styles = jsonOf(layer.node['styles'])
  return textOf(styles[kind]) || textOf(styles[`${kind}s`])
}

/** The variable bound to a solid paint of a node; the newer schema says it on the paint, the older on the node. */
export const paintColour = (layer: Layer, paint: Extract<Paint, { kind: 'solid' }>, kind: 'fill' | 'stroke', building: Building): string =>
  building.tokens.colour(paint.colour, { variableId: paint.variableId, styleId: styleIdOf(layer, kind) })

/** The key of the picture that fills this layer, when the bundle holds one: the image fill itself, else a render of the node. */
export function imageKey(
  layer: Layer,
  paint: ImagePaint,
  building: Building,
): { readonly key: string; readonly isRender: boolean } | undefined {
  const { images = {}, renders = {} } = building.bundle
  if (Object.hasOwn(images, paint.ref) && pictureAddress(images[paint.ref]?.href)) return { key: `image:${paint.ref}`, isRender: false }
  if (Object.hasOwn(renders, layer.id) && pictureAddress(renders[layer.id]?.href)) return { key: `render:${layer.id}`, isRender: true }
  return undefined
}

/** `filter` of an image paint; Figma's values run from -1 to 1. */
export function imageFilter(paint: ImagePaint, layer: Layer, building: Building): string {
  const { exposure = 0, contrast = 0, saturation = 0, ...rest } = paint.filters
  if (Object.values(rest).some((value) => value !== 0)) {
    building.report.approximate(layer.id, layer.name, 'IMAGE_FILTER', 'Temperature, tint, highlights and shadows of an image have no CSS.')
  }
  return [
    exposure && `brightness(${rounded(1 + exposure)})`,
    contrast && `contrast(${rounded(1 + contrast * 0.5)})`,
    saturation && `saturate(${rounded(1 + saturation)})`,
  ]
    .filter(Boolean)
    .join(' ')
}

/** Size, position and repeat of an image in a box, as CSS says them. */
export function imagePlacement(
  paint: ImagePaint,
  isRender: boolean,
): { readonly size: string; readonly position: string; readonly repeat: string } {
  if (isRender) return { size: '100% 100%', position: 'center', repeat: 'no-repeat' }
  if (paint.fit === 'fit') return { size: 'contain', position: 'center', repeat: 'no-repeat' }
  if (paint.fit === 'tile') return { size: 'auto', position: '0% 0%', repeat: 'repeat' }
  const rows = paint.fit === 'crop' ? paint.transform : undefined
  const [scaleX, , moveX] = rows?.[0] ?? [1, 0, 0]
  const [, scaleY, moveY] = rows?.[1] ?? [0, 1, 0]
  if (!rows || scaleX <= 0 || scaleY <= 0 || scaleX > 50 || scaleY > 50)
    return { size: paint.fit === 'crop' ? '100% 100%' : 'cover', position: 'center', repeat: 'no-repeat' }
  // CSS percentages of a position are shares of (box - image), Figma's offsets shares of the image.
  const place = (scale: number, move: number) => (Math.abs(1 - scale) < 1e-4 ? '0%' : percent(move / (1 - scale)))
  return {
    size: `${percent(1 / scaleX)} ${percent(1 / scaleY)}`,
    position: `${place(scaleX, moveX)} ${place(scaleY, moveY)}`,
    repeat: 'no-repeat',
  }
}

interface BackgroundLayer {
  readonly image: string
  readonly size: string
  readonly position: string
  readonly repeat: string
  readonly blend: string
}

const PLAIN = { size: 'auto', position: '0% 0%', repeat: 'repeat' }

export function noteImage(layer: Layer, paint: ImagePaint, isPresent: boolean, building: Building): void {
  building.assets.push({ kind: 'image-fill', id: paint.ref, nodeId: layer.id, isPresent })
  if (!isPresent) building.report.drop(layer.id, layer.name, 'IMAGE_MISSING', 'The picture of this layer was not among the images given.')
}

function backgroundLayer(layer: Layer, paint: Paint, building: Building): BackgroundLayer | undefined {
  if (paint.kind === 'solid') {
    const colour = cssColour(paint.colour)
    return { image: `linear-gradient(${colour}, ${colour})`, ...PLAIN, blend: paint.blend }
  }
  if (paint.kind === 'gradient') {
    const { css, isExact } = gradientCss(paint, layer.width, layer.height)
    if (!isExact)
      building.report.approximate(
        layer.id,
        layer.name,
        `GRADIENT_${paint.gradient.toUpperCase()}`,
        'CSS has no gradient of this shape; the nearest stands in.',
      )
    return { image: css, ...PLAIN, blend: paint.blend }
  }
  if (paint.kind === 'image') {
    const found = imageKey(layer, paint, building)
    noteImage(layer, paint, found !== undefined, building)
    if (!found) return undefined
    return { image: `asset(${found.key})`, ...imagePlacement(paint, found.isRender), blend: paint.blend }
  }
  building.report.approximate(layer.id, layer.name, paint.type || 'PAINT', 'A paint of this kind has no CSS and is left out.')
  return undefined
}

/** Background declarations of a box. */
export function fillStyle(layer: Layer, fills: readonly Paint[], building: Building): Style {
  const [bottom, ...above] = fills
  if (!bottom) return {}
  const isColour = bottom.kind === 'solid'
  const style: Record<string, string> = isColour ? { 'background-color': paintColour(layer, bottom, 'fill', building) } : {}
  const layers = (isColour ? above : fills).flatMap((paint) => backgroundLayer(layer, paint, building) ?? []).toReversed()
  if (layers.length === 0) return style
  const list = (pick: (each: BackgroundLayer) => string, plain: string) => {
    const values = layers.map(pick)
    return values.every((value) => value === plain) ? '' : new Set(values).size === 1 ? (values[0] as string) : values.join(', ')
  }
  const declarations = {
    'background-image': layers.map(({ image }) => image).join(', '),
    'background-size': list(({ size }) => size, PLAIN.size),
    'background-position': list(({ position }) => position, PLAIN.position),
    'background-repeat': list(({ repeat }) => repeat, PLAIN.repeat),
    'background-blend-mode': list(({ blend }) => blend || 'normal', 'normal'),
  }
  for (const [property, value] of Object.entries(declarations)) if (value) style[property] = value
  return style
}
