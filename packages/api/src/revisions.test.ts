import { analyse, writeSpec } from '@slipway/blueprint'
import { type FeatureView, Revision, Spec } from '@slipway/domain'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApi, testApi } from './testing/test-api.ts'

const IDEA = 'Track repairs in a bike workshop'
const SPEC = writeSpec(analyse(IDEA).brief, IDEA)
let api: TestApi
let cookie: string
let orgId: string
beforeAll(async () => {
  api = await testApi()
  cookie = await api.signIn()
  orgId = ((await (await api.as(cookie, 'GET', '/api/session')).json()) as { workspace: { id: string } }).workspace.id
}, 60_000)
afterAll(() => api.close())

const json = async <T>(method: string, path: string, body?: object): Promise<T> =>
  (await (await api.as(cookie, method, path, body)).json()) as T
const plan = (name: string) => ({ name, title: name, wave: 1, source: `${name}\n` })

/** A feature whose spec waits for approval, in its first revision. */
async function specified(): Promise<string> {
  const { feature } = await json<{ feature: { id: string } }>('POST', '/api/projects', { idea: IDEA })
  await api.as(cookie, 'POST', `/api/features/${feature.id}/confirm-brief`, {})
  await api.database.storage.inWorkspace(orgId, async ({ specs, features }) => {
    await specs.save(feature.id, SPEC, 0, { made: 'written' })
    await features.move(feature.id, 'spec-written')
  })
  return feature.id
}

test('revisions of a spec are listed, read one by one, and an older one is brought back by a person with a name', async () => {
  const path = `/api/features/${await specified()}`
  const view = await json<FeatureView>('GET', path)
  await api.as(cookie, 'PUT', `${path}/spec`, { spec: { ...view.spec, summary: 'By hand.' }, revision: 1 })
  const { revisions } = await json<{ revisions: Revision[] }>('GET', `${path}/spec-revisions`)
  expect(revisions.map((revision) => Revision.parse(revision)).map(({ number, made, by }) => [number, made, by])).toEqual([
    [2, 'edited', 'Owner'],
    [1, 'written', ''],
  ])
  const first = await json<{ spec: Spec; revision: Revision }>('GET', `${path}/spec-revisions/1`)
  expect(Spec.parse(first.spec).summary).toBe(SPEC.summary)
  expect(await json('POST', `${path}/spec-revisions/1/restore`, { revision: 2 })).toMatchObject({
    number: 3,
    made: 'restored',
    by: 'Owner',
    note: '1',
  })
  expect((await json<FeatureView>('GET', path)).spec?.summary).toBe(SPEC.summary)
  expect(await json('POST', `${path}/spec-revisions/1/restore`, { revision: 2 })).toMatchObject({ code: 'CONFLICT' })
  expect(await json('GET', `${path}/spec-revisions/9`)).toMatchObject({ code: 'NOT_FOUND' })
  expect(await json('GET', `${path}/spec-revisions/zero`)).toMatchObject({ code: 'INPUT_INVALID' })
})

test('a comment joins the conversation and the spec is being written; an empty one, or one at the wrong time, is refused', async () => {
  const id = await specified()
  const path = `/api/features/${id}`
  expect(await json('POST', `${path}/revise-spec`, { comment: ' ' })).toMatchObject({
    code: 'INPUT_INVALID',
    faults: [{ path: 'comment' }],
  })
  expect(await json('POST', `${path}/revise-plan`, { comment: 'Split it' })).toMatchObject({ code: 'MOVED_ON' })
  expect(await json('POST', `${path}/revise-spec`, { comment: 'Add suppliers' })).toMatchObject({ status: 'spec_generating' })
  expect((await json<{ messages: object[] }>('GET', `/api/chat/${id}`)).messages).toMatchObject([
    { role: 'user', about: 'spec', content: 'Add suppliers' },
  ])
})

test('revisions of plans are listed and read, and one that does not fit the spec of today is not brought back', async () => {
  const id = await specified()
  const path = `/api/features/${id}`
  await api.as(cookie, 'POST', `${path}/approve-spec`, {})
  await api.database.storage.inWorkspace(orgId, async ({ plans, features }) => {
    await plans.replace(id, [plan('01-01')], { made: 'written' })
    await plans.replace(id, [plan('01-01'), plan('01-02')], { made: 'revised', note: 'Split it' })
    await features.move(id, 'plan-written')
  })
  expect(await json('GET', path)).toMatchObject({ planRevision: 2 })
  expect((await json<{ revisions: Revision[] }>('GET', `${path}/plan-revisions`)).revisions.map(({ note }) => note)).toEqual([
    'Split it',
    '',
  ])
  expect(await json('GET', `${path}/plan-revisions/1`)).toMatchObject({ plans: [plan('01-01')], revision: { number: 1 } })
  expect(await json('POST', `${path}/plan-revisions/1/restore`, { revision: 2 })).toMatchObject({ code: 'INPUT_INVALID' })
  expect(await json('GET', path)).toMatchObject({ planRevision: 2 })
})

test('nobody reads or restores the revisions of another workspace', async () => {
  const id = await specified()
  const other = await api.database.newWorkspace()
  await expect(api.database.storage.inWorkspace(other, ({ specs }) => specs.revision(id, 1))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(await api.database.storage.inWorkspace(other, ({ specs }) => specs.revisions(id))).toEqual([])
  expect(await api.database.storage.inWorkspace(other, ({ plans }) => plans.revisions(id))).toEqual([])
})
