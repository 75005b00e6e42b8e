/** What the pipeline is made of; the server brings it, tests bring some of it scripted. */
import type { Fetch } from '@slipway/agents'
import type { AppFile } from '@slipway/blueprint'
import type { PageReport, Sandbox, SandboxRuntime } from '@slipway/sandbox'
import type { ObjectStore, Storage } from '@slipway/storage'
import type { Engine } from './engine.ts'
import type { ReplayedModel } from './models.ts'

/** Loads the app's first page in a browser. */
export type PageCheck = (target: { sandbox: Sandbox; port: number; signal: AbortSignal }) => Promise<PageReport>

export interface PipelineDeps {
  readonly storage: Storage
  readonly objects: ObjectStore
  readonly engine: Engine
  readonly runtime: SandboxRuntime
  /** The files of `templates/app`. */
  readonly template: readonly AppFile[]
  /** Where installed dependency trees are kept, one folder per lock file. */
  readonly templatesFolder: string
  /** Left out where the machine has no browser: then the page check is skipped, and says so. */
  readonly checkPage?: PageCheck
  /** Every connection to a model's vendor goes through it: the place to refuse addresses. */
  readonly modelFetch?: Fetch
  /** Answers from a recording: then no vendor is asked. */
  readonly replay?: ReplayedModel
  /** How long a preview that nobody visits stays up. */
  readonly previewIdleMs: number
  readonly log: (line: object) => void
}
