import { parsePlan } from '@slipway/plan'
import { expect, test } from 'vitest'
import { wavesOfLanes } from './code-waves.ts'

const plan = (
  name: string,
  { after = '', files = `${name}.ts`, requirement = 'REQ-01', verify = '<automated>npm test</automated>' } = {},
) => {
  const [phase, number] = name.split('-')
  const task = (title: string, check: string) =>
    `<task type="auto"><name>${title}</name><files>${files}</files><verify>${check}</verify></task>`
  const source = `---
phase: ${phase}-x
plan: "${number}"
depends_on: [${after}]
files_modified: [${files}]
requirements: [${requirement}]
---
<tasks>
${task('Prepare', 'look at it')}
${task('Write', verify)}
</tasks>
`
  return { name, plan: parsePlan(source).plan }
}
const FOR_MODEL = new Set(['REQ-01'])
const names = (waves: ReturnType<typeof wavesOfLanes>) => waves.map((wave) => wave.map((lane) => lane.plan))

test('plans that neither share a file nor wait for each other go side by side', () => {
  const waves = wavesOfLanes(
    [plan('01-01'), plan('01-02'), plan('01-03', { after: '01-01' }), plan('01-04', { files: '01-01.ts' }), plan('02-01')],
    FOR_MODEL,
  )
  expect(names(waves)).toEqual([['01-01', '01-02'], ['01-03', '01-04'], ['02-01']])
  expect(waves[1]).toEqual([
    { plan: '01-03', tasks: [1], after: ['01-01'] },
    { plan: '01-04', tasks: [1], after: [] },
  ])
})

test('plans with nothing for a model to do are in no lane, and nobody waits for them', () => {
  const waves = wavesOfLanes(
    [plan('01-01', { requirement: 'REQ-02' }), plan('01-02', { after: '01-01' }), plan('01-03', { verify: 'look again' })],
    FOR_MODEL,
  )
  expect(waves).toEqual([[{ plan: '01-02', tasks: [1], after: [] }]])
})

test('plans that wait for each other in a circle are written one by one, after all others', () => {
  const waves = wavesOfLanes([plan('01-01', { after: '01-02' }), plan('01-02', { after: '01-01' }), plan('01-03')], FOR_MODEL)
  expect(names(waves)).toEqual([['01-03'], ['01-01'], ['01-02']])
})
