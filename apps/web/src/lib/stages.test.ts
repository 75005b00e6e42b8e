import type { Job, JobStatus } from '@slipway/domain'
import { expect, test } from 'vitest'
import { FakeWorkspace } from '../testing/fake-workspace.ts'
import { jobTookMs, stageStates, stoppedAt } from './stages.ts'

function jobAt(status: JobStatus, change: Partial<Job> = {}): Job {
  const workspace = new FakeWorkspace()
  const { id } = workspace.featureAt('building')
  const [job] = workspace.record(id).view.jobs
  if (!job) throw new Error('The fake did not start a build.')
  return { ...job, status, ...change }
}
const tones = (job: Job, logged?: string) => stageStates(job, logged, {}).map(({ tone }) => tone)

test('stages before the one at work are done, those after it are not yet', () => {
  expect(tones(jobAt('queued'))).toEqual(['idle', 'idle', 'idle', 'idle', 'idle'])
  expect(tones(jobAt('code'))).toEqual(['pass', 'pass', 'run', 'idle', 'idle'])
  expect(tones(jobAt('ready'))).toEqual(['pass', 'pass', 'pass', 'pass', 'pass'])
})

test('a build that stopped says where: at the stage of its last line, or at the checks when one of them looked', () => {
  const early = stageStates(jobAt('failed'), 'deps', {})
  expect(early.map(({ tone }) => tone)).toEqual(['pass', 'pass', 'pass', 'fail', 'idle'])
  expect(stoppedAt(early)).toBe('Dependencies')
  const looked = jobAt('failed', { checks: [{ name: 'types', status: 'failed', summary: '', durationMs: 3 }] })
  expect(tones(looked, 'deps')).toEqual(['pass', 'pass', 'pass', 'pass', 'fail'])
})

test('a build that stopped without a trace does not claim to know where', () => {
  expect(tones(jobAt('failed'))).toEqual(['idle', 'idle', 'idle', 'idle', 'idle'])
  expect(stoppedAt(stageStates(jobAt('failed'), undefined, {}))).toBeUndefined()
})

test('a stage that was watched from start to end says how long it took', () => {
  const times = { starting: '2026-03-02T09:00:00.000Z', scaffold: '2026-03-02T09:00:02.500Z' }
  const [prepare, write] = stageStates(jobAt('scaffold'), undefined, times)
  expect([prepare?.tookMs, write?.tookMs]).toEqual([2_500, undefined])
})

test('a build takes from its start to its end, and nothing while it runs', () => {
  expect(jobTookMs(jobAt('ready', { startedAt: '2026-03-02T09:00:00.000Z', completedAt: '2026-03-02T09:01:00.000Z' }))).toBe(60_000)
  expect(jobTookMs(jobAt('checks'))).toBeUndefined()
})
