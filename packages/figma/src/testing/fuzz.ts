/** One damaged design after another through the whole compiler: nothing is thrown, nothing slips into the output, nothing hangs. */
import type { DesignBundle } from '../bundle.ts'
import { compile } from '../compile.ts'
import { readDesign } from '../read/read-design.ts'
import { hostileFaults } from './hostile-output.ts'
import { mutate, randomFrom } from './mutate.ts'

export interface FuzzFinding {
  readonly seed: number
  readonly design: string
  readonly fault: string
}

/** The damaged design of a seed, for a finding that is to be looked at again. */
export const damaged = (design: unknown, seed: number): unknown => mutate(design, randomFrom(seed))

/** @returns what is wrong, or nothing; `elapsedMs` is the time of reading and compiling alone */
export function fuzzOnce(
  name: string,
  design: unknown,
  extra: Partial<DesignBundle>,
  seed: number,
): { findings: FuzzFinding[]; elapsedMs: number } {
  const text = JSON.stringify(damaged(design, seed)) ?? 'null'
  const startedMs = performance.now()
  try {
    const { bundle } = readDesign(text)
    const result = compile({ ...(bundle ?? { roots: [] }), ...extra }, { nodeIds: seed % 2 === 0 })
    const elapsedMs = performance.now() - startedMs
    return { findings: hostileFaults(result).map((fault) => ({ seed, design: name, fault })), elapsedMs }
  } catch (error) {
    const { stack = '' } = error as Error
    return { findings: [{ seed, design: name, fault: `thrown: ${stack.slice(0, 600)}` }], elapsedMs: performance.now() - startedMs }
  }
}
