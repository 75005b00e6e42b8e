/** Phase 6, gradients: Figma's three handles → CSS. */
import { rounded } from '../element.ts'
import type { Paint, Point } from '../normalise/layer.ts'
import { cssColour } from '../resolve/colour-names.ts'

type Gradient = Extract<Paint, { kind: 'gradient' }>

const minus = (a: Point, b: Point): Point => ({ x: a.x - b.x, y: a.y - b.y })
const length = ({ x, y }: Point) => Math.hypot(x, y)
const degrees = (radians: number) => (radians * 180) / Math.PI
const share = (value: number) => `${Math.round(value * 1000) / 10}%`

const stopList = (gradient: Gradient, place: (position: number) => string) =>
  gradient.stops
    .toSorted((a, b) => a.position - b.position)
    .map(({ colour, position }) => `${cssColour(colour)} ${place(position)}`)
    .join(', ')

/** The line of equal colour runs from the start to the third handle; CSS wants the direction across it, in pixels. */
function linear(gradient: Gradient, start: Point, end: Point, side: Point, width: number, height: number): string {
  const along = minus(side, start)
  const towards = minus(end, start)
  const across = length(along) > 1e-6 ? { x: along.y, y: -along.x } : towards
  const size = length(across) || 1
  const sign = across.x * towards.x + across.y * towards.y < 0 ? -1 : 1
  const normal = { x: (sign * across.x) / size, y: (sign * across.y) / size }
  const angle = Math.atan2(normal.x, -normal.y)
  const line = Math.abs(width * Math.sin(angle)) + Math.abs(height * Math.cos(angle)) || 1
  const shareOf = (point: Point) => ((point.x - width / 2) * normal.x + (point.y - height / 2) * normal.y) / line + 0.5
  const [from, to] = [shareOf(start), shareOf(end)]
  return `linear-gradient(${rounded((degrees(angle) + 360) % 360)}deg, ${stopList(gradient, (position) => share(from + (to - from) * position))})`
}

/** CSS for a box of this size in px, and whether it says exactly what the design says. */
export function gradientCss(gradient: Gradient, width: number, height: number): { readonly css: string; readonly isExact: boolean } {
  const [start, end, side] = gradient.handles.map(({ x, y }) => ({ x: x * width, y: y * height })) as [Point, Point, Point]
  const first = minus(end, start)
  const second = minus(side, start)
  if (gradient.gradient === 'linear') return { css: linear(gradient, start, end, side, width, height), isExact: true }
  const at = `${share(width ? start.x / width : 0.5)} ${share(height ? start.y / height : 0.5)}`
  if (gradient.gradient === 'angular') {
    const from = rounded((degrees(Math.atan2(first.y, first.x)) + 450) % 360)
    const isRound = Math.abs(length(first) - length(second)) < 0.05 * length(first)
    return { css: `conic-gradient(from ${from}deg at ${at}, ${stopList(gradient, share)})`, isExact: isRound }
  }
  const isUpright = Math.abs(first.y) > Math.abs(first.x)
  const [radiusX, radiusY] = isUpright ? [length(second), length(first)] : [length(first), length(second)]
  const tilt = Math.min(Math.abs(first.x), Math.abs(first.y)) / (length(first) || 1)
  const isRound = Math.abs(radiusX - radiusY) < 0.02 * Math.max(radiusX, radiusY)
  const css = `radial-gradient(${rounded(Math.max(0.01, radiusX))}px ${rounded(Math.max(0.01, radiusY))}px at ${at}, ${stopList(gradient, share)})`
  return { css, isExact: gradient.gradient === 'radial' && (isRound || tilt < 0.02) }
}
