/** Running previews of finished builds: found while they run, started again from their archive when somebody visits. */
import { failure, type Job } from '@slipway/domain'
import type { Sandbox, SandboxRuntime } from '@slipway/sandbox'
import type { ObjectStore, Storage } from '@slipway/storage'
import { aboutJob } from './announce.ts'
import { APP_PORT, openBench } from './app-bench.ts'
import { unpackFiles } from './archive.ts'
import type { DependencyTrees } from './dependency-trees.ts'
import { archiveKey } from './object-keys.ts'

export interface Previews {
  /** @throws PREVIEW_GONE when the job never came to a preview */
  open(orgId: string, jobId: string): Promise<{ sandboxId: string; port: number }>
  /** The running sandbox, kept awake by the visit. */
  visit(sandboxId: string): Sandbox | undefined
  /** What went wrong in the browser of somebody who looks at it. */
  report(sandboxId: string, report: { kind: 'console-error' | 'request-failed'; text: string }): Promise<void>
}

interface Deps {
  readonly storage: Storage
  readonly objects: ObjectStore
  readonly runtime: SandboxRuntime
  readonly trees: DependencyTrees
  readonly previewIdleMs: number
}

export function createPreviews(deps: Deps): Previews {
  const { storage, runtime, previewIdleMs } = deps
  const shown = new Map<string, { orgId: string; job: Job }>()
  const waking = new Map<string, Promise<string>>()

  const wake = async (orgId: string, job: Job): Promise<string> => {
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
    return bench.sandbox.id
  }

  return {
    async open(orgId, jobId) {
      const job = await storage.inWorkspace(orgId, (stores) => stores.jobs.get(jobId))
      const isUp = job.sandboxId !== null && job.previewUrl !== null && runtime.get(job.sandboxId) !== undefined
      let sandboxId = isUp ? (job.sandboxId as string) : undefined
      if (!sandboxId) {
        const running = waking.get(jobId) ?? wake(orgId, job).finally(() => waking.delete(jobId))
        waking.set(jobId, running)
        sandboxId = await running
      }
      shown.set(sandboxId, { orgId, job })
      runtime.get(sandboxId)?.setTimeout(previewIdleMs)
      return { sandboxId, port: APP_PORT }
    },

    visit(sandboxId) {
      const sandbox = shown.has(sandboxId) ? runtime.get(sandboxId) : undefined
      if (!sandbox) shown.delete(sandboxId)
      sandbox?.setTimeout(previewIdleMs)
      return sandbox
    },

    async report(sandboxId, { kind, text }) {
      const known = shown.get(sandboxId)
      if (!known) return
      await storage.inWorkspace(known.orgId, (stores) =>
        stores.events.append({ type: 'preview-report', ...aboutJob(known.job), kind, text }),
      )
    },
  }
}
