/** A worker for the chaos test: drives every feature of a workspace as far as it goes, telling of each step as it begins. */
import { createStorage, createVault, folderObjects } from '@slipway/storage'
import pg from 'pg'
import { createPipeline } from '../create-pipeline.ts'
import { createEngine, type Engine } from '../engine.ts'
import { scriptedRuntime } from './scripted-runtime.ts'
import { appTemplate } from './template-files.ts'

const { databaseUrl, folder, orgId } = JSON.parse(process.argv[2] as string) as { databaseUrl: string; folder: string; orgId: string }
const tell = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)

/** The engine, with a line before and after each step's own work. */
function told(engine: Engine): Engine {
  return {
    ...engine,
    register: (name, workflow) =>
      engine.register(name, (step, input) =>
        workflow(
          (stepName, work) =>
            step(stepName, async (signal) => {
              tell({ begins: stepName, run: name, id: input.id })
              return work(signal)
            }),
          input,
        ),
      ),
  }
}

const pool = new pg.Pool({ connectionString: databaseUrl })
const storage = createStorage({ pool, listenUrl: databaseUrl, vault: createVault(new Uint8Array(32)) })
const log = () => undefined
const pipeline = createPipeline({
  storage,
  objects: folderObjects(`${folder}/objects`),
  engine: told(createEngine({ databaseUrl, executorId: 'chaos', stepsVersion: 'chaos', buildsMax: 4, log })),
  runtime: scriptedRuntime(),
  template: appTemplate(),
  templatesFolder: `${folder}/trees`,
  checkPage: async () => ({ ok: true, title: 'App', consoleErrors: [], failedRequests: [], screenshot: undefined }),
  previewIdleMs: 60_000,
  log,
})

/** Approves whatever waits for approval, as an owner would. */
async function approve(): Promise<boolean> {
  const features = await storage.inWorkspace(orgId, (stores) => stores.features.list())
  for (const { id, status } of features) {
    if (status === 'drafting') await pipeline.confirmBrief(orgId, id)
    if (status === 'spec_ready') await pipeline.approveSpec(orgId, id)
    if (status === 'plan_ready') await pipeline.approvePlan(orgId, id)
  }
  return features.every((feature) => feature.status === 'built')
}

await pipeline.start({ isWorker: true })
let wake: () => void = () => undefined
storage.onEvents(() => wake())
for (;;) {
  const woken = new Promise<void>((resolve) => {
    wake = resolve
  })
  if (await approve()) break
  await woken
}
tell({ done: true })
await pipeline.stop()
await storage.close()
await pool.end()
