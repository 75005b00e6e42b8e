/** Links to previews: made, listed, taken back, and followed by people who have no account. */
import type { PreviewShare } from '@slipway/domain'
import type { Storage } from '@slipway/storage'
import { aboutJob } from './announce.ts'
import type { Pipeline } from './pipeline.ts'
import type { PreviewPlace, Previews } from './previews.ts'

/** Where a link leads, and as whom its visitor is let in until when. */
export interface SharedPreview extends PreviewPlace {
  readonly viewer: string
  readonly expiresAt: string
}

const PREFIX = 'share:'

/** Everybody who comes by one link is one viewer. */
export const viewerOfShare = (shareId: string): string => PREFIX + shareId
export const shareOfViewer = (viewer: string): string | undefined => (viewer.startsWith(PREFIX) ? viewer.slice(PREFIX.length) : undefined)

export function createPreviewShares(deps: {
  storage: Storage
  previews: Previews
}): Pick<Pipeline, 'sharePreview' | 'listShares' | 'revokeShare' | 'followShare'> {
  const { storage, previews } = deps
  return {
    async sharePreview(orgId, { jobId, hours }): Promise<PreviewShare> {
      await previews.announce(orgId, jobId) // a job that never came to a preview has nothing to share
      return storage.inWorkspace(orgId, async ({ shares, jobs, events }) => {
        const share = await shares.create({ jobId, hours })
        await events.append({ type: 'shares-changed', ...aboutJob(await jobs.get(jobId)) })
        return share
      })
    },

    listShares: (orgId, jobId) =>
      storage.inWorkspace(orgId, async ({ shares, jobs }) => {
        await jobs.get(jobId)
        return shares.list(jobId)
      }),

    async revokeShare(orgId, shareId) {
      const jobId = await storage.inWorkspace(orgId, async ({ shares, jobs, events }) => {
        const share = await shares.remove(shareId)
        if (share) await events.append({ type: 'shares-changed', ...aboutJob(await jobs.get(share.jobId)) })
        return share?.jobId
      })
      return jobId === undefined ? undefined : { previewId: previews.idOf(jobId), viewer: viewerOfShare(shareId) }
    },

    async followShare(orgId, shareId) {
      const share = await storage.inWorkspace(orgId, async ({ shares, jobs, events }) => {
        const visited = await shares.visit(shareId)
        await events.append({ type: 'shares-changed', ...aboutJob(await jobs.get(visited.jobId)) })
        return visited
      })
      const place = await previews.announce(orgId, share.jobId)
      return { ...place, viewer: viewerOfShare(share.id), expiresAt: share.expiresAt }
    },
  }
}
