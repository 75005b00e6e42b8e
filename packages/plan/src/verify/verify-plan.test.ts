import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseWithOxc } from '../oxc.ts'
import { parsePlan } from '../parse.ts'
import { planOf, taskValues } from '../testing/plan-text.ts'
import { planFor, verdictOn } from '../testing/tree-text.ts'
import { textTree } from './tree.ts'
import { heldPromises, verifyPlan } from './verify-plan.ts'

const A = { 'src/a.ts': 'export const a = () => run()\n' }
const exportsA = planFor([{ path: 'src/a.ts', exports: ['a'] }])

test('one broken promise violates the plan; truths alone never satisfy it', () => {
  expect(verdictOn(exportsA, A).verdict).toBe('satisfied')
  expect(verdictOn(exportsA, {}).verdict).toBe('violated')
  expect(verdictOn(planFor([]), A).verdict).toBe('unverifiable')
  expect(verdictOn(planFor([]), A).checks.map((check) => check.status)).toEqual(['undecided'])
  expect(verdictOn(parsePlan('# no plan').plan, A).verdict).toBe('unverifiable')
})

test('a violation names the nearest thing that is there, with its place', () => {
  const plan = planFor([{ path: 'src/a.ts', contains: ['export const a = () => runAll'] }])
  const [check] = verdictOn(plan, A).checks
  expect(check?.evidence.at(-1)).toMatchObject({ file: 'src/a.ts', lines: [1, 1] })
  expect(verdictOn(planFor([{ path: 'lib/a.ts' }]), {}).checks[0]?.evidence[0]?.text).toBe('lib/a.ts is not in the tree.')
})

test('that a file is there proves nothing when the plan knew it before', () => {
  const mustHaves = { truths: [], artifacts: [{ path: 'src/a.ts', provides: 'Polished button' }], keyLinks: [], prohibitions: [] }
  expect(verdictOn(planOf({ mustHaves, context: ['@src/a.ts'] }), A).verdict).toBe('unverifiable')
})

test('a file that a task never wrote violates the plan, unless the task removes it', () => {
  const mustHaves = { truths: [], artifacts: [{ path: 'src/a.ts', exports: ['a'] }], keyLinks: [], prohibitions: [] }
  expect(verdictOn(planOf({ mustHaves, tasks: [taskValues({ files: ['src/b.ts'] })] }), A).verdict).toBe('violated')
  expect(verdictOn(planOf({ mustHaves, tasks: [taskValues({ files: ['src/b.ts'], action: 'Delete b.ts' })] }), A).verdict).toBe('satisfied')
})

test('against the tree it began from, a task that changed nothing violates the plan', () => {
  const plan = planOf({ tasks: [taskValues(), taskValues({ name: 'Wire it', files: ['src/app.ts'] })] })
  const baseline = textTree({ 'src/app.ts': 'start()' })
  const verify = (files: Record<string, string>) => verifyPlan(plan, textTree(files), { parseModule: parseWithOxc, baseline }).verdict
  expect(verify({ ...A, 'src/app.ts': 'start()' })).toBe('violated')
  expect(verify({ ...A, 'src/app.ts': "import { a } from './a'\nstart(a)" })).toBe('satisfied')
})

test('a promise that holds before the plan has run is told', () => {
  expect(heldPromises(verdictOn(exportsA, A))).toMatchObject([
    { severity: 'warning', code: 'must-have-holds', line: exportsA.frontMatter.mustHaves?.artifacts[0]?.line },
  ])
  expect(heldPromises(verdictOn(exportsA, {}))).toEqual([])
})

test('without a parser, modules are read as text', () => {
  expect(verifyPlan(exportsA, textTree(A)).verdict).toBe('satisfied')
  expect(verifyPlan(exportsA, textTree({ 'src/a.ts': '// export const a = 1\nexport const b = 1' })).verdict).toBe('violated')
})

test('no promise and no text can make it throw', () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom('src/a.ts', '(', '[', '*', '**/*.ts', '\\', 'a|b', '.*', '(?<', 'src/[id]/a.ts', '`a`', 'a → b', '{a,b', '!x', '$&'),
  )
  const promise = fc.record({
    path: text,
    contains: fc.array(text, { maxLength: 2 }),
    exports: fc.array(text, { maxLength: 2 }),
    provides: text,
  })
  const link = fc.record({ from: text, to: text, via: text, pattern: text })
  fc.assert(
    fc.property(fc.array(promise, { maxLength: 3 }), fc.array(link, { maxLength: 3 }), fc.string(), (artifacts, links, source) => {
      const plan = planFor(artifacts, links)
      const { verdict } = verdictOn(plan, { ...A, 'src/b.tsx': source, 'x.py': source, 'y.sql': source })
      expect(['satisfied', 'violated', 'unverifiable']).toContain(verdict)
    }),
    { numRuns: 400 },
  )
})
