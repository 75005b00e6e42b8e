import { isFailure } from '@slipway/domain'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ItemContent } from './backlog-stores.ts'
import { type FilledWorkspace, filledWorkspace } from './testing/filled-workspace.ts'
import { type TestDatabase, testDatabase } from './testing/index.ts'

let database: TestDatabase
let shop: FilledWorkspace
beforeAll(async () => {
  database = await testDatabase()
})
beforeEach(async () => {
  shop = await filledWorkspace(database)
})
afterAll(() => database.close())

const RUN = '00000000-0000-7000-8000-00000000000a'
const content = (title: string, more: Partial<ItemContent> = {}): ItemContent => ({
  title,
  description: '',
  effort: 'S',
  criteria: [],
  dependsOn: [],
  ...more,
})
const codeOf = async (work: Promise<unknown>) =>
  work.then(() => 'no failure').catch((error: unknown) => (isFailure(error) ? error.code : error))

/** An epic with two generated stories, the first with a generated subtask. */
async function filled() {
  const featureId = shop.feature.id
  await shop.inside(async ({ backlog, runs }) => {
    await runs.create({ generationId: RUN, featureId, stages: ['GENERATE_EPICS'], maker: 'built-in' })
    const [run] = await runs.list(RUN)
    const runId = run?.id ?? ''
    const nothing = { updated: [], deleted: [], archived: [], runId }
    const epic = { key: 'orders', code: 'E1', content: content('Orders', { requirements: ['REQ-01'] }) }
    await backlog.apply('epic', featureId, { ...nothing, created: [epic], lastNumber: 1 })
    const [made] = await backlog.tree(featureId)
    const stories = [
      { key: 'order', code: 'S1', content: content('Order', { requirement: 'REQ-01' }) },
      { key: 'cancel', code: 'S2', content: content('Cancel', { dependsOn: ['S1'] }) },
    ]
    await backlog.apply('story', made?.id ?? '', { ...nothing, created: stories, lastNumber: 2 })
    const [again] = await backlog.tree(featureId)
    const subtask = { key: 'page', code: 'ST1', content: content('Page') }
    await backlog.apply('subtask', again?.stories[0]?.id ?? '', { ...nothing, created: [subtask], lastNumber: 1 })
    await runs.move(runId, 'skip')
  })
  return tree()
}
const tree = async () => {
  const [epic] = await shop.inside(({ backlog }) => backlog.tree(shop.feature.id))
  if (!epic) throw new Error('There is no epic.')
  return epic
}

test('what was generated is a tree in order, with its codes', async () => {
  const epic = await filled()
  expect(epic).toMatchObject({ code: 'E1', title: 'Orders', requirements: ['REQ-01'], editedAt: null })
  expect(epic.stories.map(({ code, dependsOn, requirement }) => [code, dependsOn, requirement])).toEqual([
    ['S1', [], 'REQ-01'],
    ['S2', ['S1'], ''],
  ])
  expect(epic.stories[0]?.subtasks.map(({ code }) => code)).toEqual(['ST1'])
})

test('a code is never given again, also after the last item is deleted', async () => {
  const { id } = await filled()
  const added = await shop.inside(({ backlog }) => backlog.add('story', id, { title: 'Third' }))
  await shop.inside(({ backlog }) => backlog.remove('story', added.id))
  await shop.inside(({ backlog }) => backlog.add('story', id, { title: 'Fourth' }))
  expect((await tree()).stories.map(({ code }) => code)).toEqual(['S1', 'S2', 'S4'])
  const epic = await shop.inside(({ backlog }) => backlog.add('epic', shop.feature.id, { title: 'More' }))
  expect(await shop.inside(({ backlog }) => backlog.place('epic', epic.id))).toMatchObject({
    code: 'E2',
    key: '',
    parentId: shop.feature.id,
  })
})

test('what a person changes is marked, for itself and for what it stands in; a changed order is no edit', async () => {
  const epic = await filled()
  const [first, second] = epic.stories
  await shop.inside(({ backlog }) => backlog.move('story', second?.id ?? '', { parentId: epic.id, beforeId: first?.id ?? null }))
  expect((await tree()).stories.map(({ code, editedAt }) => [code, editedAt])).toEqual([
    ['S2', null],
    ['S1', null],
  ])
  await shop.inside(({ backlog }) => backlog.change('subtask', first?.subtasks[0]?.id ?? '', { title: 'Their page' }))
  const stories = await shop.inside(({ backlog }) => backlog.mergeable('story', epic.id))
  expect(stories.items.map(({ key, isEdited, holdsEdits }) => [key, isEdited, holdsEdits])).toEqual([
    ['cancel', false, false],
    ['order', false, true],
  ])
  const epics = await shop.inside(({ backlog }) => backlog.mergeable('epic', shop.feature.id))
  expect(epics.items[0]).toMatchObject({ isEdited: false, isStarted: false, holdsEdits: true, hasHistory: false })
})

test('a story moved to another epic gets its next code, leaves nobody waiting, and is still known where it was generated', async () => {
  const epic = await filled()
  const other = await shop.inside(({ backlog }) => backlog.add('epic', shop.feature.id, { title: 'Later' }))
  const order = epic.stories[0]?.id ?? ''
  await shop.inside(({ backlog }) => backlog.move('story', order, { parentId: other.id, beforeId: null }))
  const trees = await shop.inside(({ backlog }) => backlog.tree(shop.feature.id))
  expect(trees.map(({ stories }) => stories.map(({ title, code, dependsOn }) => [title, code, dependsOn]))).toEqual([
    [['Cancel', 'S2', []]],
    [['Order', 'S1', []]],
  ])
  const known = async (id: string) => (await shop.inside(({ backlog }) => backlog.mergeable('story', id))).items.map(({ key }) => key)
  expect(await known(epic.id)).toEqual(expect.arrayContaining(['order', 'cancel']))
  expect(await known(other.id)).toEqual([])
  await shop.inside(({ backlog }) => backlog.move('story', order, { parentId: epic.id, beforeId: null }))
  expect((await tree()).stories.map(({ code }) => code)).toEqual(['S2', 'S3'])
  expect(await known(epic.id)).toHaveLength(2)
})

test('archived items stay in the tree and no longer beside their siblings', async () => {
  const epic = await filled()
  await shop.inside(({ backlog }) => backlog.change('story', epic.stories[0]?.id ?? '', { isArchived: true }))
  const after = await tree()
  expect(after.stories.map(({ code, archivedAt, dependsOn }) => [code, archivedAt !== null, dependsOn])).toEqual([
    ['S1', true, []],
    ['S2', false, []],
  ])
  expect(await shop.inside(({ backlog }) => backlog.siblings('story', epic.id))).toHaveLength(1)
})

test('a run has a row per parent, which moves by its machine and is counted', async () => {
  const { id } = await filled()
  const generationId = '00000000-0000-7000-8000-00000000000b'
  const begin = { generationId, featureId: shop.feature.id, stages: ['GENERATE_STORIES' as const], maker: 'built-in' }
  await shop.inside(async ({ runs }) => {
    expect(await runs.create(begin)).toBe(generationId)
    // while it goes on, whoever asks for another gets this one
    expect(await runs.create({ ...begin, generationId: RUN })).toBe(generationId)
    const [run] = await runs.list(generationId)
    await runs.addItems(run?.id ?? '', [id])
    await runs.addItems(run?.id ?? '', [id])
  })
  const look = async () => (await shop.inside(({ runs }) => runs.newest(shop.feature.id)))[0]
  const run = await look()
  const runId = run?.id ?? ''
  expect(run).toMatchObject({ stage: 'GENERATE_STORIES', status: 'PENDING', generationId })
  expect(run?.items).toMatchObject([{ parentId: id, parentCode: 'E1', parentTitle: 'Orders', status: 'PENDING', retryCount: 0 }])
  expect(await codeOf(shop.inside(({ runs }) => runs.moveItem(runId, id, 'complete')))).toBe('MOVED_ON')
  const counts = { created: 2, updated: 0, unchanged: 1, kept: 0, deleted: 1, archived: 0 }
  await shop.inside(async ({ runs }) => {
    await runs.moveItem(runId, id, 'generate')
    await runs.moveItem(runId, id, 'fail', { errorMsg: 'The model is away.' })
    await runs.moveItem(runId, id, 'reset')
    await runs.moveItem(runId, id, 'reset')
    await runs.moveItem(runId, id, 'generate')
    await runs.moveItem(runId, id, 'save')
    await runs.moveItem(runId, id, 'complete', { counts, tokensUsed: 12 })
  })
  const after = await look()
  expect(after?.counts).toEqual(counts)
  expect(after?.items).toMatchObject([{ status: 'COMPLETED', counts, tokensUsed: 12, errorMsg: null, retryCount: 1 }])
  expect(after?.items[0]?.durationMs).toBeGreaterThanOrEqual(0)
  const { items } = await shop.inside(({ backlog }) => backlog.mergeable('epic', shop.feature.id))
  expect(items[0]?.hasHistory).toBe(true)
})

test('cards are sorted, doubles stand behind one, and what a person decided stays', async () => {
  const { project } = shop
  const cards = await shop.inside((stores) =>
    stores.cards.add(
      project.id,
      ['Export', 'CSV export', 'Dark mode'].map((title) => ({ title, text: '' })),
    ),
  )
  const [one, two, three] = cards.map(({ id }) => id) as [string, string, string]
  await shop.inside((stores) => stores.cards.change(three, { isKept: true }))
  const ideas = [
    { ids: [two, one], value: 4, effort: 'M' as const, isKept: true, reason: 'Asked for twice.' },
    { ids: [three], value: 1, effort: 'S' as const, isKept: false, reason: 'Not needed.' },
  ]
  expect(await shop.inside((stores) => stores.cards.sort(project.id, ideas))).toMatchObject({ updated: 2, kept: 1 })
  expect(await shop.inside((stores) => stores.cards.sort(project.id, ideas))).toMatchObject({ unchanged: 2, kept: 1 })
  const list = () => shop.inside((stores) => stores.cards.list(project.id))
  expect((await list()).map(({ mergedIntoId, value, isKept }) => [mergedIntoId, value, isKept])).toEqual([
    [two, 4, true],
    [null, 4, true],
    [null, null, true],
  ])
  await shop.inside((stores) => stores.cards.remove(two))
  expect((await list()).map(({ mergedIntoId }) => mergedIntoId)).toEqual([null, null])
})

test('another workspace sees no card, item or run, and cannot write below them', async () => {
  const epic = await filled()
  const stranger = await filledWorkspace(database)
  const ask = <T>(work: Parameters<typeof stranger.inside<T>>[0]) => codeOf(stranger.inside(work))
  expect(await stranger.inside(({ backlog }) => backlog.tree(shop.feature.id))).toEqual([])
  expect(await stranger.inside(({ runs }) => runs.newest(shop.feature.id))).toEqual([])
  expect(await ask(({ backlog }) => backlog.add('epic', shop.feature.id, { title: 'Mine' }))).toBe('NOT_FOUND')
  expect(await ask(({ backlog }) => backlog.add('story', epic.id, { title: 'Mine' }))).toBe('NOT_FOUND')
  expect(await ask(({ backlog }) => backlog.change('epic', epic.id, { title: 'Mine' }))).toBe('NOT_FOUND')
  expect(await ask(({ backlog }) => backlog.remove('story', epic.stories[0]?.id ?? ''))).toBe('NOT_FOUND')
  expect(await tree()).toEqual(epic)
})
