/** Work of models on the sources of a job, each piece done once: the same work on the same sources is found again, in whichever build. */
import type { Job } from '@slipway/domain'
import type { ObjectStore } from '@slipway/storage'
import type { Bench } from './app-bench.ts'
import { type AppFiles, packFiles, sha256, treeHash, unpackFiles } from './archive.ts'
import type { JobPlace } from './builder.ts'
import type { TaskTools } from './code-task.ts'
import type { JobBenches } from './job-benches.ts'
import type { JobLog } from './job-log.ts'
import type { Models } from './models.ts'
import { codedKey, sourcesKey } from './object-keys.ts'

export interface WorkPlace {
  readonly at: JobPlace
  readonly job: Job
  readonly lines: JobLog
  readonly signal: AbortSignal
  /** The job's own sources and sandbox, where nothing else is said. */
  readonly site?: Site
}

/** Sources, and the sandbox in which they are worked on. */
export interface Site {
  /** Where they are stored. */
  readonly key: string
  bench(): Promise<Bench>
}

/** `found`: it was done before, and the sources are as it left them. `no-model`: nobody can do it. */
export type Worked<T> = { readonly kind: 'worked'; readonly value: T } | { readonly kind: 'found' } | { readonly kind: 'no-model' }

export interface SourceWork {
  /**
   * @param commission everything beside the sources that the work follows from
   * The sources are stored as they are when it ends.
   * @param work with `isKept`, what it left is found by that commission from then on
   */
  once<T>(
    place: WorkPlace,
    commission: string,
    work: (tools: TaskTools, before: AppFiles) => Promise<{ readonly value: T; readonly isKept: boolean }>,
  ): Promise<Worked<T>>
}

export function createSourceWork(deps: {
  readonly objects: ObjectStore
  readonly models: Models
  readonly benches: Pick<JobBenches, 'of'>
  readonly idleMs: number
}): SourceWork {
  const { objects, models, benches, idleMs } = deps
  return {
    async once({ at, job, lines, signal, site }, commission, work) {
      const run = await models.ofRun(at.orgId, { projectId: job.projectId, featureId: job.featureId, runId: job.id })
      if (!run) return { kind: 'no-model' }
      const { key, ...place } = site ?? { key: sourcesKey(at.orgId, at.jobId), bench: () => benches.of(at, lines) }
      const bench = await place.bench()
      bench.sandbox.setTimeout(idleMs)
      const before = unpackFiles(await objects.get(key))
      const kept = codedKey(at.orgId, job.featureId, sha256(Buffer.from(`${treeHash(before)}\n${commission}`)))
      const keep = async () => objects.put(key, packFiles(await bench.readSources()))
      if (await objects.has(kept)) {
        await bench.replaceSources(unpackFiles(await objects.get(kept)))
        await keep()
        return { kind: 'found' }
      }
      await bench.replaceSources(before)
      const { value, isKept } = await work({ run, bench, lines, signal }, before)
      await keep()
      if (isKept) await objects.put(kept, await objects.get(key))
      return { kind: 'worked', value }
    },
  }
}
