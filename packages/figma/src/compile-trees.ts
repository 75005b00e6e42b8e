/** Phases 1 to 7: a design bundle becomes element trees and components, not printed yet. */
import type { Building } from './building.ts'
import type { DesignBundle } from './bundle.ts'
import { type Extracted, extractComponents } from './componentise/extract.ts'
import { readSets, type SetNames } from './componentise/groups.ts'
import type { ElementNode } from './element.ts'
import { readHints } from './hints/read-hints.ts'
import { findVariants } from './infer/changes.ts'
import { findAnchors, pageChange, tellOtherMoments, tellUnsaid } from './infer/interactions.ts'
import type { Layer } from './normalise/layer.ts'
import { normalise } from './normalise/normalise.ts'
import { jsonOf } from './normalise/values.ts'
import { type JsxTag, shownOnly } from './print/jsx.ts'
import { elementToJsx } from './print/to-jsx.ts'
import { createReport } from './report.ts'
import { resolveFonts } from './resolve/fonts.ts'
import { createNames, kebab, pascal } from './resolve/names.ts'
import { createTokens } from './resolve/tokens.ts'
import { groupFrames, type Screen } from './responsive/group-frames.ts'
import { mergeScreen } from './responsive/merge-screen.ts'
import type { CompileOptions } from './result.ts'

interface Draft {
  readonly nodeId: string
  readonly name: string
  readonly path: string
  readonly file: string
  /** Name of the page's function. */
  readonly component: string
  readonly root: ElementNode
  readonly breakpoints: Screen['breakpoints']
  /** The page that it leads to by itself, and after how long. */
  readonly leads: { readonly href: string; readonly delayMs: number } | undefined
}

/** A design after every phase but printing. */
export interface CompiledTrees {
  readonly building: Building
  readonly roots: readonly Layer[]
  readonly sets: SetNames
  readonly drafts: readonly Draft[]
  /** As JSX with Tailwind classes, components cut out of it. */
  readonly extracted: Extracted
  readonly radii: ReadonlySet<string>
}

/** Phases 1 to 7. */
export function compileTrees(bundle: DesignBundle, options: CompileOptions): CompiledTrees {
  const report = createReport()
  const roots = normalise(Array.isArray(bundle.roots) ? bundle.roots : [], report)
  const fonts = resolveFonts(roots, options.fonts, bundle.fontMetrics ?? {})
  const tokens = createTokens({ ...bundle, styles: jsonOf(bundle.styles) })
  const sets = readSets(bundle.components, bundle.componentSets, ownersOf(roots))
  const hints = readHints(options.hints, roots, sets)
  const names = createNames()
  const screens = groupFrames(roots).map((screen) => ({
    ...screen,
    wish: hints.pageName(screen.frames.map(({ id }) => id)) ?? screen.name,
  }))
  const slugOf = screens.map((screen) => names(kebab(screen.wish, 'page')))
  const slugs = new Map(screens.flatMap((screen, index) => screen.frames.map((frame) => [frame.id, slugOf[index] ?? 'page'])))
  const frames = new Map(roots.map((root) => [root.id, root]))
  const anchors = findAnchors(roots)
  const variants = findVariants(roots, bundle.components, sets)
  const building: Building = {
    ...{ bundle, tokens, fonts, report, assets: [], flattened: [], frames, slugs, anchors, hints, variants },
    infersFlows: true,
  }
  const componentNames = createNames([], '')
  const drafts = screens.map((screen, index): Draft => {
    const slug = slugOf[index] ?? 'page'
    return {
      ...{ nodeId: screen.frames.at(-1)?.id ?? '', name: screen.name, path: `${slug}.html`, file: `src/pages/${slug}.tsx` },
      component: componentNames(pascal(screen.wish, 'Page')),
      root: mergeScreen(screen.frames, building),
      breakpoints: screen.breakpoints,
      leads: screen.frames.map((frame) => pageChange(frame, building)).find((found) => found !== undefined),
    }
  })
  const radii = new Set<string>()
  const trees = drafts.map((page) => elementToJsx({ building, radii, breakpoints: page.breakpoints }, page.root))
  const taken = drafts.map(({ component }) => component)
  const extracted =
    options.components === false
      ? { roots: trees.map(shownOnly), components: [], said: new Set<JsxTag>() }
      : extractComponents(trees, sets, taken, hints)
  for (const tree of trees) tellUnsaid(tree, extracted.said, building)
  tellOtherMoments(roots, building)
  return { building, roots, sets, drafts, extracted, radii }
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
