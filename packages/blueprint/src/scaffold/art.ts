/** Pictures for example records, drawn from the theme's colours: the app needs no outside image to look complete. */
import { hueOf, oklchToHex } from './colour.ts'

/** A number from a text, the same each time (FNV-1a). */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash >>> 0
}

const slug = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40)

/** Where the picture for an example value lies: its own name keeps two values apart. */
export const artPath = (value: string, title: string) =>
  `/art/${slug(title) || 'picture'}-${(seedOf(value + title) % 46_656).toString(36).padStart(3, '0')}.svg`

/** An SVG of 800 by 600: one of five flat compositions in hues near the theme's. */
export function drawArt(path: string, primary: string): string {
  const seed = seedOf(path)
  let state = seed
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  const hue = hueOf(primary)
  const tint = (lightness: number, chroma: number, shift: number) => oklchToHex({ l: lightness, c: chroma, h: hue + shift })
  const shift = (next() - 0.5) * 50
  const paper = tint(0.94, 0.015, shift)
  const light = tint(0.85, 0.035, shift)
  const middle = tint(0.66, 0.07, shift)
  const dark = tint(0.4, 0.055, shift)
  // One accent: sand on cool hues, cream on warm ones.
  const isWarm = hue < 120 || hue > 330
  const spark = isWarm ? oklchToHex({ l: 0.96, c: 0.03, h: 90 }) : oklchToHex({ l: 0.8, c: 0.09, h: 70 + shift })
  const round = (value: number) => Math.round(value)
  const between = (low: number, high: number) => round(low + next() * (high - low))

  const hills = () => {
    const ridge = (base: number, height: number) => {
      const points = [0, 200, 400, 600, 800].map((x) => `${x} ${base - between(0, height)}`)
      return `M0 600 L${points.join(' L')} L800 600Z`
    }
    return `<circle cx="${between(140, 660)}" cy="${between(120, 220)}" r="${between(50, 90)}" fill="${spark}"/><path d="${ridge(390, 150)}" fill="${light}"/><path d="${ridge(470, 120)}" fill="${middle}"/><path d="${ridge(550, 90)}" fill="${dark}"/>`
  }
  const arches = () =>
    [0, 1, 2, 3]
      .map((index) => {
        const fill = [middle, light, dark, spark][(index + seed) % 4]
        const x = index * 200
        const top = between(160, 360)
        return `<path d="M${x} 600V${top + 100}a100 100 0 0 1 200 0V600Z" fill="${fill}"/>`
      })
      .join('')
  const discs = () =>
    Array.from({ length: 12 }, (_, index) => {
      const fill = [middle, light, dark, spark][between(0, 3)]
      const x = (index % 4) * 200
      const y = Math.floor(index / 4) * 200
      const turn = between(0, 3) * 90
      return `<path d="M${x} ${y}h200a200 200 0 0 1 -200 200Z" transform="rotate(${turn} ${x + 100} ${y + 100})" fill="${fill}"/>`
    }).join('')
  const still = () =>
    `<rect y="${between(380, 430)}" width="800" height="220" fill="${light}"/><circle cx="${between(230, 330)}" cy="340" r="${between(100, 150)}" fill="${middle}"/><path d="M${between(420, 470)} 480V${between(150, 230)}h${between(110, 150)}V480Z" fill="${dark}"/><circle cx="${between(600, 660)}" cy="430" r="${between(40, 70)}" fill="${spark}"/>`
  const waves = () =>
    [0, 1, 2, 3, 4]
      .map((index) => {
        const y = 150 + index * 95
        const swing = between(30, 80)
        const fill = [light, spark, middle, light, dark][index]
        return `<path d="M0 ${y}C200 ${y - swing} 300 ${y + swing} 400 ${y}S700 ${y - swing} 800 ${y}V600H0Z" fill="${fill}"/>`
      })
      .join('')
  const drawing = [hills, arches, discs, still, waves][seed % 5]?.() ?? ''
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 600"><rect width="800" height="600" fill="${paper}"/>${drawing}</svg>\n`
}
