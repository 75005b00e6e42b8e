/** Phase 8, the second printer: one HTML page per frame and one style sheet. */
import type { DesignBundle } from '../bundle.ts'
import { type Content, type ElementNode, isPresent, type Style } from '../element.ts'
import type { Fonts } from '../resolve/fonts.ts'
import { createNames, kebab } from '../resolve/names.ts'
import type { Tokens } from '../resolve/tokens.ts'
import type { Screen } from '../responsive/group-frames.ts'
import { escapeAttribute, escapeHtml } from './escape.ts'
import { ASSET, assetAddress, cssDeclarations } from './resolve-style.ts'
import { standInFaces, themeRules, tokenLines } from './token-css.ts'

export interface HtmlPage {
  readonly name: string
  readonly path: string
  readonly root: ElementNode
  readonly breakpoints: Screen['breakpoints']
}

interface Sheet {
  readonly bundle: DesignBundle
  readonly tokens: Tokens
  readonly nodeIds: boolean
  readonly slugs: ReadonlyMap<string, string>
  breakpoints: Screen['breakpoints']
  readonly classes: Map<string, { readonly name: string; readonly css: string }>
  readonly names: (wish: string) => string
}

/** What both outputs assume of a browser, as Tailwind's own reset does. */
const RESET = `*, ::before, ::after { box-sizing: border-box; margin: 0; padding: 0; border: 0 solid; }
html { line-height: 1.5; -webkit-text-size-adjust: 100%; }
h1, h2, h3, h4, h5, h6 { font-size: inherit; font-weight: inherit; }
a { color: inherit; text-decoration: inherit; }
b, strong { font-weight: bolder; }
ol, ul { list-style: none; }
img, svg { display: block; vertical-align: middle; }
button, input, textarea { font: inherit; letter-spacing: inherit; color: inherit; background: transparent; border-radius: 0; text-align: inherit; }
`

const VOID = new Set(['img', 'br', 'hr', 'input'])

const cssText = (style: Style, indent: string) =>
  Object.entries(style)
    .map(([property, value]) => `${indent}${property}: ${value};\n`)
    .join('')

/** Declarations that hold at every width, and nested rules for those that do not. */
function responsiveCss(sheet: Sheet, looks: readonly Style[]): string {
  const styles = looks.map((look) => cssDeclarations(look, sheet.tokens, sheet.bundle))
  const isShared = ([property, value]: [string, string]) => styles.every((style) => style[property] === value)
  const shared = Object.fromEntries(Object.entries(styles[0] ?? {}).filter(isShared))
  const rules = styles.map((style, index) => {
    const own = Object.fromEntries(Object.entries(style).filter((entry) => !isShared(entry)))
    const [low, high] = [sheet.breakpoints[index - 1]?.fromPx, sheet.breakpoints[index]?.fromPx]
    const range =
      low !== undefined && high !== undefined
        ? `${low}px <= width < ${high}px`
        : low !== undefined
          ? `width >= ${low}px`
          : `width < ${high}px`
    return Object.keys(own).length ? `  @media (${range}) {\n${cssText(own, '    ')}  }\n` : ''
  })
  return cssText(shared, '  ') + rules.join('')
}

function classOf(sheet: Sheet, node: ElementNode): string {
  const css = node.looks ? responsiveCss(sheet, node.looks) : cssText(cssDeclarations(node.style, sheet.tokens, sheet.bundle), '  ')
  if (!css) return ''
  const known = sheet.classes.get(css)
  if (known) return known.name
  const name = sheet.names(kebab(node.layer?.name ?? '', node.layer ? 'layer' : node.tag))
  sheet.classes.set(css, { name, css })
  return name
}

const withPages = (sheet: Sheet, value: string) => value.replace(/^page\((.*)\)$/s, (_, id: string) => `${sheet.slugs.get(id) ?? ''}.html`)

function openTag(sheet: Sheet, node: ElementNode): string {
  const name = classOf(sheet, node)
  // Pages without a script cannot lead back: the button stays, and the browser's own does it.
  const said = Object.entries(node.attributes).filter(([key]) => key !== 'onclick')
  const attributes = said.map(([key, value]) =>
    value === true
      ? ` ${key}`
      : ` ${key}="${escapeAttribute(withPages(sheet, value).replaceAll(ASSET, (_, asset: string) => assetAddress(asset, sheet.bundle)))}"`,
  )
  const id = sheet.nodeIds && node.layer ? ` data-node-id="${escapeAttribute(node.layer.id)}"` : ''
  return `<${node.tag}${name ? ` class="${name}"` : ''}${attributes.join('')}${id}>`
}

function print(sheet: Sheet, whole: Content, out: string[], indent: string): void {
  if (whole.kind === 'text') {
    out.push(escapeHtml(whole.text))
    return
  }
  const content = whole.children.every(isPresent) ? whole : { ...whole, children: whole.children.filter(isPresent) }
  out.push(openTag(sheet, content))
  if (VOID.has(content.tag)) return
  const isBlock =
    content.children.length > 0 &&
    content.children.every((child) => child.kind === 'element') &&
    content.layer?.text === undefined &&
    content.tag !== 'span'
  for (const child of content.children) {
    if (isBlock) out.push(`\n${indent}  `)
    print(sheet, child, out, `${indent}  `)
  }
  out.push(isBlock ? `\n${indent}</${content.tag}>` : `</${content.tag}>`)
}

export function printHtml(
  pages: readonly HtmlPage[],
  tokens: Tokens,
  fonts: Fonts,
  bundle: DesignBundle,
  nodeIds: boolean,
  slugs: ReadonlyMap<string, string>,
): Readonly<Record<string, string>> {
  const sheet: Sheet = { bundle, tokens, nodeIds, slugs, breakpoints: [], classes: new Map(), names: createNames() }
  const files: Record<string, string> = {}
  for (const page of pages) {
    const out: string[] = []
    sheet.breakpoints = page.breakpoints
    print(sheet, page.root, out, '    ')
    files[page.path] =
      `<!doctype html>\n<html lang="en">\n  <head>\n    <meta charset="utf-8">\n    <meta name="viewport" content="width=device-width, initial-scale=1">\n    <title>${escapeHtml(page.name)}</title>\n    <link rel="stylesheet" href="styles.css">\n  </head>\n  <body>\n    ${out.join('')}\n  </body>\n</html>\n`
  }
  const root = tokenLines(tokens, fonts)
  const rules = [...sheet.classes.values()].map(({ name, css }) => `.${name} {\n${css}}\n`)
  files['styles.css'] = [
    RESET,
    `:root {\n${root.map((line) => `  ${line}\n`).join('')}}\n`,
    themeRules(tokens),
    standInFaces(fonts),
    ...rules,
  ]
    .filter(Boolean)
    .join('\n')
  return files
}
