/** What the compiler gives: files, the same as HTML, what it still needs, and a report. */
import type { HintFault } from './hints/read-hints.ts'
import type { ReportEntry } from './report.ts'

export interface CompileOptions {
  /** Every visible layer's element carries `data-node-id`, so that a page can be measured against its design. */
  readonly nodeIds?: boolean
  /** Families that the host serves. Text in any other is fitted to a stand-in. Without it: the well-known open families. */
  readonly fonts?: readonly string[]
  /** Whether what occurs more than once becomes a component; without it every instance is written out where it stands. Default true. */
  readonly components?: boolean
  /** Names and meanings that somebody proposes, as DesignHints; anything else, and what fits nowhere, is named in `hints`. */
  readonly hints?: unknown
}

/** A font that the design asks for. */
export interface NeededFont {
  readonly family: string
  readonly weights: readonly number[]
  readonly hasItalic: boolean
  /** Whether the host can serve it; if not, `tokens.css` holds a fitted stand-in. */
  readonly isAvailable: boolean
}

/** Something the page shows that is not in the JSON: an image fill by its ref, or a node to export. */
export interface NeededAsset {
  readonly kind: 'image-fill' | 'vector'
  /** The `imageRef`, or the node's id. */
  readonly id: string
  readonly nodeId: string
  /** Whether the bundle held it. A missing one leaves an empty box of the right size. */
  readonly isPresent: boolean
}

export interface CompileResult {
  /** React + TypeScript + Tailwind 4 by path: `src/pages/*.tsx`, `src/components/*.tsx`, `src/tokens.css`, … */
  readonly files: Readonly<Record<string, string>>
  /** The same as plain pages: one `.html` per root and one `styles.css`. */
  readonly html: { readonly files: Readonly<Record<string, string>> }
  readonly assets: readonly NeededAsset[]
  readonly fonts: readonly NeededFont[]
  /** Nodes whose whole inside became one picture. */
  readonly flattened: readonly string[]
  /** Components made, and how many instances each stands for. */
  readonly components: readonly { readonly name: string; readonly file: string; readonly uses: number }[]
  /** Pages in the order of the roots. */
  readonly pages: readonly { readonly nodeId: string; readonly name: string; readonly file: string; readonly html: string }[]
  readonly report: readonly ReportEntry[]
  /** How many hints were used, and those that were not. */
  readonly hints: { readonly used: number; readonly faults: readonly HintFault[] }
}
