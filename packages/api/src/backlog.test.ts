import { analyse, writeSpec } from '@slipway/blueprint'
import { BacklogView } from '@slipway/domain'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApi, testApi } from './testing/test-api.ts'

const IDEA = 'Track repairs in a bike workshop with customers and bikes'

let api: TestApi
let cookie: string
let featureId: string

beforeAll(async () => {
  api = await testApi()
  cookie = await api.signIn()
  const answer = await api.as(cookie, 'POST', '/api/projects', { idea: IDEA })
  featureId = ((await answer.json()) as { feature: { id: string } }).feature.id
})
afterAll(() => api.close())

const ask = async (method: string, path: string, body?: object) => {
  const answer = await api.as(cookie, method, path, body)
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}
const view = async () => BacklogView.parse((await ask('GET', `/api/features/${featureId}/backlog`)).body)

test('a backlog is written by hand from nothing: epic, story, subtask, changed, moved, taken away', async () => {
  const add = async (body: object) => (await ask('POST', `/api/features/${featureId}/backlog/items`, body)).body.id as string
  const epic = await add({ level: 'epic', title: 'Repairs' })
  const story = await add({ level: 'story', parentId: epic, title: 'Take a bike in' })
  const other = await add({ level: 'story', parentId: epic, title: 'Give it back' })
  await add({ level: 'subtask', parentId: story, title: 'Form' })
  expect((await ask('PATCH', `/api/backlog/story/${other}`, { effort: 'S', dependsOn: ['S1'], isStarted: true })).status).toBe(200)
  expect((await ask('POST', `/api/backlog/story/${other}/move`, { beforeId: story })).status).toBe(200)
  const { epics } = await view()
  expect(
    epics[0]?.stories.map(({ code, title, effort, dependsOn, startedAt }) => [code, title, effort, dependsOn, startedAt !== null]),
  ).toEqual([
    ['S2', 'Give it back', 'S', ['S1'], true],
    ['S1', 'Take a bike in', 'M', [], false],
  ])
  expect((await ask('DELETE', `/api/backlog/story/${story}`)).body).toEqual({ ok: true })
  expect((await view()).epics[0]?.stories.map(({ code, dependsOn }) => [code, dependsOn])).toEqual([['S2', []]])
  expect((await ask('PATCH', `/api/backlog/story/${story}`, { title: 'Gone' })).status).toBe(404)
  expect((await ask('PATCH', `/api/backlog/story/${other}`, { title: ' ' })).status).toBe(422)
})

test('cards come from pasted text and CSV alike, are changed and deleted', async () => {
  const csv = 'Title,Description\nLoyalty points,"One per repair, kept"\nReminders,\n'
  const { body } = await ask('POST', `/api/features/${featureId}/cards`, { text: csv })
  expect(body.added).toMatchObject([
    { title: 'Loyalty points', text: 'One per repair, kept' },
    { title: 'Reminders', text: '' },
  ])
  const [card, other] = (await view()).cards
  expect((await ask('PATCH', `/api/cards/${card?.id}`, { isKept: false })).body).toMatchObject({ isKept: false })
  await ask('DELETE', `/api/cards/${other?.id}`)
  expect((await view()).cards.map(({ title, isKept }) => [title, isKept])).toEqual([['Loyalty points', false]])
})

test('a generation is begun and cancelled, and every format is a file', async () => {
  const { body } = await ask('POST', `/api/features/${featureId}/backlog/generate`, {})
  expect((body.runs as { stage: string; status: string }[]).map(({ stage, status }) => [stage, status])).toEqual([
    ['ANALYZE_CARDS', 'PENDING'],
    ['GENERATE_EPICS', 'PENDING'],
    ['GENERATE_STORIES', 'PENDING'],
    ['GENERATE_SUBTASKS', 'PENDING'],
  ])
  await ask('POST', `/api/features/${featureId}/backlog/cancel`, {})
  expect(new Set((await view()).runs.map(({ status }) => status))).toEqual(new Set(['SKIPPED']))
  for (const format of ['markdown', 'json', 'jira-csv', 'azure-csv', 'github', 'linear']) {
    const file = await ask('GET', `/api/features/${featureId}/backlog/export?format=${format}`)
    expect(file.body.text).toContain('Repairs')
  }
  expect((await ask('GET', `/api/features/${featureId}/backlog/export?format=exe`)).status).toBe(422)
})

test('coverage names the requirements of the spec that nothing serves yet', async () => {
  const spec = writeSpec(analyse(IDEA).brief, IDEA)
  const session = (await ask('GET', '/api/session')).body as { workspace: { id: string } }
  await api.database.storage.inWorkspace(session.workspace.id, ({ specs }) => specs.save(featureId, spec, 0))
  const [epic] = (await view()).epics
  const [story] = epic?.stories ?? []
  const [first] = spec.requirements
  await ask('PATCH', `/api/backlog/story/${story?.id}`, { requirement: first?.id })
  expect((await ask('PATCH', `/api/backlog/story/${story?.id}`, { requirement: 'REQ-99' })).status).toBe(422)
  const { coverage } = await view()
  expect(coverage.map(({ requirement, stories }) => [requirement, stories])).toEqual(
    spec.requirements.map(({ id }) => [id, id === first?.id ? ['E1S2'] : []]),
  )
})
