/** Phase 5, inferred flows: the places of boxes along and across a row or column → padding, gap, alignment and margins. */
import { percent, px, type Style } from '../element.ts'
import type { Align, Pin, Rect } from '../normalise/layer.ts'
import { shareOf } from './place.ts'
import { AXES, type Axis } from './settle.ts'

/** A box in a row or column, and how it keeps to the frame's edges when the frame changes its size. */
export interface Part {
  readonly box: Rect
  readonly pin: Pin
}

/** What the frame says for one axis, and each part beside it. */
export interface Aligned {
  readonly justify: Align | 'space-between'
  readonly padding: readonly [number, number]
  readonly gap: number
  readonly parts: readonly Style[]
  /** The frame must have the size of its content, because that is what holds the parts apart. */
  readonly isSized?: boolean
}

const NEAR = 0.5
/** From here on a distance is what is left between two things, not a gap somebody chose. */
const SPREAD_FROM = 24

const marginOf = (axis: Axis, side: 'start' | 'end', value: number): Style =>
  px(value) === '0px' ? {} : { [`margin-${side === 'start' ? axis.start : axis.end}`]: px(value) }

const startsOf = (parts: readonly Part[], frame: Rect, axis: Axis) => parts.map(({ box }) => box[axis.at] - frame[axis.at])
const endsOf = (parts: readonly Part[], frame: Rect, axis: Axis) =>
  parts.map(({ box }) => frame[axis.at] + frame[axis.size] - box[axis.at] - box[axis.size])

const isAll = (values: readonly number[], wanted: number | undefined, tolerance = NEAR) =>
  wanted !== undefined && values.every((value) => Math.abs(value - wanted) <= tolerance)

/** Whole px, as people write them, as long as nothing moves by more than half a px. */
function tidy(value: number): number {
  const whole = Math.round(value)
  return Math.abs(whole - value) <= 0.1 ? whole : value
}

/** The gap that most neighbours keep, if none is closer, and what the others keep more. Errors of rounding never add up. */
function spacing(gaps: readonly number[]): { readonly gap: number; readonly extra: readonly number[] } {
  const counts = new Map<number, number>()
  for (const gap of gaps) counts.set(tidy(gap), (counts.get(tidy(gap)) ?? 0) + 1)
  const [common] = [...counts].toSorted((a, b) => b[1] - a[1] || a[0] - b[0])
  const least = Math.min(...gaps)
  const gap = common && common[0] > 0 && common[0] <= least + NEAR && common[1] * 2 >= gaps.length ? common[0] : 0
  let error = 0
  const extra = gaps.map((each) => {
    const wanted = each - gap + error
    const margin = Math.abs(wanted) <= NEAR ? 0 : tidy(wanted)
    error = wanted - margin
    return margin
  })
  return { gap, extra }
}

/** Main axis of a frame that keeps its size, or in which everything keeps to the start. */
function alongRigid(parts: readonly Part[], frame: Rect, axis: Axis, isFrameRigid: boolean, isWrapper: boolean): Aligned {
  const starts = startsOf(parts, frame, axis)
  const ends = endsOf(parts, frame, axis)
  const [lead, trail] = [starts[0] ?? 0, ends.at(-1) ?? 0]
  const gaps = parts.slice(1).map(({ box }, index) => {
    const before = (parts[index] as Part).box
    return box[axis.at] - before[axis.at] - before[axis.size]
  })
  const none = parts.map(() => ({}))
  const isEven = gaps.length === 0 || isAll(gaps, gaps[0])
  const isSpread = axis.at === 'x' && gaps.length > 0 && isEven && (gaps[0] ?? 0) >= SPREAD_FROM
  if (isWrapper && isSpread) return { justify: 'space-between', padding: [0, 0], gap: 0, parts: none, isSized: true }
  if (isFrameRigid && !isWrapper && Math.abs(lead - trail) <= 1) {
    if (isSpread) return { justify: 'space-between', padding: [tidy(lead), tidy(trail)], gap: 0, parts: none }
    if (lead > NEAR && isEven) return { justify: 'center', padding: [0, 0], gap: tidy(Math.max(0, gaps[0] ?? 0)), parts: none }
  }
  const { gap, extra } = spacing(gaps)
  return {
    justify: 'start',
    padding: [tidy(Math.max(0, lead)), 0],
    gap,
    parts: parts.map((_, index) => marginOf(axis, 'start', index ? (extra[index - 1] ?? 0) : 0)),
  }
}

/** Main axis of a frame that changes its size: parts keep to the start, one may grow, the rest keep to the end; or all do the same. */
function alongFluid(parts: readonly Part[], frame: Rect, axis: Axis): Aligned | undefined {
  const pins = parts.map(({ pin }) => pin)
  const starts = startsOf(parts, frame, axis)
  const ends = endsOf(parts, frame, axis)
  const [lead, trail] = [starts[0] ?? 0, ends.at(-1) ?? 0]
  const rigid = alongRigid(parts, frame, axis, false, false)
  if (pins.every((pin) => pin === 'start')) return rigid
  if (trail < -NEAR && pins.at(-1) !== 'center' && pins.at(-1) !== 'scale') return undefined
  if (pins.every((pin) => pin === 'end')) return { ...rigid, justify: 'end', padding: [0, tidy(trail)] }
  if (pins.every((pin) => pin === 'center')) {
    const shift = lead - trail
    return { ...rigid, justify: 'center', padding: shift > 0 ? [tidy(shift), 0] : [0, tidy(-shift)] }
  }
  const whole = frame[axis.size]
  if (pins.every((pin) => pin === 'scale') && axis.at === 'x' && whole > 0) {
    const scaled = parts.map(({ box }, index) => {
      const before = index ? whole - (ends[index - 1] ?? 0) : 0
      const gap = (starts[index] ?? 0) - before
      return {
        ...(gap > NEAR ? { 'margin-left': percent(gap / whole) } : {}),
        width: shareOf(box.width, whole),
        'flex-shrink': '0',
      }
    })
    return { justify: 'start', padding: [0, 0], gap: 0, parts: scaled }
  }
  if (!/^(start,)*((both)|(both,)?end)(,end)*$/.test(pins.join())) return undefined
  const growing = pins.indexOf('both')
  const padding = [tidy(lead), tidy(trail)] as const
  if (growing >= 0) {
    const grow: Style = {
      ...(axis.at === 'x' ? { flex: '1 1 0%' } : { 'flex-grow': '1', 'flex-basis': '0px' }),
      [`min-${axis.size}`]: '0px',
    }
    return { ...rigid, padding, parts: rigid.parts.map((part, index) => (index === growing ? { ...part, ...grow } : part)) }
  }
  if (parts.length === 2) return { justify: 'space-between', padding, gap: 0, parts: [{}, {}] }
  const away = pins.indexOf('end')
  const pushed = { [`margin-${axis.start}`]: 'auto' }
  return { ...rigid, padding, parts: rigid.parts.map((part, index) => (index === away ? pushed : part)) }
}

export function alignAlong(parts: readonly Part[], frame: Rect, axis: Axis, isFluid: boolean, isWrapper: boolean): Aligned | undefined {
  return isFluid ? alongFluid(parts, frame, axis) : alongRigid(parts, frame, axis, true, isWrapper)
}

/** Cross axis where everything keeps to the start of the frame, or the frame keeps its size. */
function acrossRigid(parts: readonly Part[], frame: Rect, axis: Axis, isFrameRigid: boolean): Aligned {
  const starts = startsOf(parts, frame, axis)
  const ends = endsOf(parts, frame, axis)
  const shifts = starts.map((start, index) => start - (ends[index] ?? 0))
  const none = parts.map(() => ({}))
  const isSameStart = isAll(starts, starts[0])
  const shift = Math.abs(shifts[0] ?? 0) <= 1 ? 0 : (shifts[0] ?? 0)
  const isCentred = isFrameRigid && isAll(shifts, shifts[0], 1)
  if (isCentred && (!isSameStart || (shift === 0 && (starts[0] ?? 0) > NEAR)))
    return { justify: 'center', padding: shift > 0 ? [tidy(shift), 0] : [0, tidy(-shift)], gap: 0, parts: none }
  if (isFrameRigid && !isSameStart && (ends[0] ?? 0) >= 0 && isAll(ends, ends[0]))
    return { justify: 'end', padding: [0, tidy(ends[0] ?? 0)], gap: 0, parts: none }
  const least = Math.min(...starts)
  const padding = tidy(Math.max(0, least))
  return {
    justify: 'start',
    padding: [padding, 0],
    gap: 0,
    parts: starts.map((start) => (start - padding > NEAR ? marginOf(axis, 'start', tidy(start - padding)) : {})),
  }
}

/** Cross axis of a frame that changes its size: each part keeps to its own edge, to both, to the centre or to shares of the frame. */
function acrossFluid(parts: readonly Part[], frame: Rect, axis: Axis): Aligned | undefined {
  const pins = parts.map(({ pin }) => pin)
  if (pins.every((pin) => pin === 'start')) return acrossRigid(parts, frame, axis, false)
  if (axis.at === 'y' && pins.includes('scale')) return undefined
  const starts = startsOf(parts, frame, axis)
  const ends = endsOf(parts, frame, axis)
  const isPadded = pins.every((pin) => pin === 'start' || pin === 'end' || pin === 'both')
  const leastOf = (values: readonly number[], edge: Pin) => {
    const kept = values.filter((_, index) => pins[index] === edge || pins[index] === 'both')
    return isPadded && kept.length ? tidy(Math.max(0, Math.min(...kept))) : 0
  }
  const wished = [leastOf(starts, 'start'), leastOf(ends, 'end')] as const
  const hasRoom = parts.every(({ box }) => box[axis.size] <= frame[axis.size] - wished[0] - wished[1])
  const padding = hasRoom ? wished : ([0, 0] as const)
  const common = pins.every((pin) => pin === pins[0]) ? pins[0] : undefined
  const justify: Align = common === 'center' || common === 'end' ? common : 'start'
  const alignSelf = (align: Align): Style => (align === justify ? {} : { 'align-self': align })
  const whole = frame[axis.size]
  const styles = parts.map(({ box, pin }, index): Style => {
    const [start, end] = [starts[index] ?? 0, ends[index] ?? 0]
    if (pin === 'both')
      return {
        'align-self': 'stretch',
        ...marginOf(axis, 'start', tidy(start - padding[0])),
        ...marginOf(axis, 'end', tidy(end - padding[1])),
      }
    if (pin === 'end') return { ...alignSelf('end'), ...marginOf(axis, 'end', tidy(end - padding[1])) }
    if (pin === 'center') {
      const shift = start - end
      const margin = Math.abs(shift) <= 1 ? {} : shift > 0 ? marginOf(axis, 'start', tidy(shift)) : marginOf(axis, 'end', tidy(-shift))
      return { ...alignSelf('center'), ...margin }
    }
    if (pin === 'scale') return { ...(start > NEAR ? { 'margin-left': percent(start / whole) } : {}), width: shareOf(box.width, whole) }
    return { ...alignSelf('start'), ...marginOf(axis, 'start', tidy(start - padding[0])) }
  })
  return { justify, padding, gap: 0, parts: styles }
}

export function alignAcross(parts: readonly Part[], frame: Rect, axis: Axis, isFluid: boolean): Aligned | undefined {
  return isFluid ? acrossFluid(parts, frame, axis) : acrossRigid(parts, frame, axis, true)
}

export const axesOf = (mode: 'row' | 'column') => (mode === 'row' ? { along: AXES.x, across: AXES.y } : { along: AXES.y, across: AXES.x })
