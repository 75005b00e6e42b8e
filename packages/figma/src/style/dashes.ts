/** Phase 6, dashed outlines: CSS chooses the length of dashes itself, so they are drawn. */
import { type ElementNode, element, rounded } from '../element.ts'
import type { Layer } from '../normalise/layer.ts'

interface Line {
  readonly 'stroke-dasharray': string
  readonly 'stroke-dashoffset': string
}

/** Figma begins and ends each side with half a dash and stretches the gaps until whole dashes fit between (measured on its renders). */
function dashesOf(layer: Layer, length: number): Line {
  const [dash = 1, gap = dash] = layer.dashes
  const count = Math.max(1, Math.round(length / (dash + gap)))
  return {
    'stroke-dasharray': `${rounded(dash)} ${rounded(Math.max(0, length / count - dash))}`,
    'stroke-dashoffset': `${rounded(dash / 2)}`,
  }
}

/** The outline as a drawing over the layer, stretched with it. */
export function dashedOutline(layer: Layer, colour: string): ElementNode {
  const stroke = layer.strokeWidths.top
  const inset = layer.strokeAlign === 'inside' ? stroke / 2 : layer.strokeAlign === 'outside' ? -stroke / 2 : 0
  const [left, right, top, bottom] = [inset, layer.width - inset, inset, layer.height - inset]
  const outer = Math.min(layer.radii[0], layer.width / 2, layer.height / 2)
  const radius = outer > 0 ? Math.max(0, outer - inset) : 0
  const point = (x: number, y: number) => `${rounded(x)} ${rounded(y)}`
  const line = { stroke: 'currentColor', 'stroke-width': `${rounded(stroke)}`, 'vector-effect': 'non-scaling-stroke' }
  const path = (d: string, length?: number) =>
    element('path', { d, ...line, ...(length === undefined ? {} : dashesOf(layer, length)) }, {}, [])
  const across = (y: number) => `M${point(left + radius, y)}H${rounded(right - radius)}`
  const down = (x: number) => `M${point(x, top + radius)}V${rounded(bottom - radius)}`
  const arc = (fromX: number, fromY: number, toX: number, toY: number) =>
    `M${point(fromX, fromY)}A${rounded(radius)} ${rounded(radius)} 0 0 1 ${point(toX, toY)}`
  const [rx, ry] = [(right - left) / 2, (bottom - top) / 2]
  const ring = { cx: `${rounded(layer.width / 2)}`, cy: `${rounded(layer.height / 2)}`, rx: `${rounded(rx)}`, ry: `${rounded(ry)}` }
  const shapes =
    layer.type === 'ELLIPSE'
      ? [element('ellipse', { ...ring, ...line, ...dashesOf(layer, Math.PI * (rx + ry)) }, {}, [])]
      : [
          path(across(top) + across(bottom), right - left - 2 * radius),
          path(down(left) + down(right), bottom - top - 2 * radius),
          ...(radius > 0
            ? [
                path(
                  arc(left, top + radius, left + radius, top) +
                    arc(right - radius, top, right, top + radius) +
                    arc(right, bottom - radius, right - radius, bottom) +
                    arc(left + radius, bottom, left, bottom - radius),
                ),
              ]
            : []),
        ]
  return element(
    'svg',
    { 'aria-hidden': 'true', fill: 'none', viewBox: `0 0 ${rounded(layer.width)} ${rounded(layer.height)}`, preserveAspectRatio: 'none' },
    { position: 'absolute', inset: '0px', width: '100%', height: '100%', overflow: 'visible', 'pointer-events': 'none', color: colour },
    shapes,
  )
}
