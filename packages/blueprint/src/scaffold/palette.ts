/** From two colours that were asked for to all the colours of an app, light and dark, all of them readable. */
import type { Theme } from '@slipway/domain'
import { contrast, hexToOklch, type Oklch, oklchToHex, readable } from './colour.ts'

export type Palette = Readonly<Record<string, string>>

/** A background this dark is meant as a dark app. */
const DARK_BELOW = 0.5

export const isDarkTheme = (theme: Theme) => hexToOklch(theme.background).l < DARK_BELOW && contrast(theme.background, '#ffffff') >= 4.5

const TONES = { info: [0.12, 248], success: [0.12, 152], warning: [0.12, 70], danger: [0.17, 27] } as const

/** The ground nearest to `wanted`, on the way to `safe`, on which text of the extreme colour still reads. */
function towards(safe: string, extreme: string, wanted: Oklch): string {
  const goal = hexToOklch(safe)
  for (let share = 0; share < 1; share += 0.1) {
    const hex = oklchToHex({ ...wanted, l: wanted.l + (goal.l - wanted.l) * share, c: wanted.c + (goal.c - wanted.c) * share })
    if (contrast(hex, extreme) >= 4.5) return hex
  }
  return safe
}

/** The background exactly as asked; everything else in step with it. */
function paletteOn(canvas: string, primary: string): Palette {
  const ground = hexToOklch(canvas)
  const isDark = contrast(canvas, '#ffffff') > contrast(canvas, '#000000')
  const tinted = (l: number, c: number): Oklch => ({ l, c: Math.min(c, ground.c * 1.2 + 0.004), h: ground.h })
  const extreme = isDark ? '#ffffff' : '#000000'
  const surface = towards(
    canvas,
    extreme,
    isDark
      ? tinted(Math.min(ground.l + 0.045, 0.5), 0.07)
      : { l: Math.max(1 - (1 - ground.l) * 0.22, 0.965), c: Math.min(ground.c * 0.3, 0.012), h: ground.h },
  )
  const sunken = towards(
    canvas,
    extreme,
    isDark ? tinted(ground.l + 0.075, 0.07) : { l: ground.l - 0.035, c: Math.min(ground.c * 1.15, 0.2), h: ground.h },
  )
  const grounds = [canvas, surface, sunken]
  const ink = readable(tinted(isDark ? 0.95 : 0.22, 0.02), grounds, 7)
  const muted = readable(tinted(isDark ? 0.74 : 0.48, 0.03), grounds)
  const line = oklchToHex(
    isDark ? tinted(ground.l + 0.12, 0.06) : { l: Math.min(ground.l, 0.965) - 0.075, c: Math.min(ground.c, 0.05), h: ground.h },
  )
  const lineStrong = readable(tinted(isDark ? 0.5 : 0.68, 0.03), [surface], 3)
  return {
    canvas,
    surface,
    sunken,
    line,
    'line-strong': lineStrong,
    ink,
    muted,
    ...accents(primary, grounds, isDark),
    ...tones(surface, canvas, isDark),
  }
}

function accents(primary: string, grounds: readonly string[], isDark: boolean): Palette {
  const asked = hexToOklch(primary)
  const [canvas = primary] = grounds
  // A button must be seen as one: against the page it needs some distance.
  const fill = contrast(primary, canvas) >= 1.6 ? primary : readable(asked, [canvas], 2)
  const on =
    contrast(fill, '#ffffff') >= 4.5
      ? '#ffffff'
      : contrast(fill, '#000000') >= 4.5
        ? readable({ l: 0.18, c: 0.03, h: asked.h }, [fill])
        : '#ffffff'
  const shade = hexToOklch(fill)
  const isLightText = on === '#ffffff'
  const hover = oklchToHex({ ...shade, l: shade.l + (isLightText ? -0.05 : 0.05) })
  const soft = towards(canvas, isDark ? '#ffffff' : '#000000', {
    l: isDark ? Math.min(hexToOklch(canvas).l + 0.13, 0.4) : 0.945,
    c: Math.min(asked.c * 0.35, 0.05),
    h: asked.h,
  })
  return {
    primary: fill,
    'primary-hover': contrast(hover, on) >= 4.5 ? hover : fill,
    'on-primary': on,
    'primary-ink': readable(asked, [...grounds, soft]),
    'primary-soft': soft,
  }
}

function tones(surface: string, canvas: string, isDark: boolean): Palette {
  const neutral = [0.012, hexToOklch(canvas).h] as const
  return Object.fromEntries(
    Object.entries({ neutral, ...TONES }).flatMap(([name, [c, h]]) => {
      const soft = towards(surface, isDark ? '#ffffff' : '#000000', {
        l: isDark ? Math.min(hexToOklch(surface).l + 0.09, 0.38) : 0.945,
        c: Math.min(c * 0.3, 0.04),
        h,
      })
      return [
        [name, readable({ l: isDark ? 0.82 : 0.45, c, h }, [surface, soft])],
        [`${name}-soft`, soft],
      ]
    }),
  )
}

/** The counterpart of what was asked for: the same hues on a dark ground, or on a light one. */
export function palettesOf(theme: Theme): { readonly light: Palette; readonly dark: Palette } {
  const ground = hexToOklch(theme.background)
  const asked = paletteOn(theme.background, theme.primary)
  if (isDarkTheme(theme))
    return { light: paletteOn(oklchToHex({ l: 0.97, c: Math.min(ground.c * 0.3, 0.015), h: ground.h }), theme.primary), dark: asked }
  const night = oklchToHex({ l: 0.19, c: Math.min(ground.c * 0.4, 0.025), h: ground.h })
  const primary = hexToOklch(theme.primary)
  const lifted = primary.l < 0.5 ? oklchToHex({ ...primary, l: 0.62 }) : theme.primary
  return { light: asked, dark: paletteOn(night, lifted) }
}

const FONTS = {
  sans: { files: ['figtree'], body: "'Figtree Variable'", heading: "'Figtree Variable'", fallback: 'ui-sans-serif, system-ui, sans-serif' },
  serif: {
    files: ['figtree', 'newsreader'],
    body: "'Figtree Variable'",
    heading: "'Newsreader Variable'",
    fallback: 'ui-sans-serif, system-ui, sans-serif',
  },
  rounded: { files: ['nunito'], body: "'Nunito Variable'", heading: "'Nunito Variable'", fallback: 'ui-rounded, system-ui, sans-serif' },
} as const

const CORNERS = {
  square: { control: '2px', panel: '2px', badge: '2px' },
  soft: { control: '7px', panel: '10px', badge: '5px' },
  round: { control: '12px', panel: '18px', badge: '99px' },
} as const

/** `web/theme.css` */
export function writeTheme(theme: Theme): string {
  const { light, dark } = palettesOf(theme)
  const font = FONTS[theme.font]
  const corners = CORNERS[theme.corners]
  const heading = theme.font === 'serif' ? `${font.heading}, ui-serif, Georgia, serif` : `${font.heading}, ${font.fallback}`
  const lines = (palette: Palette) => Object.entries(palette).map(([name, value]) => `  --${name}: ${value};`)
  return [
    `/* The look of the app. Every text colour reads at 4.5:1 or better on the grounds it stands on. */`,
    ...font.files.map((file) => `@import '@fontsource-variable/${file}';`),
    '',
    ':root {',
    '  color-scheme: light;',
    ...lines(light),
    `  --font-body: ${font.body}, ${font.fallback};`,
    `  --font-heading: ${heading};`,
    ...Object.entries(corners).map(([name, value]) => `  --corner-${name}: ${value};`),
    '}',
    '',
    ":root[data-theme='dark'] {",
    '  color-scheme: dark;',
    ...lines(dark),
    '}',
    '',
  ].join('\n')
}
