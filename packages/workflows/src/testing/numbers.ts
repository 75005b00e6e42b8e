/** Chance that can be looked at again. */

/** The same sequence for the same seed, each from 1 to 2^31 - 2. @see Park and Miller, 1988 */
export function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state * 48_271) % 2_147_483_647
    yield state
  }
}
