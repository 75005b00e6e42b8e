/** The real pipeline over a database of its own and scripted sandboxes, and a scripted vendor that workspaces can choose as their model. */
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type FakeScript, type FakeVendor, startFakeVendor } from '@slipway/agents/testing'
import { ModelSettings } from '@slipway/domain'
import { folderObjects, type ObjectStore, type Storage } from '@slipway/storage'
import { type TestDatabase, testDatabase } from '@slipway/storage/testing'
import { createPipeline } from '../create-pipeline.ts'
import { createEngine } from '../engine.ts'
import type { Pipeline } from '../pipeline.ts'
import { type Script, scriptedRuntime } from './scripted-runtime.ts'
import { appTemplate } from './template-files.ts'

export const MODEL_KEY = 'sk-planted-0123456789abcdef'

export interface PipelineWithModel {
  readonly database: TestDatabase
  readonly objects: ObjectStore
  readonly pipeline: Pipeline
  close(): Promise<void>
}

/**
 * @param name of the engine: each test file has its own
 * @param script what commands answer in its sandboxes
 */
export async function pipelineWithModel(name: string, script?: Script): Promise<PipelineWithModel> {
  const folder = mkdtempSync(join(tmpdir(), `slipway-${name}-`))
  const database = await testDatabase()
  const objects = folderObjects(join(folder, 'objects'))
  const log = () => undefined
  const pipeline = createPipeline({
    ...{ storage: database.storage, objects, runtime: scriptedRuntime(script), template: appTemplate(), log },
    engine: createEngine({ databaseUrl: database.appUrl, executorId: name, stepsVersion: 'tests', buildsMax: 1, log }),
    ...{ templatesFolder: join(folder, 'trees'), previewIdleMs: 60_000 },
  })
  await pipeline.start({ isWorker: true })
  return {
    database,
    objects,
    pipeline,
    async close() {
      await pipeline.stop()
      await database.close()
      await rm(folder, { recursive: true })
    },
  }
}

/** The owner of the workspace has entered a key and chosen the vendor's model. @param apiKey that the vendor takes */
export async function chooseModel(storage: Storage, org: string, script: FakeScript, apiKey = MODEL_KEY): Promise<FakeVendor> {
  const vendor = await startFakeVendor(script, { apiKey })
  const main = { provider: 'openai-compatible', model: 'house-model' }
  const settings = ModelSettings.parse({ version: 1, main, prices: { 'openai-compatible/house-model': { input: 1, output: 4 } } })
  await storage.inWorkspace(org, async ({ secrets, modelSettings }) => {
    await secrets.put('openai-compatible', MODEL_KEY, vendor.baseUrl)
    await modelSettings.save(settings, 0)
  })
  return vendor
}
