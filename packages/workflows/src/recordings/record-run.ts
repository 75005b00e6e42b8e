/** A feature's whole run as one file of JSON lines: what its owner did, the pictures, every exchange with a model, and where it ended. */
import { type RecordedExchange, withoutKey } from '@slipway/agents'
import {
  failure,
  type LiveEvent,
  type OwnerActKind,
  RECORDING_BYTES_MAX,
  RECORDING_CONTAINS,
  RECORDING_VERSION,
  type RecordedPicture,
  type RecordingHeader,
} from '@slipway/domain'
import type { ObjectStore, Storage, Stores } from '@slipway/storage'
import { sha256 } from '../archive.ts'
import { readChatImage } from '../chat-images.ts'
import { isBusy } from './at-work.ts'
import { type DoneAct, ownerActs, type RunHistory } from './owner-acts.ts'
import { runEnd } from './run-end.ts'

interface Deps {
  readonly storage: Storage
  readonly objects: ObjectStore
}

/** Which Slipway records. */
export interface Release {
  readonly version: string
  readonly steps: string
}

/** A line behind the header and the pictures: an exchange, and the number of the act that led to it. */
export interface ExchangeLine {
  readonly act: number
  readonly exchange: RecordedExchange
}

const PAGE = 20
const EVENTS_PAGE = 1_000
const EVENT_TYPES = ['feature-changed', 'message-added', 'brief-changed']

/**
 * Lines of JSON, each ended. Nothing is read beyond what is asked for, and keys of the workspace are taken out of every line.
 * @throws NOT_FOUND; INPUT_INVALID while something is at work, and for a run that is too large
 */
export async function recordRun(
  deps: Deps,
  orgId: string,
  { featureId, release }: { featureId: string; release: Release },
): Promise<{ header: RecordingHeader; lines: AsyncIterable<string> }> {
  const { storage } = deps
  const { history, runs, models, keys, edited } = await storage.inWorkspace(orgId, async (stores) => {
    if (await isBusy(stores, featureId)) throw refusal('it is still at work; record it when that has ended')
    return {
      history: await readHistory(stores, featureId),
      runs: await stores.exchanges.runsOf(featureId),
      models: (await stores.modelSettings.get()).settings,
      keys: await keysOf(stores),
      edited: await editedItems(stores, featureId),
    }
  })
  const images = history.messages.flatMap((message) => message.images)
  const characters =
    runs.reduce((sum, run) => sum + run.characters, 0) + images.reduce((sum, { sizeBytes }) => sum + (sizeBytes * 4) / 3, 0)
  if (characters > RECORDING_BYTES_MAX) throw refusal(`its exchanges are larger than ${RECORDING_BYTES_MAX / 1024 / 1024} MB together`)

  const bytesOf = async (imageId: string) => (await readChatImage(deps, orgId, { featureId, imageId })).bytes
  const pictures = new Map<string, string>()
  for (const { id } of images) pictures.set(id, sha256(await bytesOf(id)))
  const acts = ownerActs({ ...history, pictures })
  const actOf = actsOfRuns(acts, runs)
  const strays = runs.filter(({ runId }) => !actOf.has(runId))
  const header: RecordingHeader = {
    slipwayRecording: RECORDING_VERSION,
    contains: RECORDING_CONTAINS,
    slipway: release,
    recordedAt: new Date().toISOString(),
    title: history.feature.title,
    models: { main: models.main, roles: models.roles, fallback: models.fallback },
    acts: acts.map(({ act, isCancelled }) => ({ act, isCancelled })),
    leftOut: [
      ...acts.flatMap(({ act, isCancelled }, index) => (isCancelled ? [`act ${index + 1} (${act.kind}) was cancelled`] : [])),
      ...(edited ? [`${edited} changes by hand to cards and backlog`] : []),
      ...strays.map(({ runId }) => `the exchanges of ${runId}, which no act led to`),
    ],
    end: await runEnd(deps, orgId, featureId),
  }

  async function* lines(): AsyncGenerator<string> {
    const clean = (value: object) => `${keys.reduce(withoutKey, JSON.stringify(value))}\n`
    yield clean(header)
    for (const [picture, id] of new Map([...pictures].map(([id, picture]) => [picture, id]))) {
      const base64 = Buffer.from(await bytesOf(id)).toString('base64')
      yield `${JSON.stringify({ picture, base64 } satisfies RecordedPicture)}\n`
    }
    for (let after = ''; ; ) {
      const page = await storage.inWorkspace(orgId, ({ exchanges }) => exchanges.page(featureId, { after, limit: PAGE }))
      for (const { runId, exchange } of page) {
        const act = actOf.get(runId)
        if (act !== undefined) yield clean({ act, exchange: JSON.parse(exchange) as RecordedExchange } satisfies ExchangeLine)
      }
      const last = page.at(-1)
      if (!last || page.length < PAGE) return
      after = last.id
    }
  }
  return { header, lines: lines() }
}

const refusal = (fault: string) => failure('INPUT_INVALID', { what: 'The run', faults: [fault] })

async function readHistory(stores: Stores, featureId: string): Promise<Omit<RunHistory, 'pictures'>> {
  const feature = await stores.features.get(featureId)
  const events: LiveEvent[] = []
  for (let after = 0; ; ) {
    const page = await stores.events.after(after, { featureId, types: EVENT_TYPES, limit: EVENTS_PAGE })
    events.push(...page)
    const last = page.at(-1)
    if (!last || page.length < EVENTS_PAGE) break
    after = last.id
  }
  const specs = []
  for (const { number } of await stores.specs.revisions(featureId)) specs.push(await stores.specs.revision(featureId, number))
  const plans = []
  for (const { number } of await stores.plans.revisions(featureId)) plans.push(await stores.plans.revision(featureId, number))
  const jobs = []
  for (const job of await stores.jobs.list({ featureId })) jobs.push({ job, restoreFrom: await stores.jobs.restoreFrom(job.id) })
  const generations = []
  for (const id of await stores.runs.generations(featureId)) generations.push(await stores.runs.list(id))
  return {
    ...{ feature, events, specs, plans, jobs, generations },
    messages: await stores.messages.list(featureId),
    brief: (await stores.briefs.get(featureId))?.brief ?? null,
    cards: await stores.cards.list(feature.projectId),
  }
}

async function keysOf({ secrets }: Stores): Promise<string[]> {
  const keys: string[] = []
  for (const { provider } of await secrets.list()) {
    const key = (await secrets.open(provider))?.key
    // As it is, and as it would stand in JSON.
    if (key) keys.push(key, JSON.stringify(key).slice(1, -1))
  }
  return [...new Set(keys)]
}

async function editedItems({ backlog, cards, features }: Stores, featureId: string): Promise<number> {
  const epics = await backlog.tree(featureId)
  const stories = epics.flatMap((epic) => epic.stories)
  const items = [...epics, ...stories, ...stories.flatMap(({ subtasks }) => subtasks)]
  const sorted = await cards.list((await features.get(featureId)).projectId)
  return [...items, ...sorted].filter(({ editedAt }) => editedAt !== null).length + items.filter(({ key }) => key === '').length
}

const WRITTEN_AFTER = [
  ['write-spec-', 'confirm-brief'],
  ['write-plans-', 'approve-spec'],
] as const satisfies readonly (readonly [string, OwnerActKind])[]

/** From each run to the number of the act that led to it. */
function actsOfRuns(acts: readonly DoneAct[], runs: readonly { runId: string; firstAt: string }[]): ReadonlyMap<string, number> {
  const known = new Map(acts.flatMap(({ runId }, index) => (runId ? [[runId, index + 1] as const] : [])))
  for (const { runId, firstAt } of runs) {
    const kind = WRITTEN_AFTER.find(([prefix]) => runId.startsWith(prefix))?.[1]
    const index = kind ? acts.findLastIndex(({ act, at }) => act.kind === kind && at <= firstAt) : -1
    if (index >= 0) known.set(runId, index + 1)
  }
  return known
}
