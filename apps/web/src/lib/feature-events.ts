/** What an event changes on the page of a feature. Pure: what an event says is applied, what it only points at is to be fetched. */
import type { FeatureStatus, FeatureView, Job, JobStatus, LiveEvent } from '@slipway/domain'

export interface Reduction {
  readonly view: FeatureView
  /** Whether the event points at something that must be fetched. */
  readonly isStale: boolean
}

/** They ask for approval of something that is still to be fetched: nobody is asked before it is there. */
const BRINGS_DOCUMENT = new Set<FeatureStatus>(['spec_ready', 'plan_ready'])

/** Events of other features, and those that `view` already contains, change nothing. */
export function reduceView(view: FeatureView, { id, body }: LiveEvent): Reduction {
  if (body.featureId !== view.feature.id || id <= view.eventId) return { view, isStale: false }
  const seen = { ...view, eventId: id }
  switch (body.type) {
    case 'job-log':
    case 'preview-report':
    case 'shares-changed':
    case 'feature-deleted':
    case 'feature-restored':
    case 'prototype-changed':
    case 'backlog-changed':
    case 'backlog-run-changed':
    case 'money-spent':
    case 'writing':
      return { view, isStale: false }
    case 'feature-changed': {
      const status = BRINGS_DOCUMENT.has(body.status) ? view.feature.status : body.status
      return { view: { ...seen, feature: { ...view.feature, title: body.title, status } }, isStale: true }
    }
    case 'job-changed':
      return { view: changeJob(seen, body.jobId, () => ({ status: body.status, queuePlace: null })), isStale: true }
    case 'queue-moved':
      return { view: changeJob(seen, body.jobId, () => ({ queuePlace: body.place })), isStale: false }
    case 'check-changed': {
      const checks = (job: Job) => job.checks.map((check) => (check.name === body.check.name ? body.check : check))
      return { view: changeJob(seen, body.jobId, (job) => ({ checks: checks(job) })), isStale: false }
    }
    case 'preview-answers':
      return { view: changeJob(seen, body.jobId, () => ({ previewUrl: body.previewUrl })), isStale: false }
    case 'project-changed':
    case 'project-deleted':
    case 'message-added':
    case 'brief-changed':
    case 'spec-changed':
    case 'plan-changed':
    case 'version-added':
      return { view: seen, isStale: true }
  }
}

function changeJob(view: FeatureView, jobId: string | null, change: (job: Job) => Partial<Job>): FeatureView {
  return { ...view, jobs: view.jobs.map((job) => (job.id === jobId ? { ...job, ...change(job) } : job)) }
}

/** What a model is writing right now, so far. */
export type Writing = Pick<Extract<LiveEvent['body'], { type: 'writing' }>, 'document' | 'text'>

/** Void once the document is there, or the feature has moved on without it. */
export function reduceWriting(writing: Writing | undefined, { body }: LiveEvent): Writing | undefined {
  switch (body.type) {
    case 'writing':
      return { document: body.document, text: body.text }
    case 'message-added':
    case 'spec-changed':
    case 'plan-changed':
    case 'feature-changed':
      return undefined
    default:
      return writing
  }
}

export interface PreviewNote {
  readonly id: number
  readonly at: string
  readonly kind: 'console-error' | 'request-failed'
  readonly text: string
}

const NOTES_MAX = 200

/** What went wrong in the preview, newest last, each once. They are told by events only, so `view.eventId` says nothing about them. */
export function reduceNotes(notes: readonly PreviewNote[], { id, at, body }: LiveEvent): readonly PreviewNote[] {
  if (body.type !== 'preview-report' || notes.some((note) => note.id === id)) return notes
  return [...notes, { id, at, kind: body.kind, text: body.text }].slice(-NOTES_MAX)
}

/** When a job entered each status, as far as it was watched. Moments in ISO 8601. */
export type StageTimes = Readonly<Record<string, Readonly<Partial<Record<JobStatus, string>>>>>

export function reduceTimes(times: StageTimes, { at, body }: LiveEvent): StageTimes {
  if (body.type !== 'job-changed' || !body.jobId || times[body.jobId]?.[body.status]) return times
  return { ...times, [body.jobId]: { ...times[body.jobId], [body.status]: at } }
}
