/** What happened, as everybody hears it: rows of the event table, in commit order per workspace. */
import { z } from 'zod'
import { RunItemStatus, RunStage } from './backlog.ts'
import { CheckResult, JobStatus } from './job.ts'
import { FeatureStatus } from './project.ts'
import { PrototypeSessionStatus } from './prototype.ts'
import { Id, Moment } from './values.ts'

const about = { projectId: Id.nullable().default(null), featureId: Id.nullable().default(null), jobId: Id.nullable().default(null) }

/** What a model may be seen writing: an answer of the analyst, the summary of a spec, a plan. */
export const WritingDocument = z.enum(['message', 'spec', 'plan'])
export type WritingDocument = z.infer<typeof WritingDocument>
export const WRITING_LENGTH_MAX = 2_000

/** Events carry what a screen needs to move on; whatever is larger is fetched. */
export const EventBody = z.discriminatedUnion('type', [
  z.object({ type: z.literal('project-changed'), ...about }),
  z.object({ type: z.literal('project-deleted'), ...about }),
  z.object({ type: z.literal('feature-changed'), ...about, title: z.string(), status: FeatureStatus }),
  z.object({ type: z.literal('feature-deleted'), ...about }),
  z.object({ type: z.literal('feature-restored'), ...about }),
  /** What a model is writing, so far: replaces what was shown of it before, and is void once the document is there. */
  z.object({ type: z.literal('writing'), ...about, document: WritingDocument, text: z.string().max(WRITING_LENGTH_MAX) }),
  z.object({ type: z.literal('message-added'), ...about, messageId: Id, role: z.enum(['user', 'assistant']) }),
  z.object({ type: z.literal('brief-changed'), ...about }),
  z.object({ type: z.literal('spec-changed'), ...about }),
  z.object({ type: z.literal('plan-changed'), ...about }),
  /** Cards or items changed. */
  z.object({ type: z.literal('backlog-changed'), ...about }),
  z.object({
    type: z.literal('backlog-run-changed'),
    ...about,
    runId: Id,
    stage: RunStage,
    status: RunItemStatus,
    /** Epics or stories of the run that are done, that failed, and all. */
    doneCount: z.number().int(),
    failedCount: z.number().int(),
    itemCount: z.number().int(),
  }),
  z.object({ type: z.literal('job-changed'), ...about, status: JobStatus }),
  /** A build that waits has another place; 1 is taken up next. */
  z.object({ type: z.literal('queue-moved'), ...about, place: z.number().int().positive() }),
  z.object({
    type: z.literal('job-log'),
    ...about,
    stage: JobStatus,
    stream: z.enum(['stdout', 'stderr', 'note']),
    text: z.string().max(65_536),
  }),
  z.object({ type: z.literal('check-changed'), ...about, check: CheckResult }),
  z.object({ type: z.literal('preview-answers'), ...about, previewUrl: z.string() }),
  z.object({ type: z.literal('preview-report'), ...about, kind: z.enum(['console-error', 'request-failed']), text: z.string().max(4_000) }),
  /** A call of a model was paid; null: its price is unknown. */
  z.object({ type: z.literal('money-spent'), ...about, agent: z.string(), micros: z.number().int().nullable() }),
  /** A link to a preview was made, opened or taken back. */
  z.object({ type: z.literal('shares-changed'), ...about }),
  z.object({ type: z.literal('version-added'), ...about, name: z.string() }),
  z.object({ type: z.literal('prototype-changed'), ...about, prototypeId: Id, status: PrototypeSessionStatus }),
])
export type EventBody = z.infer<typeof EventBody>
export type EventType = EventBody['type']
/** What a writer hands in: the ids it does not name become null. */
export type EventInput = z.input<typeof EventBody>

/** A stored event. `id` counts up in commit order within a workspace: a reader that has seen n has seen all before n. */
export const LiveEvent = z.object({ id: z.number().int().positive(), at: Moment, body: EventBody })
export type LiveEvent = z.infer<typeof LiveEvent>
