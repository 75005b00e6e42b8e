/** Phase 8: the design's tokens as custom properties, and stand-ins for fonts that cannot be had. */
import type { Fonts } from '../resolve/fonts.ts'
import { kebab } from '../resolve/names.ts'
import type { Tokens } from '../resolve/tokens.ts'
import { declaration } from './declaration.ts'
import { cssString } from './escape.ts'

const GENERIC: readonly (readonly [RegExp, string])[] = [
  [/mono|code|courier|consol/i, 'monospace'],
  [/serif(?!.*sans)|garamond|times|georgia|merriweather|playfair|lora|baskerville/i, 'serif'],
]

const standInName = (family: string) => `${family} fallback`

const genericOf = (family: string): string =>
  /sans/i.test(family) ? 'sans-serif' : (GENERIC.find(([pattern]) => pattern.test(family))?.[1] ?? 'sans-serif')

export const familyStack = (family: string, fonts: Fonts): string =>
  [cssString(family), ...(fonts.isAvailable(family) ? [] : [cssString(standInName(family))]), genericOf(family)].join(', ')

/** `@font-face` rules that stretch Arial (or what shares its widths) to the measured widths of a font that cannot be had. */
export function standInFaces(fonts: Fonts): string {
  return fonts
    .standIns()
    .map(({ family, weight, ratio }) => {
      const sources = weight >= 600 ? ['Arial Bold', 'Arial-BoldMT', 'Liberation Sans Bold'] : ['Arial', 'ArialMT', 'Liberation Sans']
      const source = declaration('src', sources.map((name) => `local("${name}")`).join(', '))
      return `@font-face {\n  font-family: ${cssString(standInName(family))};\n${source}  font-weight: ${weight};\n  size-adjust: ${Math.round(ratio * 10000) / 100}%;\n}\n`
    })
    .join('\n')
}

/** `--color-…` and `--font-…` lines. */
export function tokenLines(tokens: Tokens, fonts: Fonts): readonly string[] {
  return [
    ...tokens.colours().map(({ name, value }) => `--color-${name}: ${value};`),
    ...[...tokens.families()].map(([family, name]) => `--font-${name}: ${familyStack(family, fonts)};`),
  ]
}

/** Values of other modes: `[data-theme="dark"] { … }`. */
export function themeRules(tokens: Tokens): string {
  const modes = new Map<string, string[]>()
  for (const { name, modes: values } of tokens.colours()) {
    for (const [mode, value] of Object.entries(values)) {
      const lines = modes.get(kebab(mode, 'mode')) ?? []
      modes.set(kebab(mode, 'mode'), lines)
      lines.push(`  --color-${name}: ${value};`)
    }
  }
  return [...modes].map(([mode, lines]) => `[data-theme="${mode}"] {\n${lines.join('\n')}\n}\n`).join('\n')
}
