/** A scripted model that takes the whole way and makes every mistake once: for the test that walks it, and the bench that counts it. */
import { byAgent, type FakeRequest, type FakeScript } from '../packages/agents/src/testing/index.ts'
import { analyse, writeSpec } from '../packages/blueprint/src/index.ts'

export const IDEA = 'Track repairs in a bike workshop with customers and bikes'
const { brief } = analyse(IDEA)
const spec = writeSpec(brief, IDEA)
const byModel = (id: string, title: string) => ({
  ...spec.requirements[0],
  id,
  title,
  text: `${title} without a click.`,
  delivery: 'model',
})

const plan = (number: string, requirement: string, name: string) => ({
  phase: '01-counting',
  plan: number,
  wave: 1,
  dependsOn: [],
  filesModified: [`server/${name}.ts`, `tests/${name}.test.ts`],
  requirements: [requirement],
  objective: `The function ${name} is there.`,
  context: [],
  mustHaves: { truths: ['It counts.'], artifacts: [{ path: `server/${name}.ts`, provides: name, contains: [name] }], keyLinks: [] },
  tasks: [
    {
      name: `Write ${name}`,
      files: [`server/${name}.ts`, `tests/${name}.test.ts`],
      action: `Export ${name}(values) from server/${name}.ts.`,
      verify: { automated: `npx vitest run tests/${name}.test.ts` },
      acceptanceCriteria: ['it counts'],
      done: 'It counts.',
    },
  ],
  verification: ['the test passes'],
  successCriteria: ['It counts.'],
})

const REQUIREMENTS = [...spec.requirements.map(({ id }) => id), 'REQ-90', 'REQ-91']
const item = {
  ...{ description: 'In a few words.', effort: 'S', dependsOn: [] },
  criteria: spec.requirements.flatMap(({ criteria }) => criteria).slice(0, 2),
}

const TEST = `import { expect, test } from 'vitest'
import { doubles } from '../server/doubles'

test('what is there twice is told once', () => {
  expect(doubles(['a', 'b', 'a', 'a'])).toEqual(['a'])
})
`
const RIGHT = `/** Values that are there more than once, each once. */
export const doubles = (values: readonly string[]): string[] => [
  ...new Set(values.filter((value, index) => values.indexOf(value) !== index)),
]
`
export const CRITERIA_TEST = `import { expect, test } from 'vitest'
import { doubles } from '../server/doubles'

test('nothing is told where nothing is there twice', () => {
  expect(doubles(['a', 'b'])).toEqual([])
})
`
export const SAFE = `/** Values that are there more than once, each once; a list that is too long is not looked at. */
export const doubles = (values: readonly string[]): string[] =>
  values.length > 10_000 ? [] : [...new Set(values.filter((value, index) => values.indexOf(value) !== index))]
`
const hole = {
  ...{
    path: 'server/doubles.ts',
    line: 2,
    severity: 'high',
    title: 'Slow on long lists',
    text: 'Anybody can send a list that takes minutes.',
  },
  fix: { action: 'Look at ten thousand values at most.', files: ['server/doubles.ts'] },
}
const write = (path: string, content: string) => ({ name: 'write', input: { path, content } })

/** What the owner asks of the spec. */
export const COMMENT = 'Tell the odd ones at once'

/** Whether nothing was answered yet in this conversation. */
const isFirst = ({ messages }: FakeRequest) => messages.length === 1
const asks = ({ messages }: FakeRequest, words: string) => messages[0]?.text.includes(words) ?? false

/**
 * Makes every mistake once: no JSON, a requirement nobody has, a forbidden file, a failing test, an edit of a text that is not there, an
 * endless loop. What it says follows from what it is told alone, so that the same question has the same answer, in whatever order.
 */
export const erringModel = (): FakeScript =>
  byAgent({
    'business-analyst': (request) =>
      isFirst(request)
        ? { text: 'Sure! Tell me more about your bikes.' }
        : { json: { say: 'Customers, their bikes, and the repairs.', questions: [], brief, isReady: true } },
    'write-spec': (request) => ({
      json:
        isFirst(request) && !asks(request, COMMENT)
          ? { ...spec, requirements: [] }
          : {
              ...spec,
              requirements: [
                ...spec.requirements,
                byModel('REQ-90', 'Doubles are told'),
                byModel('REQ-91', asks(request, COMMENT) ? 'Odd ones are told at once' : 'Odd ones are told'),
              ],
            },
    }),
    'name-app': () => ({ json: { name: 'Spokes', title: 'Bike repairs' } }),
    'write-plan': (request) => ({
      json: { plans: [plan('01', isFirst(request) ? 'REQ-77' : 'REQ-90', 'doubles'), plan('02', 'REQ-91', 'odd')] },
    }),
    'write-epics': (request) => ({
      json: isFirst(request)
        ? { epics: [], openQuestions: [] }
        : { epics: [{ ...item, key: 'all', title: 'All of it', requirements: REQUIREMENTS }], openQuestions: [] },
    }),
    'write-stories': () => ({
      json: {
        stories: REQUIREMENTS.map((requirement) => ({
          ...item,
          ...{
            key: requirement.toLowerCase(),
            title: `Serve ${requirement}`,
            asA: 'a clerk',
            iWant: 'to do it',
            soThat: 'it is done',
            requirement,
          },
        })),
        openQuestions: [],
      },
    }),
    'write-subtasks': () => ({ json: { subtasks: [{ ...item, key: 'do-it', title: 'Do all of it' }] } }),
    planner: () => ({ json: { approach: 'Write the test first.', readFirst: ['package.json'], steps: ['Write it.'], risks: [] } }),
    coder: (request) => {
      const said = request.messages.filter(({ role }) => role === 'assistant').length
      if (asks(request, 'Close: Slow'))
        return (
          [{ calls: [{ name: 'read', input: { path: 'server/doubles.ts' } }] }, { calls: [write('server/doubles.ts', SAFE)] }][said] ?? {
            text: 'Done.',
          }
        )
      if (asks(request, 'Write odd')) return { calls: [{ name: 'read', input: { path: 'package.json' } }] }
      return (
        [
          { calls: [{ name: 'read', input: { path: 'package.json' } }] },
          {
            calls: [
              write('package.json', '{}'),
              write('tests/doubles.test.ts', TEST),
              write('server/doubles.ts', 'export const doubles = (values: readonly string[]): string[] => [...values]\n'),
            ],
          },
          { text: 'Done.' },
          { calls: [{ name: 'edit', input: { path: 'server/doubles.ts', edits: [{ old: 'a text that is nowhere', new: 'x' }] } }] },
          { calls: [write('server/doubles.ts', RIGHT)] },
          { text: 'Done.' },
        ][said] ?? { text: 'Done.' }
      )
    },
    tester: (request) => ({
      json: {
        files: [
          {
            path: 'tests/doubles-criteria.test.ts',
            content: isFirst(request)
              ? "import { expect, test } from 'vitest'\n\ntest('it is', () => {\n  expect(1).toBe(1)\n})\n"
              : CRITERIA_TEST,
            covers: ['REQ-90'],
          },
        ],
      },
    }),
    security: () => ({ json: { findings: [hole] } }),
    reviewer: () => ({ json: { criteria: [{ number: 1, isMet: true, where: 'server/doubles.ts:2' }], findings: [], verdict: 'approve' } }),
  })
