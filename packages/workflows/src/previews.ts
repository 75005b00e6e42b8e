/** Previews of builds: found while they run, started again from their archive when somebody visits one that sleeps. */
import { failure, isFailure, type Job } from '@slipway/domain'
import type { Sandbox, SandboxRuntime } from '@slipway/sandbox'
import type { ObjectStore, Storage } from '@slipway/storage'
import { aboutJob } from './announce.ts'
import { APP_PORT, openBench } from './app-bench.ts'
import { unpackFiles } from './archive.ts'
import type { DependencyTrees } from './dependency-trees.ts'
import { archiveKey } from './object-keys.ts'
import { shareOfViewer } from './preview-shares.ts'

/** Where a preview is found: its id stays the same however often its sandbox is made again. */
export interface PreviewPlace {
  readonly previewId: string
  readonly port: number
}

export interface Previews {
  /** Fit for a host name, and the same for as long as the job is remembered. */
  idOf(jobId: string): string
  /** The preview is known to visitors from now on, asleep or not. @throws PREVIEW_GONE when the job never came to one, NOT_FOUND */
  announce(orgId: string, jobId: string): Promise<PreviewPlace>
  /** Announced, and awake when this returns. */
  open(orgId: string, jobId: string): Promise<PreviewPlace>
  /** The running sandbox, kept awake by the visit; undefined while it sleeps. */
  find(previewId: string): Sandbox | undefined
  /** Starts what sleeps; undefined when nobody announced it, or it is no longer there. */
  wake(previewId: string): Promise<Sandbox | undefined>
  /** What went wrong in the browser of somebody who looks at it. */
  report(previewId: string, report: { kind: 'console-error' | 'request-failed'; text: string }): Promise<void>
  /** Hears no more of changes. */
  close(): void
  /** Whether somebody who was let in may go on looking: the feature may have been deleted, the link taken back. */
  admits(previewId: string, viewer: string): Promise<boolean>
}

interface Deps {
  readonly storage: Storage
  readonly objects: ObjectStore
  readonly runtime: SandboxRuntime
  readonly trees: DependencyTrees
  readonly previewIdleMs: number
}

const previewIdOf = (jobId: string) => jobId.replaceAll('-', '')

export function createPreviews(deps: Deps): Previews {
  const { storage, runtime, previewIdleMs } = deps
  const shown = new Map<string, { orgId: string; job: Job; sandboxId: string | undefined }>()
  const waking = new Map<string, Promise<Sandbox>>()
  /** Who was found to be admitted since the last event of the workspace: a deletion and a link taken back are events. */
  const admitted = new Map<string, Set<string>>()

  /** A job of a feature that is still there. */
  const jobOf = (orgId: string, jobId: string) =>
    storage.inWorkspace(orgId, async (stores) => {
      const job = await stores.jobs.get(jobId)
      await stores.features.get(job.featureId)
      return job
    })

  const start = async (orgId: string, job: Job): Promise<Sandbox> => {
    if (!job.archiveSha256) throw failure('PREVIEW_GONE', { id: job.id })
    const archive = await deps.objects.get(archiveKey(orgId, job.archiveSha256))
    const bench = await openBench({ runtime, trees: deps.trees, idleMs: previewIdleMs }, unpackFiles(archive), () => undefined)
    try {
      await bench.serve(() => undefined)
    } catch (error) {
      await bench.sandbox.stop()
      throw error
    }
    const previewUrl = `/api/jobs/${job.id}/preview`
    await storage.inWorkspace(orgId, async (stores) => {
      await stores.jobs.update(job.id, { sandboxId: bench.sandbox.id, previewUrl })
      await stores.events.append({ type: 'preview-answers', ...aboutJob(job), previewUrl })
    })
    return bench.sandbox
  }

  const announce = (orgId: string, job: Job): string => {
    const isUp = job.sandboxId !== null && job.previewUrl !== null && runtime.get(job.sandboxId) !== undefined
    if (!isUp && !job.archiveSha256) throw failure('PREVIEW_GONE', { id: job.id })
    const previewId = previewIdOf(job.id)
    // What we started ourselves may be newer than the row that was read.
    const own = shown.get(previewId)?.sandboxId
    const kept = own && runtime.get(own) ? own : undefined
    shown.set(previewId, { orgId, job, sandboxId: isUp ? (job.sandboxId ?? undefined) : kept })
    return previewId
  }

  const find = (previewId: string): Sandbox | undefined => {
    const { sandboxId } = shown.get(previewId) ?? {}
    const sandbox = sandboxId ? runtime.get(sandboxId) : undefined
    sandbox?.setTimeout(previewIdleMs)
    return sandbox
  }

  /** Whoever comes while it wakes waits for the same sandbox. */
  const awake = async (previewId: string): Promise<Sandbox> => {
    const known = shown.get(previewId)
    const there = find(previewId)
    if (there) return there
    if (!known) throw failure('PREVIEW_GONE', { id: previewId })
    const running =
      waking.get(previewId) ??
      start(known.orgId, known.job)
        .then((sandbox) => {
          shown.set(previewId, { ...known, sandboxId: sandbox.id })
          return sandbox
        })
        .finally(() => waking.delete(previewId))
    waking.set(previewId, running)
    return running
  }

  return {
    idOf: previewIdOf,
    find,

    async announce(orgId, jobId) {
      return { previewId: announce(orgId, await jobOf(orgId, jobId)), port: APP_PORT }
    },

    async open(orgId, jobId) {
      const previewId = announce(orgId, await jobOf(orgId, jobId))
      await awake(previewId)
      return { previewId, port: APP_PORT }
    },

    async wake(previewId) {
      const known = shown.get(previewId)
      if (!known) return undefined
      try {
        // Made anew while it was built, or by another call: what is stored says where it runs now.
        announce(known.orgId, await jobOf(known.orgId, known.job.id))
        return await awake(previewId)
      } catch (error) {
        if (isGone(error)) {
          shown.delete(previewId)
          return undefined
        }
        throw error
      }
    },

    async report(previewId, { kind, text }) {
      const known = shown.get(previewId)
      if (!known) return
      await storage.inWorkspace(known.orgId, (stores) =>
        stores.events.append({ type: 'preview-report', ...aboutJob(known.job), kind, text }),
      )
    },

    async admits(previewId, viewer) {
      const known = shown.get(previewId)
      if (!known) return true // nobody announced it: there is nothing to see
      const key = `${previewId} ${viewer}`
      const seen = admitted.get(known.orgId) ?? new Set()
      if (seen.has(key)) return true
      admitted.set(known.orgId, seen)
      try {
        await storage.inWorkspace(known.orgId, async (stores) => {
          await stores.features.get(known.job.featureId)
          const shareId = shareOfViewer(viewer)
          if (shareId) await stores.shares.get(shareId)
        })
      } catch (error) {
        if (isFailure(error, 'NOT_FOUND')) return false
        throw error
      }
      seen.add(key)
      return true
    },

    close: storage.onEvents((orgId) => admitted.delete(orgId)),
  }
}

const isGone = (error: unknown) => isFailure(error, 'PREVIEW_GONE') || isFailure(error, 'NOT_FOUND')
