import type { ReplayedAgent, ReplayReport } from '@slipway/domain'
import { expect, test } from 'vitest'
import { tellReplay } from './say-replay.ts'
import { createTerminal } from './terminal.ts'

const HASH = 'abcdef0123456789'.repeat(4)
const OTHER = '0'.repeat(64)
const coder: ReplayedAgent = {
  ...{ agent: 'coder', exchanges: 12, same: 12, otherOutput: 0, different: 0, unrecorded: 0, unasked: 0, firstDifference: null },
  tokens: { recorded: { input: 1_000, cacheable: 900 }, now: { input: 800, cacheable: 600 } },
}
const stages = { brief: HASH, spec: HASH, plan: HASH, backlog: null, code: HASH }
const report: ReplayReport = {
  ...{ title: 'Bikes', recordedBy: { version: '0.1.0', steps: 's1' }, replayedBy: { version: '0.2.0', steps: 's2' }, acts: 5 },
  ...{ agents: [coder], recorded: { status: 'built', stages }, replayed: { status: 'built', stages } },
  ...{ firstDifferentStage: null, isSameTree: true, stoppedAt: null, isPassed: true, durationMs: 34_400 },
}

function said(rest: Partial<ReplayReport>): string {
  let output = ''
  const stream = { write: (text: string) => (output += text) } as unknown as NodeJS.WritableStream
  tellReplay(createTerminal({ input: process.stdin, output: stream, hasColour: false }), { ...report, ...rest })
  return output
}

test('a replay is told in columns, stage by stage, with who recorded and who replayed', () => {
  const output = said({})
  expect(output).toContain('recorded by Slipway 0.1.0 (s1), replayed by 0.2.0 (s2)')
  expect(output).toMatch(/^coder +12 +12 +0 +0 +0 +0 +1000 +800 +90 % +75 %$/m)
  expect(output).toContain('✓ the tree     abcdef0123456789')
  expect(output).not.toContain('the backlog')
  expect(said({ agents: [] })).toContain('No model was asked, then or now.')
  expect(output).toContain('✓ The same tree (34 s).')
})

test.each([
  [{ agents: [{ ...coder, different: 2, firstDifference: 'k: the tools: read' }], isPassed: false }, 'but 2 exchanges ask something else'],
  [{ agents: [{ ...coder, different: 2 }] }, 'The same tree, with 2 exchanges that ask something else'],
  [{ agents: [{ ...coder, unrecorded: 1 }] }, 'The same tree, with 1 that have no answer in the recording'],
  [{ isSameTree: false, isPassed: false, replayed: { status: 'built', stages: { ...stages, code: OTHER } } }, 'It ended in another tree'],
  [{ isSameTree: false, isPassed: false, replayed: { status: 'build_failed', stages } }, '"build_failed" instead of "built"'],
  [{ stoppedAt: 'Act 3 (build): no.', isPassed: false }, 'It did not come to its end'],
] as [Partial<ReplayReport>, string][])('the verdict names what is other: %#', (rest, words) => {
  const output = said(rest)
  expect(output).toContain(words)
  expect(
    output
      .trimEnd()
      .split('\n')
      .at(-1)
      ?.startsWith(rest.isPassed === false ? '✗' : '✓'),
  ).toBe(true)
})
