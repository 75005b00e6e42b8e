import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { planOf, taskValues } from '../testing/plan-text.ts'
import { planFor, verdictOn } from '../testing/tree-text.ts'
import { summaryCommitMessage, taskCommitMessage } from './commit-message.ts'
import { decideGap } from './gap.ts'
import { decideMerge } from './merge.ts'
import { nextStep, type PlanState, schedulePlans } from './schedule.ts'
import { summaryDocument } from './summary.ts'

const plan = (name: string, dependsOn: readonly string[] = []) => ({
  name,
  plan: planOf({ phase: `${name.split('-')[0]}-x`, plan: name.split('-')[1] as string, dependsOn, filesModified: [`${name}.ts`] }),
})
const schedule = schedulePlans([plan('02-01'), plan('01-03', ['01-01']), plan('01-01'), plan('01-02')])
const next = (states: Record<string, PlanState>, limit = 4) => {
  const step = nextStep(schedule, new Map(Object.entries(states)), limit)
  return step.kind === 'start' ? { start: step.plans.map((entry) => entry.name) } : step
}

test('plans run by phase and wave, as many side by side as the limit allows', () => {
  expect(schedule.map(({ name, phase, wave }) => [name, phase, wave])).toEqual([
    ['01-01', '1', 1],
    ['01-02', '1', 1],
    ['01-03', '1', 2],
    ['02-01', '2', 1],
  ])
  expect(next({})).toEqual({ start: ['01-01', '01-02'] })
  expect(next({}, 1)).toEqual({ start: ['01-01'] })
  expect(next({ '01-01': 'running' }, 1)).toEqual({ kind: 'wait', for: ['01-01'] })
  expect(next({ '01-01': 'done', '01-02': 'running' })).toEqual({ kind: 'wait', for: ['01-02'] })
  expect(next({ '01-01': 'done', '01-02': 'done' })).toEqual({ start: ['01-03'] })
  expect(next({ '01-01': 'done', '01-02': 'done', '01-03': 'done', '02-01': 'done' })).toEqual({ kind: 'finished' })
})

test('a parked plan frees its place, and holds back only what comes after its wave', () => {
  expect(next({ '01-01': 'parked' }, 1)).toEqual({ start: ['01-02'] })
  expect(next({ '01-01': 'parked', '01-02': 'done' })).toEqual({ kind: 'wait', for: ['01-01'] })
})

test('a failed plan blocks what comes after its wave', () => {
  expect(next({ '01-01': 'failed' })).toEqual({ start: ['01-02'] })
  expect(next({ '01-01': 'failed', '01-02': 'done' })).toEqual({ kind: 'blocked', by: ['01-01'], waiting: ['01-03', '02-01'] })
})

test('a commit names its plan and task', () => {
  const task = (values: Parameters<typeof taskValues>[0]) =>
    planOf({ tasks: [taskValues(values)] }).tasks[0] as NonNullable<ReturnType<typeof planOf>['tasks'][0]>
  expect(taskCommitMessage('01-02', task({ name: 'Task 1: Add the login form' }), 0)).toBe(
    'feat(01-02): add the login form\n\nPlan: 01-02\nTask: 1\n',
  )
  expect(taskCommitMessage('01-02', task({ name: 'Fix the form' }), 1)).toMatch(/^fix\(01-02\): fix the form\n/)
  expect(taskCommitMessage('01-02', task({ files: ['src/a.test.ts'] }), 1)).toMatch(/^test\(01-02\): write it\n/)
  expect(taskCommitMessage('01-02', task({ name: 'long '.repeat(40) }), 1).split('\n')[0]?.length).toBeLessThanOrEqual(72)
  expect(summaryCommitMessage('01-02', planOf())).toMatch(/^docs\(01-02\): complete 01-base\n/)
})

test('a merge that deletes or changes what the plan did not declare is refused', () => {
  const declared = planOf({ filesModified: ['src/a.ts', 'docs/'], tasks: [taskValues({ files: ['src/b.ts'] })] })
  const change = (path: string, kind: 'added' | 'changed' | 'deleted') => ({ path, kind })
  expect(
    decideMerge(declared, [
      change('src/a.ts', 'deleted'),
      change('src/b.ts', 'changed'),
      change('docs/x.md', 'changed'),
      change('package-lock.json', 'changed'),
    ]),
  ).toEqual({
    kind: 'merge',
    extra: [],
  })
  expect(decideMerge(declared, [change('src/new.ts', 'added')])).toEqual({ kind: 'merge', extra: ['src/new.ts'] })
  expect(
    decideMerge(declared, [change('src/a.ts', 'changed'), change('src/z.ts', 'deleted'), change('src/y.ts', 'changed')]),
  ).toMatchObject({
    kind: 'refuse',
    faults: [{ path: 'src/z.ts' }, { path: 'src/y.ts' }],
  })
})

test('a gap goes back while tries differ, and no more than three times', () => {
  const promise = planFor([{ path: 'src/a.ts', exports: ['a'] }])
  const missing = verdictOn(promise, { 'src/a.ts': 'export const b = 1' })
  const first = decideGap(missing, [])
  expect(first).toMatchObject({ kind: 'retry' })
  const brief = first.kind === 'retry' ? first.brief : ''
  expect(brief).toContain('a is not exported. It exports b. (src/a.ts)')
  expect(decideGap(missing, [brief]).kind).toBe('give-up')
  expect(decideGap(missing, ['x', 'y', 'z']).kind).toBe('give-up')
  expect(decideGap(verdictOn(promise, { 'src/a.ts': 'export const a = 1' }), []).kind).toBe('complete')
})

test('a summary says what was done, with evidence, and claims requirements only when the promises hold', () => {
  const values = {
    requirements: ['CODE-01'],
    dependsOn: ['01-00'],
    mustHaves: { truths: ['It works'], artifacts: [{ path: 'src/a.ts', exports: ['a'] }], keyLinks: [], prohibitions: [] },
  }
  const input = {
    name: '01-01',
    plan: planOf(values),
    subsystem: 'core',
    tasks: [{ name: 'Write it', commit: 'abcdef1234567', command: 'npm test' }],
    changes: [{ path: 'src/a.ts', kind: 'added' as const }],
    verdict: verdictOn(planOf(values), { 'src/a.ts': 'export const a = 1' }),
    deviations: [],
    decisions: ['One file: it is small'],
    durationMs: 125_000,
    completed: '2026-02-03',
  }
  const text = summaryDocument(input)
  expect(parse(text.split('---')[1] as string)).toMatchObject({
    phase: '01-base',
    requires: [{ plan: '01-00' }],
    'key-files': { created: ['src/a.ts'], modified: [] },
    'key-decisions': ['One file: it is small'],
    'requirements-completed': ['CODE-01'],
    duration: '2 min',
  })
  expect(text).toContain('- satisfied: src/a.ts. a is exported. (src/a.ts:1)')
  expect(text).toContain('- undecided: It works.')
  const unkept = summaryDocument({ ...input, verdict: verdictOn(planOf(values), {}) })
  expect(unkept).toContain('requirements-completed: []')
})
