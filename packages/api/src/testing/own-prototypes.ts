/** Real prototype sessions without a durable engine: a run is done before it is handed in. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { folderObjects } from '@slipway/storage'
import type { TestDatabase } from '@slipway/storage/testing'
import { createFigmaClient, createPrototypes, type Engine, type Pipeline, type Prototypes } from '@slipway/workflows'

type Workflow = Parameters<Engine['register']>[1]

export function ownPrototypes({ storage }: TestDatabase, pipeline: Pipeline, log: (line: object) => void): Prototypes {
  const runs = new Map<string, Workflow>()
  const engine: Engine = {
    stepsVersion: 'tests',
    register: (name, workflow) => void runs.set(name, workflow),
    start: async () => undefined,
    stop: async () => undefined,
    begin: async (name, input, { id }) => runs.get(name)?.((_, work) => work(new AbortController().signal), { ...input, runId: id }),
    waiting: async () => [],
    cancel: async () => undefined,
  }
  return createPrototypes({
    storage,
    objects: folderObjects(mkdtempSync(join(tmpdir(), 'slipway-api-'))),
    engine,
    figma: createFigmaClient({ baseUrl: 'http://127.0.0.1:9' }),
    createProject: pipeline.createProject,
    log,
  })
}
