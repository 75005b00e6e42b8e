/** Arcs, pie slices and rings of ellipses as SVG paths. Angles are radians, clockwise from three o'clock. */
import { rounded } from '../element.ts'
import type { Layer } from '../normalise/layer.ts'

export function arcPath(width: number, height: number, arc: NonNullable<Layer['arc']>): string {
  const [rx, ry] = [width / 2, height / 2]
  const sweep = Math.max(-Math.PI * 2, Math.min(Math.PI * 2, arc.end - arc.start))
  const isFull = Math.abs(Math.abs(sweep) - Math.PI * 2) < 0.001
  const at = (angle: number, share: number) => `${rounded(rx + rx * share * Math.cos(angle))} ${rounded(ry + ry * share * Math.sin(angle))}`
  const curve = (from: number, to: number, share: number) => {
    // A single arc command cannot say a full turn, so every arc is drawn in two halves.
    const middle = (from + to) / 2
    const flag = to > from ? 1 : 0
    const radii = `${rounded(rx * share)} ${rounded(ry * share)} 0 0 ${flag}`
    return `A${radii} ${at(middle, share)}A${radii} ${at(to, share)}`
  }
  const { start, hole } = arc
  const end = start + sweep
  if (hole === 0)
    return isFull ? `M${at(start, 1)}${curve(start, end, 1)}Z` : `M${at(start, 1)}${curve(start, end, 1)}L${rounded(rx)} ${rounded(ry)}Z`
  if (isFull) return `M${at(start, 1)}${curve(start, end, 1)}ZM${at(end, hole)}${curve(end, start, hole)}Z`
  return `M${at(start, 1)}${curve(start, end, 1)}L${at(end, hole)}${curve(end, start, hole)}Z`
}
