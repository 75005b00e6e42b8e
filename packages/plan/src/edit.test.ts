import fc from 'fast-check'
import { expect, test } from 'vitest'
import { setField, setTaskElement } from './edit.ts'
import { parsePlan } from './parse.ts'
import { printPlan } from './print.ts'

const SOURCE = `---
phase: 01-base
plan: 01
wave: 3   # checked by hand
depends_on:
  - "01-02"
  - 01-03

files_modified: [a.ts]
---

<tasks>
<task type="auto">
  <name>One</name>
  <action>Do   it</action>
</task>
</tasks>
`
const changed = (before: string, after: string) => {
  const [a, b] = [before.split('\n'), after.split('\n')]
  return { removed: a.filter((line) => !b.includes(line)), added: b.filter((line) => !a.includes(line)) }
}

test('setting a field changes its line only, and keeps its remark', () => {
  const plan = setField(parsePlan(SOURCE).plan, 'wave', 2)
  expect(plan.frontMatter.wave).toBe(2)
  expect(changed(SOURCE, printPlan(plan))).toEqual({ removed: ['wave: 3   # checked by hand'], added: ['wave: 2   # checked by hand'] })
})

test('setting a list changes the lines of the list only', () => {
  const plan = setField(parsePlan(SOURCE).plan, 'depends_on', ['01-04'])
  expect(plan.frontMatter.dependsOn).toEqual(['01-04'])
  expect(changed(SOURCE, printPlan(plan))).toEqual({ removed: ['  - "01-02"', '  - 01-03'], added: ['  - 01-04'] })
})

test('a field that is not there yet is added as the last one, also to a document without front matter', () => {
  expect(changed(SOURCE, printPlan(setField(parsePlan(SOURCE).plan, 'autonomous', false)))).toEqual({
    removed: [],
    added: ['autonomous: false'],
  })
  expect(setField(parsePlan('<objective>x</objective>\n').plan, 'wave', 1).frontMatter.wave).toBe(1)
})

test('setting an element of a task changes its text only; a new one is added to the task', () => {
  const { plan } = parsePlan(SOURCE)
  expect(changed(SOURCE, printPlan(setTaskElement(plan, 0, 'action', 'Do that'))).added).toEqual(['  <action>Do that</action>'])
  expect(setTaskElement(plan, 0, 'done', 'It is done').tasks[0]?.done).toBe('It is done')
})

test('any wave can be set in any document', () => {
  fc.assert(
    fc.property(fc.nat(99), fc.constantFrom('\n', '\r\n'), (wave, eol) => {
      const plan = setField(parsePlan(SOURCE.replaceAll('\n', eol)).plan, 'wave', wave)
      expect(plan.frontMatter.wave).toBe(wave)
      expect(plan.tasks).toHaveLength(1)
    }),
  )
})
