/** Phase 7: changes of variant → pseudo-classes for a finger that hovers or presses, and a few lines of state for clicks and time. */
import type { Trigger } from '../infer/changes.ts'
import type { JsxTag } from '../print/jsx.ts'
import type { Axis } from './name-props.ts'
import type { StateAxis } from './states.ts'

/** The next value of an axis by the one before; what has no row stays. */
export interface Moves {
  readonly trigger: 'click' | 'time'
  readonly next: ReadonlyMap<string, string>
  /** Of `time`: by the value before. */
  readonly delaysMs: ReadonlyMap<string, number>
}

export interface Changing {
  readonly axis: Axis
  readonly moves: readonly Moves[]
  /** The axis that says it is disabled, when no disabled one is ever clicked. */
  readonly disabledBy: Axis | undefined
}

interface Step {
  readonly trigger: Trigger
  readonly axis: Axis
  readonly from: string
  readonly to: string
  readonly delayMs: number
}

interface Read {
  readonly steps: readonly Step[]
  /** Members of which a change cannot be said. */
  readonly unsaid: ReadonlySet<JsxTag>
}

/** Each change as a step on the one axis that it moves along, to a variant that is there. */
function readSteps(axes: readonly Axis[], members: readonly JsxTag[]): Read {
  const vectors = new Set(members.map((_, member) => axes.map(({ values }) => values[member]).join('\n')))
  const unsaid = new Set<JsxTag>()
  const steps: Step[] = []
  for (const [member, tag] of members.entries()) {
    for (const { trigger, to, delayMs } of tag.changes ?? []) {
      const wanted = axes.map(({ name, values, inCode }) => (to?.[name] === undefined ? values[member] : inCode(to[name])))
      const moved = axes.filter(({ values }, index) => values[member] !== wanted[index])
      const [axis] = moved
      if (!to || moved.length !== 1 || !axis || !vectors.has(wanted.join('\n'))) unsaid.add(tag)
      else steps.push({ trigger, axis, from: axis.values[member] ?? '', to: wanted[axes.indexOf(axis)] ?? '', delayMs })
    }
  }
  return { steps, unsaid }
}

/** One value leads to one other, whatever the other axes are; undefined when they contradict each other. */
function nextOf(steps: readonly Step[]): Pick<Moves, 'next' | 'delaysMs'> | undefined {
  const next = new Map<string, string>()
  const delaysMs = new Map<string, number>()
  for (const { from, to, delayMs } of steps) {
    if ((next.get(from) ?? to) !== to) return undefined
    next.set(from, to)
    delaysMs.set(from, delayMs)
  }
  return { next, delaysMs }
}

function disabledBy(axes: readonly Axis[], members: readonly JsxTag[]): Axis | undefined {
  const axis = axes.find(({ prop, values }) => /^(is)?disabled?$/i.test(prop) && values.includes('true'))
  const isClicked = (tag: JsxTag) => tag.changes?.some(({ trigger }) => trigger === 'click')
  return axis && !members.some((tag, member) => axis.values[member] === 'true' && isClicked(tag)) ? axis : undefined
}

export interface FoundChanges {
  readonly state: StateAxis | undefined
  readonly changing: Changing | undefined
  readonly unsaid: ReadonlySet<JsxTag>
}

/** @param named the axis whose name says that it is one of states */
export function findChanges(axes: readonly Axis[], members: readonly JsxTag[], named: StateAxis | undefined): FoundChanges {
  const { steps, unsaid } = readSteps(axes, members)
  if (steps.length === 0) return { state: named, changing: undefined, unsaid }
  const left = new Set(unsaid)
  const cannotSay = (trigger: Trigger) => {
    for (const tag of members) if (tag.changes?.some((change) => change.trigger === trigger)) left.add(tag)
  }
  const hovers = steps.filter(({ trigger }) => trigger === 'hover' || trigger === 'press')
  const hovered = hovers.find(({ trigger }) => trigger === 'hover') ?? hovers[0]
  const axis = named?.axis ?? hovered?.axis
  const rest = named?.rest ?? hovered?.from
  const pseudo = new Map(named?.pseudo)
  for (const { trigger, axis: moved, from, to } of hovers) {
    const isOfRest = from === rest || pseudo.has(from)
    if (moved === axis && isOfRest && to !== rest) pseudo.set(to, pseudo.get(to) ?? (trigger === 'hover' ? 'hover' : 'active'))
    else if (to !== rest || moved !== axis) cannotSay(trigger)
  }
  const state = axis && rest !== undefined && (named || pseudo.size) ? { axis, rest, pseudo } : named
  const [first] = steps.filter((step) => (step.trigger === 'click' || step.trigger === 'time') && step.axis !== state?.axis)
  const moves = (['click', 'time'] as const).flatMap((trigger): Moves[] => {
    const own = steps.filter((step) => step.trigger === trigger && step.axis === first?.axis)
    const found = own.length ? nextOf(own) : undefined
    if (!found && steps.some((step) => step.trigger === trigger)) cannotSay(trigger)
    return found ? [{ trigger, ...found }] : []
  })
  // A thing is clicked by its keyboard too: only a button can be.
  const sayable = moves.filter(({ trigger }) => trigger === 'time' || members[0]?.name === 'button')
  if (sayable.length < moves.length) cannotSay('click')
  return {
    state,
    changing: first && sayable.length ? { axis: first.axis, moves: sayable, disabledBy: disabledBy(axes, members) } : undefined,
    unsaid: left,
  }
}
