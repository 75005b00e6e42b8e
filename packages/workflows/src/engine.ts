/** Durable workflows on PostgreSQL: the only file that knows DBOS. */
import { DBOS, Error as DbosErrors } from '@dbos-inc/dbos-sdk'
import { ERRORS, isFailure } from '@slipway/domain'
import pg from 'pg'
import { holdWorkerLock, type WorkerLock } from './worker-lock.ts'

/**
 * Runs `work` once: after a crash the result of a finished step is read, not made again. A step that was in flight runs again, so its
 * effects must bear repetition, and its result must be small and plain (files belong in the object store).
 */
export type Step = <T>(name: string, work: (signal: AbortSignal) => Promise<T>) => Promise<T>

/** Decisions only: every effect is a step, and between steps nothing is asked but the results of steps. */
export type Workflow = (step: Step, input: RunInput) => Promise<void>

/** Ids and nothing else: what they stand for is in the database. */
export interface WorkflowInput {
  readonly orgId: string
  /** Of the feature or the job that it is about. */
  readonly id: string
  /** What a build was ordered with. */
  readonly featureId?: string
  readonly restoreFrom?: string
  /** What a turn of the analyst answers. */
  readonly messageId?: string
}

/** What a run is told: its own id beside the rest, the same again when it goes on after a kill. */
export type RunInput = WorkflowInput & { readonly runId: string }

export type QueueName = 'documents' | 'builds'

export interface Engine {
  /** What the steps of its workflows are: a run goes on only where they are the same. */
  readonly stepsVersion: string
  /** Before `start`. */
  register(name: string, workflow: Workflow): void
  /** With `isWorker: false` work is handed in here and done elsewhere. */
  start(options: { isWorker: boolean }): Promise<void>
  /** Lets running steps end for a moment; what is unfinished goes on at the next start. */
  stop(): Promise<void>
  /**
   * The same id again is the same run, after `delayMs` at the earliest. Documents of one `group` are written one at a time; builds of a
   * group wait behind those of groups that have fewer of them under way, and else in the order in which they came.
   */
  begin(name: string, input: WorkflowInput, options: { id: string; queue: QueueName; group: string; delayMs?: number }): Promise<void>
  /** What waits in a queue and may begin now, in the order in which it will. */
  waiting(queue: QueueName): Promise<readonly { id: string; orgId: string }[]>
  /** The signal of a running step aborts, and no further step begins. */
  cancel(id: string): Promise<void>
}

export interface EngineOptions {
  /** The app's login; it owns the schema `dbos`, whose tables DBOS brings itself. */
  readonly databaseUrl: string
  /** Stable per worker over restarts, and of one living worker only: a restarted worker takes up its own runs at once. */
  readonly executorId: string
  /** Raised when a release changes the steps of a workflow: runs of another version are left to workers of that version. */
  readonly stepsVersion: string
  /** How many builds run at once on each worker. */
  readonly buildsMax: number
  /** How many run at once over all workers; left out for as many as they bear. */
  readonly buildsTotal?: number | undefined
  /** How often a worker looks for others that died. */
  readonly lookForDeadMs?: number
  readonly log: (line: object) => void
}

const SCHEMA = 'dbos'
const POLL_MS = 100
const DOCUMENTS_MAX = 8
const STOP_MS = 2_000
const LOOK_FOR_DEAD_MS = 10_000
const RETRIES = { retriesAllowed: true, maxAttempts: 4, intervalSeconds: 0.5, backoffRate: 2 }

/** Whether the run was cancelled from outside: its workflow tidies up and says no more. */
export const isCancellation = (error: unknown): boolean => error instanceof DbosErrors.DBOSWorkflowCancelledError

/** DBOS brings its tables up to date as it launches, and two that do so at once stand in each other's way. */
async function oneByOne(databaseUrl: string, work: () => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query(`select pg_advisory_lock(hashtextextended('slipway engine launch', 0))`)
    await work()
  } finally {
    await client.end() // its lock ends with it
  }
}

/** One per process: DBOS keeps its registry there. */
export function createEngine(options: EngineOptions): Engine {
  const { executorId, log } = options
  const runs = new Map<string, (input: RunInput) => Promise<void>>()
  let lock: WorkerLock | undefined
  let watch: NodeJS.Timeout | undefined

  const step: Step = (name, work) =>
    DBOS.runStep(() => work(DBOS.stepStatus?.cancelSignal ?? new AbortController().signal), {
      name,
      ...RETRIES,
      shouldRetry: (error) => isFailure(error) && ERRORS[error.code].retry,
    })

  /** How many runs of the group wait or go on, beside `id`. */
  const unfinished = async (queueName: QueueName, group: string, id: string): Promise<number> => {
    const runs = await DBOS.listWorkflows({ queueName, authenticatedUser: group, status: ['ENQUEUED', 'PENDING'], loadInput: false })
    return runs.filter(({ workflowID }) => workflowID !== id).length
  }

  const takeOver = async (lock: WorkerLock) => {
    const pending = await DBOS.listWorkflows({ status: 'PENDING' })
    for (const other of new Set(pending.map((run) => run.executorId ?? '').filter((id) => id && id !== executorId))) {
      await lock.asHeirOf(other, async () => {
        // Looked at anew: the worker may have come back, ended its runs and gone since.
        const left = await DBOS.listWorkflows({ status: 'PENDING', executorId: other })
        if (left.length) log({ level: 'warn', at: 'engine.take-over', executorId: other, runs: left.length })
        for (const run of left) await DBOS.resumeWorkflow(run.workflowID, { queueName: run.queueName ?? 'documents' })
      })
    }
  }

  return {
    stepsVersion: options.stepsVersion,

    register(name, workflow) {
      runs.set(
        name,
        DBOS.registerWorkflow((input: RunInput) => workflow(step, input), { name }),
      )
    },

    async start({ isWorker }) {
      DBOS.setConfig({
        name: 'slipway',
        systemDatabaseUrl: options.databaseUrl,
        systemDatabaseSchemaName: SCHEMA,
        executorID: isWorker ? executorId : `${executorId}-hands-in`,
        applicationVersion: options.stepsVersion,
        ...(isWorker ? {} : { listenQueues: ['none'] }),
        logger: {
          info: () => undefined,
          debug: () => undefined,
          warn: (entry) => log({ level: 'warn', at: 'engine', message: String(entry) }),
          error: (entry) => log({ level: 'error', at: 'engine', message: String(entry) }),
        },
      })
      // Before the launch, which takes up what this worker left: nobody else may be doing so.
      const ours = isWorker ? await holdWorkerLock({ databaseUrl: options.databaseUrl, workerId: executorId, log }) : undefined
      lock = ours
      await oneByOne(options.databaseUrl, () => DBOS.launch())
      // The limits are those of the worker that came last; who only hands in sets none.
      const polling = { minPollingIntervalMs: POLL_MS, onConflict: isWorker ? 'always_update' : 'never_update' } as const
      await DBOS.registerQueue('documents', { ...polling, globalConcurrency: DOCUMENTS_MAX, partitionConcurrency: 1 })
      await DBOS.registerQueue('builds', {
        ...polling,
        workerConcurrency: options.buildsMax,
        ...(options.buildsTotal ? { globalConcurrency: Math.max(options.buildsTotal, options.buildsMax) } : {}),
      })
      if (!ours) return
      const look = () =>
        takeOver(ours).catch((error: unknown) => log({ level: 'error', at: 'engine.take-over', message: (error as Error).message }))
      watch = setInterval(() => void look(), options.lookForDeadMs ?? LOOK_FOR_DEAD_MS)
      watch.unref()
      await look()
    },

    async stop() {
      clearInterval(watch)
      await DBOS.shutdown({ workflowCompletionTimeoutMS: STOP_MS })
      await lock?.release()
      lock = undefined
    },

    async begin(name, input, { id, queue, group, delayMs }) {
      const run = runs.get(name)
      if (!run) throw new Error(`No workflow is registered as "${name}".`)
      const order = queue === 'builds' ? { priority: await unfinished(queue, group, id) } : { queuePartitionKey: group }
      const enqueueOptions = { ...order, ...(delayMs ? { delaySeconds: delayMs / 1_000 } : {}) }
      const options = { workflowID: id, queueName: queue, authenticatedUser: group, enqueueOptions }
      await DBOS.startWorkflow(run, options)({ ...input, runId: id })
    },

    async waiting(queue) {
      const runs = await DBOS.listWorkflows({ queueName: queue, status: 'ENQUEUED', loadInput: true })
      return runs
        .toSorted((a, b) => a.priority - b.priority || a.createdAt - b.createdAt)
        .map(({ workflowID, input = [] }) => ({ id: workflowID, orgId: (input[0] as RunInput).orgId }))
    },

    cancel: (id) => DBOS.cancelWorkflow(id),
  }
}
