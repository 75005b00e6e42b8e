import { expect, test } from 'vitest'
import type { PlanValues } from '../plan-values.ts'
import { planOf, taskValues } from '../testing/plan-text.ts'
import { checkPlans, fixPlans } from './check-plans.ts'

const named = (name: string, values: Partial<PlanValues> = {}) => {
  const [phase, plan] = name.split('-') as [string, string]
  return { name, plan: planOf({ phase: `${phase}-x`, plan, ...values }) }
}
const codes = (plans: Parameters<typeof checkPlans>[0], context: Parameters<typeof checkPlans>[1] = {}) =>
  checkPlans(plans, context).map(({ plan, severity, code }) => `${plan} ${severity} ${code}`)

test('a sound set of plans has no finding', () => {
  const second = { dependsOn: ['01-01'], wave: 2, filesModified: ['src/b.ts'], tasks: [taskValues({ files: ['src/b.ts'] })] }
  expect(
    checkPlans([named('01-01', { requirements: ['CODE-01'] }), named('01-02', second)], { requirements: ['CODE-01'], tree: new Set() }),
  ).toEqual([])
})

test('unknown and circular dependencies are errors', () => {
  expect(codes([named('01-01', { dependsOn: ['01-09'] })])).toContain('01-01 error dependency-unknown')
  const cycle = [named('01-01', { dependsOn: ['01-02'] }), named('01-02', { dependsOn: ['01-01'], filesModified: ['src/b.ts'] })]
  expect(codes(cycle)).toContain('01-01 error dependency-cycle')
})

test('a wave that comes too early is an error, a stale one a warning, and the fix sets the right number', () => {
  const plans = [
    named('01-01'),
    named('01-02', { dependsOn: ['01'], filesModified: ['src/b.ts'], wave: 1 }),
    named('01-03', { filesModified: ['src/c.ts'], wave: 4 }),
  ]
  const findings = checkPlans(plans, {}).filter((finding) => finding.code.startsWith('wave'))
  expect(findings.map(({ plan, code, line }) => [plan, code, line])).toEqual([
    ['01-02', 'wave-too-early', 5],
    ['01-03', 'wave-stale', 5],
  ])
  const fixed = fixPlans(plans, findings)
  expect(fixed.map(({ plan }) => plan.frontMatter.wave)).toEqual([1, 2, 1])
  expect(checkPlans(fixed, {}).filter((finding) => finding.code.startsWith('wave'))).toEqual([])
})

test('two plans of one wave may not share a file', () => {
  expect(codes([named('01-01'), named('01-02')])).toContain('01-02 error files-overlap')
  expect(codes([named('01-01'), named('01-02', { wave: 2, dependsOn: ['01-01'] })])).toEqual([])
})

test.each([
  ['nothing', {}],
  ['an opinion', { prose: 'Look whether it works' }],
  ['a sentence that begins like a command', { prose: 'find the button and click it' }],
  ['a reminder', { automated: 'MISSING: write a test first' }],
])('a task that %s verifies is an error', (_, verify) => {
  expect(codes([named('01-01', { tasks: [taskValues({ verify })] })])).toContain('01-01 error verify-not-runnable')
})

test.each([
  { automated: 'npx vitest run src/a.test.ts' },
  { prose: 'npm test passes' },
  { prose: '- `npx tsc --noEmit` has no errors' },
  { prose: '```bash\ncargo test\n```' },
])('a task verified by %j can run', (verify) => {
  expect(codes([named('01-01', { tasks: [taskValues({ verify })] })])).toEqual([])
})

test('a command that cannot fail is a warning', () => {
  for (const automated of ['npm test 2>&1 | tail -5', 'npm test || true', 'npx vitest --watch']) {
    expect(codes([named('01-01', { tasks: [taskValues({ verify: { automated } })] })])).toEqual(['01-01 warning verify-masked'])
  }
})

test('a checkpoint needs no command, but its plan is not autonomous', () => {
  const values = { tasks: [taskValues(), taskValues({ type: 'checkpoint:human-verify', verify: {}, files: [] })] }
  const plans = [named('01-01', values)]
  const findings = checkPlans(plans, {})
  expect(findings.map((finding) => finding.code)).toEqual(['autonomous-wrong'])
  expect(fixPlans(plans, findings)[0]?.plan.frontMatter.autonomous).toBe(false)
})

test('requirements are all covered, and all known', () => {
  const plans = [named('01-01', { requirements: ['CODE-01', 'CODE-99'] })]
  expect(codes(plans, { requirements: ['CODE-01', 'CODE-02'] })).toEqual([
    '01-01 error requirement-unknown',
    '01-01 error requirement-uncovered',
  ])
  expect(codes(plans)).toEqual([])
})

test('when no plan names a requirement, that is said once', () => {
  expect(codes([named('01-01')], { requirements: ['CODE-01', 'CODE-02'] })).toEqual(['01-01 error requirement-uncovered'])
})

test('an artifact must be made by a task or be in the tree', () => {
  const plans = [named('01-01', { mustHaves: { truths: [], artifacts: [{ path: 'src/z.ts' }], keyLinks: [], prohibitions: [] } })]
  expect(codes(plans, { tree: new Set() })).toEqual(['01-01 error artifact-unmade'])
  expect(codes(plans)).toEqual(['01-01 warning artifact-unmade'])
  expect(codes(plans, { tree: new Set(['src/z.ts']) })).toEqual([])
})

test('words that reduce the scope are told, unless they are about removing them', () => {
  const action = (text: string) => codes([named('01-01', { tasks: [taskValues({ action: text })] })])
  expect(action('Return a hard-coded list, static for now.')).toEqual(['01-01 warning scope-reduced'])
  expect(action('Replace the placeholder with the real list; no stubs. Set `placeholder="Name"`.')).toEqual([])
})

test('too many tasks or files are told, and files that only tasks name are added by the fix', () => {
  const files = Array.from({ length: 16 }, (_, index) => `src/f${index}.ts`)
  const plans = [
    named('01-01', { tasks: Array.from({ length: 6 }, () => taskValues({ files: [...files, 'src/a.ts'] })), filesModified: files }),
  ]
  const findings = checkPlans(plans, {})
  expect(findings.map((finding) => finding.code).sort()).toEqual(['files-unlisted', 'too-many-files', 'too-many-tasks'])
  expect(fixPlans(plans, findings)[0]?.plan.frontMatter.filesModified).toContain('src/a.ts')
})
