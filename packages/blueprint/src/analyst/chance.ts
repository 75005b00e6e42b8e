/** Repeatable chance: the same seed gives the same numbers, so that an idea always becomes the same app. */

export interface Chance {
  /** From 0 up to, but not including, 1. */
  next(): number
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  pick<T>(items: readonly T[]): T
  shuffled<T>(items: readonly T[]): T[]
}

/** mulberry32 over an FNV-1a hash of the seed. */
export function chanceOf(seed: string): Chance {
  let state = 0x811c9dc5
  for (let index = 0; index < seed.length; index++) state = Math.imul(state ^ seed.charCodeAt(index), 0x01000193)
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    between,
    pick: (items) => {
      if (items.length === 0) throw new Error('Nothing to pick from')
      return items[between(0, items.length - 1)] as (typeof items)[number]
    },
    shuffled: (items) => {
      const left = [...items]
      for (let index = left.length - 1; index > 0; index--) {
        const other = between(0, index)
        const kept = left[index] as (typeof items)[number]
        left[index] = left[other] as (typeof items)[number]
        left[other] = kept
      }
      return left
    },
  }
}
