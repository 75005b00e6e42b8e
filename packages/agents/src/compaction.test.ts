import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compact, compactionLimits } from './compaction.ts'
import { failureSignature } from './failure-signature.ts'
import { createGuards, LOOP_LIMITS } from './guards.ts'
import { type Message, messagesTokens } from './model.ts'

const turn = fc.record({ calls: fc.integer({ min: 1, max: 4 }), size: fc.integer({ min: 0, max: 4_000 }), says: fc.boolean() })
const conversation = fc.array(turn, { minLength: 1, maxLength: 25 }).map((turns): Message[] => [
  { role: 'user', text: 'The task.' },
  ...turns.flatMap(({ calls, size, says }, index): Message[] => {
    const ids = Array.from({ length: calls }, (_, call) => `${index}-${call}`)
    return [
      {
        role: 'assistant',
        parts: [
          ...(says ? [{ kind: 'text' as const, text: 'I look.' }] : []),
          ...ids.map((id) => ({ kind: 'call' as const, call: { id, name: 'read', input: { path: id }, inputText: `{"path":"${id}"}` } })),
        ],
      },
      { role: 'tool', results: ids.map((callId) => ({ callId, name: 'read', text: 'x'.repeat(size), isError: false })) },
    ]
  }),
])

const callsOf = (messages: readonly Message[]) =>
  messages.flatMap((message) =>
    message.role === 'assistant' ? message.parts.flatMap((part) => (part.kind === 'call' ? [part.call.id] : [])) : [],
  )
const resultsOf = (messages: readonly Message[]) =>
  messages.flatMap((message) => (message.role === 'tool' ? message.results.map(({ callId }) => callId) : []))

test('however long a conversation is: the task stays, every call keeps its result, and it becomes shorter', () => {
  fc.assert(
    fc.property(conversation, fc.integer({ min: 200, max: 8_000 }), (messages, tokensMax) => {
      const limits = { tokensMax, keepTokens: Math.floor(tokensMax / 3) }
      const shorter = compact(messages, limits, 'Changed files: none.')
      expect(shorter[0]).toEqual(messages[0])
      expect(resultsOf(shorter)).toEqual(callsOf(shorter))
      if (messagesTokens(messages) <= tokensMax) expect(shorter).toBe(messages)
      else expect(shorter.length).toBeLessThanOrEqual(messages.length + 1)
    }),
  )
})

test('a window is used to three quarters, and never beyond 200,000 tokens', () => {
  expect(compactionLimits(100_000).tokensMax).toBe(75_000)
  expect(compactionLimits(1_000_000).tokensMax).toBe(200_000)
  expect(compactionLimits(null).tokensMax).toBe(48_000)
})

test('the same failure is the same, whatever its times, numbers, folders and colours', () => {
  const first =
    '\u001b[31mFAIL\u001b[0m tests/a.test.ts (12 ms)\nAssertionError: expected 3 to be 4\n at /tmp/x1/a.ts:10:4\n[ended 10:11:12]'
  const again = 'FAIL tests/a.test.ts (97 ms)\nAssertionError: expected 3 to be 4\n at /tmp/y2/a.ts:11:4\n[ended 10:14:59]'
  expect(failureSignature('npm test', first)).toBe(failureSignature('npm test', again))
  expect(failureSignature('npm test', first)).not.toBe(failureSignature('npm test', first.replace('AssertionError', 'TypeError')))
  expect(failureSignature('npm test', first)).not.toBe(failureSignature('npm run check', first))
})

test('the same call is made again after a change, and not without one', () => {
  const guards = createGuards(LOOP_LIMITS)
  const call = { id: '1', name: 'bash', input: { command: 'npm test' }, inputText: '' }
  expect([guards.refuse(call), guards.refuse(call)]).toEqual([null, null])
  expect(guards.refuse(call)).toContain('3 times')
  guards.afterStep(true)
  expect(guards.refuse(call)).toBeNull()
})
