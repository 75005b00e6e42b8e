/** Phase 8, the first printer: React components with Tailwind 4 classes, and the theme they refer to. */
import type { Fonts } from '../resolve/fonts.ts'
import type { Tokens } from '../resolve/tokens.ts'
import type { JsxTag } from './jsx.ts'
import { returnLines } from './print-component.ts'
import type { JsxPrinting } from './print-jsx.ts'
import { standInFaces, themeRules, tokenLines } from './token-css.ts'

export interface ReactPage {
  readonly file: string
  readonly name: string
  readonly root: JsxTag
  readonly imports: readonly string[]
}

export function printPage(page: ReactPage, printing: JsxPrinting): string {
  const imports = page.imports.length ? `${page.imports.join('\n')}\n\n` : ''
  return `${imports}export function ${page.name}() {\n${returnLines(page.root, printing)}\n}\n`
}

/** The theme: Tailwind makes `bg-…`, `text-…`, `font-…` and `rounded-…` of it. */
export function printTheme(tokens: Tokens, fonts: Fonts, radii: ReadonlySet<string>): string {
  const texts = [...tokens.texts().values()].flatMap(({ name, size, lineHeight, letterSpacing, weight }) => [
    `--text-${name}: ${size};`,
    `--text-${name}--line-height: ${lineHeight};`,
    ...(letterSpacing ? [`--text-${name}--letter-spacing: ${letterSpacing};`] : []),
    `--text-${name}--font-weight: ${weight};`,
  ])
  const rounded = [...radii].toSorted().map((name) => `--radius-${name}: ${name.replace('_', '.')}px;`)
  const lines = [...tokenLines(tokens, fonts), ...texts, ...rounded]
  const theme = lines.length ? `@theme {\n${lines.map((line) => `  ${line}\n`).join('')}}\n` : ''
  const utilities = [...tokens.utilities()].map(
    ([name, style]) =>
      `@utility ${name} {\n${Object.entries(style)
        .map(([property, value]) => declaration(property, value))
        .join('')}}\n`,
  )
  return ['@import "tailwindcss";\n', theme, themeRules(tokens), standInFaces(fonts), ...utilities].filter(Boolean).join('\n')
}

const BROKEN_LISTS = new Set(['box-shadow', 'mask', 'grid-template-columns', 'grid-template-rows', 'transition'])

/** Lists of shadows and masks go one on a line, as prettier puts them; other lists break where they are too long. */
function declaration(property: string, value: string): string {
  const parts = splitList(value)
  const flat = `  ${property}: ${value};`
  if (parts.length > 1 && (BROKEN_LISTS.has(property) || flat.length > 80))
    return `  ${property}:\n${parts.map((part) => `    ${part}`).join(',\n')};\n`
  return `${flat}\n`
}

/** The parts of a CSS list, without those inside brackets. */
function splitList(value: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let index = 0; index < value.length; index++) {
    if (value[index] === '(') depth++
    else if (value[index] === ')') depth--
    else if (value[index] === ',' && depth === 0) {
      parts.push(value.slice(start, index).trim())
      start = index + 1
    }
  }
  parts.push(value.slice(start).trim())
  return parts
}
