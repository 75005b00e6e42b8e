/** The backlog of the fake: always empty, and nothing can be put into it. */
import { type BACKLOG_ROUTES, failure } from '@slipway/domain'
import type { FakeHandlers } from './fake-handlers.ts'
import type { FakeWorkspace } from './fake-workspace.ts'

export function fakeBacklog(workspace: FakeWorkspace): Pick<FakeHandlers, keyof typeof BACKLOG_ROUTES> {
  const refuse = ({ id }: { id: string }): never => {
    throw failure('NOT_FOUND', { thing: 'item of the backlog', id })
  }
  return {
    getBacklog: ({ id }) => {
      const { view } = workspace.record(id)
      return {
        ...{ product: view.project.name, featureId: id, projectId: view.project.id, hasSpec: view.spec !== null },
        ...{ epics: [], cards: [], runs: [], coverage: [], eventId: workspace.lastEventId },
      }
    },
    generateBacklog: () => ({ runs: [] }),
    retryBacklog: () => ({ runs: [] }),
    cancelBacklog: () => ({ runs: [] }),
    skipBacklogItem: () => ({ runs: [] }),
    exportBacklog: () => ({ name: 'backlog.md', mediaType: 'text/markdown', text: '# Backlog\n' }),
    addCards: refuse,
    changeCard: refuse,
    removeCard: refuse,
    addBacklogItem: refuse,
    changeBacklogItem: refuse,
    moveBacklogItem: refuse,
    removeBacklogItem: refuse,
  }
}
