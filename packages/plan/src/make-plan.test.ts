import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makePlan } from './make-plan.ts'
import { parsePlan } from './parse.ts'
import { valuesOf } from './plan-values.ts'
import { printPlan } from './print.ts'
import { planValues, taskValues } from './testing/plan-text.ts'

/** One line without a code fence: an open fence is closed when a plan is made, so it does not come back as it was. */
const line = fc
  .stringMatching(/^[A-Za-z<>&`"'#:|@[\]{}][\w <>&`"'#:|@[\]{}/.$-]{0,40}[\w>]$/)
  .map((text) => text.replaceAll(/\s+/g, ' ').replaceAll('```', '``'))
const path = fc.stringMatching(/^[a-z]{1,8}\/(\[[a-z]{1,4}\]\/)?[a-z]{1,8}\.ts$/)
const prose = fc
  .array(fc.oneof(line, fc.constantFrom('</action>', '</task>', '<task type="auto">', '&lt;/action>', '&amp;lt;/task>')), {
    minLength: 1,
    maxLength: 5,
  })
  .map((lines) => lines.join('\n'))

test('values come back from the document that was made of them', () => {
  const values = fc.record({
    name: line,
    action: prose,
    done: line,
    automated: line,
    files: fc.array(path, { maxLength: 3 }),
    pattern: line,
    truths: fc.array(line, { maxLength: 3 }),
  })
  fc.assert(
    fc.property(values, ({ name, action, done, automated, files, pattern, truths }) => {
      const input = planValues({
        filesModified: files,
        mustHaves: {
          truths,
          artifacts: [{ path: 'src/a.ts', contains: [pattern], minLines: 10 }],
          keyLinks: [{ from: 'a.ts', to: 'b.ts', pattern }],
          prohibitions: [],
        },
        tasks: [taskValues({ name, action, done, files, verify: { automated } }), taskValues()],
      })
      expect(valuesOf(makePlan(input))).toEqual(input)
    }),
    { numRuns: 500 },
  )
})

test('a made document reads without a remark and prints the same again', () => {
  const plan = makePlan(
    planValues({ context: ['@src/a.ts'], verification: ['all tests pass'], successCriteria: ['it works'], output: 'a summary' }),
  )
  const again = parsePlan(printPlan(plan))
  expect(again.diagnostics).toEqual([])
  expect(printPlan(makePlan(valuesOf(again.plan)))).toBe(printPlan(plan))
})

test('a fence that an action leaves open does not swallow the rest', () => {
  const plan = makePlan(planValues({ tasks: [taskValues({ action: 'Like this:\n```ts\nconst a = 1' }), taskValues({ name: 'Second' })] }))
  expect(plan.tasks.map((task) => task.name)).toEqual(['Write it', 'Second'])
})
