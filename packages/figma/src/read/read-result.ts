/** What reading a design gives: a bundle, or the reasons why there is none. */
import type { DesignBundle } from '../bundle.ts'

/** Which form the design came in. */
export type DesignForm = 'rest-file' | 'rest-nodes' | 'plugin' | 'node' | 'fig' | 'clipboard'

export type ReadCode =
  | 'too-large'
  | 'too-many-nodes'
  | 'too-deep'
  | 'bad-json'
  | 'not-a-design'
  | 'figma-refused'
  | 'no-frames'
  | 'node-not-found'
  | 'node-missing'
  | 'bad-archive'
  | 'bad-kiwi'
  | 'instance-unresolved'
  | 'picture-skipped'

/** An error means that there is no bundle; a warning that something of it is missing. */
export interface ReadDiagnostic {
  readonly severity: 'error' | 'warning'
  readonly code: ReadCode
  /** For people: what was found, and what helps. */
  readonly message: string
}

/** A page's frame, for a picker. */
export interface FrameEntry {
  readonly id: string
  readonly name: string
  readonly page: string
  readonly type: string
}

export interface ReadResult {
  readonly form?: DesignForm
  /** Absent exactly when a diagnostic is an error. */
  readonly bundle?: DesignBundle
  /** Every frame the design holds, whether asked for or not. */
  readonly frames: readonly FrameEntry[]
  readonly diagnostics: readonly ReadDiagnostic[]
}

export interface ReadLimits {
  /** Of the input as it comes. */
  readonly sizeBytes: number
  /** Of everything that is unpacked from it. */
  readonly unpackedBytes: number
  readonly nodes: number
  /** Nesting of layers. */
  readonly depth: number
}

/** A 100 MB file with 200,000 nodes passes; what is beyond has its clear error. */
export const READ_LIMITS: ReadLimits = { sizeBytes: 128 * 2 ** 20, unpackedBytes: 512 * 2 ** 20, nodes: 250_000, depth: 500 }

export interface ReadOptions {
  /** Only these nodes become roots: `1:2`, or `1-2` as an address writes it. */
  readonly nodeIds?: readonly string[]
  readonly limits?: Partial<ReadLimits>
}

/** A reason to stop that readers pass up among themselves; it never leaves `readDesign`. */
export class ReadStop extends Error {
  readonly code: ReadCode
  constructor(code: ReadCode, message: string) {
    super(message)
    this.name = 'ReadStop'
    this.code = code
  }
}
