import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Agent } from './agent.ts'
import { fenced } from './fence.ts'
import type { StreamPart } from './model.ts'
import { growingString, readJson } from './read-json.ts'
import { receiptOf } from './receipt.ts'
import { runAgent } from './run-agent.ts'
import { type FakeScript, inOrder, type ScriptedModel, type ScriptedModelOptions, scriptedModel } from './testing/index.ts'

const open: ScriptedModel[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((model) => model.close()))
})

async function setUp(script: FakeScript, options: ScriptedModelOptions = {}) {
  const scripted = await scriptedModel(script, options)
  open.push(scripted)
  return scripted
}

const greet: Agent<string, { greeting: string; mood?: string | undefined }> = {
  name: 'greet',
  role: 'writer',
  system: () => 'You greet.',
  input: (who) => ({ text: fenced('who', who) }),
  output: z.object({ greeting: z.string().max(20), mood: z.string().optional() }),
  check: ({ greeting }) => (greeting.includes('!') ? ['greeting: no exclamation marks'] : []),
  limits: { outputTokens: 100 },
}
const run = ({ model, ledger }: ScriptedModel, rest: Partial<Parameters<typeof runAgent<string, { greeting: string }>>[3]> = {}) =>
  runAgent(greet, 'Ada', model, { key: 'step-1', signal: new AbortController().signal, ledger, ...rest })

test('an answer of the right shape is given out', async () => {
  const scripted = await setUp(() => ({ text: '{"greeting":"Hello Ada"}' }))
  expect(await run(scripted)).toMatchObject({ kind: 'answer', value: { greeting: 'Hello Ada' }, repairs: 0 })
  expect(scripted.vendor.requests[0]?.system).toMatch(/^You greet\.\n\nText between <data/)
})

test.each([
  ['in a code fence', '```json\n{"greeting":"Hi"}\n```'],
  ['between sentences', 'Sure! {"greeting":"Hi"} Anything else?'],
  ['with null for what is left out', '{"greeting":"Hi","mood":null}'],
])('an answer %s counts', async (_, text) => {
  expect(await run(await setUp(() => ({ text }), { provider: 'openai-compatible' }))).toMatchObject({ kind: 'answer', repairs: 0 })
})

test('no JSON, a wrong shape: sent back twice with the fault in words, then right; the ledger knows what was wasted', async () => {
  const scripted = await setUp(
    inOrder([
      { text: 'Hello!', usage: { inputTokens: 10, outputTokens: 1 } },
      { text: '{"greeting":7}', usage: { inputTokens: 20, outputTokens: 2 } },
      { text: '{"greeting":"Hello"}', usage: { inputTokens: 25, outputTokens: 5 } },
    ]),
  )
  const parts: StreamPart[] = []
  expect(await run(scripted, { onPart: (part) => parts.push(part) })).toMatchObject({
    ...{ kind: 'answer', repairs: 2 },
    tokensUsed: 30 + 33,
  })
  expect(scripted.vendor.requests[1]?.messages.at(-1)?.text).toContain('not JSON')
  expect(scripted.vendor.requests[2]?.messages.at(-1)?.text).toContain('greeting: Invalid input: expected string')
  expect(scripted.ledger.charges.map(({ outcome }) => outcome)).toEqual(['wasted', 'wasted', 'retried'])
  expect(scripted.ledger.charges[2]?.retryOf).toBe(scripted.ledger.charges[1]?.id)
  expect(receiptOf(scripted.ledger.charges)).toMatchObject({ useful: { calls: 0 }, wasted: { calls: 2 }, retried: { calls: 1 } })
  expect(parts.filter(({ kind }) => kind === 'restart')).toHaveLength(2)
})

test('after two repairs it gives up, and says what was wrong last', async () => {
  const scripted = await setUp(() => ({ text: '{"greeting":"Hello!"}' }))
  expect(await run(scripted)).toMatchObject({
    kind: 'gave-up',
    lastFault: '- greeting: no exclamation marks',
    lastText: '{"greeting":"Hello!"}',
  })
  expect(scripted.vendor.requests).toHaveLength(3)
})

test('the caller’s own check counts like the agent’s', async () => {
  const scripted = await setUp(inOrder([{ text: '{"greeting":"Hello"}' }, { text: '{"greeting":"Moin"}' }]))
  expect(await run(scripted, { check: async ({ greeting }) => (greeting === 'Hello' ? ['too common'] : []) })).toMatchObject({
    value: { greeting: 'Moin' },
    repairs: 1,
  })
})

test('an answer that was cut is asked for again with more room, without its beginning', async () => {
  const scripted = await setUp(inOrder([{ text: '{"greeting":"He', stop: 'length' }, { text: '{"greeting":"Hello"}' }]))
  expect(await run(scripted)).toMatchObject({ kind: 'answer', repairs: 1 })
  expect(scripted.vendor.requests.map(({ outputTokensMax }) => outputTokensMax)).toEqual([100, 150])
  expect(scripted.vendor.requests[1]?.messages.every(({ role }) => role === 'user')).toBe(true)
})

test('a refusal is an outcome', async () => {
  const scripted = await setUp(() => ({ text: 'No.', stop: 'refused' }))
  expect(await run(scripted)).toMatchObject({ kind: 'refused' })
  expect(scripted.ledger.charges).toMatchObject([{ outcome: 'wasted' }])
})

test('a reached cap is thrown before anything is sent', async () => {
  const scripted = await setUp(() => ({ text: '{}' }), { caps: [{ scope: 'run', micros: 1, tokens: null }] })
  await expect(run(scripted)).rejects.toMatchObject({ code: 'CAP_REACHED' })
  expect(scripted.vendor.requests).toEqual([])
})

describe('JSON while it is being written', () => {
  test('a string of the top level can be read as it grows, whatever the pieces are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.jsonValue(), fc.integer({ min: 1, max: 9 }), (say, other, size) => {
        const text = JSON.stringify({ before: { say: 'not this' }, say, after: other, list: ['say', say] })
        const read = growingString('say')
        let grown = ''
        for (let at = 0; at < text.length; at += size) grown += read(text.slice(at, at + size))
        expect(grown).toBe(say)
      }),
    )
  })

  test('strings inside a list of objects can be read as they grow, one after the other', () => {
    const anyPlan = fc.record({ name: fc.string(), objective: fc.string(), inner: fc.record({ objective: fc.string() }) })
    fc.assert(
      fc.property(fc.array(anyPlan, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 9 }), (plans, size) => {
        const text = JSON.stringify({ objective: 'not this', plans })
        const read = growingString('objective', 3)
        let grown = ''
        for (let at = 0; at < text.length; at += size) grown += read(text.slice(at, at + size))
        expect(grown).toBe(plans.map(({ objective }) => objective).join('\n\n'))
      }),
    )
  })

  test('no text makes reading it throw', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        readJson(text)
        growingString('a')(text)
      }),
    )
  })
})

test('no text can close its own fence', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const id = /id="(\w+)"/.exec(fenced('x', text))?.[1] as string
      expect(text).not.toContain(id)
      const nested = fenced('x', fenced('x', text))
      const outer = /id="(\w+)"/.exec(nested)?.[1] as string
      expect(nested.split(`</data id="${outer}">`)).toHaveLength(2)
    }),
  )
})
