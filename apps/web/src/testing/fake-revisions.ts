/** Revisions of the fake: kept and brought back; a comment is taken and nobody answers it. */
import { failure, type REVISION_ROUTES } from '@slipway/domain'
import type { FakeHandlers } from './fake-handlers.ts'
import type { FakeWorkspace } from './fake-workspace.ts'

export function fakeRevisions(workspace: FakeWorkspace): Pick<FakeHandlers, keyof typeof REVISION_ROUTES> {
  const numbered = <T extends { revision: { number: number } }>(list: readonly T[], number: number): T => {
    const found = list.find(({ revision }) => revision.number === number)
    if (!found) throw failure('NOT_FOUND', { thing: 'revision', id: String(number) })
    return found
  }
  return {
    reviseSpec: ({ id, comment }) => {
      workspace.say(id, 'user', comment, 'spec')
      return workspace.moveFeature(id, 'revise-spec')
    },
    listSpecRevisions: ({ id }) => ({ revisions: workspace.record(id).specs.map(({ revision }) => revision) }),
    getSpecRevision: ({ id, number }) => numbered(workspace.record(id).specs, number),
    restoreSpecRevision: ({ id, number }) =>
      workspace.keepSpec(id, numbered(workspace.record(id).specs, number).spec, { made: 'restored', by: 'Ada', note: String(number) }),
    revisePlan: ({ id, comment }) => {
      workspace.say(id, 'user', comment, 'plan')
      return workspace.moveFeature(id, 'revise-plan')
    },
    listPlanRevisions: ({ id }) => ({ revisions: workspace.record(id).planned.map(({ revision }) => revision) }),
    getPlanRevision: ({ id, number }) => numbered(workspace.record(id).planned, number),
    restorePlanRevision: ({ id, number }) =>
      workspace.keepPlans(id, numbered(workspace.record(id).planned, number).plans, { made: 'restored', by: 'Ada', note: String(number) }),
  }
}
