import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Comparison } from './compare-exchange.ts'
import { fenced } from './fence.ts'
import { replayJudge } from './judge-replay.ts'
import type { Model, ModelRequest, Reply, StreamPart } from './model.ts'
import { fileRecording, recorded } from './record.ts'
import { type ReplayOptions, replayed } from './replay.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-record-'))
})
afterAll(() => rm(folder, { recursive: true }))

const reply = (text: string): Reply => ({
  parts: [{ kind: 'text', text }],
  text,
  calls: [],
  stop: 'end',
  usage: { inputTokens: 1, cachedTokens: 0, cacheWriteTokens: 0, outputTokens: 1, isEstimated: false },
})
const ask = (key: string, text: string, rest: Partial<ModelRequest> = {}): ModelRequest => ({
  key,
  agent: 'a',
  system: 's',
  messages: [{ role: 'user', text }],
  outputTokensMax: 10,
  signal: new AbortController().signal,
  ...rest,
})
function counting(): Model & { asked: number } {
  const model = {
    provider: 'p',
    model: 'm',
    contextTokens: null,
    asked: 0,
    async exchange(request: ModelRequest) {
      model.asked++
      return reply(`answer ${model.asked} to ${request.key}`)
    },
  }
  return model
}

test('what was answered is not asked again, also by another process, in spite of other times in it', async () => {
  const path = join(folder, 'deep', 'a.jsonl')
  const model = counting()
  const first = await recorded(model, fileRecording(path)).exchange(ask('k', 'tests passed in 17 ms at 10:11:12'))
  const parts: StreamPart[] = []
  const again = await recorded(model, fileRecording(path)).exchange(
    ask('k', 'tests passed in 23 ms at 10:12:13', { onPart: (part) => parts.push(part) }),
  )
  expect(again).toEqual(first)
  expect(parts).toEqual([{ kind: 'text', delta: first.text }])
  expect(model.asked).toBe(1)
})

test('a conversation goes on from its recording, whatever its commands say the second time', async () => {
  const path = join(folder, 'f.jsonl')
  const model = counting()
  const grown = (output: string) =>
    ask('k/2', 'task', {
      messages: [
        { role: 'user', text: 'task' },
        { role: 'tool', results: [{ callId: '1', name: 'bash', text: output, isError: false }] },
      ],
    })
  const first = await recorded(model, fileRecording(path)).exchange(grown('0.123 random 77'))
  expect(await recorded(model, fileRecording(path)).exchange(grown('0.456 random 12'))).toEqual(first)
  expect(model.asked).toBe(1)
})

test('what a command said is the same question, also behind the marks that fence it', async () => {
  const path = join(folder, 'i.jsonl')
  const model = counting()
  const reviewing = (evidence: string) => ask('review', `Look.\n${fenced('evidence', evidence)}`)
  const first = await recorded(model, fileRecording(path)).exchange(reviewing('3 tests passed in 17 ms'))
  expect(await recorded(model, fileRecording(path)).exchange(reviewing('3 tests passed in 23 ms'))).toEqual(first)
  expect(model.asked).toBe(1)
})

test('another question under the same key is asked, and takes its place', async () => {
  const path = join(folder, 'b.jsonl')
  const model = counting()
  await recorded(model, fileRecording(path)).exchange(ask('k', 'one'))
  const second = await recorded(model, fileRecording(path)).exchange(ask('k', 'two'))
  expect(model.asked).toBe(2)
  expect((await fileRecording(path).get('k'))?.reply).toEqual(second)
})

test('a line torn by a crash is left out', async () => {
  const path = join(folder, 'c.jsonl')
  await recorded(counting(), fileRecording(path)).exchange(ask('k', 'one'))
  const line = await readFile(path, 'utf8')
  await appendFile(path, line.replace('"k"', '"k2"').slice(0, 80))
  const recording = fileRecording(path)
  expect(await recording.get('k')).toBeDefined()
  expect(await recording.get('k2')).toBeUndefined()
})

const asking = async (path: string, request: ModelRequest): Promise<Comparison | undefined> => {
  const asked: (Comparison | undefined)[] = []
  await replayed(fileRecording(path), { onExchange: ({ known }) => asked.push(known?.comparison) })
    .exchange(request)
    .catch(() => undefined)
  return asked[0]
}

test('a changed prompt is told, and answered as it was', async () => {
  const path = join(folder, 'd.jsonl')
  const first = ask('k', 'one\ntwo took 17 ms')
  await recorded(counting(), fileRecording(path)).exchange(first)
  expect((await replayed(fileRecording(path)).exchange({ ...first, system: 'better' })).text).toBe('answer 1 to k')
  expect(await asking(path, ask('k', 'two took 23 ms\none'))).toEqual({ kind: 'same', difference: null })
  expect(await asking(path, ask('k', 'one', { system: 'better' }))).toEqual({ kind: 'different', difference: 'the system text: "better"' })
  expect(await asking(path, ask('k', 'one\nthree'))).toEqual({ kind: 'different', difference: 'a message: "three"' })
  const output = { name: 'a', schema: { type: 'string' } }
  expect(await asking(path, { ...first, output })).toEqual({ kind: 'different', difference: 'the shape of the answer' })
  const tool = { name: 'read', description: 'Reads.', input: {} }
  expect(await asking(path, { ...first, tools: [tool] })).toEqual({ kind: 'different', difference: 'the tools: read' })
})

test('what commands say the second time is another output, and no other question', async () => {
  const path = join(folder, 'g.jsonl')
  const said = (output: string, rest = 'Go on.') => ask('k', `It fails.\n${fenced('output', output)}\n${rest}`)
  await recorded(counting(), fileRecording(path)).exchange(said('free memory: 4,711'))
  expect(await asking(path, said('free memory: 815'))).toEqual({ kind: 'other-output', difference: '"free memory: 815"' })
  expect(await asking(path, said('free memory: 4,711', 'Stop.'))).toMatchObject({ kind: 'different' })
  const results = (text: string) =>
    ask('t', 'task', { messages: [{ role: 'tool', results: [{ callId: '1', name: 'bash', text, isError: false }] }] })
  await recorded(counting(), fileRecording(path)).exchange(results('a\nb'))
  expect(await asking(path, results('b\na'))).toMatchObject({ kind: 'same' })
  expect(await asking(path, results('c'))).toEqual({ kind: 'other-output', difference: 'what bash said: "c"' })
})

test('what is not in the recording has no answer, and says so', async () => {
  const nothing = replayed(fileRecording(join(folder, 'none.jsonl')))
  await expect(nothing.exchange(ask('k9', 'one'))).rejects.toMatchObject({ code: 'ANSWER_NOT_RECORDED' })
})

test('a replay is judged by agent: the words, the tokens, and what a cache could serve', async () => {
  const path = join(folder, 'h.jsonl')
  const model = recorded(counting(), fileRecording(path))
  const system = 'rules '.repeat(40)
  const first = ask('a/1', 'the task', { system })
  const second = ask('a/2', '', {
    system,
    messages: [...first.messages, { role: 'assistant', parts: [{ kind: 'text', text: 'well' }] }, { role: 'user', text: 'go on' }],
  })
  for (const request of [first, second, ask('b/1', 'hello', { agent: 'b' })]) await model.exchange(request)

  const judge = replayJudge(new Map(['a/1', 'a/2', 'b/1'].map((key) => [key, { agent: key.slice(0, 1) }])))
  const onExchange: ReplayOptions['onExchange'] = (asked) => judge.hear(asked.request.key, asked)
  const again = replayed(fileRecording(path), { onExchange })
  const shorter = (request: ModelRequest) => ({ ...request, system: 'rules '.repeat(20) })
  for (const request of [shorter(first), shorter(second), shorter(second)]) await again.exchange(request)
  await expect(again.exchange(ask('a/3', 'more', { system }))).rejects.toThrow('no answer to a/3')

  const [a, b] = judge.agents()
  expect(a).toMatchObject({ agent: 'a', exchanges: 3, same: 0, different: 2, unrecorded: 1, unasked: 0 })
  expect(a?.firstDifference).toContain('a/1: the system text')
  expect(b).toMatchObject({ agent: 'b', exchanges: 0, unasked: 1 })
  const { recorded: then, now } = a?.tokens ?? {}
  expect(then && now && [then.input - now.input, then.cacheable - now.cacheable]).toEqual([60, 30])
  expect(now?.cacheable).toBeGreaterThan(30)
})

test('a run that was stopped is not replayed', async () => {
  const path = join(folder, 'e.jsonl')
  await recorded(counting(), fileRecording(path)).exchange(ask('k', 'one'))
  const signal = AbortSignal.abort(new Error('stopped'))
  await expect(recorded(counting(), fileRecording(path)).exchange(ask('k', 'one', { signal }))).rejects.toThrow('stopped')
})
