/** A word for a colour that no style or variable names: its hue and its lightness on the usual scale. */
import type { Colour } from '../normalise/layer.ts'

const HUES: readonly (readonly [number, string])[] = [
  [12, 'red'],
  [38, 'orange'],
  [55, 'amber'],
  [70, 'yellow'],
  [95, 'lime'],
  [155, 'green'],
  [175, 'teal'],
  [195, 'cyan'],
  [212, 'sky'],
  [240, 'blue'],
  [265, 'indigo'],
  [290, 'purple'],
  [325, 'pink'],
  [348, 'rose'],
  [361, 'red'],
]

export function colourName({ r, g, b, a }: Colour): string {
  const max = Math.max(r, g, b)
  const min = Math.min(r, g, b)
  const lightness = (max + min) / 2
  const chroma = max - min
  const suffix = a < 0.995 ? `-${Math.round(a * 100)}` : ''
  if (lightness > 0.995) return `white${suffix}`
  if (lightness < 0.005) return `black${suffix}`
  const step = Math.max(50, Math.min(950, Math.round((1 - lightness) * 20) * 50))
  if (chroma < 0.06 || chroma / (1 - Math.abs(2 * lightness - 1) || 1) < 0.12) return `grey-${step}${suffix}`
  const sector = max === r ? ((g - b) / chroma + 6) % 6 : max === g ? (b - r) / chroma + 2 : (r - g) / chroma + 4
  const hue = sector * 60
  const name = HUES.find(([limit]) => hue < limit)?.[1] ?? 'red'
  return `${name}-${step}${suffix}`
}

const hex = (channel: number) =>
  Math.round(channel * 255)
    .toString(16)
    .padStart(2, '0')

/** `#rgb`-free canonical CSS: `#rrggbb` or `#rrggbbaa`. */
export const cssColour = ({ r, g, b, a }: Colour): string => `#${hex(r)}${hex(g)}${hex(b)}${a < 0.998 ? hex(a) : ''}`
