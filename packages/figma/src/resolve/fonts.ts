/** Phase 2, fonts: which families can be had, and by how much the stand-in of the others is stretched to fit the design's own text boxes. */
import type { FontMetrics } from '../bundle.ts'
import { rounded } from '../element.ts'
import type { Layer, TextContent, TextStyle } from '../normalise/layer.ts'
import type { NeededFont } from '../result.ts'
import { lineWidth } from './letter-widths.ts'

/** Open families that every font host serves, when the caller does not say what it has. */
const OPEN_FAMILIES =
  'Andika,Archivo,Arimo,Barlow,Be Vietnam Pro,Bebas Neue,Bitter,Cabin,Cairo,Caveat,Comfortaa,Cormorant,Crimson Text,DM Mono,DM Sans,DM Serif Display,Dancing Script,Dosis,EB Garamond,Epilogue,Exo 2,Figtree,Fira Code,Fira Sans,Fraunces,Geist,Geist Mono,Golos Text,Gothic A1,Hanken Grotesk,Heebo,Hind,IBM Plex Mono,IBM Plex Sans,IBM Plex Serif,Inconsolata,Inter,Inter Tight,Instrument Sans,JetBrains Mono,Josefin Sans,Jost,Karla,Kanit,Lato,League Spartan,Lexend,Libre Baskerville,Libre Franklin,Lora,Manrope,Material Symbols Outlined,Merriweather,Montserrat,Mukta,Mulish,Noto Sans,Noto Sans JP,Noto Sans KR,Noto Sans SC,Noto Serif,Nunito,Nunito Sans,Onest,Open Sans,Oswald,Outfit,Overpass,Oxygen,PT Sans,PT Serif,Pacifico,Playfair Display,Plus Jakarta Sans,Poppins,Pretendard,Pretendard JP,Prompt,Public Sans,Quicksand,Raleway,Readex Pro,Red Hat Display,Roboto,Roboto Condensed,Roboto Flex,Roboto Mono,Roboto Slab,Rubik,Sen,Signika,Sora,Source Code Pro,Source Sans 3,Source Sans Pro,Source Serif 4,Space Grotesk,Space Mono,Spline Sans,Spline Sans Mono,Syne,Teko,Titillium Web,Ubuntu,Unbounded,Urbanist,Varela Round,Vollkorn,Work Sans,Yantramanav,Zilla Slab'.split(
    ',',
  )

/** A text whose box differs more than this from what its letters add up to keeps its box. */
const UNLIKE_PX = 2.5
const UNLIKE_SHARE = 0.05

interface Family {
  readonly weights: Set<number>
  hasItalic: boolean
  /** Box width over stand-in width of auto-width texts, by weight. */
  readonly ratios: Map<number, number[]>
}

export interface Fonts {
  isAvailable(family: string): boolean
  /** Whether a browser's box of this text will differ from the design's: another font, or letters the design measured otherwise. */
  isUnlike(text: TextContent, width: number): boolean
  /** How wide a line will be in px, by the design's own boxes; letter spacing included. */
  widthOf(text: string, style: TextStyle): number
  /** `size-adjust` of the stand-in by family and weight, as shares; only families that cannot be had. */
  standIns(): readonly { readonly family: string; readonly weight: number; readonly ratio: number }[]
  needed(): readonly NeededFont[]
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 1

const cased = (text: string, style: TextStyle) => (style.transform === 'uppercase' ? text.toUpperCase() : text)

function collect(
  text: TextContent,
  box: Layer['box'],
  families: Map<string, Family>,
  widthOf: (text: string, style: TextStyle) => number,
): void {
  for (const run of text.runs.length ? text.runs : [{ text: '', style: text.style }]) {
    const family = families.get(run.style.family) ?? { weights: new Set(), hasItalic: false, ratios: new Map() }
    families.set(run.style.family, family)
    family.weights.add(run.style.weight)
    family.hasItalic ||= run.style.isItalic
  }
  const line = text.characters.trimEnd()
  if (text.resize !== 'both' || text.runs.length !== 1 || line.includes('\n') || line.includes('\u2028') || line.length < 3) return
  const { style } = text
  const natural = widthOf(cased(line, style), style)
  const ratio = (box.width - style.letterSpacing * line.length) / natural
  if (!(ratio > 0.4 && ratio < 2.5)) return
  const ratios = families.get(style.family)?.ratios
  const ofWeight = ratios?.get(style.weight)
  if (ofWeight) ofWeight.push(ratio)
  else ratios?.set(style.weight, [ratio])
}

export function resolveFonts(
  roots: readonly Layer[],
  available: readonly string[] | undefined,
  metrics: Readonly<Record<string, FontMetrics>>,
): Fonts {
  const open = new Set((available ?? OPEN_FAMILIES).map((family) => family.toLowerCase()))
  const families = new Map<string, Family>()
  const standInWidth = (text: string, style: TextStyle) =>
    lineWidth(text, style.size, style.weight, metrics[style.weight >= 600 ? 'Arial 700' : 'Arial 400'])
  const waiting = [...roots]
  for (let layer = waiting.pop(); layer; layer = waiting.pop()) {
    if (layer.text) collect(layer.text, layer.turn ? { ...layer.box, width: layer.width } : layer.box, families, standInWidth)
    for (const child of layer.children) waiting.push(child)
  }
  const isAvailable = (family: string) => open.has(family.toLowerCase())
  const ratioOf = new Map<string, number>()
  for (const [name, family] of families) {
    const all = median([...family.ratios.values()].flat())
    for (const weight of family.weights) ratioOf.set(`${name}\n${weight}`, median(family.ratios.get(weight) ?? [all]))
  }
  const sorted = [...families].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const widthOf = (text: string, style: TextStyle) =>
    standInWidth(cased(text, style), style) * (ratioOf.get(`${style.family}\n${style.weight}`) ?? 1) + style.letterSpacing * text.length
  return {
    isAvailable,
    isUnlike(text, width) {
      if (!isAvailable(text.style.family)) return true
      if (text.runs.length !== 1 || text.characters.includes('\n')) return false
      const guess = widthOf(text.characters.trimEnd(), text.style)
      return Math.abs(guess - width) > Math.max(UNLIKE_PX, width * UNLIKE_SHARE)
    },
    widthOf,
    standIns: () =>
      sorted.flatMap(([family, { weights }]) =>
        isAvailable(family)
          ? []
          : [...weights]
              .toSorted((a, b) => a - b)
              .map((weight) => ({ family, weight, ratio: rounded(ratioOf.get(`${family}\n${weight}`) ?? 1) })),
      ),
    needed: () =>
      sorted.map(([family, { weights, hasItalic }]) => ({
        family,
        weights: [...weights].toSorted((a, b) => a - b),
        hasItalic,
        isAvailable: isAvailable(family),
      })),
  }
}
