/** Handlers of the backlog: cards, generations, items by hand, export. */
import type { BACKLOG_ROUTES } from '@slipway/domain'
import type { BacklogDesk } from '@slipway/workflows'
import type { Handlers } from './handlers.ts'

export function backlogHandlers(desk: BacklogDesk): Pick<Handlers, keyof typeof BACKLOG_ROUTES> {
  const done = async (work: Promise<void>) => {
    await work
    return { ok: true } as const
  }
  return {
    getBacklog: ({ id }, { orgId }) => desk.view(orgId, id),
    generateBacklog: async ({ id, stages }, { orgId }) => ({ runs: await desk.generate(orgId, id, stages) }),
    retryBacklog: async ({ id }, { orgId }) => ({ runs: await desk.retry(orgId, id) }),
    cancelBacklog: async ({ id }, { orgId }) => ({ runs: await desk.cancel(orgId, id) }),
    skipBacklogItem: async ({ id, parentId }, { orgId }) => ({ runs: await desk.skip(orgId, { runId: id, parentId }) }),
    exportBacklog: ({ id, format }, { orgId }) => desk.file(orgId, id, format),

    addCards: async ({ id, text }, { orgId }) => ({ added: await desk.addCards(orgId, id, text) }),
    changeCard: ({ id, ...patch }, { orgId }) => desk.changeCard(orgId, id, patch),
    removeCard: ({ id }, { orgId }) => done(desk.removeCard(orgId, id)),

    addBacklogItem: ({ id, level, parentId, title }, { orgId }) => desk.add(orgId, id, { level, parentId, title }),
    changeBacklogItem: ({ level, id, ...patch }, { orgId }) => done(desk.change(orgId, { level, id }, patch)),
    moveBacklogItem: ({ level, id, parentId, beforeId }, { orgId }) => done(desk.move(orgId, { level, id }, { parentId, beforeId })),
    removeBacklogItem: ({ level, id }, { orgId }) => done(desk.remove(orgId, { level, id })),
  }
}
