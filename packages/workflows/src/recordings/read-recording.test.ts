import { mkdtempSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { RecordedExchange } from '@slipway/agents'
import type { RecordingHeader } from '@slipway/domain'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { exchangeId, readRecording } from './read-recording.ts'

const folder = mkdtempSync(join(tmpdir(), 'slipway-recording-'))
afterAll(() => rm(folder, { recursive: true }))

const header: RecordingHeader = {
  ...{ slipwayRecording: 1, contains: '', slipway: { version: '0', steps: 's' }, recordedAt: new Date(0).toISOString(), title: 'Bikes' },
  ...{ models: { main: null, roles: {}, fallback: null }, leftOut: [] },
  acts: [{ act: { kind: 'tell-idea', text: 'An app', pictures: [] }, isCancelled: false }],
  end: { status: 'drafting', stages: { brief: null, spec: null, plan: null, backlog: null, code: null } },
}
const usage = { inputTokens: 1, cachedTokens: 0, cacheWriteTokens: 0, outputTokens: 1, isEstimated: false }
const exchange: RecordedExchange = {
  ...{ version: 1, key: 'turn/a/0', agent: 'a', provider: 'p', model: 'm', requestHash: '', askHash: '' },
  request: { system: 's', messages: [{ role: 'user', text: 'hello' }], tools: [] },
  reply: { parts: [{ kind: 'text', text: 'yes' }], text: 'yes', calls: [], stop: 'end', usage },
}
const jsonLines = (...values: object[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('')

async function read(content: string | Uint8Array) {
  const path = join(folder, 'run.jsonl')
  await writeFile(path, content)
  return readRecording(path)
}

test('what was written is read, plain and packed', async () => {
  const picture = { picture: 'a'.repeat(64), base64: 'aGVsbG8=' }
  const text = jsonLines(header, picture, { act: 1, exchange })
  for (const content of [text, gzipSync(text), text.trimEnd()]) {
    const recording = await read(content)
    expect(recording.header).toEqual(header)
    expect(recording.pictures.get(picture.picture)).toBe('aGVsbG8=')
    expect(recording.exchanges.get(exchangeId(1, exchange.key))).toEqual(exchange)
  }
})

test.each([
  ['', 'it is empty'],
  ['no JSON\n', 'line 1: '],
  [jsonLines({ ...header, slipwayRecording: 2 }), 'line 1: slipwayRecording'],
  [jsonLines({ ...header, acts: [] }), 'line 1: acts'],
  [jsonLines({ ...header, acts: [{ act: { kind: 'confirm-brief' }, isCancelled: false }] }), 'does not begin with an idea'],
  [jsonLines(header, { act: 1, exchange: { ...exchange, reply: { text: 'yes' } } }), 'line 2: '],
  [jsonLines(header, { act: 1, exchange }).slice(0, -20), 'line 2: '],
  [gzipSync(jsonLines(header)).subarray(0, 40), 'unexpected end of file'],
])('another file is refused with the place: %#', async (content, reason) => {
  const refused = read(content)
  await expect(refused).rejects.toMatchObject({ code: 'RECORDING_UNUSABLE' })
  await expect(refused).rejects.toThrow(reason)
})

test('a file that is not there is said to be none', async () => {
  await expect(readRecording(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'RECORDING_UNUSABLE' })
})

test('no bytes do more than to be refused', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.string(),
        fc.json().map((json) => `${jsonLines(header)}${json}`),
      ),
      async (content) => {
        await read(content).catch((error) => expect(error).toMatchObject({ code: 'RECORDING_UNUSABLE' }))
      },
    ),
    { numRuns: 200 },
  )
})
