import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { type CoderEvent, runCoder } from './coder-loop.ts'
import { dossierText } from './dossier.ts'
import { fileRecording, recorded } from './record.ts'
import { type ReplayOptions, replayed } from './replay.ts'
import { APP, bash, calls, coderTask, code as codeWith, DONE, edit, lastResult, RIGHT, read, write } from './testing/coder-run.ts'
import { type FakeScript, folderSandbox, inOrder, scriptedModel } from './testing/index.ts'

const cleanup: (() => Promise<unknown>)[] = []
afterEach(async () => {
  await Promise.all(cleanup.splice(0).map((clean) => clean()))
})
const code = codeWith.bind(null, cleanup)

test('a task is read, edited, verified by a machine, and comes back as a diff', async () => {
  const { result, text, events, requests } = await code(
    inOrder([
      calls(read('src/price.mjs'), read('test/price.mjs')),
      calls(edit('src/price.mjs', '(net) => net', '(net) => Math.round(net * 1.19)')),
      DONE,
    ]),
  )
  expect(result).toMatchObject({ kind: 'done', steps: 3, changed: ['src/price.mjs'], lastWords: 'It is done.' })
  expect(result.kind === 'done' && result.diff).toContain('+export const price = (net) => Math.round(net * 1.19)')
  expect(result.kind === 'done' && result.lastVerification?.commands).toMatchObject([
    { command: 'node test/price.mjs', exitCode: 0, passed: true },
  ])
  expect(await text('src/price.mjs')).toBe(RIGHT)
  expect(events.map(({ kind }) => kind)).toEqual(['call', 'call', 'call', 'verified'])
  expect(requests[0]?.tools).toEqual(['read', 'write', 'edit', 'bash', 'grep', 'list'])
})

test('the same loop works over every protocol', async () => {
  for (const provider of ['openai', 'google', 'openai-compatible'] as const) {
    const script = inOrder([
      calls(read('src/price.mjs')),
      calls(edit('src/price.mjs', '(net) => net', '(net) => Math.round(net * 1.19)')),
      DONE,
    ])
    expect((await code(script, {}, {}, { provider })).result.kind).toBe('done')
  }
})

describe('what a model gets wrong comes back to it, and it can go on', () => {
  test('a failing test', async () => {
    const { result, requests } = await code(
      inOrder([
        calls(read('src/price.mjs')),
        calls(edit('src/price.mjs', '=> net', '=> net * 1.2')),
        DONE,
        calls(read('src/price.mjs')),
        calls(edit('src/price.mjs', 'net * 1.2', 'Math.round(net * 1.19)')),
        DONE,
      ]),
    )
    expect(result.kind).toBe('done')
    expect(requests[3]?.messages.at(-1)?.text).toContain('expected 119, received 120')
  })

  test('an edit that does not match, an edit without reading, bad JSON, an unknown tool', async () => {
    const { result, requests } = await code(
      inOrder([
        calls(edit('src/price.mjs', 'net', 'x')),
        calls(read('src/price.mjs')),
        calls(
          edit('src/price.mjs', 'export const prise = (net) => net', 'x'),
          { name: 'read', input: '{"path": ' },
          { name: 'delete_all', input: {} },
        ),
        calls(edit('src/price.mjs', '(net) => net', '(net) => Math.round(net * 1.19)')),
        DONE,
      ]),
    )
    expect(result.kind).toBe('done')
    expect(lastResult(requests[1])).toContain('not read')
    const wrong = requests[3]?.messages
      .filter(({ role }) => role === 'tool')
      .slice(-3)
      .map(({ text }) => text)
    expect(wrong?.[0]).toContain('nearest places')
    expect(wrong?.[1]).toContain('not JSON')
    expect(wrong?.[2]).toContain('no tool "delete_all"')
  })

  test('a rewrite with a placeholder', async () => {
    const { result, requests, text } = await code(
      inOrder([
        calls(read('src/price.mjs')),
        calls(write('src/price.mjs', '// ... existing code unchanged\nexport const tax = 0.19\n')),
        calls(write('src/price.mjs', RIGHT)),
        DONE,
      ]),
    )
    expect(lastResult(requests[2])).toContain('Refused')
    expect(result.kind).toBe('done')
    expect(await text('src/price.mjs')).toBe(RIGHT)
  })

  test('type errors of a file come back with its edit', async () => {
    const diagnose = async (paths: readonly string[]) => `${paths[0]}(1,1): error TS2304: Cannot find name 'nett'.`
    const { requests } = await code(inOrder([calls(read('src/price.mjs')), calls(write('src/price.mjs', RIGHT)), DONE]), {}, { diagnose })
    expect(lastResult(requests[2])).toContain("Cannot find name 'nett'")
  })

  test('an answer that is cut off', async () => {
    const { result } = await code(
      inOrder([{ text: 'const', stop: 'length' }, calls(read('src/price.mjs')), calls(write('src/price.mjs', RIGHT)), DONE]),
    )
    expect(result.kind).toBe('done')
  })

  test('calling it done without having done anything', async () => {
    const { result, requests } = await code(inOrder([DONE, calls(read('src/price.mjs')), calls(write('src/price.mjs', RIGHT)), DONE]))
    expect(requests[1]?.messages.at(-1)?.text).toContain('not changed any file')
    expect(result.kind).toBe('done')
  })
})

test('a deterministic fixer repairs before the model is asked again', async () => {
  const fixer = {
    name: 'right-rate',
    async fix(_failed: unknown, worktree: { write: (path: string, text: string) => Promise<void> }) {
      await worktree.write('src/price.mjs', RIGHT)
      return ['src/price.mjs']
    },
  }
  const { result, requests } = await code(
    inOrder([calls(read('src/price.mjs')), calls(edit('src/price.mjs', '=> net', '=> net * 1.2')), DONE]),
    {},
    { fixers: [fixer] },
  )
  expect(result).toMatchObject({ kind: 'done', lastVerification: { passed: true, fixedBy: ['right-rate'] } })
  expect(requests).toHaveLength(3)
})

describe('what leads nowhere ends', () => {
  const wrong = (count: number) => calls(write('src/price.mjs', `export const price = (net) => net + ${count}\n`))

  test('the same failure twice: another way once, then a dossier, and the app is as it was', async () => {
    const script: FakeScript = ({ messages, index }) =>
      messages.at(-1)?.role === 'tool' ? DONE : calls(read('src/price.mjs'), ...(wrong(index).calls ?? []))
    const { result, text, events, requests } = await code(script)
    expect(result.kind).toBe('failed')
    if (result.kind !== 'failed') return
    expect(result.dossier).toMatchObject({ debugId: 'dbg_1', command: 'node test/price.mjs', attempts: [{}, {}] })
    expect(result.dossier.output).toContain('expected 119')
    expect(dossierText(result.dossier)).toContain('Try 2')
    expect(await text('src/price.mjs')).toBe(APP['src/price.mjs'])
    expect(events.filter(({ kind }) => kind === 'another-strategy')).toHaveLength(1)
    expect(requests.find(({ messages }) => messages.some(({ text }) => text.includes('do differently')))).toBeDefined()
  })

  test('another way can succeed', async () => {
    const script: FakeScript = ({ messages, index }) => {
      if (messages.at(-1)?.role === 'tool') return DONE
      const isSecondTry = messages.some(({ text }) => text.includes('do differently'))
      return calls(
        read('src/price.mjs'),
        isSecondTry ? write('src/price.mjs', RIGHT) : (wrong(index).calls?.[0] as { name: string; input: unknown }),
      )
    }
    const { result, outcomes } = await code(script)
    expect(result).toMatchObject({ kind: 'done', changed: ['src/price.mjs'] })
    expect(outcomes).toEqual(['wasted', 'wasted', 'wasted', 'wasted', 'retried', 'retried'])
  })

  test('the same call over and over', async () => {
    const { result, requests } = await code(() => calls(bash('ls')))
    expect(result.kind).toBe('failed')
    expect(requests.length).toBeLessThan(20)
    expect(requests.some((request) => lastResult(request).includes('this very call'))).toBe(true)
  })

  test('reading on and on without writing', async () => {
    const { result, requests } = await code(
      ({ index }) => calls({ name: 'grep', input: { pattern: `x${index}` } }),
      {},
      { limits: { idleStepsMax: 4 } },
    )
    expect(result).toMatchObject({ kind: 'failed', dossier: { reason: expect.stringContaining('changed nothing in 8 steps') } })
    expect(requests.some(({ messages }) => messages.some(({ text }) => text.includes('nothing for 4 steps')))).toBe(true)
  })

  test('too many steps, and too much time', async () => {
    const busy: FakeScript = ({ index }) =>
      calls(...(index % 2 ? [write('src/tax.mjs', `export const tax = ${index}\n`)] : [read('src/tax.mjs')]))
    expect((await code(busy, {}, { limits: { stepsMax: 6 } })).result).toMatchObject({
      kind: 'failed',
      dossier: { reason: expect.stringContaining('6 steps were not enough') },
    })
    let clock = 0
    const late = await code(busy, {}, { limits: { wallMs: 1_000 }, now: () => (clock += 300) })
    expect(late.result).toMatchObject({ kind: 'failed', dossier: { reason: expect.stringContaining('time') } })
  })

  test('a cap that is reached stops it, says what was done and what it would take, and leaves the app as it was', async () => {
    const busy: FakeScript = ({ index }) => calls(write('src/tax.mjs', `export const tax = ${index}\n`), read('src/tax.mjs'))
    const { result, text } = await code(busy, {}, {}, { caps: [{ scope: 'run', micros: 300_000, tokens: null }] })
    expect(result).toMatchObject({ kind: 'stopped', failure: { code: 'CAP_REACHED' }, changed: ['src/tax.mjs'] })
    expect(result.kind === 'stopped' && result.steps).toBeGreaterThan(0)
    await expect(text('src/tax.mjs')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('a model that is down leaves the app as it was', async () => {
    const script: FakeScript = ({ index }) =>
      index < 2 ? calls(read('src/price.mjs'), write('src/price.mjs', 'broken\n')) : { fault: { kind: 'http', status: 500 } }
    const sandbox = await folderSandbox(APP)
    const { model, close } = await scriptedModel(script)
    cleanup.push(close, () => sandbox.stop())
    await expect(runCoder({ model, sandbox }, coderTask())).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' })
    expect(new TextDecoder().decode(await sandbox.readFile('src/price.mjs'))).toBe(APP['src/price.mjs'])
  })
})

test('a long conversation is shortened, and the task is still in it', async () => {
  const big = 'x'.repeat(3_000)
  const script: FakeScript = ({ index }) =>
    index < 14
      ? calls(bash(`echo ${index}; printf '%s\\n' ${big}`))
      : index === 14
        ? calls(read('src/price.mjs'))
        : index === 15
          ? calls(write('src/price.mjs', RIGHT))
          : DONE
  const { result, requests, events } = await code(script, {}, { limits: { idleStepsMax: 30 } }, { contextTokens: 12_000 })
  expect(result.kind).toBe('done')
  expect(events.some(({ kind }) => kind === 'compacted')).toBe(true)
  expect(Math.max(...requests.map(({ rawBody }) => rawBody.length))).toBeLessThan(12_000 * 4)
  expect(requests.every(({ messages }) => messages[0]?.text.includes('Add tax'))).toBe(true)
})

test('a recorded run is replayed offline to the same tree, and a killed one goes on without paying again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-record-'))
  cleanup.push(() => rm(folder, { recursive: true }))
  const steps = [calls(read('src/price.mjs')), calls(bash('date +%T; echo took 17ms')), calls(write('src/price.mjs', RIGHT)), DONE]
  const script: FakeScript = ({ messages }) => steps[messages.filter(({ role }) => role === 'assistant').length] ?? DONE
  const { model, ledger, vendor, close } = await scriptedModel(script)
  const [first, second, third] = await Promise.all([folderSandbox(APP), folderSandbox(APP), folderSandbox(APP)])
  cleanup.push(close, ...[first, second, third].map((sandbox) => () => sandbox.stop()))
  const path = join(folder, 'run.jsonl')

  const controller = new AbortController()
  const killed = {
    ...coderTask({ signal: controller.signal }),
    onEvent: ({ kind }: CoderEvent) => kind === 'call' && ledger.charges.length === 2 && controller.abort(new Error('power cut')),
  }
  await expect(runCoder({ model: recorded(model, fileRecording(path)), sandbox: first }, killed)).rejects.toThrow('power cut')

  const went = await runCoder({ model: recorded(model, fileRecording(path)), sandbox: second }, coderTask())
  expect(went).toMatchObject({ kind: 'done', steps: 4 })
  expect(vendor.requests).toHaveLength(4)
  expect(ledger.charges).toHaveLength(4)

  await vendor.close()
  const asked: (string | undefined)[] = []
  const onExchange: ReplayOptions['onExchange'] = ({ known }) => asked.push(known?.comparison.kind)
  const offline = await runCoder({ model: replayed(fileRecording(path), { onExchange }), sandbox: third }, coderTask())
  expect(offline).toMatchObject({ kind: 'done', diff: went.kind === 'done' ? went.diff : '' })
  expect(asked.splice(0)).toEqual(['same', 'same', 'same', 'same'])
  await third.remove('src/price.mjs')
  await third.writeFiles(APP)
  await runCoder({ model: replayed(fileRecording(path), { onExchange }), sandbox: third }, coderTask({ plan: 'Another plan.' }))
  expect(asked).toEqual(['different', 'same', 'same', 'same'])
})
