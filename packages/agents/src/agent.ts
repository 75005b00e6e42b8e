/** An agent is data: a prompt, a shape for the answer, limits. */
import type { ModelRole } from '@slipway/domain'
import type { z } from 'zod'
import type { Image, ModelRequest } from './model.ts'

export interface AgentInput {
  readonly text: string
  readonly images?: readonly Image[]
}

export interface Agent<I, O> {
  readonly name: string
  readonly role: ModelRole
  readonly system: () => string
  readonly input: (input: I) => AgentInput
  readonly output: z.ZodType<O>
  /** What the shape cannot say: faults in words that the model can act on. */
  readonly check?: (value: O, input: I) => readonly string[]
  readonly limits: { readonly outputTokens: number }
  readonly effort?: NonNullable<ModelRequest['effort']>
}

/** What came of it; never thrown. `repairs`: how many answers had to be sent back, 0 to 2. */
export type Outcome<O> = { /** In and out, of all answers together. */ readonly tokensUsed: number } & (
  | { readonly kind: 'answer'; readonly value: O; readonly repairs: number }
  /** The vendor or the model will not. */
  | { readonly kind: 'refused' }
  /** After two repairs it is still wrong. */
  | { readonly kind: 'gave-up'; readonly lastFault: string; readonly lastText: string }
)
