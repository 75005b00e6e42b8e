/** The whole way from a design bundle to files, phase by phase. */
import type { DesignBundle } from './bundle.ts'
import { compileTrees } from './compile-trees.ts'
import { findLists } from './componentise/lists.ts'
import type { JsxTag } from './print/jsx.ts'
import { importLine, printComponent, usedComponents } from './print/print-component.ts'
import { printHtml } from './print/print-html.ts'
import { listsOf } from './print/print-list.ts'
import { printPage, printTheme } from './print/print-react.ts'
import type { CompileOptions, CompileResult } from './result.ts'

/** Compiles a design. Pure; never throws on any JSON; the same bundle and options give the same bytes. */
export function compile(bundle: DesignBundle, options: CompileOptions = {}): CompileResult {
  const { building, drafts, extracted, radii } = compileTrees(bundle, options)
  const { tokens, fonts } = building
  const printing = { nodeIds: options.nodeIds === true }
  const fileOf = new Map(extracted.components.map(({ name, file }) => [name, file.replace(/^.*\/|\.tsx$/g, '')]))
  const files: Record<string, string> = {}
  for (const [index, draft] of drafts.entries()) {
    const root = findLists(extracted.roots[index] as JsxTag)
    const listed = new Set(listsOf(root).map(({ component }) => component))
    const imports = [...usedComponents(root)]
      .toSorted()
      .map((name) => importLine(name, `../components/${fileOf.get(name)}`, listed.has(name)))
    files[draft.file] = printPage({ file: draft.file, name: draft.component, root, imports, leads: draft.leads }, printing)
  }
  for (const component of extracted.components) files[component.file] = printComponent(component, printing, fileOf)
  files['src/tokens.css'] = printTheme(tokens, fonts, radii)
  return {
    files,
    html: { files: printHtml(drafts, tokens, fonts, bundle, printing.nodeIds, building.slugs) },
    assets: building.assets,
    fonts: fonts.needed(),
    flattened: building.flattened,
    components: extracted.components.map(({ name, file, uses }) => ({ name, file, uses })),
    pages: drafts.map(({ nodeId, name, path, file }) => ({ nodeId, name, file, html: path })),
    report: building.report.entries(),
    hints: building.hints.told(),
  }
}
