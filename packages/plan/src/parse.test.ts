import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parsePlan } from './parse.ts'
import { printPlan } from './print.ts'

const SAMPLES = new URL('./samples/', import.meta.url)
const sources = readdirSync(SAMPLES)
  .filter((name) => !name.startsWith('.'))
  .map((name) => readFileSync(new URL(`${name}/input.plan`, SAMPLES), 'utf8'))

/** Text that is likely to confuse: pieces of the language in any order. */
const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(
      '---\n',
      '<tasks>\n',
      '</tasks>\n',
      '<task type="auto">\n',
      '</task>\n',
      '<action>',
      '</action>\n',
      '<name>',
      '</name>',
      '```\n',
      '```ts\n',
    ),
    fc.constantFrom(
      'phase: 01\n',
      'files_modified: [',
      ']\n',
      '  - path: "a\\|b"\n',
      'must_haves:\n',
      '\t- x\n',
      '\r\n',
      '<verify><automated>',
      '</automated>',
      '~~~~\n',
    ),
    fc.string({ maxLength: 12 }),
  ),
  { maxLength: 60 },
)

test('any text can be read, and prints back as it was', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        pieces.map((parts) => parts.join('')),
      ),
      (source) => {
        expect(printPlan(parsePlan(source).plan)).toBe(source)
      },
    ),
    { numRuns: 2_000 },
  )
})

test('a real document with anything cut out, doubled or typed into it can still be read', () => {
  const edits = fc.tuple(
    fc.constantFrom(...sources),
    fc.nat(),
    fc.nat(80),
    fc.oneof(
      pieces.map((parts) => parts.join('')),
      fc.constant(''),
    ),
  )
  fc.assert(
    fc.property(edits, ([source, at, length, text]) => {
      const start = at % (source.length + 1)
      const changed = source.slice(0, start) + text + source.slice(start + length)
      const { plan, diagnostics } = parsePlan(changed)
      expect(printPlan(plan)).toBe(changed)
      const lines = changed.split('\n').length
      for (const { line, column } of diagnostics) expect(line >= 1 && line <= lines + 1 && column >= 1).toBe(true)
      for (const task of plan.tasks) expect(changed.slice(task.block.span.start).startsWith('<')).toBe(true)
    }),
    { numRuns: 1_500 },
  )
})

test('a document of five megabytes is read', () => {
  const task =
    '<task type="auto">\n  <name>T</name>\n  <action>\nDo <b>\n```ts\nconst a = <T>1\n```\n</action>\n  <verify><automated>npm test</automated></verify>\n</task>\n'
  const count = Math.ceil(5_000_000 / task.length)
  const { plan, diagnostics } = parsePlan(`---\nphase: 01-x\nplan: 01\n---\n<tasks>\n${task.repeat(count)}</tasks>\n`)
  expect(plan.tasks).toHaveLength(count)
  expect(diagnostics).toEqual([])
})

test.each([
  ['tags that are never closed', '<task>\n'.repeat(200_000)],
  ['fences that grow', Array.from({ length: 2_000 }, (_, index) => `${'`'.repeat((index % 900) + 3)}a`).join('\n')],
  ['fences around closing tags', `<task>\n<action>\n${'```ts\n</action>\n<action>\n'.repeat(50_000)}`],
  ['brackets nested without end', `---\na: ${'[ '.repeat(100_000)}\n---\n`],
  ['lists nested without end', `---\n${'- '.repeat(100_000)}\n---\n`],
  ['indents without end', `---\n${Array.from({ length: 1_500 }, (_, index) => `${' '.repeat(index)}a:`).join('\n')}\n---\n`],
  [
    'aliases of aliases',
    `---\na: &a [x, x]\n${Array.from({ length: 40 }, (_, index) => `b${index}: &b${index} [*${index ? `b${index - 1}` : 'a'}, *a]`).join('\n')}\n---\n`,
  ],
  ['commands that are never closed', `<task>\n<verify>\n${'<automated>'.repeat(100_000)}</verify></task>`],
])('%s do no harm', (_, source) => {
  expect(printPlan(parsePlan(source).plan)).toBe(source)
})
