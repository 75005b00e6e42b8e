/** The sandboxes of jobs: the one that a job builds and shows its app in, and others, apart, whose only purpose is one verdict. */
import { failure, isFinal, JOB } from '@slipway/domain'
import { type Bench, openBench } from './app-bench.ts'
import { unpackFiles } from './archive.ts'
import type { JobPlace } from './builder.ts'
import type { DependencyTrees } from './dependency-trees.ts'
import type { JobLog } from './job-log.ts'
import { sourcesKey } from './object-keys.ts'
import type { PipelineDeps } from './pipeline-deps.ts'

export interface JobBenches {
  /**
   * The app of the job in its sandbox; made again from its stored sources where the sandbox was lost.
   * @throws MOVED_ON when the job has ended meanwhile, so that nothing is made for it that nobody would end
   */
  of(at: JobPlace, lines: JobLog): Promise<Bench>
  /**
   * Works with the stored sources in a fresh sandbox, in which nothing of the app has run, and which is gone afterwards. It stands back behind
   * the preview, which people look at meanwhile.
   */
  apart<T>(at: JobPlace, lines: JobLog, work: (bench: Bench) => Promise<T>): Promise<T>
  /** Ends the job's sandboxes, those apart too; the next `of` makes another. */
  drop(at: JobPlace): Promise<void>
  /** The job is over: its sandbox goes on as the preview. */
  release(at: JobPlace): void
}

/** No check takes longer, and one whose service was killed ends with it. */
const APART_MS = 15 * 60_000

export function createJobBenches(deps: PipelineDeps & { readonly trees: DependencyTrees }): JobBenches {
  const { storage, objects, runtime, trees } = deps
  const benches = new Map<string, Promise<Bench>>()
  const besides = new Map<string, Set<Bench>>()

  const open = async (at: JobPlace, lines: JobLog, options: { idleMs: number; isBackground?: boolean }) => {
    const { status } = await storage.inWorkspace(at.orgId, ({ jobs }) => jobs.get(at.jobId))
    if (isFinal(JOB, status)) throw failure('MOVED_ON', { thing: 'job', id: at.jobId, event: 'check', status })
    const files = unpackFiles(await objects.get(sourcesKey(at.orgId, at.jobId)))
    return openBench({ runtime, trees, ...options }, files, lines.add)
  }

  const of = async (at: JobPlace, lines: JobLog): Promise<Bench> => {
    const known = benches.get(at.jobId)
    const there = await known?.catch(() => undefined)
    if (there && runtime.get(there.sandbox.id)) return there
    // Checks that run side by side find it lost at the same time: the first makes it again.
    if (benches.get(at.jobId) !== known) return of(at, lines)
    const made = open(at, lines, { idleMs: deps.previewIdleMs })
    benches.set(at.jobId, made)
    const bench = await made
    await storage.inWorkspace(at.orgId, ({ jobs }) => jobs.update(at.jobId, { sandboxId: bench.sandbox.id }))
    return bench
  }

  return {
    of,

    async apart(at, lines, work) {
      const bench = await open(at, lines, { idleMs: APART_MS, isBackground: true })
      const own = besides.get(at.jobId) ?? new Set()
      besides.set(at.jobId, own.add(bench))
      try {
        return await work(bench)
      } finally {
        own.delete(bench)
        if (own.size === 0) besides.delete(at.jobId)
        await bench.sandbox.stop()
      }
    },

    async drop(at) {
      const bench = await benches.get(at.jobId)?.catch(() => undefined)
      benches.delete(at.jobId)
      await Promise.all([bench, ...(besides.get(at.jobId) ?? [])].map((one) => one?.sandbox.stop()))
    },

    release: (at) => void benches.delete(at.jobId),
  }
}
