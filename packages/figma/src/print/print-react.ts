/** Phase 8, the first printer: React components with Tailwind 4 classes, and the theme they refer to. */
import type { Fonts } from '../resolve/fonts.ts'
import type { Tokens } from '../resolve/tokens.ts'
import { declaration } from './declaration.ts'
import type { JsxPrinting, JsxTag } from './jsx.ts'
import { returnLines } from './print-component.ts'
import { listConstant, listsOf } from './print-list.ts'
import { pageTimer } from './print-state.ts'
import { standInFaces, themeRules, tokenLines } from './token-css.ts'

export interface ReactPage {
  readonly file: string
  readonly name: string
  readonly root: JsxTag
  readonly imports: readonly string[]
  readonly leads: { readonly href: string; readonly delayMs: number } | undefined
}

export function printPage(page: ReactPage, printing: JsxPrinting): string {
  const { leads } = page
  const lines = [...(leads ? ['import { useEffect } from "react";'] : []), ...page.imports]
  const imports = lines.length ? `${lines.join('\n')}\n\n` : ''
  const timer = leads ? `${pageTimer(leads.href, leads.delayMs).join('\n')}\n\n` : ''
  const constants = listsOf(page.root).map((list) => `${listConstant(list, printing)}\n\n`)
  return `${imports}${constants.join('')}export function ${page.name}() {\n${timer}${returnLines(page.root, printing)}\n}\n`
}

const themeLine = (line: string) => {
  const colon = line.indexOf(':')
  return declaration(line.slice(0, colon), line.slice(colon + 1, -1).trim())
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
  const theme = lines.length ? `@theme {\n${lines.map(themeLine).join('')}}\n` : ''
  const utilities = [...tokens.utilities()].map(
    ([name, style]) =>
      `@utility ${name} {\n${Object.entries(style)
        .map(([property, value]) => declaration(property, value))
        .join('')}}\n`,
  )
  return ['@import "tailwindcss";\n', theme, themeRules(tokens), standInFaces(fonts), ...utilities].filter(Boolean).join('\n')
}
