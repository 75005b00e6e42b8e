/** Puts prototype sessions together: designs opened, one durable run per generation, results given away. */
import { createHash, randomUUID } from 'node:crypto'
import type { Fetch } from '@slipway/agents'
import { type CodeGenerateResponse, DesignContext, type Feature, failure, type Project, type PrototypeSession } from '@slipway/domain'
import type { ObjectStore, PrototypeRecord, Storage, Stores } from '@slipway/storage'
import type { Engine } from '../engine.ts'
import { createModels } from '../models.ts'
import { readFrames, sizeOf } from './design-frames.ts'
import { figmaAnswers } from './figma-answers.ts'
import type { FigmaClient } from './figma-client.ts'
import { createConnection } from './figma-connection.ts'
import { generatePrototypeRun, prototypeChanged } from './generate-prototype.ts'
import type { MeasuringBrowser } from './measure-result.ts'
import { aboutFile, createOpening } from './open-design.ts'
import { uploadKey } from './prototype-keys.ts'
import { createResults } from './prototype-results.ts'
import type { Asker, Prototypes } from './prototypes.ts'
import { createRefining } from './refining.ts'

export interface PrototypesDeps {
  readonly storage: Storage
  readonly objects: ObjectStore
  /** Before its start: a run is registered here. */
  readonly engine: Engine
  readonly figma: FigmaClient
  /** Begins a project from an idea. */
  readonly createProject: (orgId: string, values: { idea: string }) => Promise<{ project: Project; feature: Feature }>
  /** Where pages are measured; without one nothing is refined. */
  readonly browse?: MeasuringBrowser | undefined
  /** Every connection to a model's vendor goes through it. */
  readonly modelFetch?: Fetch | undefined
  readonly clock?: () => number
  readonly log: (line: object) => void
}

const RUN = 'generate-prototype'

export function createPrototypes(deps: PrototypesDeps): Prototypes {
  const { storage, objects, engine, clock = Date.now } = deps
  const answersFor = (orgId: string, sessionId: string) =>
    figmaAnswers({ ...deps, clock, accessOf: async (kind, secret) => ({ kind, token: secret }) }, orgId, sessionId)
  engine.register(RUN, generatePrototypeRun({ ...deps, clock, answersFor }))

  const missing = () => failure('NOT_FOUND', { thing: 'prototype', id: 'of this browser' })
  const find = ({ orgId, sessionId }: Asker) => storage.inWorkspace(orgId, ({ prototypes }) => prototypes.get(sessionId))
  const sessionOf = async (asker: Asker): Promise<PrototypeSession> => {
    const record = await find(asker)
    if (!record) throw missing()
    return record.session
  }
  const models = createModels({ storage, fetch: deps.modelFetch })
  const refining = createRefining({ ...deps, models, browse: deps.browse, sessionOf })
  /** Of one browser one run goes on at a time. The same run again is one run. */
  const handIn = ({ orgId, sessionId }: Asker, runId: string) =>
    engine.begin(RUN, { orgId, id: runId }, { id: `${RUN}-${runId}`, queue: 'documents', group: `prototype-${sessionId}` })

  /** The row first, because the run looks for it; whoever is killed in between has a session at `pending`, which `show` hands in again. */
  const order = async (
    asker: Asker,
    change: (stores: Stores, runId: string) => Promise<PrototypeRecord>,
  ): Promise<CodeGenerateResponse> => {
    const runId = randomUUID()
    const { session } = await storage.inWorkspace(asker.orgId, async (stores) => {
      const record = await change(stores, runId)
      await stores.events.append(prototypeChanged(record.session))
      return record
    })
    await handIn(asker, runId)
    return { sessionId: session.sessionId, status: session.status, errorCode: session.errorCode }
  }

  return {
    ...createOpening({ objects, answersFor }),
    ...createConnection({ ...deps, canUseOauth: false }),
    ...createResults({ objects, sessionOf }),

    async generate(asker, request) {
      const { sessionId, orgId } = asker
      if ('source' in request) {
        const designContext = DesignContext.parse({ version: 1, source: request.source, frameIds: request.frameIds })
        if (request.source.kind === 'upload' && !(await objects.has(uploadKey(orgId, request.source.sha256)))) {
          throw failure('NOT_FOUND', { thing: 'uploaded design', id: request.source.sha256.slice(0, 12) })
        }
        return order(asker, ({ prototypes }, runId) => prototypes.begin(sessionId, { runId, designContext }))
      }
      const bytes = Buffer.from(JSON.stringify(request.designContext))
      const [root] = readFrames(bytes, { what: 'The design context' }).bundle.roots
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      await objects.put(uploadKey(orgId, sha256), bytes)
      const source = { kind: 'upload', sha256, form: 'json' }
      const designContext = DesignContext.parse({ version: 1, source, frameIds: [String(root?.id)] })
      const size = sizeOf(root)
      const frame = {
        frameName: request.frameName ?? null,
        frameWidth: request.frameWidth ?? size.width,
        frameHeight: request.frameHeight ?? size.height,
      }
      return order(asker, ({ prototypes }, runId) => prototypes.begin(sessionId, { runId, designContext, ...frame }))
    },

    refinementOffer: refining.refinementOffer,
    refine: refining.refine,

    async undoRefinement(asker) {
      const { refinement } = await sessionOf(asker)
      if (refinement?.state !== 'kept') throw failure('NOT_FOUND', { thing: 'refinement of the prototype', id: 'of this browser' })
      return order(asker, ({ prototypes }, runId) => prototypes.restart(asker.sessionId, runId, { isPlain: true }))
    },

    regenerate: (asker) => order(asker, ({ prototypes }, runId) => prototypes.restart(asker.sessionId, runId)),

    async refresh(asker) {
      const { designContext } = await sessionOf(asker)
      const { source } = designContext
      if (source.kind !== 'figma') return { isChanged: false }
      const { version } = await aboutFile(answersFor(asker.orgId, asker.sessionId), source.fileKey)
      if (version === source.version && version !== '') return { isChanged: false }
      // Where Figma tells no version, every refresh is one of its own.
      const next = version || `r${clock()}`
      const context = { ...designContext, source: { ...source, version: next }, bundleSha256: null }
      await order(asker, ({ prototypes }, runId) => prototypes.restart(asker.sessionId, runId, { designContext: context }))
      return { isChanged: true }
    },

    async show(asker) {
      const { record, eventId } = await storage.inWorkspace(asker.orgId, async ({ prototypes, events }) => ({
        eventId: await events.newest(),
        record: await prototypes.get(asker.sessionId),
      }))
      if (record?.session.status === 'pending') await handIn(asker, record.runId)
      if (record?.session.refinement?.state === 'running') await refining.handIn(asker, record.session.refinement)
      return { session: record?.session ?? null, eventId }
    },

    edit: ({ orgId, sessionId }, values) =>
      storage.inWorkspace(orgId, async ({ prototypes, events }) => {
        const { session } = await prototypes.edit(sessionId, values)
        await events.append(prototypeChanged(session))
        return { revision: session.revision }
      }),

    async use(asker) {
      const session = await sessionOf(asker)
      if (session.status !== 'ready') throw missing()
      return deps.createProject(asker.orgId, { idea: ideaOf(session) })
    },
  }
}

const IDEA_WORDS_MAX = 60

/** The page in words: what it is called and what stands on it. */
function ideaOf({ frameName, generatedCode }: PrototypeSession): string {
  const texts = [...(generatedCode ?? '').matchAll(/>\s*([^<>{}\n]*\p{L}[^<>{}\n]*)\s*</gu)].map((match) => match[1]?.trim() ?? '')
  const words = [...new Set(texts)].slice(0, IDEA_WORDS_MAX).join('; ')
  return `An app that begins with the page "${frameName ?? 'Prototype'}".${words ? ` On it stands: ${words.slice(0, 3_000)}.` : ''}`
}
