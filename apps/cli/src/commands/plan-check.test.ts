import { expect, test } from 'vitest'
import { planFile, planOf, project, task } from '../plan/testing/project.ts'

test('sound plans pass', async () => {
  const { slipway, root } = project({ ...planOf('01', 'one'), ...planOf('02', 'two') })
  expect(await slipway('check', root)).toEqual({ code: 0, output: '✓ 2 plans: nothing to say against them.\n' })
})

test('a fault is told with its place, its code and what to do', async () => {
  const { slipway, root } = project(planFile('01', { tasks: [task({ verify: { prose: 'Look at it' } })] }))
  const { code, output } = await slipway('check', root)
  expect(code).toBe(1)
  expect(output).toMatch(/✗ \.planning\/phases\/01-base\/01-01-PLAN\.md:\d+:1 {2}verify-not-runnable {2}"Write one"/)
  expect(output).toContain('Put a command that fails until the task is done')
})

test('--fix sets a stale wave right, in the file and nowhere else in it', async () => {
  const { slipway, root, text } = project({ ...planOf('01', 'one'), ...planOf('02', 'two', { dependsOn: ['01'] }) })
  const before = text('.planning/phases/01-base/01-02-PLAN.md')
  expect((await slipway('check', root)).code).toBe(1)
  const fixed = await slipway('check', root, '--fix')
  expect(fixed.code).toBe(0)
  expect(text('.planning/phases/01-base/01-02-PLAN.md')).toBe(before.replace('wave: 1', 'wave: 2'))
})

test('what a plan promises although it holds already is a warning', async () => {
  const { slipway, root } = project({ ...planOf('01', 'one'), 'src/one.ts': 'export const one = 1\n' })
  const { code, output } = await slipway('check', root)
  expect([code, output]).toEqual([0, expect.stringContaining('must-have-holds')])
})

test('requirements of the project are compared with those that plans cover', async () => {
  const { slipway, root } = project({
    ...planOf('01', 'one', { requirements: ['ONE-01', 'ONE-09'] }),
    '.planning/REQUIREMENTS.md': '# Requirements\n\n## v1 Requirements\n\n- [ ] **ONE-01**: One\n- [ ] **ONE-02**: Two\n',
  })
  const { code, output } = await slipway('check', root, '--json')
  expect(code).toBe(1)
  expect(JSON.parse(output).findings.map((finding: { code: string }) => finding.code)).toEqual([
    'requirement-unknown',
    'requirement-uncovered',
  ])
})

test('plans of an archived milestone are a set of their own', async () => {
  const archived = Object.entries(planOf('01', 'old')).map(([path, text]) => [path.replace('phases/', 'milestones/v1.0-phases/'), text])
  const { slipway, root } = project({ ...planOf('01', 'one'), ...Object.fromEntries(archived) })
  expect((await slipway('check', root)).code).toBe(0)
})

test('a folder without plans and a path without a folder cannot be used', async () => {
  const { slipway, root } = project({ 'readme.md': 'Nothing' })
  expect((await slipway('check', root)).code).toBe(2)
  expect((await slipway('check', `${root}/nowhere`)).code).toBe(2)
})

test('text of a plan moves no cursor', async () => {
  const { slipway, root } = project(planFile('01', { tasks: [task({ name: 'Bad \u001b[2Jname', verify: { prose: 'Look' } })] }))
  expect((await slipway('check', root)).output).not.toContain('\u001b')
})
