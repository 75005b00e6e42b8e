/** The whole way from a design bundle to files, phase by phase. */

import { buildPage } from './build/build-page.ts'
import type { Building } from './building.ts'
import type { DesignBundle } from './bundle.ts'
import { normalise } from './normalise/normalise.ts'
import { jsonOf } from './normalise/values.ts'
import { printHtml } from './print/print-html.ts'
import { printPage, printTheme } from './print/print-react.ts'
import { elementToJsx, type Sheet } from './print/to-jsx.ts'
import { createReport } from './report.ts'
import { resolveFonts } from './resolve/fonts.ts'
import { createNames, kebab, pascal } from './resolve/names.ts'
import { createTokens } from './resolve/tokens.ts'
import type { CompileOptions, CompileResult } from './result.ts'

/** Compiles a design. Pure; never throws on any JSON; the same bundle and options give the same bytes. */
export function compile(bundle: DesignBundle, options: CompileOptions = {}): CompileResult {
  const report = createReport()
  const roots = normalise(Array.isArray(bundle.roots) ? bundle.roots : [], report)
  const fonts = resolveFonts(roots, options.fonts, bundle.fontMetrics ?? {})
  const tokens = createTokens({ ...bundle, styles: jsonOf(bundle.styles) })
  const building: Building = { bundle, tokens, fonts, report, assets: [], flattened: [] }
  const names = createNames()
  const pages = roots.map((root) => {
    const slug = names(kebab(root.name, 'page'))
    return { nodeId: root.id, name: root.name, path: `${slug}.html`, file: `src/pages/${slug}.tsx`, root: buildPage(root, building) }
  })
  const sheet: Sheet = { building, radii: new Set() }
  const componentNames = createNames()
  const files: Record<string, string> = {}
  for (const page of pages) {
    const name = componentNames(pascal(page.name, 'Page'))
    files[page.file] = printPage(
      { file: page.file, name, root: elementToJsx(sheet, page.root), imports: [] },
      { nodeIds: options.nodeIds === true },
    )
  }
  files['src/tokens.css'] = printTheme(tokens, fonts, sheet.radii)
  return {
    files,
    html: { files: printHtml(pages, tokens, fonts, bundle, options.nodeIds === true) },
    assets: building.assets,
    fonts: fonts.needed(),
    flattened: building.flattened,
    components: [],
    pages: pages.map(({ nodeId, name, path, file }) => ({ nodeId, name, file, html: path })),
    report: report.entries(),
  }
}
