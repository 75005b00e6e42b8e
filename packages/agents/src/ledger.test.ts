import { type Charge, isFailure, type Ledger, type Reservation, type Settlement } from '@slipway/domain'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { knownPrices } from './drivers/known-prices.ts'
import { estimateOf, fromHistory, plannedCalls } from './estimate.ts'
import { memoryLedger } from './ledger.ts'
import { costOf, FREE, type Price, priceTable, worstCostOf } from './prices.ts'
import { receiptOf } from './receipt.ts'

const PRICE: Price = {
  input: 3,
  output: 15,
  cached: 0.3,
  cacheWrite: 3.75,
  above: [{ inputTokens: 200_000, input: 6, output: 22.5, cached: 0.6, cacheWrite: 7.5 }],
}
const usage = (inputTokens: number, outputTokens: number, cachedTokens = 0, cacheWriteTokens = 0) => ({
  inputTokens,
  outputTokens,
  cachedTokens,
  cacheWriteTokens,
  isEstimated: false,
})
const reservation = (rest: Partial<Reservation> = {}): Reservation => ({
  key: 'k',
  agent: 'coder',
  role: 'coder',
  provider: 'anthropic',
  model: 'm',
  tokensMax: 100,
  microsMax: 100,
  retryOf: null,
  ...rest,
})
const settlement = (micros: number | null, rest: Partial<Settlement> = {}): Settlement => ({
  usage: usage(50, 10),
  micros,
  firstTokenMs: 5,
  durationMs: 9,
  result: 'reply',
  outcome: 'useful',
  ...rest,
})

describe('prices', () => {
  test('a dollar per million tokens is a micro-dollar per token', () => {
    expect(costOf(usage(1_000, 100), PRICE)).toBe(3_000 + 1_500)
    expect(costOf(usage(1_000, 100, 600, 200), PRICE)).toBe(200 * 3 + 600 * 0.3 + 200 * 3.75 + 1_500)
  })

  test('a long input costs its tier for the whole call', () => {
    expect(costOf(usage(200_001, 0), PRICE)).toBe(200_001 * 6)
  })

  test('an unknown price is null, never 0; the owner can say one', async () => {
    const known = await knownPrices()
    expect(known('openai-compatible', 'house-model')).toBeNull()
    expect(known('anthropic', 'no-such-model-9')).toBeNull()
    expect(known('ollama', 'anything')).toEqual(FREE)
    expect(known('anthropic', 'claude-sonnet-5-5')?.output).toBeGreaterThan(0)
    expect(costOf(usage(1, 1), null)).toBeNull()
    const own = priceTable({ 'openai-compatible/house-model': PRICE }, known)
    expect(own('openai-compatible', 'house-model')).toBe(PRICE)
  })

  test('no usage costs more than the worst case of its size', () => {
    const tokens = fc.nat({ max: 400_000 })
    fc.assert(
      fc.property(tokens, tokens, tokens, tokens, (input, output, cached, written) => {
        const cost = costOf(usage(input, output, cached, written), PRICE) as number
        expect(cost).toBeGreaterThanOrEqual(0)
        expect(cost).toBeLessThanOrEqual(worstCostOf(input, output, PRICE) as number)
      }),
    )
  })
})

/** A lane that works on and on: reserve, wait for the others, settle, until the cap ends it. */
async function endless(ledger: Ledger, lane: number, costs: () => number, turn: () => Promise<void>): Promise<number> {
  for (let step = 0; ; step++) {
    try {
      const id = await ledger.reserve(reservation({ key: `${lane}/${step}` }))
      await turn()
      await ledger.settle(id, settlement(costs()))
    } catch (error) {
      if (isFailure(error, 'CAP_REACHED')) return step
      throw error
    }
  }
}

describe('reservation', () => {
  test('four endless lanes never spend more than the cap, whatever the order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 5_000 }),
        fc.scheduler(),
        fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1 }),
        async (cap, scheduler, costs) => {
          const ledger = memoryLedger([{ scope: 'run', micros: cap, tokens: null }])
          let call = 0
          const cost = () => costs[call++ % costs.length] as number
          const lanes = Array.from({ length: 4 }, (_, lane) => endless(ledger, lane, cost, () => scheduler.schedule(Promise.resolve())))
          await scheduler.waitFor(Promise.all(lanes))
          expect(ledger.spent.micros).toBeLessThanOrEqual(cap)
          expect(ledger.spent.micros).toBeGreaterThan(cap - 100 - 1)
        },
      ),
      { numRuns: 20 },
    )
  })

  test('an unknown price is refused under a cap of money, and counted under one of tokens', async () => {
    const money = memoryLedger([{ scope: 'feature', micros: 1_000, tokens: null }])
    await expect(money.reserve(reservation({ microsMax: null }))).rejects.toMatchObject({ code: 'PRICE_UNKNOWN' })
    const tokens = memoryLedger([{ scope: 'feature', micros: 1_000, tokens: 150 }])
    await tokens.reserve(reservation({ microsMax: null }))
    await expect(tokens.reserve(reservation({ key: 'k2', microsMax: null }))).rejects.toMatchObject({ code: 'CAP_REACHED' })
  })

  test('what a dead process had reserved is counted in full, once its work begins again', async () => {
    const ledger = memoryLedger([{ scope: 'run', micros: 250, tokens: null }])
    await ledger.reserve(reservation())
    const again = await ledger.reserve(reservation())
    await ledger.settle(again, settlement(20))
    await ledger.settle(again, settlement(99))
    expect(ledger.charges.map(({ micros, outcome }) => [micros, outcome])).toEqual([
      [100, 'wasted'],
      [20, 'useful'],
    ])
  })

  test('the stop says what is spent and what the next call needs', async () => {
    const ledger = memoryLedger([{ scope: 'project', micros: 2_500_000, tokens: null }])
    await expect(ledger.reserve(reservation({ microsMax: 3_000_000 }))).rejects.toThrow(
      'The cap of this project is $2.50; $0.00 are spent or reserved, and the next call may take $3.00.',
    )
  })
})

test('a receipt splits everything that was spent into useful, retried and wasted', () => {
  const outcome = fc.constantFrom('useful' as const, 'retried' as const, 'wasted' as const)
  const charge = fc
    .record({ outcome, micros: fc.option(fc.nat({ max: 1_000 })), agent: fc.constantFrom('coder', 'reviewer') })
    .map(({ micros, agent, ...rest }, id = 0): Charge => ({ ...reservation({ agent }), ...settlement(micros), ...rest, id: `${id}` }))
  fc.assert(
    fc.property(fc.array(charge), (charges) => {
      const receipt = receiptOf(charges)
      const parts = [receipt.useful, receipt.retried, receipt.wasted]
      expect(parts.reduce((sum, part) => sum + part.micros, 0)).toBe(receipt.total.micros)
      expect(parts.reduce((sum, part) => sum + part.calls, 0)).toBe(charges.length)
      expect(receipt.agents.reduce((sum, { sum: part }) => sum + part.unpricedCalls, 0)).toBe(
        charges.filter(({ micros }) => micros === null).length,
      )
    }),
  )
})

describe('an estimate', () => {
  const stages = [
    { stage: 'brief' as const, characters: 400 },
    { stage: 'spec' as const, characters: 3_000 },
    { stage: 'backlog' as const, characters: 20_000, cards: 30, requirements: 18 },
    { stage: 'plan' as const, characters: 20_000, requirements: 18 },
    { stage: 'code' as const, characters: 8_000, tasks: 12 },
  ]
  test.each(stages)('of $stage is a range from low to high', (size) => {
    const { calls, tokens, micros } = estimateOf(plannedCalls(size), () => PRICE)
    for (const { low, likely, high } of [calls, tokens, micros ?? { low: 0, likely: 0, high: 0 }]) {
      expect(low).toBeGreaterThan(0)
      expect(likely).toBeGreaterThanOrEqual(low)
      expect(high).toBeGreaterThanOrEqual(likely)
    }
  })

  test('with one unknown price is unknown, but still says how many tokens', () => {
    const estimate = estimateOf(plannedCalls({ stage: 'spec', characters: 100 }), (agent) => (agent === 'name-app' ? null : PRICE))
    expect(estimate.micros).toBeNull()
    expect(estimate.tokens.likely).toBeGreaterThan(0)
  })

  test('follows what the agent has really used, once there is enough of it', () => {
    const past = Array.from(
      { length: 20 },
      (_, index): Charge => ({ ...reservation(), ...settlement(1, { usage: usage(1_000, 50, 900) }), id: `${index}` }),
    )
    const [, coder] = fromHistory(plannedCalls({ stage: 'code', characters: 8_000, tasks: 2 }), past)
    expect(coder).toMatchObject({ agent: 'coder', inputTokens: { likely: 1_000 }, cachedShare: 0.9 })
  })
})
