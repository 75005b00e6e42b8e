import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { folderObjects } from '@slipway/storage'
import { type TestDatabase, testDatabase } from '@slipway/storage/testing'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { packFiles, sha256 } from './archive.ts'
import { dependencyTrees } from './dependency-trees.ts'
import { archiveKey } from './object-keys.ts'
import { createPreviewShares } from './preview-shares.ts'
import { createPreviews, type Previews } from './previews.ts'
import { type ScriptedRuntime, scriptedRuntime } from './testing/scripted-runtime.ts'

const FILES = { 'package.json': Buffer.from('{}'), 'package-lock.json': Buffer.from('{"lockfileVersion":3,"packages":{}}') }
const objects = folderObjects(mkdtempSync(join(tmpdir(), 'slipway-previews-')))
let database: TestDatabase
let org: string
let runtime: ScriptedRuntime
let previews: Previews
let shares: ReturnType<typeof createPreviewShares>
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(async () => {
  await database.close()
})
beforeEach(async () => {
  org = await database.newWorkspace()
  runtime = scriptedRuntime()
  const trees = dependencyTrees({ runtime, folder: mkdtempSync(join(tmpdir(), 'slipway-trees-')) })
  previews = createPreviews({ storage: database.storage, objects, runtime, trees, previewIdleMs: 60_000 })
  shares = createPreviewShares({ storage: database.storage, previews })
  return () => {
    previews.close()
    return runtime.close()
  }
})

/** A build that ended well, and sleeps. */
async function built(orgId = org): Promise<{ jobId: string; featureId: string }> {
  const archive = packFiles(FILES)
  await objects.put(archiveKey(orgId, sha256(archive)), archive)
  return database.storage.inWorkspace(orgId, async (stores) => {
    const project = await stores.projects.create({ name: 'Shop' })
    const feature = await stores.features.create({ projectId: project.id, title: 'First', idea: 'a shop' })
    const job = await stores.jobs.create({ featureId: feature.id })
    await stores.jobs.update(job.id, { archiveSha256: sha256(archive) })
    return { jobId: job.id, featureId: feature.id }
  })
}

test('many visitors of a sleeping preview wake one sandbox, and its address stays when it is woken again', async () => {
  const { jobId } = await built()
  const { previewId } = await previews.announce(org, jobId)
  expect(previews.find(previewId)).toBeUndefined()
  const woken = await Promise.all([previews.wake(previewId), previews.wake(previewId), previews.open(org, jobId)])
  expect(runtime.living()).toBe(1)
  expect(woken[0]).toBe(woken[1])
  expect(previews.find(previewId)).toBe(woken[0])
  await woken[0]?.stop()
  expect(previews.find(previewId)).toBeUndefined()
  expect((await previews.wake(previewId))?.id).not.toBe(woken[0]?.id)
  expect((await previews.open(org, jobId)).previewId).toBe(previewId)
})

test('a preview that nobody announced does not wake, and a build that never came to one has none', async () => {
  const { jobId, featureId } = await built()
  expect(await previews.wake(previews.idOf(jobId))).toBeUndefined()
  const unbuilt = await database.storage.inWorkspace(org, (stores) => stores.jobs.create({ featureId }))
  await expect(previews.open(org, unbuilt.id)).rejects.toMatchObject({ code: 'PREVIEW_GONE' })
  await expect(shares.sharePreview(org, { jobId: unbuilt.id, hours: 1 })).rejects.toMatchObject({ code: 'PREVIEW_GONE' })
})

test('another workspace opens, shares, lists and takes back nothing of this one', async () => {
  const { jobId } = await built()
  const share = await shares.sharePreview(org, { jobId, hours: 1 })
  const stranger = await database.newWorkspace()
  for (const call of [
    () => previews.open(stranger, jobId),
    () => previews.announce(stranger, jobId),
    () => shares.sharePreview(stranger, { jobId, hours: 1 }),
    () => shares.listShares(stranger, jobId),
    () => shares.followShare(stranger, share.id),
  ])
    await expect(call()).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(await shares.revokeShare(stranger, share.id)).toBeUndefined()
  expect(await shares.listShares(org, jobId)).toMatchObject([{ id: share.id }])
})

test('whoever came by a link stays as long as the link is there', async () => {
  const { jobId } = await built()
  const [share, other] = [await shares.sharePreview(org, { jobId, hours: 1 }), await shares.sharePreview(org, { jobId, hours: 1 })]
  const { previewId, viewer } = await shares.followShare(org, share.id)
  const second = await shares.followShare(org, other.id)
  expect(await previews.admits(previewId, viewer)).toBe(true)
  expect(await previews.admits(previewId, viewer)).toBe(true)
  expect(await shares.revokeShare(org, share.id)).toEqual({ previewId, viewer })
  const heard = Promise.withResolvers<void>()
  const stop = database.storage.onEvents((orgId) => orgId === org && heard.resolve())
  await database.storage.inWorkspace(org, (stores) => stores.events.append({ type: 'project-changed' }))
  await heard.promise
  stop()
  expect(await previews.admits(previewId, viewer)).toBe(false)
  expect(await previews.admits(previewId, second.viewer)).toBe(true)
  await expect(shares.followShare(org, share.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a deleted feature is shown to nobody, and is shown again when it is brought back', async () => {
  const { jobId, featureId } = await built()
  const { previewId } = await previews.open(org, jobId)
  await database.storage.inWorkspace(org, (stores) => stores.features.remove(featureId))
  expect(await previews.admits(previewId, 'user-1')).toBe(false)
  await expect(previews.open(org, jobId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await database.storage.inWorkspace(org, (stores) => stores.features.restore(featureId))
  expect(await previews.admits(previewId, 'user-1')).toBe(true)
})

test('what goes wrong in a visitor’s browser is an event of the job', async () => {
  const { jobId } = await built()
  const { previewId } = await previews.announce(org, jobId)
  await previews.report(previewId, { kind: 'console-error', text: 'boom' })
  await previews.report('nobody', { kind: 'console-error', text: 'lost' })
  const told = await database.storage.inWorkspace(org, (stores) => stores.events.after(0, { types: ['preview-report'], limit: 5, jobId }))
  expect(told.map((event) => event.body)).toMatchObject([{ kind: 'console-error', text: 'boom' }])
})
