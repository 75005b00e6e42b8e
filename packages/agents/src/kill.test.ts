import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CoderOptions, runCoder } from './coder-loop.ts'
import { fileRecording, recorded } from './record.ts'
import { type AgentPart, byAgent, type FakeReply, folderSandbox, scriptedModel } from './testing/index.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-kill-'))
})
afterAll(() => rm(folder, { recursive: true }))

const steps: readonly FakeReply[] = [
  { calls: [{ name: 'list', input: {} }] },
  { calls: [{ name: 'write', input: { path: 'a.txt', content: 'one\n' } }] },
  { calls: [{ name: 'bash', input: { command: 'echo two >> a.txt; date +%N' } }] },
  { text: 'Done.' },
  { calls: [{ name: 'read', input: { path: 'a.txt' } }] },
  { calls: [{ name: 'edit', input: { path: 'a.txt', edits: [{ old: 'two', new: 'three' }] } }] },
  { text: 'Done now.' },
]
const conversation: AgentPart = ({ messages }) => steps[messages.filter(({ role }) => role === 'assistant').length] ?? { text: 'Done.' }
const options = (signal: AbortSignal, rest: Partial<CoderOptions> = {}): CoderOptions => ({
  key: 'run/task',
  debugId: 'dbg',
  plan: '',
  notes: null,
  findings: [],
  task: { name: 'Three', action: '', acceptanceCriteria: [], done: '', verify: ['grep -q three a.txt'], writable: ['a.txt'] },
  signal,
  ...rest,
})

/** `point`: the exchange in which the process dies, from 1; while it is in flight, or right after its answer was recorded. */
const points = steps.flatMap((_, index) => [
  { point: index + 1, phase: 'in flight' as const },
  { point: index + 1, phase: 'answered' as const },
])

test.each(points)(
  'killed in exchange $point, $phase: it goes on, and at most the one in flight is paid twice',
  async ({ point, phase }) => {
    const killed = new AbortController()
    const die = () => killed.abort(new Error('killed'))
    let asked = 0
    const script = byAgent({
      coder: (request, nth) => {
        asked++
        if (phase === 'in flight' && asked === point) die()
        return conversation(request, nth)
      },
    })
    const { model, ledger, close } = await scriptedModel(script)
    const path = join(folder, `${point}-${phase}.jsonl`)
    const file = fileRecording(path)
    const recording = {
      get: file.get,
      async put(exchange: Parameters<typeof file.put>[0]) {
        await file.put(exchange)
        if (phase === 'answered' && asked === point) die()
      },
    }
    const [before, after] = await Promise.all([folderSandbox(), folderSandbox()])
    const first = await runCoder({ model: recorded(model, recording), sandbox: before }, options(killed.signal)).catch(
      (error: unknown) => error,
    )
    const wasLast = phase === 'answered' && point === steps.length
    if (!wasLast) expect(first).toMatchObject({ message: 'killed' })
    const second = await runCoder({ model: recorded(model, fileRecording(path)), sandbox: after }, options(new AbortController().signal))
    expect(second).toMatchObject({ kind: 'done', changed: ['a.txt'], steps: steps.length })
    expect(new TextDecoder().decode(await after.readFile('a.txt'))).toBe('one\nthree\n')
    expect(asked).toBe(steps.length + (phase === 'in flight' ? 1 : 0))
    expect(ledger.charges.filter(({ outcome }) => outcome === 'wasted')).toHaveLength(phase === 'in flight' ? 1 : 0)
    await Promise.all([close(), before.stop(), after.stop()])
  },
)
