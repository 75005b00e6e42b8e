/** Which components stand in the code more than twice as pasted markup, though one component could say them. */
import type { CompileResult, FigmaNode } from '@slipway/figma'
import { visibleNodes } from '../../packages/figma/src/measure/expected-boxes.ts'

/** More uses than this must be a component. */
const PASTES_MAX = 2

/** @param result compiled with node ids: pasted markup names its layer, a use of a component names all of its layers in a list */
export function pastedComponents(root: FigmaNode, result: CompileResult): { readonly pasted: number; readonly repeated: number } {
  const flattened = new Set(result.flattened)
  const code = Object.values(result.files).join('\n')
  const written = new Set([...code.matchAll(/data-node-id="([^"]*)"/g)].map(([, id]) => id))
  const uses = new Map<string, number>()
  const pastes = new Map<string, number>()
  for (const node of visibleNodes(root)) {
    const id = String(node.id)
    if (node.type !== 'INSTANCE' || typeof node.componentId !== 'string' || flattened.has(id)) continue
    uses.set(node.componentId, (uses.get(node.componentId) ?? 0) + 1)
    if (written.has(id)) pastes.set(node.componentId, (pastes.get(node.componentId) ?? 0) + 1)
  }
  const above = (counts: ReadonlyMap<string, number>) => [...counts.values()].filter((count) => count > PASTES_MAX).length
  return { pasted: above(pastes), repeated: above(uses) }
}
