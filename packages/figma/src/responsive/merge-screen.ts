/** Phase 7, breakpoints: the frames of one screen → one tree, with rows and columns inferred unless that keeps the frames apart. */
import { buildPage } from '../build/build-page.ts'
import type { Building } from '../building.ts'
import { type ElementNode, isPresent } from '../element.ts'
import type { Layer } from '../normalise/layer.ts'
import { jsonOf } from '../normalise/values.ts'
import { createReport } from '../report.ts'
import { createTokens } from '../resolve/tokens.ts'
import { mergeFrames } from './merge-frames.ts'

/** How many elements stand for layers: each layer that two frames do not share counts twice. */
const layersIn = (node: ElementNode): number =>
  node.children.reduce((sum, child) => sum + (child.kind === 'element' && isPresent(child) ? layersIn(child) : 0), node.layer ? 1 : 0)

/** The tree of a screen, narrowest frame first. */
export function mergeScreen(frames: readonly Layer[], building: Building): ElementNode {
  const merged = (own: Building) => mergeFrames(frames.map((frame) => buildPage(frame, own)))
  if (frames.length === 1) return merged(building)
  // What is only tried leaves no names, pictures or reports behind.
  const tried = (infersFlows: boolean) => {
    const tokens = createTokens({ ...building.bundle, styles: jsonOf(building.bundle.styles) })
    return layersIn(merged({ ...building, infersFlows, tokens, report: createReport(), assets: [], flattened: [] }))
  }
  return merged({ ...building, infersFlows: tried(true) <= tried(false) })
}
