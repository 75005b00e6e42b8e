import { type EventInput, FeatureView, LiveEvent } from '@slipway/domain'
import { expect, test } from 'vitest'
import { FakeWorkspace } from '../testing/fake-workspace.ts'
import { reduceNotes, reduceTimes, reduceView, reduceWriting } from './feature-events.ts'

function building() {
  const workspace = new FakeWorkspace()
  const feature = workspace.featureAt('building')
  const view = FeatureView.parse({ ...workspace.record(feature.id).view, eventId: workspace.lastEventId })
  const event = (body: EventInput, id = view.eventId + 1) => LiveEvent.parse({ id, at: '2026-03-02T09:10:00.000Z', body })
  return { view, event, featureId: feature.id, jobId: view.jobs[0]?.id ?? '' }
}

test('a check that moves on is shown without asking the server', () => {
  const { view, event, featureId, jobId } = building()
  const check = { name: 'types', status: 'passed', summary: '0 errors', durationMs: 12 } as const
  const { view: next, isStale } = reduceView(view, event({ type: 'check-changed', featureId, jobId, check }))
  expect(next.jobs[0]?.checks.find((one) => one.name === 'types')).toEqual(check)
  expect(isStale).toBe(false)
  expect(view.jobs[0]?.checks[0]?.status).toBe('pending')
})

test('a status is shown at once, and what else it brings is fetched', () => {
  const { view, event, featureId, jobId } = building()
  const job = reduceView(view, event({ type: 'job-changed', featureId, jobId, status: 'checks' }))
  expect([job.view.jobs[0]?.status, job.isStale]).toEqual(['checks', true])
  const feature = reduceView(view, event({ type: 'feature-changed', featureId, title: 'Wheels', status: 'built' }))
  expect([feature.view.feature.title, feature.view.feature.status, feature.isStale]).toEqual(['Wheels', 'built', true])
})

test('nobody is asked to approve a document before it is fetched', () => {
  const workspace = new FakeWorkspace()
  const { id } = workspace.featureAt('spec_ready')
  workspace.moveFeature(id, 'approve-spec')
  const view = FeatureView.parse({ ...workspace.record(id).view, eventId: workspace.lastEventId })
  const body = { type: 'feature-changed', featureId: id, title: 'Wheels', status: 'plan_ready' } as const
  const told = LiveEvent.parse({ id: view.eventId + 1, at: '2026-03-02T09:10:00.000Z', body })
  const { view: next, isStale } = reduceView(view, told)
  expect([next.feature.status, next.feature.title, isStale]).toEqual(['plan_generating', 'Wheels', true])
})

test('the place of a build that waits is shown as it is told, and is void once the build begins', () => {
  const { view, event, featureId, jobId } = building()
  const waiting = reduceView(view, event({ type: 'queue-moved', featureId, jobId, place: 2 }))
  expect([waiting.view.jobs[0]?.queuePlace, waiting.isStale]).toEqual([2, false])
  const begun = reduceView(waiting.view, event({ type: 'job-changed', featureId, jobId, status: 'starting' }, view.eventId + 2))
  expect(begun.view.jobs[0]?.queuePlace).toBeNull()
})

test('an event that the view already contains, or of another feature, changes nothing', () => {
  const { view, event, featureId, jobId } = building()
  const old = event({ type: 'job-changed', featureId, jobId, status: 'queued' }, view.eventId)
  expect(reduceView(view, old)).toEqual({ view, isStale: false })
  const other = event({ type: 'feature-changed', featureId: '01890000-0000-7000-8000-00000000ffff', title: 'Other', status: 'built' })
  expect(reduceView(view, other)).toEqual({ view, isStale: false })
})

test('an event twice is an event once', () => {
  const { view, event, featureId, jobId } = building()
  const twice = event({ type: 'preview-answers', featureId, jobId, previewUrl: 'http://preview' })
  const once = reduceView(view, twice).view
  expect(reduceView(once, twice)).toEqual({ view: once, isStale: false })
})

test('errors of the preview are kept once each, the newest two hundred', () => {
  const { event, featureId } = building()
  let notes: ReturnType<typeof reduceNotes> = []
  for (let id = 1; id <= 250; id++) {
    const report = event({ type: 'preview-report', featureId, kind: 'console-error', text: `error ${id}` }, id)
    notes = reduceNotes(reduceNotes(notes, report), report)
  }
  expect([notes.length, notes[0]?.text, notes.at(-1)?.text]).toEqual([200, 'error 51', 'error 250'])
})

test('the first moment at which a status was seen counts', () => {
  const { event, featureId, jobId } = building()
  const first = reduceTimes({}, event({ type: 'job-changed', featureId, jobId, status: 'checks' }))
  const again = reduceTimes(first, {
    ...event({ type: 'job-changed', featureId, jobId, status: 'checks' }),
    at: '2026-03-02T10:00:00.000Z',
  })
  expect(again).toEqual({ [jobId]: { checks: '2026-03-02T09:10:00.000Z' } })
})

test('what a model writes is shown until the document is there', () => {
  const at = '2026-11-21T10:00:00.000Z'
  const about = { projectId: null, featureId: null, jobId: null }
  const first = reduceWriting(undefined, { id: 1, at, body: { type: 'writing', ...about, document: 'message', text: 'A work' } })
  const next = reduceWriting(first, { id: 2, at, body: { type: 'writing', ...about, document: 'message', text: 'A workshop' } })
  expect(next).toEqual({ document: 'message', text: 'A workshop' })
  expect(reduceWriting(next, { id: 3, at, body: { type: 'money-spent', ...about, agent: 'a', micros: 1 } })).toBe(next)
  const id = '6e0c3b5e-0000-4000-8000-000000000000'
  expect(reduceWriting(next, { id: 4, at, body: { type: 'message-added', ...about, messageId: id, role: 'assistant' } })).toBeUndefined()
})
