import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FilledWorkspace, filledWorkspace } from './testing/filled-workspace.ts'
import { type TestDatabase, testDatabase } from './testing/index.ts'

let database: TestDatabase
let workspace: FilledWorkspace
let now = new Date('2026-01-01T12:00:00Z')
beforeAll(async () => {
  database = await testDatabase({ clock: () => now })
  workspace = await filledWorkspace(database)
})
afterAll(() => database.close())

test('a share link lives for its hours, counts its visits, and is gone afterwards', async () => {
  const { job, inside } = workspace
  const share = await inside(({ shares }) => shares.create({ jobId: job.id, hours: 2 }))
  expect(share).toMatchObject({ jobId: job.id, expiresAt: '2026-01-01T14:00:00.000Z', visits: 0, visitedAt: null })
  expect(await inside(({ shares }) => shares.visit(share.id))).toMatchObject({ visits: 1, visitedAt: '2026-01-01T12:00:00.000Z' })
  const newer = await inside(({ shares }) => shares.create({ jobId: job.id, hours: 24 }))
  expect((await inside(({ shares }) => shares.list(job.id))).map((one) => one.id)).toEqual([newer.id, share.id])
  now = new Date('2026-01-01T14:00:00Z')
  expect((await inside(({ shares }) => shares.list(job.id))).map((one) => one.id)).toEqual([newer.id])
  await expect(inside(({ shares }) => shares.get(share.id))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(inside(({ shares }) => shares.visit(share.id))).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a link that was taken back opens nothing, and taking it back again is no fault', async () => {
  const { job, inside } = workspace
  const share = await inside(({ shares }) => shares.create({ jobId: job.id, hours: 1 }))
  expect(await inside(({ shares }) => shares.remove(share.id))).toMatchObject({ jobId: job.id })
  expect(await inside(({ shares }) => shares.remove(share.id))).toBeUndefined()
  await expect(inside(({ shares }) => shares.get(share.id))).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('another workspace neither makes, sees, visits nor takes back a link of this one', async () => {
  const { job, inside } = workspace
  const share = await inside(({ shares }) => shares.create({ jobId: job.id, hours: 1 }))
  const stranger = await filledWorkspace(database)
  await expect(stranger.inside(({ shares }) => shares.create({ jobId: job.id, hours: 1 }))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(stranger.inside(({ shares }) => shares.visit(share.id))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(await stranger.inside(({ shares }) => shares.list(job.id))).toEqual([])
  expect(await stranger.inside(({ shares }) => shares.remove(share.id))).toBeUndefined()
  expect(await inside(({ shares }) => shares.get(share.id))).toMatchObject({ id: share.id })
})
