/** The whole way from a design bundle to files, phase by phase. */

import { buildPage } from './build/build-page.ts'
import type { Building } from './building.ts'
import type { DesignBundle } from './bundle.ts'
import { extractComponents } from './componentise/extract.ts'
import { readSets } from './componentise/groups.ts'
import { findLists } from './componentise/lists.ts'
import { findAnchors } from './infer/interactions.ts'
import type { Layer } from './normalise/layer.ts'
import { normalise } from './normalise/normalise.ts'
import { jsonOf } from './normalise/values.ts'
import type { JsxTag } from './print/jsx.ts'
import { importLine, printComponent, usedComponents } from './print/print-component.ts'
import { printHtml } from './print/print-html.ts'
import { listsOf } from './print/print-list.ts'
import { printPage, printTheme } from './print/print-react.ts'
import { elementToJsx } from './print/to-jsx.ts'
import { createReport } from './report.ts'
import { resolveFonts } from './resolve/fonts.ts'
import { createNames, kebab, pascal } from './resolve/names.ts'
import { createTokens } from './resolve/tokens.ts'
import { groupFrames } from './responsive/group-frames.ts'
import { mergeFrames } from './responsive/merge-frames.ts'
import type { CompileOptions, CompileResult } from './result.ts'

/** Compiles a design. Pure; never throws on any JSON; the same bundle and options give the same bytes. */
export function compile(bundle: DesignBundle, options: CompileOptions = {}): CompileResult {
  const report = createReport()
  const roots = normalise(Array.isArray(bundle.roots) ? bundle.roots : [], report)
  const fonts = resolveFonts(roots, options.fonts, bundle.fontMetrics ?? {})
  const tokens = createTokens({ ...bundle, styles: jsonOf(bundle.styles) })
  const names = createNames()
  const screens = groupFrames(roots)
  const slugOf = screens.map((screen) => names(kebab(screen.name, 'page')))
  const slugs = new Map(screens.flatMap((screen, index) => screen.frames.map((frame) => [frame.id, slugOf[index] ?? 'page'])))
  const frames = new Map(roots.map((root) => [root.id, root]))
  const building: Building = { bundle, tokens, fonts, report, assets: [], flattened: [], frames, slugs, anchors: findAnchors(roots) }
  const pages = screens.map((screen, index) => {
    const slug = slugOf[index] ?? 'page'
    const root = mergeFrames(screen.frames.map((frame) => buildPage(frame, building)))
    const nodeId = screen.frames.at(-1)?.id ?? ''
    return { nodeId, name: screen.name, path: `${slug}.html`, file: `src/pages/${slug}.tsx`, root, breakpoints: screen.breakpoints }
  })
  const radii = new Set<string>()
  const componentNames = createNames([], '')
  const printing = { nodeIds: options.nodeIds === true }
  const drafts = pages.map((page) => ({
    ...page,
    component: componentNames(pascal(page.name, 'Page')),
    jsx: elementToJsx({ building, radii, breakpoints: page.breakpoints }, page.root),
  }))
  const sets = readSets(bundle.components, bundle.componentSets, ownersOf(roots))
  const trees = drafts.map(({ jsx }) => jsx)
  const extracted =
    options.components === false
      ? { roots: trees, components: [] }
      : extractComponents(
          trees,
          sets,
          drafts.map(({ component }) => component),
        )
  const fileOf = new Map(extracted.components.map(({ name, file }) => [name, file.replace(/^.*\/|\.tsx$/g, '')]))
  const files: Record<string, string> = {}
  for (const [index, draft] of drafts.entries()) {
    const root = findLists(extracted.roots[index] as JsxTag)
    const listed = new Set(listsOf(root).map(({ component }) => component))
    const imports = [...usedComponents(root)]
      .toSorted()
      .map((name) => importLine(name, `../components/${fileOf.get(name)}`, listed.has(name)))
    files[draft.file] = printPage({ file: draft.file, name: draft.component, root, imports }, printing)
  }
  for (const component of extracted.components) files[component.file] = printComponent(component, printing, fileOf)
  files['src/tokens.css'] = printTheme(tokens, fonts, radii)
  return {
    files,
    html: { files: printHtml(pages, tokens, fonts, bundle, options.nodeIds === true, slugs) },
    assets: building.assets,
    fonts: fonts.needed(),
    flattened: building.flattened,
    components: extracted.components.map(({ name, file, uses }) => ({ name, file, uses })),
    pages: pages.map(({ nodeId, name, path, file }) => ({ nodeId, name, file, html: path })),
    report: report.entries(),
  }
}

/** The set that a component lies in, where the design itself holds it. */
function ownersOf(roots: readonly Layer[]): ReadonlyMap<string, { readonly id: string; readonly name: string }> {
  const owners = new Map<string, { readonly id: string; readonly name: string }>()
  const waiting = [...roots]
  for (let layer = waiting.pop(); layer; layer = waiting.pop()) {
    for (const child of layer.children) {
      if (child.type === 'COMPONENT' && layer.type === 'COMPONENT_SET') owners.set(child.id, { id: layer.id, name: layer.name })
      waiting.push(child)
    }
  }
  return owners
}
