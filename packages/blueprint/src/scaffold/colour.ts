/** Colours in OKLCH, and how well they read on each other (WCAG 2.2). */

/** Lightness 0 to 1, chroma 0 to about 0.37, hue in degrees. */
export interface Oklch {
  readonly l: number
  readonly c: number
  readonly h: number
}

const toLinear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
const toGamma = (value: number) => (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055)

const channels = (hex: string) =>
  [1, 3, 5].map((at) => toLinear(Number.parseInt(hex.slice(at, at + 2), 16) / 255)) as [number, number, number]

/** @see https://bottosson.github.io/posts/oklab */
export function hexToOklch(hex: string): Oklch {
  const [r, g, b] = channels(hex)
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  return {
    l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    c: Math.hypot(a, bb),
    h: ((Math.atan2(bb, a) * 180) / Math.PI + 360) % 360,
  }
}

function oklchToLinear({ l, c, h }: Oklch): [number, number, number] {
  const a = c * Math.cos((h * Math.PI) / 180)
  const b = c * Math.sin((h * Math.PI) / 180)
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ]
}

/** The nearest colour that a screen can show: chroma gives way, lightness and hue stay. */
export function oklchToHex(colour: Oklch): string {
  const l = Math.min(Math.max(colour.l, 0), 1)
  for (let c = colour.c; ; c = c < 0.002 ? 0 : c * 0.94) {
    const rgb = oklchToLinear({ ...colour, l, c })
    if (c === 0 || rgb.every((channel) => channel >= -0.0005 && channel <= 1.0005)) {
      return `#${rgb
        .map((channel) =>
          Math.round(toGamma(Math.min(Math.max(channel, 0), 1)) * 255)
            .toString(16)
            .padStart(2, '0'),
        )
        .join('')}`
    }
  }
}

export const hueOf = (hex: string) => hexToOklch(hex).h

function luminance(hex: string): number {
  const [r, g, b] = channels(hex)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** The WCAG contrast ratio, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

/**
 * The colour nearest to `wanted` that reads on every one of the backgrounds.
 * @param ratio the contrast to reach; where nothing reaches it, black or white, whichever reads better
 */
export function readable(wanted: Oklch, backgrounds: readonly string[], ratio = 4.5): string {
  const worst = (hex: string) => Math.min(...backgrounds.map((background) => contrast(hex, background)))
  for (let step = 0; step <= 100; step++) {
    for (const sign of [-1, 1]) {
      const l = wanted.l + (sign * step) / 100
      if (l < 0 || l > 1) continue
      const hex = oklchToHex({ ...wanted, l })
      if (worst(hex) >= ratio) return hex
    }
  }
  return worst('#000000') >= worst('#ffffff') ? '#000000' : '#ffffff'
}
