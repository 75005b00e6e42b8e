import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  AGENT_SESSION,
  defineMachine,
  FEATURE,
  isFinal,
  JOB,
  type Machine,
  PROTOTYPE_SESSION,
  RUN_ITEM,
  sourcesOf,
  targetOf,
  transition,
  WORKFLOW,
} from './index.ts'

const MACHINES: Record<string, Machine<string, string>> = { FEATURE, JOB, RUN_ITEM, WORKFLOW, AGENT_SESSION, PROTOTYPE_SESSION }

describe.each(Object.entries(MACHINES))('%s', (_, machine) => {
  const anyStatus = fc.constantFrom(...machine.statuses)
  const anyEvent = fc.constantFrom(...machine.events)

  test('any walk of events stays inside the table and refuses the rest', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
        let status = machine.statuses[0]
        for (const event of events) {
          const step = transition(machine, status, event)
          if (step.kind === 'refused') expect(machine.moves[status]?.[event]).toBeUndefined()
          else expect(machine.statuses).toContain(step.to)
          if (step.kind === 'moved') expect(sourcesOf(machine, event)).toContain(status)
          if (step.kind !== 'refused') status = step.to
        }
      }),
    )
  })

  test('a move may be repeated and then changes nothing', () => {
    fc.assert(
      fc.property(anyStatus, anyEvent, (status, event) => {
        const first = transition(machine, status, event)
        fc.pre(first.kind !== 'refused')
        expect(targetOf(machine, event)).toBe(first.to)
        const again = transition(machine, first.to, event)
        expect(again.kind === 'refused' ? undefined : again.to).toBe(first.to)
      }),
    )
  })

  test('every status can be reached from the first one', () => {
    const reached = new Set([machine.statuses[0]])
    for (const status of reached) for (const to of Object.values(machine.moves[status] ?? {})) if (to) reached.add(to)
    expect([...reached].sort()).toEqual([...machine.statuses].sort())
  })
})

test('a finished job takes no further event', () => {
  for (const status of ['ready', 'failed', 'cancelled'] as const) {
    expect(isFinal(JOB, status)).toBe(true)
    for (const event of JOB.events) {
      if (targetOf(JOB, event) !== status) expect(transition(JOB, status, event).kind).toBe('refused')
    }
  }
})

test('a job cannot skip its checks', () => {
  expect(sourcesOf(JOB, 'pass')).toEqual(['checks'])
  expect(transition(JOB, 'deps', 'pass')).toEqual({ kind: 'refused', from: 'deps', allowed: ['check', 'fail', 'cancel'] })
})

test('an event that leads to two statuses is refused when the machine is defined', () => {
  expect(() => defineMachine({ a: { go: 'b' }, b: { go: 'c' }, c: {} })).toThrow('"go"')
})
