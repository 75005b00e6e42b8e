/** A small app with one task, and a scripted coder at work on it. Fake model, fake sandbox, real everything else. */
import type { Sandbox } from '@slipway/sandbox'
import { type CoderDeps, type CoderEvent, type CoderOptions, type CoderResult, runCoder } from '../coder-loop.ts'
import type { FakeReply, FakeRequest, FakeScript } from './fake-script.ts'
import { folderSandbox } from './folder-sandbox.ts'
import { type ScriptedModelOptions, scriptedModel } from './scripted-model.ts'

export const APP = {
  'src/price.mjs': 'export const price = (net) => net\n',
  'src/other.mjs': 'export const other = 1\n',
  'test/price.mjs':
    "import { price } from '../src/price.mjs'\nif (price(100) !== 119) { console.error(`expected 119, received ${price(100)}`); process.exit(1) }\n",
  'README.md': '# App\n',
}
export const RIGHT = 'export const price = (net) => Math.round(net * 1.19)\n'
export const SECRET = 'sk-fake-loopback-0123456789'

/** A task of that app; nothing in it is left to chance. */
export const coderTask = (rest: Partial<CoderOptions> = {}): CoderOptions => ({
  key: 'run-1/task-1',
  debugId: 'dbg_1',
  plan: 'Prices include tax.',
  notes: null,
  findings: [],
  task: {
    name: 'Add tax',
    action: 'Add 19 % to the net price, rounded.',
    acceptanceCriteria: ['price(100) is 119'],
    done: 'Prices include tax.',
    verify: ['node test/price.mjs'],
    writable: ['src/price.mjs', 'src/tax.mjs'],
  },
  signal: new AbortController().signal,
  ...rest,
})

export interface CoderRun {
  readonly result: CoderResult
  readonly sandbox: Sandbox & { readonly root: string }
  readonly requests: readonly FakeRequest[]
  readonly events: CoderEvent[]
  readonly outcomes: readonly string[]
  readonly text: (path: string) => Promise<string>
}

/** Runs it to its end; what it opened is closed by the functions put into `cleanup`. */
export async function code(
  cleanup: (() => Promise<unknown>)[],
  script: FakeScript,
  rest: Partial<CoderOptions> = {},
  deps: Partial<CoderDeps> = {},
  vendorOptions: ScriptedModelOptions = {},
): Promise<CoderRun> {
  const { model, vendor, ledger, close } = await scriptedModel(script, { apiKey: SECRET, ...vendorOptions })
  const sandbox = await folderSandbox(APP)
  cleanup.push(close, () => sandbox.stop())
  const events: CoderEvent[] = []
  const result = await runCoder({ model, sandbox, ledger, ...deps }, coderTask({ onEvent: (event) => events.push(event), ...rest }))
  const text = async (path: string) => new TextDecoder().decode(await sandbox.readFile(path))
  return { result, sandbox, requests: vendor.requests, outcomes: ledger.charges.map(({ outcome }) => outcome), events, text }
}

export const read = (path: string) => ({ name: 'read', input: { path } })
export const write = (path: string, content: string) => ({ name: 'write', input: { path, content } })
export const edit = (path: string, old: string, fresh: string) => ({ name: 'edit', input: { path, edits: [{ old, new: fresh }] } })
export const bash = (command: string) => ({ name: 'bash', input: { command } })
export const calls = (...list: { name: string; input: unknown }[]): FakeReply => ({ calls: list })
export const DONE: FakeReply = { text: 'It is done.' }
export const lastResult = (request: FakeRequest | undefined) => request?.messages.filter(({ role }) => role === 'tool').at(-1)?.text ?? ''
