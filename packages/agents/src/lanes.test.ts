import { afterEach, expect, test } from 'vitest'
import { type CoderResult, runCoder } from './coder-loop.ts'
import { receiptOf } from './receipt.ts'
import { type FakeScript, folderSandbox, scriptedModel } from './testing/index.ts'

const cleanup: (() => Promise<unknown>)[] = []
afterEach(async () => {
  await Promise.all(cleanup.splice(0).map((clean) => clean()))
})

/** Writes another version of its file with every step, and never ends by itself. */
const endless: FakeScript = ({ index, messages }) => {
  const lane = /- (lane-\d)\.txt/.exec(messages[0]?.text ?? '')?.[1]
  return {
    calls: [
      { name: 'read', input: { path: `${lane}.txt` } },
      { name: 'write', input: { path: `${lane}.txt`, content: `${index}\n` } },
    ],
    usage: { inputTokens: 2_000 + ((index * 37) % 500), outputTokens: 100 + ((index * 13) % 300) },
  }
}

const LANES = 4
const CAP = 300_000

test('planted endless work in four parallel lanes stops below the cap, every time, and every lane says so', async () => {
  for (let round = 0; round < 20; round++) {
    const { model, ledger, close } = await scriptedModel(endless, { caps: [{ scope: 'run', micros: CAP, tokens: null }] })
    const sandboxes = await Promise.all(Array.from({ length: LANES }, () => folderSandbox()))
    cleanup.push(close, ...sandboxes.map((sandbox) => () => sandbox.stop()))
    const results = await Promise.all(
      sandboxes.map(
        (sandbox, lane): Promise<CoderResult> =>
          runCoder(
            { model, sandbox, limits: { outputTokens: 1_500 } },
            {
              key: `lane-${lane}`,
              debugId: 'dbg',
              plan: '',
              notes: null,
              findings: [],
              task: { name: 'Endless', action: '', acceptanceCriteria: [], done: '', verify: ['false'], writable: [`lane-${lane}.txt`] },
              signal: new AbortController().signal,
            },
          ),
      ),
    )
    expect(results.map(({ kind }) => kind)).toEqual(Array(LANES).fill('stopped'))
    expect(ledger.spent.micros).toBeLessThanOrEqual(CAP)
    expect(ledger.spent.micros).toBeGreaterThan(CAP * 0.8)
    expect(receiptOf(ledger.charges).total.micros).toBe(ledger.spent.micros)
    expect(new Set(ledger.charges.map(({ key }) => key.slice(0, 6))).size).toBe(LANES)
    await Promise.all(cleanup.splice(0).map((clean) => clean()))
  }
}, 120_000)
