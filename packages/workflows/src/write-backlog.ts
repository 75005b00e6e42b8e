/** A generation of the backlog: level by level, a durable run each, with a row per parent that is made, saved and told by itself. */
import type { ExistingItem } from '@slipway/agents'
import {
  type BacklogLevel,
  type BacklogRun,
  type Epic,
  type EventInput,
  failure,
  isFailure,
  isRunning,
  RUN_STAGES,
  type RunStage,
  type StoryView,
} from '@slipway/domain'
import type { Storage, Stores } from '@slipway/storage'
import type { BacklogMaker, BacklogSource, Made, MakeContext } from './backlog-maker.ts'
import { isCancellation, type Workflow } from './engine.ts'
import { saveItems } from './save-items.ts'
import { sideBySide } from './side-by-side.ts'

interface Deps {
  readonly storage: Storage
  readonly maker: BacklogMaker
  readonly log: (line: object) => void
}

/** How many parents are at work at once. */
const LANES = 4
const LEVEL_OF: Readonly<Record<RunStage, BacklogLevel | null>> = {
  ANALYZE_CARDS: null,
  GENERATE_EPICS: 'epic',
  GENERATE_STORIES: 'story',
  GENERATE_SUBTASKS: 'subtask',
}

/** One part of a run: a parent, or the run itself where it has none. */
interface Part {
  readonly runId: string
  readonly parentId: string | null
}

/** The input's id is the generation's; its runs are there already. */
export function writeBacklogRun(deps: Deps): Workflow {
  const { storage, log } = deps
  return async (step, { orgId, id: generationId }) => {
    try {
      for (const stage of RUN_STAGES) {
        const parts = await step(`open ${stage}`, () => storage.inWorkspace(orgId, (stores) => openRun(stores, generationId, stage)))
        await sideBySide(parts, LANES, (part) =>
          step(`${stage} ${part.parentId ?? 'all'}`, (signal) => make(deps, { orgId, stage, part, signal })),
        )
        const goesOn = await step(`close ${stage}`, () => storage.inWorkspace(orgId, (stores) => closeRun(stores, generationId, stage)))
        if (!goesOn) return
      }
    } catch (error) {
      if (isCancellation(error)) throw error
      log({ level: 'error', at: 'workflow.write-backlog', generationId, error: String((error as Error).stack ?? error) })
      const why = isFailure(error) ? error.message : 'Something went wrong on our side; the log has the whole story.'
      await step('give-up', () => storage.inWorkspace(orgId, (stores) => endAll(stores, generationId, 'fail', why)))
    }
  }
}

const runOf = async ({ runs }: Stores, generationId: string, stage: RunStage): Promise<BacklogRun | undefined> =>
  (await runs.list(generationId)).find((run) => run.stage === stage)

/** What there is to do in a level; nothing, when it was not asked for, is cancelled or done. */
async function openRun(stores: Stores, generationId: string, stage: RunStage): Promise<Part[]> {
  const run = await runOf(stores, generationId, stage)
  if (!run || !(isRunning(run.status) || run.status === 'COMPLETED')) return []
  const { id: runId, featureId } = run
  if (stage === 'ANALYZE_CARDS' || stage === 'GENERATE_EPICS') {
    if (run.status === 'COMPLETED') return []
    if (run.status === 'PENDING') await stores.runs.move(runId, 'generate')
    await tell(stores, runId)
    return [{ runId, parentId: null }]
  }
  const epics = (await stores.backlog.tree(featureId)).filter(({ archivedAt }) => !archivedAt)
  const parents = stage === 'GENERATE_STORIES' ? epics : epics.flatMap(({ stories }) => stories.filter(({ archivedAt }) => !archivedAt))
  await stores.runs.addItems(
    runId,
    parents.map(({ id }) => id),
  )
  const { items } = await stores.runs.get(runId)
  const left = items.filter(({ status }) => isRunning(status))
  if (items.length === 0 || (left.length === 0 && run.status === 'COMPLETED')) return []
  if (run.status === 'COMPLETED') await stores.runs.move(runId, 'reset')
  if (run.status !== 'GENERATING') await stores.runs.move(runId, 'generate')
  await tell(stores, runId)
  return left.map(({ parentId }) => ({ runId, parentId }))
}

/** @returns whether the next level has something to stand on */
async function closeRun(stores: Stores, generationId: string, stage: RunStage): Promise<boolean> {
  const run = await runOf(stores, generationId, stage)
  if (!run) return true
  const { id, items, status } = run
  if (status === 'SKIPPED') return false
  if (status === 'PENDING') await stores.runs.move(id, 'skip', { errorMsg: 'There was nothing to make it from.' })
  if (status === 'GENERATING' && items.length > 0) {
    const failed = items.filter((item) => item.status === 'FAILED').length
    if (failed) await stores.runs.move(id, 'fail', { errorMsg: `${failed} of ${items.length} failed.` })
    else {
      await stores.runs.move(id, 'save')
      await stores.runs.move(id, 'complete')
    }
  }
  await tell(stores, id)
  if (status !== 'FAILED' || items.length > 0) return true
  await endAll(stores, generationId, 'skip', 'The level before it failed.')
  return false
}

/** Everything of a generation that has not ended, and what it stands for. */
export async function endAll(stores: Stores, generationId: string, event: 'fail' | 'skip', why: string): Promise<void> {
  for (const run of await stores.runs.list(generationId)) {
    // What nobody began cannot fail.
    const eventFor = (status: string) => (event === 'fail' && status !== 'PENDING' ? 'fail' : 'skip')
    for (const item of run.items) {
      if (isRunning(item.status)) await stores.runs.moveItem(run.id, item.parentId, eventFor(item.status), { errorMsg: why })
    }
    if (!isRunning(run.status)) continue
    await stores.runs.move(run.id, eventFor(run.status), { errorMsg: why })
    await tell(stores, run.id)
  }
}

/** Makes and saves one part. A maker's failure is the part's, and the others go on; what storage throws is tried again by the engine. */
async function make(deps: Deps, at: { orgId: string; stage: RunStage; part: Part; signal: AbortSignal }): Promise<void> {
  const { storage, maker, log } = deps
  const { orgId, stage, part, signal } = at
  const inside = <T>(work: (stores: Stores) => Promise<T>) => storage.inWorkspace(orgId, work)
  const begun = await inside((stores) => begin(stores, part))
  if (!begun) return
  const { featureId, projectId, retryCount } = begun
  const context: MakeContext = {
    orgId,
    projectId,
    featureId,
    signal,
    runId: begun.generationId,
    key: `${stage}/${placeOf(begun)}/${retryCount}`,
  }
  const outcome = await ask(maker, begun, stage, context).catch((error: unknown): Made<never> => {
    if (signal.aborted) throw error
    log({
      level: 'error',
      at: 'workflow.write-backlog.make',
      stage,
      parentId: part.parentId,
      error: String((error as Error).stack ?? error),
    })
    return { kind: 'failed', reason: isFailure(error) ? error.message : 'Something went wrong on our side.', tokensUsed: null }
  })
  const patch = { tokensUsed: outcome.tokensUsed }
  if (outcome.kind === 'failed') {
    await inside((stores) => move(stores, part, 'fail', { ...patch, errorMsg: outcome.reason }))
    return
  }
  await inside((stores) => move(stores, part, 'save'))
  await inside(async (stores) => {
    if (!(await isOurs(stores, part))) return
    const level = LEVEL_OF[stage]
    const { value } = outcome
    const counts =
      value.kind === 'ideas'
        ? await stores.cards.sort(projectId, value.ideas)
        : await saveItems(stores, { level: level as BacklogLevel, parentId: part.parentId ?? featureId, runId: part.runId }, value.items)
    await move(stores, part, 'complete', { ...patch, counts }, [{ type: 'backlog-changed', projectId, featureId }])
  })
}

/** By codes, which are the same when the run is replayed elsewhere. */
const placeOf = ({ above, epic, story }: Begun): string =>
  [above, epic, story].flatMap((item) => (item ? [item.code] : [])).join('/') || 'all'

type Answer =
  | { readonly kind: 'ideas'; readonly ideas: Parameters<Stores['cards']['sort']>[1] }
  | { readonly kind: 'items'; readonly items: Parameters<typeof saveItems>[2] }

async function ask(maker: BacklogMaker, begun: Begun, stage: RunStage, context: MakeContext): Promise<Made<Answer>> {
  const { source, epic, story, existing, cards } = begun
  const items = (asked: Awaited<ReturnType<BacklogMaker['writeEpics']>>): Made<Answer> =>
    asked.kind === 'made' ? { ...asked, value: { kind: 'items', items: asked.value } } : asked
  if (stage === 'ANALYZE_CARDS') {
    const asked = await maker.sortCards(source, cards, context)
    return asked.kind === 'made' ? { ...asked, value: { kind: 'ideas', ideas: asked.value } } : asked
  }
  if (stage === 'GENERATE_EPICS') return items(await maker.writeEpics(source, existing, context))
  if (epic && stage === 'GENERATE_STORIES') return items(await maker.writeStories(source, epic, existing, context))
  if (story) return items(await maker.writeSubtasks(source, story, existing, context))
  return { kind: 'failed', reason: 'It is no longer part of the backlog.', tokensUsed: null }
}

interface Begun {
  readonly source: BacklogSource
  readonly featureId: string
  readonly projectId: string
  readonly generationId: string
  readonly retryCount: number
  readonly cards: readonly { readonly id: string; readonly title: string; readonly text: string }[]
  readonly epic: Epic | undefined
  readonly story: StoryView | undefined
  /** The epic of the story. */
  readonly above: Epic | undefined
  readonly existing: readonly ExistingItem[]
}

/** Marks a part as begun and reads what it is made from; undefined when it has ended meanwhile. */
async function begin(stores: Stores, part: Part): Promise<Begun | undefined> {
  const run = await stores.runs.get(part.runId)
  const own = part.parentId ? run.items.find(({ parentId }) => parentId === part.parentId) : run
  if (!own || !isRunning(own.status)) return undefined
  const { featureId, generationId } = run
  const { projectId } = await stores.features.get(featureId)
  const epics = (await stores.backlog.tree(featureId)).filter(({ archivedAt }) => !archivedAt)
  const epic = epics.find(({ id }) => id === part.parentId)
  const story = epics.flatMap(({ stories }) => stories).find(({ id }) => id === part.parentId)
  const above = epics.find(({ id }) => id === story?.epicId)
  const beside = part.parentId === null ? epics : (epic?.stories ?? story?.subtasks ?? [])
  const cards = await stores.cards.list(projectId)
  // A part that was begun before a crash goes on where it is.
  if (own.status === 'PENDING') await move(stores, part, 'generate')
  return {
    source: await sourceOf(stores, featureId),
    ...{ featureId, projectId, generationId, epic, story, above, retryCount: own.retryCount },
    cards: cards.map(({ id, title, text }) => ({ id, title, text })),
    existing: beside
      .filter(({ archivedAt, key }) => !archivedAt && key)
      .map((item) => ({
        key: item.key,
        title: item.title,
        isKept: item.editedAt !== null || ('startedAt' in item && item.startedAt !== null),
      })),
  }
}

async function isOurs(stores: Stores, { runId, parentId }: Part): Promise<boolean> {
  const run = await stores.runs.get(runId)
  const own = parentId ? run.items.find((item) => item.parentId === parentId) : run
  return own?.status === 'SAVING'
}

/** Moves a part and tells it; what was cancelled or skipped meanwhile stays so. */
async function move(
  stores: Stores,
  { runId, parentId }: Part,
  event: 'generate' | 'save' | 'complete' | 'fail',
  patch: Parameters<Stores['runs']['move']>[2] = {},
  also: readonly EventInput[] = [],
): Promise<void> {
  const run = await stores.runs.get(runId)
  const status = parentId ? run.items.find((item) => item.parentId === parentId)?.status : run.status
  if (!status || !isRunning(status)) return
  if (parentId) await stores.runs.moveItem(runId, parentId, event, patch)
  else await stores.runs.move(runId, event, patch)
  await tell(stores, runId, also)
}

/** The event of a run: how far it is. */
export async function tell(stores: Stores, runId: string, also: readonly EventInput[] = []): Promise<void> {
  const { featureId, stage, status, items } = await stores.runs.get(runId)
  const { projectId } = await stores.features.get(featureId)
  const countOf = (wanted: string) => items.filter((item) => item.status === wanted).length
  await stores.events.append(
    {
      type: 'backlog-run-changed',
      ...{ projectId, featureId, runId, stage, status },
      doneCount: countOf('COMPLETED'),
      failedCount: countOf('FAILED'),
      itemCount: items.length,
    },
    ...also,
  )
}

/** @throws NOT_FOUND */
async function sourceOf({ features, specs, briefs, cards, projects }: Stores, featureId: string): Promise<BacklogSource> {
  const feature = await features.get(featureId)
  const noted = await specs.get(featureId)
  const brief = await briefs.get(featureId)
  const all = await cards.list(feature.projectId)
  return {
    product: noted?.spec.blueprint.appName ?? (await projects.get(feature.projectId)).name,
    spec: noted?.spec ?? null,
    outOfScope: brief?.brief.outOfScope ?? [],
    ideas: all
      .filter(({ isKept, mergedIntoId }) => isKept && !mergedIntoId)
      .map(({ title, text, effort, value }) => ({ title, text, effort: effort ?? 'M', value: value ?? 3 })),
  }
}

/** @throws INPUT_INVALID when there is neither a spec nor a card to make a backlog from */
export async function requireSource({ features, specs, cards }: Stores, featureId: string): Promise<void> {
  const { projectId } = await features.get(featureId)
  if (await specs.get(featureId)) return
  if ((await cards.list(projectId)).length > 0) return
  throw failure('INPUT_INVALID', { what: 'The backlog', faults: ['there is neither a spec nor a card to make it from'] })
}
