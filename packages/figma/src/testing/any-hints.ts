/** Hints by chance for a design: some fit, some do not, some try to break out. */
import { ELEMENT_MEANINGS } from '@slipway/domain'
import fc from 'fast-check'
import type { DesignBundle } from '../bundle.ts'
import { outlineDesign } from '../hints/outline-design.ts'
import { HOSTILE_VALUES } from './hostile-output.ts'

const WORDS = ['title', 'Label', 'key', 'class', 'Record', 'ReactNode', 'className', 'children', 'Size', 'Button', 'Größe 2', '12', ' ']
const words = fc.oneof(fc.constantFrom(...WORDS, ...HOSTILE_VALUES), fc.string({ unit: 'grapheme', maxLength: 80 }))

/** A design with hints for layers and props that it has, and for some that it has not. */
export function withHints(bundle: DesignBundle): fc.Arbitrary<{ bundle: DesignBundle; hints: unknown }> {
  const { pages, components, elements } = outlineDesign(bundle)
  const anyOf = (ids: readonly string[]) => fc.constantFrom(...ids, 'nowhere')
  const props = components.flatMap((component) => component.props.map(({ name }) => name))
  return fc.record({
    bundle: fc.constant(bundle),
    hints: fc.record({
      pages: fc.array(fc.record({ nodeId: anyOf(pages.map(({ nodeId }) => nodeId)), name: words }), { maxLength: 2 }),
      components: fc.array(
        fc.record({
          nodeId: anyOf(components.map(({ nodeId }) => nodeId)),
          name: words,
          props: fc.array(fc.record({ from: fc.oneof(fc.constantFrom('label', ...props), words), to: words }), { maxLength: 4 }),
        }),
        { maxLength: 4 },
      ),
      elements: fc.array(
        fc.record(
          { nodeId: anyOf(elements.map(({ nodeId }) => nodeId)), as: fc.constantFrom(...ELEMENT_MEANINGS), label: words },
          { requiredKeys: ['nodeId'] },
        ),
        { maxLength: 8 },
      ),
    }),
  })
}
