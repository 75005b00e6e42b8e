/** Phases 4 to 6 for the layers of an inferred flow: rows and columns within it become elements of their own. */
import { type Content, element } from '../element.ts'
import { flowContainerStyle } from '../layout/container.ts'
import type { Flow, FlowChild } from '../layout/infer-flow.ts'
import { type Place, placeStyle } from '../layout/place.ts'
import type { SettledSize } from '../layout/settle.ts'

export type BuildChild = (child: FlowChild, place: Place, isPacked: boolean) => readonly Content[]

const PACKED_FROM = 3

/** A row of many hugging children, where the design's rounding of every text box would add up. */
export const isPackedRow = (mode: string | undefined, sizes: Iterable<SettledSize>): boolean =>
  mode === 'row' && [...sizes].filter((size) => size.x === 'hug').length >= PACKED_FROM

const lowered = (content: Content): Content =>
  content.kind === 'element' ? { ...content, style: { ...content.style, 'z-index': '-1' } } : content

/** @param own how the frame that flows got its size; @param within what it is for its children; @param tag of rows and columns */
export function buildFlow(flow: Flow, own: SettledSize, within: Place, tag: 'div' | 'span', build: BuildChild): readonly Content[] {
  const flowing = flow.children.filter(({ level }) => level === 'flow')
  const isPacked = isPackedRow(
    flow.layout.mode,
    flowing.map(({ settled }) => settled),
  )
  return flow.children.flatMap((child): readonly Content[] => {
    const { layer, settled, inner, style } = child
    if (child.level === 'under') return build(child, within, false).map(lowered)
    if (child.level === 'over') return build(child, within, false)
    const place = { ...within, flow: { own, isStretched: flow.isStretched, index: flowing.indexOf(child), count: flowing.length, style } }
    if (!inner) return build(child, place, isPacked)
    const placed = { ...placeStyle(layer, settled, place), ...flowContainerStyle(inner, inner.children.length) }
    return [element(tag, {}, placed, buildFlow(inner, settled, within, tag, build))]
  })
}
