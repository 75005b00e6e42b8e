/** What may be asked of a backlog: see it, generate it, change it by hand, take it elsewhere. */
import { randomUUID } from 'node:crypto'
import { type BacklogFile, readCards } from '@slipway/agents'
import {
  type BacklogFormat,
  type BacklogLevel,
  type BacklogRun,
  type BacklogView,
  type Card,
  type CardPatch,
  dependencyCircle,
  failure,
  type ItemPatch,
  isRunning,
  RUN_STAGES,
  type RunStage,
} from '@slipway/domain'
import type { Storage, Stores } from '@slipway/storage'
import type { BacklogMaker } from './backlog-maker.ts'
import { backlogFile, backlogView } from './backlog-view.ts'
import type { Engine } from './engine.ts'
import { endAll, requireSource, tell } from './write-backlog.ts'

/** Every call is bound to one workspace. @throws NOT_FOUND for a feature, card or item that is not there */
export interface BacklogDesk {
  view(orgId: string, featureId: string): Promise<BacklogView>
  file(orgId: string, featureId: string, format: BacklogFormat): Promise<BacklogFile>
  /** While a generation runs, asking again gives that one. @param stages all that have something to do when left out */
  generate(orgId: string, featureId: string, stages?: readonly RunStage[]): Promise<BacklogRun[]>
  /** Goes on with what failed or was cancelled; what a person skipped stays skipped. */
  retry(orgId: string, featureId: string): Promise<BacklogRun[]>
  cancel(orgId: string, featureId: string): Promise<BacklogRun[]>
  skip(orgId: string, at: { runId: string; parentId: string }): Promise<BacklogRun[]>

  addCards(orgId: string, featureId: string, text: string): Promise<Card[]>
  changeCard(orgId: string, id: string, patch: CardPatch): Promise<Card>
  removeCard(orgId: string, id: string): Promise<void>

  /** @param parentId of a story its epic, of a subtask its story; an epic has none */
  add(
    orgId: string,
    featureId: string,
    values: { level: BacklogLevel; parentId?: string | undefined; title: string },
  ): Promise<{ id: string }>
  /** @throws INPUT_INVALID for an unknown requirement or sibling, and for a circle */
  change(orgId: string, at: ItemAt, patch: ItemPatch): Promise<void>
  move(orgId: string, at: ItemAt, to: { parentId?: string | undefined; beforeId: string | null }): Promise<void>
  remove(orgId: string, at: ItemAt): Promise<void>
}

interface ItemAt {
  readonly level: BacklogLevel
  readonly id: string
}

export interface BacklogDeskDeps {
  readonly storage: Storage
  readonly engine: Pick<Engine, 'begin' | 'cancel'>
  readonly maker: Pick<BacklogMaker, 'nameFor'>
}

const PARENT_LEVEL: Readonly<Record<BacklogLevel, BacklogLevel | null>> = { epic: null, story: 'epic', subtask: 'story' }
/** Told apart from what a person skipped, which has no message: a retry takes up this one. */
const CANCELLED = 'Cancelled.'

/** Under which id a generation runs: each retry is a run of its own. */
const workflowId = (runs: readonly BacklogRun[]) =>
  `backlog-${runs[0]?.generationId}-${runs.reduce((sum, { retryCount }) => sum + retryCount, 0)}`

export function createBacklogDesk({ storage, engine, maker }: BacklogDeskDeps): BacklogDesk {
  const inside = <T>(orgId: string, work: (stores: Stores) => Promise<T>) => storage.inWorkspace(orgId, work)
  const changed = (stores: Stores, { projectId, featureId }: { projectId: string; featureId: string | null }) =>
    stores.events.append({ type: 'backlog-changed', projectId, featureId })

  /** Handed in after its rows are there: whoever is killed in between asks again, and this begins it. */
  const begin = async (orgId: string, featureId: string, runs: readonly BacklogRun[]) => {
    const [first] = runs
    if (!first) throw failure('NOT_FOUND', { thing: 'generation of feature', id: featureId })
    const id = workflowId(runs)
    await engine.begin('write-backlog', { orgId, id: first.generationId, featureId }, { id, queue: 'documents', group: featureId })
    return inside(orgId, (stores) => stores.runs.list(first.generationId))
  }

  return {
    view: (orgId, featureId) => inside(orgId, (stores) => backlogView(stores, featureId)),

    async file(orgId, featureId, format) {
      return backlogFile(await inside(orgId, (stores) => backlogView(stores, featureId)), format)
    },

    async generate(orgId, featureId, stages) {
      const by = await maker.nameFor(orgId)
      const runs = await inside(orgId, async (stores) => {
        const { projectId } = await stores.features.get(featureId)
        await requireSource(stores, featureId)
        const hasCards = (await stores.cards.list(projectId)).length > 0
        const wanted = RUN_STAGES.filter((stage) => stages?.includes(stage) ?? (stage !== 'ANALYZE_CARDS' || hasCards))
        const ours = randomUUID()
        const generationId = await stores.runs.create({ generationId: ours, featureId, stages: wanted, maker: by })
        const going = await stores.runs.list(generationId)
        if (generationId === ours) for (const { id } of going) await tell(stores, id)
        return going
      })
      return begin(orgId, featureId, runs)
    },

    async retry(orgId, featureId) {
      const runs = await inside(orgId, async (stores) => {
        const before = await stores.runs.newest(featureId)
        if (before.some(({ status }) => isRunning(status))) return before
        const isAgain = (one: { status: string; errorMsg: string | null }) =>
          one.status === 'FAILED' || (one.status === 'SKIPPED' && one.errorMsg !== null)
        let isBehind = false
        for (const run of before) {
          for (const item of run.items.filter(isAgain)) await stores.runs.moveItem(run.id, item.parentId, 'reset')
          // what stands on a level that is made again is gone over too: there may be new parents
          isBehind ||= isAgain(run)
          if (!isBehind) continue
          await stores.runs.move(run.id, 'reset')
          await tell(stores, run.id)
        }
        return stores.runs.newest(featureId)
      })
      return begin(orgId, featureId, runs)
    },

    async cancel(orgId, featureId) {
      const { before, after } = await inside(orgId, async (stores) => {
        const before = await stores.runs.newest(featureId)
        const [first] = before
        if (first) await endAll(stores, first.generationId, 'skip', CANCELLED)
        return { before, after: await stores.runs.newest(featureId) }
      })
      if (before.some(({ status }) => isRunning(status))) await engine.cancel(workflowId(before))
      return after
    },

    skip: (orgId, { runId, parentId }) =>
      inside(orgId, async (stores) => {
        await stores.runs.moveItem(runId, parentId, 'skip', { errorMsg: null })
        const { generationId } = await stores.runs.get(runId)
        await tell(stores, runId)
        return stores.runs.list(generationId)
      }),

    addCards: (orgId, featureId, text) =>
      inside(orgId, async (stores) => {
        const { projectId } = await stores.features.get(featureId)
        const read = readCards(text)
        if (read.length === 0) throw failure('INPUT_INVALID', { what: 'The text', faults: ['no card can be read from it'] })
        const added = await stores.cards.add(projectId, read)
        await changed(stores, { projectId, featureId })
        return added
      }),

    changeCard: (orgId, id, patch) =>
      inside(orgId, async (stores) => {
        const card = await stores.cards.change(id, patch)
        await changed(stores, { projectId: card.projectId, featureId: null })
        return card
      }),

    removeCard: (orgId, id) =>
      inside(orgId, async (stores) => {
        const { projectId } = await stores.cards.remove(id)
        await changed(stores, { projectId, featureId: null })
      }),

    add: (orgId, featureId, { level, parentId, title }) =>
      inside(orgId, async (stores) => {
        const { projectId } = await stores.features.get(featureId)
        await requireParent(stores, { level, featureId, parentId: parentId ?? featureId })
        const made = await stores.backlog.add(level, parentId ?? featureId, { title })
        await changed(stores, { projectId, featureId })
        return made
      }),

    change: (orgId, { level, id }, patch) =>
      inside(orgId, async (stores) => {
        const place = await stores.backlog.place(level, id)
        await requireRequirement(stores, place.featureId, patch.requirement)
        if (patch.dependsOn) await requireOrder(stores, { level, ...place }, patch.dependsOn)
        await stores.backlog.change(level, id, patch)
        await changed(stores, place)
      }),

    move: (orgId, { level, id }, { parentId, beforeId }) =>
      inside(orgId, async (stores) => {
        const place = await stores.backlog.place(level, id)
        const to = parentId ?? place.parentId
        await requireParent(stores, { level, featureId: place.featureId, parentId: to })
        await stores.backlog.move(level, id, { parentId: to, beforeId })
        await changed(stores, place)
      }),

    remove: (orgId, { level, id }) =>
      inside(orgId, async (stores) => {
        const place = await stores.backlog.place(level, id)
        if (place.key === '') await stores.backlog.remove(level, id)
        else await stores.backlog.change(level, id, { isArchived: true })
        await changed(stores, place)
      }),
  }
}

/** @throws NOT_FOUND when the parent is of another feature or level */
async function requireParent(stores: Stores, at: { level: BacklogLevel; featureId: string; parentId: string }): Promise<void> {
  const above = PARENT_LEVEL[at.level]
  const featureId = above ? (await stores.backlog.place(above, at.parentId)).featureId : at.parentId
  if (featureId !== at.featureId) throw failure('NOT_FOUND', { thing: above ?? 'feature', id: at.parentId })
}

async function requireRequirement({ specs }: Stores, featureId: string, requirement: string | undefined): Promise<void> {
  if (!requirement) return
  const known = (await specs.get(featureId))?.spec.requirements ?? []
  if (known.some(({ id }) => id === requirement)) return
  throw failure('INPUT_INVALID', { what: 'The requirement', faults: [`the spec has no ${requirement}`] })
}

async function requireOrder(
  { backlog }: Stores,
  { level, parentId, code }: { level: BacklogLevel; parentId: string; code: string },
  dependsOn: readonly string[],
): Promise<void> {
  const siblings = await backlog.siblings(level, parentId)
  const unknown = dependsOn.filter((other) => other === code || !siblings.some((sibling) => sibling.code === other))
  const circle = dependencyCircle(siblings.map((sibling) => (sibling.code === code ? { code, dependsOn } : sibling)))
  const faults = [
    ...unknown.map((other) => (other === code ? `${code} cannot wait for itself` : `there is no ${other} beside ${code}`)),
    ...(circle && unknown.length === 0 ? [`these would wait for each other: ${circle.join(' → ')}`] : []),
  ]
  if (faults.length) throw failure('INPUT_INVALID', { what: 'The order', faults })
}
