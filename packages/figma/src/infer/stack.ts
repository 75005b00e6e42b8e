/** Phase 4, pure geometry: which of overlapping boxes leave the flow, and whether they are painted under or over it. */
import type { Rect } from '../normalise/layer.ts'
import { contains, overlaps } from './cut.ts'

export interface Stacked {
  readonly box: Rect
  /** Cannot flow, whatever its box. */
  readonly isFloating: boolean
  /** How many texts are in it: what is read stays in the flow rather than what overlaps it. Asked only where something does. */
  readonly textCount: () => number
}

/** Indices in the order of painting. */
export interface Stack {
  readonly under: readonly number[]
  readonly flow: readonly number[]
  readonly over: readonly number[]
}

/** Pairs that overlap, each with the earlier painted first. */
function overlappingPairs(items: readonly Stacked[]): readonly (readonly [number, number])[] {
  const sorted = items.map((_, index) => index).toSorted((a, b) => (items[a] as Stacked).box.y - (items[b] as Stacked).box.y)
  const pairs: [number, number][] = []
  for (const [place, a] of sorted.entries()) {
    const { box } = items[a] as Stacked
    for (let next = place + 1; next < sorted.length; next++) {
      const b = sorted[next] as number
      if ((items[b] as Stacked).box.y >= box.y + box.height) break
      if (overlaps(box, (items[b] as Stacked).box)) pairs.push(a < b ? [a, b] : [b, a])
    }
  }
  return pairs
}

const areaOf = ({ box }: Stacked) => box.width * box.height

/** Takes boxes out until no two overlap: who overlaps most for what there is to read goes first, then the later of two texts, the larger of others. */
function floatOverlapping(items: readonly Stacked[], pairs: readonly (readonly [number, number])[]): Set<number> {
  const floating = new Set(items.flatMap((item, index) => (item.isFloating ? [index] : [])))
  const others = new Map<number, Set<number>>()
  for (const [a, b] of pairs) {
    if (floating.has(a) || floating.has(b)) continue
    others.set(a, (others.get(a) ?? new Set()).add(b))
    others.set(b, (others.get(b) ?? new Set()).add(a))
  }
  const texts = new Map([...others.keys()].map((index) => [index, (items[index] as Stacked).textCount()]))
  const textsIn = (index: number) => texts.get(index) ?? 0
  const burdenOf = (index: number) => (others.get(index)?.size ?? 0) / (1 + textsIn(index))
  const isSooner = (a: number, b: number): boolean => {
    const more = burdenOf(a) - burdenOf(b)
    if (more !== 0) return more > 0
    return textsIn(a) && textsIn(b) ? a > b : areaOf(items[a] as Stacked) > areaOf(items[b] as Stacked)
  }
  while (others.size) {
    let next: number | undefined
    for (const index of others.keys()) if (next === undefined || isSooner(index, next)) next = index
    if (next === undefined) break
    for (const other of others.get(next) ?? []) {
      const left = others.get(other)
      left?.delete(next)
      if (left?.size === 0) others.delete(other)
    }
    others.delete(next)
    floating.add(next)
  }
  return floating
}

/**
 * Splits boxes, given in the order of painting, into a flow without overlaps and what is laid under and over it, so that whatever
 * overlaps keeps its order: all of `under` is painted first, then the flow, then all of `over`.
 */
export function stackOf(items: readonly Stacked[]): Stack {
  const pairs = overlappingPairs(items)
  const floating = floatOverlapping(items, pairs)
  const under = new Set<number>()
  for (let isChanged = true; isChanged; ) {
    isChanged = false
    for (const [lower, upper] of pairs) {
      // What lies under the flow, or under something that does, is under it.
      if (floating.has(lower) && !under.has(lower) && (!floating.has(upper) || under.has(upper))) {
        under.add(lower)
        isChanged = true
      }
      // What is painted before a box that lies under the flow cannot be in the flow.
      if (under.has(upper) && !floating.has(lower)) {
        floating.add(lower)
        under.add(lower)
        isChanged = true
      }
    }
  }
  const all = items.map((_, index) => index)
  return {
    under: all.filter((index) => under.has(index)),
    flow: all.filter((index) => !floating.has(index)),
    over: all.filter((index) => floating.has(index) && !under.has(index)),
  }
}

export interface Hosting {
  readonly box: Rect
  /** A plain shape that other layers may lie on. */
  readonly canHost: boolean
}

/**
 * For each box the one that it lies on, if any: the topmost plain shape below that holds all of it, so that nothing between the two
 * in the order of painting overlaps it. Moving it into that shape then changes nothing of the picture.
 */
export function hostsOf(items: readonly Hosting[], accepts: (host: number, item: number) => boolean): readonly (number | undefined)[] {
  const hosts: (number | undefined)[] = []
  const isWithin = (index: number, host: number): boolean => {
    for (let at: number | undefined = index; at !== undefined; at = hosts[at]) if (at === host) return true
    return false
  }
  for (const [index, { box }] of items.entries()) {
    const between: number[] = []
    hosts[index] = undefined
    for (let below = index - 1; below >= 0; below--) {
      const candidate = items[below] as Hosting
      if (!overlaps(candidate.box, box)) continue
      if (candidate.canHost && contains(candidate.box, box) && accepts(below, index) && between.every((other) => isWithin(other, below))) {
        hosts[index] = below
        break
      }
      between.push(below)
    }
  }
  return hosts
}
