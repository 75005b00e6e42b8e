/** Replays a recorded run: the owner's acts through the real pipeline, with the recording in the place of every model. */
import { type RecordedExchange, replayed, replayJudge } from '@slipway/agents'
import { type FeatureStatus, failure, isFailure, ModelSettings, type OwnerAct, RECORDED_STAGES, type ReplayReport } from '@slipway/domain'
import type { ObjectStore, Storage } from '@slipway/storage'
import type { Engine } from '../engine.ts'
import { idFrom } from '../id-from.ts'
import type { ReplayedModel } from '../models.ts'
import type { Pipeline } from '../pipeline.ts'
import { isBusy } from './at-work.ts'
import { type ActPlace, doAct } from './do-act.ts'
import { exchangeId, type Recording } from './read-recording.ts'
import type { Release } from './record-run.ts'
import { runEnd } from './run-end.ts'

/** What a replay runs in: an empty database, and a pipeline made with the replay's engine and model. */
export interface ReplayWorld {
  readonly storage: Storage
  readonly objects: ObjectStore
  readonly pipeline: Pipeline
  readonly orgId: string
}

export interface Replay {
  /** Notes which act begins which run. */
  engine(engine: Engine): Engine
  /** For `PipelineDeps.replay`. */
  readonly model: ReplayedModel
  run(world: ReplayWorld, options: ReplayRunOptions): Promise<ReplayReport>
}

export interface ReplayRunOptions {
  readonly release: Release
  /** Whether another question than the recorded one is allowed. */
  readonly promptsMayDiffer: boolean
  /** Before each act that is done; `number` from 1, `of` all. */
  readonly onAct?: (act: OwnerAct, number: number, of: number) => void
  /** How long nothing at all may happen before a run is given up. */
  readonly silenceMs?: number
}

const SILENCE_MS = 10 * 60_000

/** For one run. */
export function createReplay({ header, pictures, exchanges }: Recording): Replay {
  const isDone = header.acts.map(({ isCancelled }) => !isCancelled)
  const expected = new Map([...exchanges].filter(([id]) => isDone[Number.parseInt(id, 10) - 1]))
  const judge = replayJudge(expected)
  const actOfRun = new Map<string, number>()
  /** Messages that a model is asked to answer. */
  const unanswered = new Set<string>()
  let actNow = 0

  /** What an earlier build left is found again and not asked; where that build was cancelled, its exchanges are still there. */
  const actsBefore = (act: number) =>
    header.acts.flatMap((one, index) => (one.act.kind === 'build' && index + 1 < act ? [index + 1] : [])).toReversed()
  const find = (act: number, key: string): RecordedExchange | undefined => {
    const known = exchanges.get(exchangeId(act, key))
    if (known || header.acts[act - 1]?.act.kind !== 'build') return known
    return actsBefore(act)
      .map((before) => exchanges.get(exchangeId(before, key)))
      .find((exchange) => exchange !== undefined)
  }

  const settled = async ({ storage, orgId }: ReplayWorld, featureId: string, silenceMs: number): Promise<void> => {
    const look = () =>
      storage.inWorkspace(orgId, async (stores) => {
        if (await isBusy(stores, featureId)) return false
        const said = new Set((await stores.messages.list(featureId)).map(({ id }) => id))
        for (const id of unanswered) if (said.has(idFrom('answer', id))) unanswered.delete(id)
        return unanswered.size === 0
      })
    for (;;) {
      const woken = eventOf(storage, silenceMs)
      try {
        if (await look()) return
        if (!(await woken.promise)) throw failure('STORE_UNREACHABLE', { what: 'The end of the run', reason: 'nothing happens any more' })
      } finally {
        woken.stop()
      }
    }
  }

  return {
    engine: (engine) => ({
      ...engine,
      begin(name, input, options) {
        if (name === 'analyst-turn' && input.messageId) unanswered.add(input.messageId)
        // Builds and backlogs pay under the name of their job or generation, everything else under that of its run.
        for (const id of [options.id, input.id]) if (!actOfRun.has(id)) actOfRun.set(id, actNow)
        return engine.begin(name, input, options)
      },
    }),

    model: ({ runId }, { contextTokens }) => {
      const act = actOfRun.get(runId) ?? 0
      return replayed(
        { get: async (key) => find(act, key) },
        { contextTokens, onExchange: (asked) => judge.hear(exchangeId(act, asked.request.key), asked) },
      )
    },

    async run(world, { release, promptsMayDiffer, onAct, silenceMs = SILENCE_MS }) {
      const startedAt = performance.now()
      const { storage, orgId } = world
      const settings = ModelSettings.parse({ version: 1, ...header.models })
      await storage.inWorkspace(orgId, ({ modelSettings }) => modelSettings.save(settings, 0))
      const place = { ...world, pictures, settled: (id: string) => settled(world, id, silenceMs) } satisfies Partial<ActPlace>
      let featureId = ''
      let stoppedAt: string | null = null
      for (const [index, { act, isCancelled }] of header.acts.entries()) {
        if (isCancelled) continue
        actNow = index + 1
        onAct?.(act, actNow, header.acts.length)
        try {
          featureId = await doAct({ ...place, featureId }, act)
          await place.settled(featureId)
        } catch (error) {
          if (!isFailure(error) || featureId === '') throw error
          stoppedAt = `Act ${actNow} (${act.kind}): ${error.message}`
          break
        }
      }
      const end = await runEnd(world, orgId, featureId)
      const agents = judge.agents()
      const isSameTree = end.stages.code === header.end.stages.code && sameEnd(end.status, header.end.status)
      const asksTheSame = agents.every(({ different }) => different === 0)
      return {
        title: header.title,
        recordedBy: header.slipway,
        replayedBy: release,
        acts: header.acts.length,
        agents,
        recorded: header.end,
        replayed: end,
        firstDifferentStage: RECORDED_STAGES.find((stage) => end.stages[stage] !== header.end.stages[stage]) ?? null,
        isSameTree,
        stoppedAt,
        isPassed: stoppedAt === null && isSameTree && (asksTheSame || promptsMayDiffer),
        durationMs: Math.round(performance.now() - startedAt),
      }
    },
  }
}

/** A build that was cancelled is not replayed: its plan then waits for approval still. */
const sameEnd = (now: FeatureStatus, then: FeatureStatus) => now === then || (now === 'plan_ready' && then === 'plan_approved')

/** Resolves with true at the next event, and with false after that much silence. */
function eventOf(storage: Storage, silenceMs: number): { promise: Promise<boolean>; stop: () => void } {
  let stop: () => void = () => undefined
  const promise = new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), silenceMs)
    const deaf = storage.onEvents(() => resolve(true))
    stop = () => {
      clearTimeout(timer)
      deaf()
    }
  })
  return { promise, stop }
}
