/** Phase 6, strokes of boxes: borders where they take space, else outlines and rings, which take none. */
import type { Building } from '../building.ts'
import { type ElementNode, element, px, type Style } from '../element.ts'
import type { Layer, Paint } from '../normalise/layer.ts'
import { cssColour } from '../resolve/colour-names.ts'
import { dashedOutline } from './dashes.ts'
import { fillStyle, paintColour } from './fills.ts'

const SIDES = ['top', 'right', 'bottom', 'left'] as const

export interface Strokes {
  readonly style: Style
  /** Shadows that draw sides of different widths; they join the layer's other shadows. */
  readonly shadows: readonly string[]
  /** An element on top that draws what no property can. */
  readonly overlay?: ElementNode
}

const NONE: Strokes = { style: {}, shadows: [] }

/** Whether the strokes of this layer take space as CSS borders do. */
export const hasBorder = (layer: Layer): boolean =>
  layer.layout !== undefined && 'hasBorder' in layer.layout && layer.layout.hasBorder && layer.strokes.length > 0

const topSolid = (strokes: readonly Paint[]) => strokes.findLast((paint) => paint.kind === 'solid')

function borders(layer: Layer, colour: string, line: string): Style {
  const style: Record<string, string> = {}
  const { top, right, bottom, left } = layer.strokeWidths
  if (top === right && top === bottom && top === left) style['border-width'] = px(top)
  else for (const side of SIDES) if (layer.strokeWidths[side] > 0) style[`border-${side}-width`] = px(layer.strokeWidths[side])
  return { ...style, 'border-style': line, 'border-color': colour }
}

function sideShadows(layer: Layer, colour: string): readonly string[] {
  const { top, right, bottom, left } = layer.strokeWidths
  const inner = layer.strokeAlign === 'outside' ? 0 : layer.strokeAlign === 'center' ? 0.5 : 1
  const draw = (inset: string, share: number) => [
    top > 0 ? `${inset}0px ${px(inset ? top * share : -top * share)} ${colour}` : '',
    right > 0 ? `${inset}${px(inset ? -right * share : right * share)} 0px ${colour}` : '',
    bottom > 0 ? `${inset}0px ${px(inset ? -bottom * share : bottom * share)} ${colour}` : '',
    left > 0 ? `${inset}${px(inset ? left * share : -left * share)} 0px ${colour}` : '',
  ]
  return [...(inner > 0 ? draw('inset ', inner) : []), ...(inner < 1 ? draw('', 1 - inner) : [])].filter(Boolean)
}

/** A ring painted by a gradient or image: a box over the layer of which only the edge is let through. */
function paintedRing(layer: Layer, paints: readonly Paint[], building: Building): ElementNode {
  const width = layer.strokeWidths.top
  const grow = layer.strokeAlign === 'outside' ? width : layer.strokeAlign === 'center' ? width / 2 : 0
  const radius = layer.radii[0] + (layer.radii[0] > 0 ? grow : 0)
  return element(
    'span',
    { 'aria-hidden': 'true' },
    {
      position: 'absolute',
      inset: px(-grow),
      padding: px(width),
      ...(layer.type === 'ELLIPSE' ? { 'border-radius': '50%' } : radius > 0 ? { 'border-radius': px(radius) } : {}),
      ...fillStyle(layer, paints, building),
      mask: 'linear-gradient(#000, #000) content-box exclude, linear-gradient(#000, #000)',
      'pointer-events': 'none',
    },
    [],
  )
}

export function strokeStyle(layer: Layer, building: Building, canHoldOverlay: boolean): Strokes {
  const { top, right, bottom, left } = layer.strokeWidths
  const widest = Math.max(top, right, bottom, left)
  if (layer.strokes.length === 0 || widest === 0) return NONE
  const solid = topSolid(layer.strokes)
  const painted = layer.strokes.filter((paint) => paint.kind === 'gradient' || paint.kind === 'image')
  if (painted.length && canHoldOverlay && !hasBorder(layer)) return { ...NONE, overlay: paintedRing(layer, layer.strokes, building) }
  if (!solid) {
    const stop = painted.flatMap((paint) => (paint.kind === 'gradient' ? paint.stops : []))[0]
    building.report.approximate(
      layer.id,
      layer.name,
      'STROKE_PAINT',
      'A stroke painted by a gradient or image is drawn in one colour here.',
    )
    if (!stop) return NONE
    return { style: { outline: `${px(widest)} solid ${cssColour(stop.colour)}`, 'outline-offset': px(-widest) }, shadows: [] }
  }
  const colour = paintColour(layer, solid, 'stroke', building)
  const line = layer.dashes.length ? 'dashed' : 'solid'
  const isEven = top === right && top === bottom && top === left
  if (layer.dashes.length && isEven && canHoldOverlay && !hasBorder(layer)) return { ...NONE, overlay: dashedOutline(layer, colour) }
  if (layer.dashes.length) building.report.approximate(layer.id, layer.name, 'STROKE_DASHES', 'CSS chooses the length of dashes itself.')
  if (hasBorder(layer)) return { style: borders(layer, colour, line), shadows: [] }
  if (isEven) {
    const inside = layer.strokeAlign === 'inside' ? top : layer.strokeAlign === 'center' ? top / 2 : 0
    return {
      style: { 'outline-width': px(top), 'outline-style': line, 'outline-color': colour, 'outline-offset': px(-inside) },
      shadows: [],
    }
  }
  return { style: {}, shadows: sideShadows(layer, colour) }
}
