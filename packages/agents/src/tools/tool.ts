/** A tool: what the model is told of it, and what it does. */
import type { Sandbox } from '@slipway/sandbox'
import type { z } from 'zod'
import type { Worktree } from './worktree.ts'

/** What the tools of one task share. */
export interface ToolContext {
  readonly sandbox: Sandbox
  readonly worktree: Worktree
  /** Hashes of the files as the model has last seen them. */
  readonly seen: Map<string, string>
  /** Failed edits in a row, by path. */
  readonly failedEdits: Map<string, number>
  /** Faults of files that were just changed, by their type checker; null: nothing to say. */
  readonly diagnose: Diagnose | null
  readonly signal: AbortSignal
}

export type Diagnose = (paths: readonly string[], signal: AbortSignal) => Promise<string | null>

export interface ToolAnswer {
  readonly text: string
  readonly isError?: boolean
}

export interface Tool<I = unknown> {
  readonly name: string
  readonly description: string
  readonly input: z.ZodType<I>
  /** May run beside others that only read. */
  readonly isReadOnly: boolean
  /** Throws only what the sandbox throws. */
  readonly run: (input: I, context: ToolContext) => Promise<ToolAnswer>
}

/** Keeps a tool's input typed where it is written, and unknown where tools are kept together. */
export const defineTool = <I>(tool: Tool<I>): Tool => tool as unknown as Tool
