/** Measures, in one run: our exchange against the bare SDK, and the coder loop on a scripted task. Prints one JSON line per figure. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createAnthropic } from '@ai-sdk/anthropic'
import { streamText } from 'ai'
import { connect, createModel, fileRecording, memoryLedger, receiptOf, recorded, runCoder } from '../src/index.ts'
import { FAKE_PRICE, folderSandbox } from '../src/testing/index.ts'

const EXCHANGES = 120
const WARM_UP = 20

const child = spawn(process.execPath, [fileURLToPath(new URL('./vendor-process.ts', import.meta.url))], {
  stdio: ['pipe', 'pipe', 'inherit'],
})
const baseURL = await new Promise<string>((resolve) => createInterface({ input: child.stdout }).once('line', resolve))
const folder = await mkdtemp(join(tmpdir(), 'slipway-bench-'))
const print = (figure: object) => process.stdout.write(`${JSON.stringify(figure)}\n`)

async function measure(name: string, once: (index: number, onFirst: () => void) => Promise<unknown>) {
  for (let index = 0; index < WARM_UP; index++) await once(-1 - index, () => {})
  const firsts: number[] = []
  const cpu = process.cpuUsage()
  const startedAt = performance.now()
  for (let index = 0; index < EXCHANGES; index++) {
    const askedAt = performance.now()
    let isFirst = true
    await once(index, () => {
      if (isFirst) firsts.push(performance.now() - askedAt)
      isFirst = false
    })
  }
  const { user, system } = process.cpuUsage(cpu)
  const figure = {
    name,
    cpuMs: round((user + system) / 1_000 / EXCHANGES),
    wallMs: round((performance.now() - startedAt) / EXCHANGES),
    firstTokenMs: round(firsts.sort((a, b) => a - b)[Math.floor(firsts.length / 2)] ?? Number.NaN),
  }
  print(figure)
  return figure
}
const round = (value: number) => Math.round(value * 100) / 100

const bareModel = createAnthropic({ baseURL, apiKey: 'fake' })('fake-large')
const bare = () =>
  measure('bare SDK, streamText', async (_, onFirst) => {
    for await (const delta of streamText({ model: bareModel, prompt: 'Hello', maxOutputTokens: 500 }).textStream) if (delta) onFirst()
  })

const driver = connect({ provider: 'anthropic', model: 'fake-large', apiKey: 'fake', baseUrl: baseURL, contextTokens: 200_000 })
const ledger = memoryLedger([{ scope: 'run', micros: null, tokens: null }])
const model = recorded(createModel({ driver, ledger, priceOf: () => FAKE_PRICE }), fileRecording(join(folder, 'record.jsonl')))
const signal = new AbortController().signal
const ours = (round: string) =>
  measure('our exchange, with ledger and record', (index, onPart) =>
    model.exchange({
      key: `${round}/${index}`,
      agent: 'bench',
      system: 'Be brief.',
      messages: [{ role: 'user', text: 'Hello' }],
      outputTokensMax: 500,
      signal,
      onPart,
    }),
  )

const rounds = [await bare(), await ours('a'), await bare(), await ours('b')] as const
const best = (a: number, b: number) => Math.min(a, b)
const ratio = (pick: (figure: (typeof rounds)[0]) => number) =>
  round(best(pick(rounds[1]), pick(rounds[3])) / best(pick(rounds[0]), pick(rounds[2])))
print({
  name: 'ours to bare, best of two',
  cpu: ratio(({ cpuMs }) => cpuMs),
  wall: ratio(({ wallMs }) => wallMs),
  firstToken: ratio(({ firstTokenMs }) => firstTokenMs),
})

const files = Object.fromEntries(
  Array.from({ length: 12 }, (_, index) => [
    `src/file-${index}.mjs`,
    `export const value = 0\n${'// a line of a file that has some length\n'.repeat(60)}`,
  ]),
)
const sandbox = await folderSandbox(files)
const coderLedger = memoryLedger([])
const startedAt = performance.now()
const result = await runCoder(
  { model: createModel({ driver, ledger: coderLedger, priceOf: () => FAKE_PRICE }), sandbox },
  {
    key: 'task',
    debugId: 'bench',
    plan: 'Write all files.',
    notes: null,
    findings: [],
    task: {
      name: 'All files',
      action: 'Write them.',
      acceptanceCriteria: [],
      done: '',
      verify: ['node src/file-0.mjs'],
      writable: ['src/'],
    },
    signal,
  },
)
const { total } = receiptOf(coderLedger.charges)
print({
  name: 'coder on a scripted task',
  kind: result.kind,
  calls: total.calls,
  inputTokens: total.inputTokens,
  outputTokens: total.outputTokens,
  cachedShare: round(total.cachedTokens / total.inputTokens),
  dollars: total.micros / 1_000_000,
  wallMs: Math.round(performance.now() - startedAt),
})
await sandbox.stop()
await rm(folder, { recursive: true })
child.stdin.end()
