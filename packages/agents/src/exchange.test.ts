import { failure } from '@slipway/domain'
import { afterEach, describe, expect, test } from 'vitest'
import { connect } from './drivers/connect.ts'
import type { ProviderId } from './drivers/providers.ts'
import { createModel, withFallback } from './exchange.ts'
import { memoryLedger } from './ledger.ts'
import type { ModelRequest, StreamPart } from './model.ts'
import type { Price } from './prices.ts'
import { type FakeReply, type FakeScript, type FakeVendor, inOrder, startFakeVendor } from './testing/index.ts'

const KEY = 'sk-test-0123456789abcdefghij'
const PRICE: Price = { input: 3, output: 15, cached: 0.3, cacheWrite: 3.75 }
const VENDORS: readonly ProviderId[] = ['anthropic', 'openai', 'google', 'openai-compatible']

const open: FakeVendor[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((vendor) => vendor.close()))
})

async function setUp(provider: ProviderId, script: FakeScript, options: { cap?: number; stallMs?: number } = {}) {
  const vendor = await startFakeVendor(script, { apiKey: KEY })
  open.push(vendor)
  const baseUrl = provider === 'google' ? vendor.googleBaseUrl : vendor.baseUrl
  const timeouts = { firstByteMs: 5_000, stallMs: options.stallMs ?? 5_000 }
  const driver = connect({ provider, model: 'fake-large', apiKey: KEY, baseUrl, timeouts })
  const ledger = memoryLedger([{ scope: 'run', micros: options.cap ?? null, tokens: null }])
  const waits: number[] = []
  const sleep = async (ms: number) => {
    waits.push(ms)
  }
  const model = createModel({ driver, ledger, priceOf: () => PRICE, sleep, random: () => 0 })
  return { vendor, ledger, model, waits }
}

function ask(rest: Partial<ModelRequest> = {}): ModelRequest {
  const signal = new AbortController().signal
  return {
    key: 'k',
    agent: 'test',
    system: 'Be brief.',
    messages: [{ role: 'user', text: 'Hello' }],
    outputTokensMax: 500,
    signal,
    ...rest,
  }
}

const LONG = 'An answer that is long enough to be cut in the middle of it, because it has several pieces. '.repeat(3)
const TOOL = { name: 'look', description: 'Looks.', input: { type: 'object', properties: { at: { type: 'string' } }, required: ['at'] } }

describe.each(VENDORS)('%s', (provider) => {
  test('an answer streams, and its tokens and cost are in the ledger', async () => {
    const { model, ledger } = await setUp(provider, () => ({
      text: LONG,
      usage: { inputTokens: 1_000, cachedTokens: 400, outputTokens: 100 },
    }))
    const parts: StreamPart[] = []
    const reply = await model.exchange(ask({ onPart: (part) => parts.push(part) }))
    expect(reply.text).toBe(LONG)
    expect(reply.stop).toBe('end')
    expect(parts.map((part) => (part.kind === 'text' ? part.delta : '')).join('')).toBe(LONG)
    expect(reply.usage).toMatchObject({ inputTokens: 1_000, cachedTokens: 400, outputTokens: 100, isEstimated: false })
    expect(ledger.charges).toMatchObject([
      { id: reply.chargeId, micros: 600 * 3 + 120 + 1_500, result: 'reply', outcome: 'useful', retryOf: null },
    ])
    expect(ledger.charges[0]?.firstTokenMs).not.toBeNull()
  })

  test('tools are called, and their results go back with what the vendor wants to see again', async () => {
    const replies: FakeReply[] = [
      {
        text: 'I look.',
        calls: [
          { name: 'look', input: { at: 'a.ts' } },
          { name: 'look', input: { at: 'b.ts' } },
        ],
      },
      { text: 'Done.' },
    ]
    const { model, vendor } = await setUp(provider, inOrder(replies))
    const first = await model.exchange(ask({ tools: [TOOL], cache: 'conversation' }))
    expect(first.stop).toBe('calls')
    expect(first.calls.map((call) => call.input)).toEqual([{ at: 'a.ts' }, { at: 'b.ts' }])
    const results = first.calls.map((call) => ({
      callId: call.id,
      name: call.name,
      text: `seen ${JSON.stringify(call.input)}`,
      isError: false,
    }))
    const messages = [...ask().messages, { role: 'assistant' as const, parts: first.parts }, { role: 'tool' as const, results }]
    const second = await model.exchange(ask({ key: 'k2', messages, tools: [TOOL], cache: 'conversation' }))
    expect(second.text).toBe('Done.')
    const sent = vendor.requests[1]
    expect(sent?.tools).toEqual(['look'])
    expect(sent?.messages.flatMap((message) => message.calls)).toEqual([
      { name: 'look', input: { at: 'a.ts' } },
      { name: 'look', input: { at: 'b.ts' } },
    ])
    expect(JSON.stringify(sent?.messages)).toContain('seen')
  })

  test.each([429, 529, 500, 503])('%i is asked again', async (status) => {
    const { model, ledger, waits } = await setUp(provider, inOrder([{ fault: { kind: 'http', status } }, { text: 'Well.' }]))
    expect((await model.exchange(ask())).text).toBe('Well.')
    expect(waits).toEqual([1_000])
    expect(ledger.charges).toMatchObject([
      { result: 'http', outcome: 'wasted', micros: 0, usage: { inputTokens: 0 } },
      { result: 'reply', outcome: 'retried' },
    ])
    expect(ledger.charges[1]?.retryOf).toBe(ledger.charges[0]?.id)
  })

  test('Retry-After is kept, in seconds', async () => {
    const busy: FakeReply = { fault: { kind: 'http', status: 429, headers: { 'retry-after': '7' } } }
    const { model, waits } = await setUp(provider, inOrder([busy, { text: 'Well.' }]))
    await model.exchange(ask())
    expect(waits).toEqual([7_000])
  })

  test.each(['cut', 'truncated', 'error-event'] as const)(
    '%s in the middle of an answer: the screen is told to begin again, the answer is whole',
    async (kind) => {
      const { model, ledger } = await setUp(provider, inOrder([{ text: LONG, fault: { kind, afterEvents: 4 } }, { text: LONG }]))
      const parts: StreamPart[] = []
      const reply = await model.exchange(ask({ onPart: (part) => parts.push(part) }))
      expect(reply.text).toBe(LONG)
      const restart = parts.findLastIndex((part) => part.kind === 'restart')
      expect(restart).toBeGreaterThanOrEqual(0)
      expect(
        parts
          .slice(restart + 1)
          .map((part) => (part.kind === 'text' ? part.delta : ''))
          .join(''),
      ).toBe(LONG)
      expect(ledger.charges.map((charge) => charge.outcome)).toEqual(['wasted', 'retried'])
      expect(ledger.charges[0]).toMatchObject({ usage: { isEstimated: true } })
      expect(ledger.charges[0]?.micros).toBeGreaterThan(0)
    },
  )

  test('an answer that stalls is asked again', async () => {
    const { model, ledger } = await setUp(
      provider,
      inOrder([{ text: LONG, fault: { kind: 'stall', afterEvents: 3 } }, { text: 'Well.' }]),
      { stallMs: 60 },
    )
    expect((await model.exchange(ask())).text).toBe('Well.')
    expect(ledger.charges[0]?.result).toBe('stall')
  })

  test('an answer cut by the token cap says so', async () => {
    const { model } = await setUp(provider, () => ({ text: 'Half a', stop: 'length' }))
    expect(await model.exchange(ask())).toMatchObject({ stop: 'length', text: 'Half a' })
  })

  test('a refused key is told once, without the key', async () => {
    const { vendor } = await setUp(provider, () => ({ text: 'never' }))
    const baseUrl = provider === 'google' ? vendor.googleBaseUrl : vendor.baseUrl
    const other = 'sk-wrong-zyxwvutsrqponmlkjihg'
    const driver = connect({ provider, model: 'fake-large', apiKey: other, baseUrl })
    const model = createModel({ driver, ledger: memoryLedger([]), priceOf: () => PRICE })
    const error = await model.exchange(ask()).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'MODEL_KEY_REFUSED' })
    const printed = `${String(error)} ${JSON.stringify(error)} ${(error as Error).stack} ${String((error as Error).cause)}`
    expect(printed).not.toContain('zyxwv')
  })

  test('cancelling closes the connection and is counted', async () => {
    const gone = Promise.withResolvers<void>()
    const { model, ledger } = await setUp(provider, (request) => {
      request.signal.addEventListener('abort', () => gone.resolve())
      return { text: LONG, fault: { kind: 'stall', afterEvents: 4 } }
    })
    const controller = new AbortController()
    const stopped = new Error('the owner stopped it')
    const onPart = () => controller.abort(stopped)
    await expect(model.exchange(ask({ signal: controller.signal, onPart }))).rejects.toBe(stopped)
    await gone.promise
    expect(ledger.charges).toMatchObject([{ result: 'aborted', outcome: 'wasted' }])
  })

  test('an answer of a shape is JSON', async () => {
    const { model } = await setUp(provider, () => ({ text: '{"name":"Boats"}' }))
    const schema = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'], additionalProperties: false }
    const reply = await model.exchange(ask({ output: { name: 'title', schema } }))
    expect(JSON.parse(reply.text)).toEqual({ name: 'Boats' })
  })
})

test('a schema that Anthropic cannot promise is asked for as a tool, and still comes back as text', async () => {
  const { model, vendor } = await setUp('anthropic', () => ({ text: '{"fields":{"a":1}}' }))
  const schema = {
    type: 'object',
    properties: { fields: { type: 'object', additionalProperties: { type: 'number' } } },
    required: ['fields'],
  }
  const reply = await model.exchange(ask({ output: { name: 'open', schema } }))
  expect(JSON.parse(reply.text)).toEqual({ fields: { a: 1 } })
  expect(vendor.requests[0]?.tools).toHaveLength(1)
})

test('bad JSON of a tool call is kept as text', async () => {
  const { model } = await setUp('anthropic', () => ({ calls: [{ name: 'look', input: '{"at": ' }] }))
  const reply = await model.exchange(ask({ tools: [TOOL] }))
  expect(reply.calls).toMatchObject([{ name: 'look', input: undefined, inputText: '{"at": ' }])
})

test('four attempts are the most, with doubling waits', async () => {
  const { model, waits, ledger } = await setUp('anthropic', () => ({ fault: { kind: 'http', status: 529 } }))
  await expect(model.exchange(ask())).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' })
  expect(waits).toEqual([1_000, 2_000, 4_000])
  expect(ledger.charges).toHaveLength(4)
})

test('a vendor that asks to wait for an hour is given up, and its wish is said', async () => {
  const { model, waits } = await setUp('anthropic', () => ({ fault: { kind: 'http', status: 429, headers: { 'retry-after': '3600' } } }))
  await expect(model.exchange(ask())).rejects.toThrow('3600 s')
  expect(waits).toEqual([])
})

test('an empty account is not asked again', async () => {
  const body = { error: { type: 'insufficient_quota', code: 'insufficient_quota', message: 'You exceeded your current quota.' } }
  const { model, vendor } = await setUp('openai', () => ({ fault: { kind: 'http', status: 429, body } }))
  await expect(model.exchange(ask())).rejects.toMatchObject({ code: 'MODEL_CREDIT_EMPTY' })
  expect(vendor.requests).toHaveLength(1)
})

test('a call that does not fit under the cap is never sent', async () => {
  const { model, vendor } = await setUp('anthropic', () => ({ text: 'Hi' }), { cap: 100 })
  await expect(model.exchange(ask())).rejects.toMatchObject({ code: 'CAP_REACHED' })
  expect(vendor.requests).toEqual([])
})

test('the fallback is asked when the first model is down, and not when the key is bad', async () => {
  const down = await setUp('anthropic', () => ({ fault: { kind: 'http', status: 500 } }))
  const well = await setUp('openai', () => ({ text: 'From the second.' }))
  expect((await withFallback(down.model, well.model).exchange(ask())).text).toBe('From the second.')
  const refused = { ...down.model, exchange: () => Promise.reject(failure('MODEL_KEY_REFUSED', { provider: 'Anthropic', reason: 'bad' })) }
  await expect(withFallback(refused, well.model).exchange(ask())).rejects.toMatchObject({ code: 'MODEL_KEY_REFUSED' })
})

test('the conversation is marked for the cache: the system text, and three messages at most', async () => {
  const { model, vendor } = await setUp('anthropic', () => ({ text: 'Hi' }))
  const messages = Array.from({ length: 80 }, (_, index) => ({ role: 'user' as const, text: `${index}` }))
  await model.exchange(ask({ messages, cache: 'conversation' }))
  expect(vendor.requests[0]?.rawBody.match(/cache_control/g)).toHaveLength(4)
})

test('images go along', async () => {
  for (const provider of VENDORS) {
    const { model, vendor } = await setUp(provider, () => ({ text: 'A boat.' }))
    const images = [{ mediaType: 'image/png' as const, base64: 'iVBORw0KGgo=' }]
    await model.exchange(ask({ messages: [{ role: 'user', text: 'What is it?', images }] }))
    expect(vendor.requests[0]?.messages[0]?.images).toBe(1)
  }
})
