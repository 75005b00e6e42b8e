import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { RecordingHeader, ReplayReport } from '../packages/domain/src/index.ts'
import { FIXTURE } from './record-fixture.ts'

const ROOT = join(import.meta.dirname, '..')
const MEANT = 'A prompt or a step is not what it was when this run was recorded. Was that meant? Then: npm run record:fixture'

const folder = mkdtempSync(join(tmpdir(), 'slipway-e2e-replay-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The command as its user runs it; no server, no key, and no address at which a model could be. */
function replay(file: string, ...options: string[]): Promise<{ code: number; output: string; errors: string }> {
  const args = ['--disable-warning=DeprecationWarning', join(ROOT, 'apps/cli/src/main.ts'), 'replay', file, ...options]
  const env = { ...process.env, SLIPWAY_DATA: join(folder, 'data'), NO_COLOR: '1' }
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env, cwd: folder }, (error, output, errors) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output, errors })
    })
  })
}

const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('slipway-replay-'))

test('the recorded run asks the same today, and ends in the same tree', { timeout: 300_000 }, async () => {
  const before = left()
  const { code, output, errors } = await replay(FIXTURE, '--json')
  expect(errors).toBe('')
  const report = ReplayReport.parse(JSON.parse(output))
  const questions = report.agents.map(({ agent, firstDifference, unrecorded, unasked }) => ({
    agent,
    firstDifference,
    unrecorded,
    unasked,
  }))
  expect(questions, MEANT).toEqual(report.agents.map(({ agent }) => ({ agent, firstDifference: null, unrecorded: 0, unasked: 0 })))
  expect(report.agents.reduce((sum, { exchanges }) => sum + exchanges, 0)).toBeGreaterThan(40)
  expect([report.replayed, report.stoppedAt], MEANT).toEqual([report.recorded, null])
  expect(report.replayed.stages.code).toMatch(/^[0-9a-f]{64}$/)
  expect([report.isPassed, code]).toEqual([true, 0])
  expect(left().filter((name) => !before.includes(name))).toEqual([])
})

/** Of the recording the way to the spec, in which the agent was told something else than it is today. */
async function changedPrompt(): Promise<string> {
  const [first = '', ...rest] = gunzipSync(readFileSync(FIXTURE)).toString().trimEnd().split('\n')
  const header = RecordingHeader.parse(JSON.parse(first))
  const acts = header.acts.slice(0, 4)
  const { brief, spec } = header.end.stages
  const short = { ...header, acts, end: { status: 'spec_ready', stages: { brief, spec, plan: null, backlog: null, code: null } } }
  const exchanges = rest.map((line) => JSON.parse(line)).filter(({ act }) => act <= acts.length)
  for (const { exchange } of exchanges) {
    if (exchange.agent !== 'write-spec') continue
    exchange.request.system += '\nAnd another rule.'
    exchange.asked.promptTokens += 5
    exchange.asked.inputTokens += 5
  }
  const path = join(folder, 'changed.jsonl')
  await writeFile(path, [short, ...exchanges].map((line) => `${JSON.stringify(line)}\n`).join(''))
  return path
}

test('a changed prompt is told, and judged where it may differ', { timeout: 120_000 }, async () => {
  const file = await changedPrompt()
  const refused = await replay(file)
  expect(refused.code).toBe(1)
  expect(refused.output).toContain('without "And another rule."')
  expect(refused.output).toContain('The same tree, but 3 exchanges ask something else')

  const judged = await replay(file, '--prompts-may-differ')
  expect(judged.code).toBe(0)
  expect(judged.output).toContain('The same tree, with 3 exchanges that ask something else')
  const [, exchanges, same, , different, , , then, now] =
    judged.output
      .split('\n')
      .find((line) => line.startsWith('write-spec'))
      ?.split(/\s+/) ?? []
  expect([exchanges, same, different, Number(then) - Number(now)]).toEqual(['3', '0', '3', 15])
})

test('a file that is no recording is refused with the reason', async () => {
  const path = join(folder, 'none.jsonl')
  await writeFile(path, '{"a":1}\n')
  const { code, errors, output } = await replay(path, join(folder, 'nowhere'))
  expect(code).toBe(1)
  expect(errors).toMatch(/none\.jsonl cannot be replayed: line 1: slipwayRecording/)
  expect(errors).toMatch(/nowhere cannot be replayed: ENOENT/)
  expect(output).toContain('0 of 2 runs passed.')
})
