/** Watches a coder for going in circles. */
import type { ToolCall } from './model.ts'

export interface LoopLimits {
  /** Exchanges per strategy. */
  readonly stepsMax: number
  /** For the whole task, from its start. */
  readonly wallMs: number
  /** The same call with the same input: from this one on it is not made any more. */
  readonly sameCallMax: number
  /** Exchanges without any change of a file: then it is told so, and after as many again it is stopped. */
  readonly idleStepsMax: number
  /** Verifications per strategy. */
  readonly verificationsMax: number
  readonly outputTokens: number
  readonly verifyTimeoutMs: number
}

export const LOOP_LIMITS: LoopLimits = {
  stepsMax: 60,
  wallMs: 45 * 60_000,
  sameCallMax: 3,
  idleStepsMax: 12,
  verificationsMax: 8,
  outputTokens: 16_000,
  verifyTimeoutMs: 300_000,
}

export interface Guards {
  /** Before a call: why it is not made, or null. */
  refuse(call: ToolCall): string | null
  /** After an exchange: what the model is told, and whether to stop; `changed` says whether any file is different now. */
  afterStep(changed: boolean): { readonly say: string | null; readonly stop: string | null }
}

export function createGuards(limits: LoopLimits): Guards {
  const calls = new Map<string, number>()
  let idle = 0
  let refused = 0
  return {
    refuse(call) {
      const key = `${call.name} ${JSON.stringify(call.input)}`
      const count = (calls.get(key) ?? 0) + 1
      calls.set(key, count)
      if (count < limits.sameCallMax) return null
      refused++
      return `You have made this very call ${count} times; it was not made again. Its answer will not change by itself. Do something else, or stop and say what is in your way.`
    },
    afterStep(changed) {
      // what a call answers may change with the files: the same test run after an edit is no repetition
      if (changed) {
        calls.clear()
        idle = 0
        refused = 0
        return { say: null, stop: null }
      }
      idle++
      if (refused > limits.sameCallMax) return { say: null, stop: 'it made the same call over and over' }
      if (idle >= limits.idleStepsMax * 2) return { say: null, stop: `it changed nothing in ${idle} steps` }
      if (idle !== limits.idleStepsMax) return { say: null, stop: null }
      return {
        say: `You have changed nothing for ${idle} steps. Make the next edit of the task now, or stop and say what is missing.`,
        stop: null,
      }
    },
  }
}
