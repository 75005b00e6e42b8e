/** What the phases after the first share while they turn layers into elements. */
import type { DesignBundle } from './bundle.ts'
import type { Hints } from './hints/read-hints.ts'
import type { Variants } from './infer/changes.ts'
import type { Layer } from './normalise/layer.ts'
import type { Report } from './report.ts'
import type { Fonts } from './resolve/fonts.ts'
import type { Tokens } from './resolve/tokens.ts'
import type { NeededAsset } from './result.ts'

export interface Building {
  readonly bundle: DesignBundle
  readonly tokens: Tokens
  readonly fonts: Fonts
  readonly report: Report
  readonly assets: NeededAsset[]
  readonly flattened: string[]
  /** Frames that become pages, by id. */
  readonly frames: ReadonlyMap<string, Layer>
  /** Their names in addresses. */
  readonly slugs: ReadonlyMap<string, string>
  /** Ids of layers that a click scrolls to. */
  readonly anchors: ReadonlySet<string>
  readonly hints: Hints
  /** Whether frames without auto layout become rows and columns. */
  readonly infersFlows: boolean
  readonly variants: Variants
}
