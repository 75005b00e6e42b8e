/** Proposes names and meanings for what was compiled from a design. It sees an outline and answers with hints; code is the compiler's. */
import { DesignHints } from '@slipway/domain'
import type { Agent } from '../agent.ts'
import { fencedJson } from '../fence.ts'
import { promptBeside } from '../prompt-beside.ts'

export interface NamesInput {
  /** What can be named: pages, components, elements. */
  readonly outline: object
}

export const refineNames: Agent<NamesInput, DesignHints> = {
  name: 'refine-names',
  role: 'writer',
  system: promptBeside(import.meta.url),
  input: ({ outline }) => ({ text: `${fencedJson('outline of a design', outline)}\n\nGive the hints.` }),
  output: DesignHints,
  limits: { outputTokens: 8_000 },
}
