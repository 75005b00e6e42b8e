import { mkdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { planOf, project } from '../plan/testing/project.ts'

const PLAN = '.planning/phases/01-base/01-01-PLAN.md'

test('a kept promise is shown with file, line and rule', async () => {
  const { slipway, root, path } = project({ ...planOf('01', 'one'), 'src/one.ts': '\nexport const one = 1\n' })
  const { code, output } = await slipway('verify', path(PLAN), '--tree', root)
  expect(code).toBe(0)
  expect(output).toContain(`✓ ${PLAN}  satisfied (1 satisfied)`)
  expect(output).toContain('src/one.ts:2  [export] one is exported.')
})

test('a broken one is shown with the nearest thing that is there', async () => {
  const { slipway, root, path } = project({ ...planOf('01', 'one'), 'src/one.ts': '// export const one = 1\nexport const other = 1\n' })
  const { code, output } = await slipway('verify', path(PLAN), '--tree', root)
  expect(code).toBe(1)
  expect(output).toContain('one is not exported. It exports other.')
})

test('a plan that promises nothing is unverifiable, which is not satisfied', async () => {
  const mustHaves = { truths: ['It works'], artifacts: [], keyLinks: [], prohibitions: [] }
  const { slipway, root, path } = project({ ...planOf('01', 'one', { mustHaves }), 'src/one.ts': 'export const one = 1\n' })
  expect((await slipway('verify', path(PLAN), '--tree', root)).code).toBe(2)
})

test('what held in the baseline proves nothing, be it a folder or a commit', async () => {
  const { slipway, root, path, commit, write } = project({ ...planOf('01', 'one'), 'src/one.ts': 'export const one = 1\n' })
  commit()
  write({ 'src/other.ts': 'export const other = 1\n' })
  for (const baseline of ['HEAD', root]) {
    const { code, output } = await slipway('verify', path(PLAN), '--tree', root, '--baseline', baseline)
    expect([code, output]).toEqual([1, expect.stringContaining('unchanged since the plan began')])
  }
  expect((await slipway('verify', path(PLAN), '--tree', root, '--baseline', 'nosuch')).code).toBe(2)
  expect((await slipway('verify', path(PLAN), '--tree', root, '--baseline', '--output=x')).code).toBe(2)
})

test('a folder of plans is verified against one tree', async () => {
  const { slipway, root } = project({ ...planOf('01', 'one'), ...planOf('02', 'two'), 'src/one.ts': 'export const one = 1\n' })
  const { code, output } = await slipway('verify', root, '--tree', root, '--json')
  expect(code).toBe(1)
  expect(JSON.parse(output)).toMatchObject({
    counts: { satisfied: 1, violated: 1, unverifiable: 0 },
    plans: [
      {
        plan: '01-01',
        verdict: 'satisfied',
        checks: [{ kind: 'artifact', status: 'satisfied', evidence: [{ rule: 'file' }, { rule: 'export' }] }],
      },
      { plan: '01-02', verdict: 'violated' },
    ],
  })
  mkdirSync(`${root}/empty`)
  expect((await slipway('verify', root, '--tree', `${root}/empty`)).output).toContain('0 of 2 plans satisfied, 2 violated')
})
