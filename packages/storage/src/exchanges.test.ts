import { afterAll, beforeAll, expect, test } from 'vitest'
import { filledWorkspace } from './testing/filled-workspace.ts'
import { type TestDatabase, testDatabase } from './testing/index.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

test('the exchanges of a feature are read page by page, in the order in which they were first kept, and by nobody else', async () => {
  const [at, other] = [await filledWorkspace(database), await filledWorkspace(database)]
  const scope = (runId: string) => ({ projectId: at.project.id, featureId: at.feature.id, runId })
  const put = (runId: string, key: string, exchange: string) => at.inside(({ exchanges }) => exchanges.put(scope(runId), key, exchange))
  await put('turn', 'a', 'one')
  await put('build', 'a', 'two')
  await put('turn', 'b', 'three')
  await put('turn', 'a', 'another one') // in the place of the first

  const page = (after: string) => at.inside(({ exchanges }) => exchanges.page(at.feature.id, { after, limit: 2 }))
  const first = await page('')
  const second = await page(first.at(-1)?.id ?? '')
  expect([...first, ...second].map(({ runId, key, exchange }) => [runId, key, exchange])).toEqual([
    ['turn', 'a', 'another one'],
    ['build', 'a', 'two'],
    ['turn', 'b', 'three'],
  ])
  expect(await page(second.at(-1)?.id ?? '')).toEqual([])

  const runs = await at.inside(({ exchanges }) => exchanges.runsOf(at.feature.id))
  expect(runs).toMatchObject([
    { runId: 'build', characters: 3 },
    { runId: 'turn', characters: 16 },
  ])
  expect(runs.every(({ firstAt }) => Number.isFinite(Date.parse(firstAt)))).toBe(true)

  const seen = await other.inside(async ({ exchanges }) => [
    ...(await exchanges.runsOf(at.feature.id)),
    ...(await exchanges.page(at.feature.id, { after: '', limit: 9 })),
  ])
  expect(seen).toEqual([])
})
