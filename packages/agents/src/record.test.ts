import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Model, ModelRequest, Reply, StreamPart } from './model.ts'
import { fileRecording, recorded } from './record.ts'
import { replayed } from './replay.ts'

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

test('a changed prompt is judged on a recorded run: the differences are told, the answers stay', async () => {
  const path = join(folder, 'd.jsonl')
  await recorded(counting(), fileRecording(path)).exchange(ask('k', 'one'))
  const told: boolean[] = []
  const model = replayed(fileRecording(path), { difference: 'allow', onExchange: (_, isSame) => told.push(isSame) })
  expect((await model.exchange(ask('k', 'one', { system: 'better' }))).text).toBe('answer 1 to k')
  await expect(model.exchange(ask('k9', 'one'))).rejects.toThrow('record this run first')
  expect(told).toEqual([false])
})

test('a run that was stopped is not replayed', async () => {
  const path = join(folder, 'e.jsonl')
  await recorded(counting(), fileRecording(path)).exchange(ask('k', 'one'))
  const signal = AbortSignal.abort(new Error('stopped'))
  await expect(recorded(counting(), fileRecording(path)).exchange(ask('k', 'one', { signal }))).rejects.toThrow('stopped')
})
