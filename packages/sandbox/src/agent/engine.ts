/** What a kind of engine gives to the runtime that all kinds share: a started sandbox with a channel to the agent in it. */
import type { Duplex } from 'node:stream'
import type { Capabilities, SandboxOptions } from '../sandbox.ts'

/** Limits with every gap filled. */
export interface SandboxLimits {
  readonly memoryMb: number
  readonly diskMb: number
  readonly processesMax: number
  /** Cores. */
  readonly cpus: number
  readonly isBackground: boolean
  readonly timeoutMs: number
}

export interface Engine {
  readonly name: string
  readonly capabilities: Capabilities
  /** How often the disk is looked at; looking costs some engines more than others. */
  readonly diskLookMs: number
  /**
   * Starts the agent of sandbox `id`; it need not answer yet.
   * @throws SANDBOX_UNAVAILABLE, or any error, with nothing left behind
   */
  start(id: string, options: SandboxLimits & Pick<SandboxOptions, 'template'>): Promise<Started>
  /** The exact command or setting that helps against what a failed start said. */
  fixFor(complaint: string): string
  /** What the person who hosts Slipway should know though sandboxes run. */
  notes(): readonly string[]
  /** Ends and removes what owners that are dead left. */
  sweep(): Promise<{ removed: number }>
  /** Called once, when every sandbox of it has ended. */
  close(): Promise<void>
}

export interface Started {
  /** Bytes to and from the agent. The sandbox has ended when it closes. */
  readonly channel: Duplex
  /** Resolves when nothing of the sandbox runs any more; never rejects. */
  readonly exited: Promise<void>
  /** Ends everything at once. Safe to repeat. */
  kill(): void
  /** Removes what the sandbox wrote; called once, after `exited`. */
  remove(): Promise<void>
  /** Ends the sandbox and keeps its workspace at `folder`, which may not exist before it is whole. Called before `remove`. */
  keep(folder: string): Promise<void>
  /** The end of what the engine itself had to say, for whoever looks for the fault. */
  lastWords(): string
  /** What the sandbox wrote. */
  diskBytes(): Promise<number>
  use(): Promise<{ memoryBytes: number; processes: number }>
}
