/** A recorded run: one file with what its owner did and every exchange with a model, and what came of a replay of it. */
import { z } from 'zod'
import { RunStage } from './backlog.ts'
import { Answer, Brief } from './brief.ts'
import { ModelChoice, ModelRole } from './model-settings.ts'
import { FeatureStatus, Idea, Title } from './project.ts'
import { RevisionComment } from './revision.ts'
import { Spec } from './spec.ts'
import { Moment, Sha256 } from './values.ts'

/** Of the file's form. */
export const RECORDING_VERSION = 1
/** Of all exchanges and pictures of one recording, as text. */
export const RECORDING_BYTES_MAX = 256 * 1024 * 1024

/** Said in every recording, to whoever opens it. */
export const RECORDING_CONTAINS =
  'The words and pictures of the owner, the spec, plans and code of the app, and every exchange with a model about them. No keys.'

const pictures = { pictures: z.array(Sha256) }

/** Something that the owner did, in the order in which it was done. Exchanges name the act that led to them by its number, from 1. */
export const OwnerAct = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tell-idea'), text: Idea, ...pictures }),
  z.object({ kind: z.literal('say'), text: z.string().max(40_000), answers: z.array(Answer), ...pictures }),
  z.object({ kind: z.literal('edit-brief'), brief: Brief }),
  z.object({ kind: z.literal('confirm-brief') }),
  z.object({ kind: z.literal('reopen-brief') }),
  z.object({ kind: z.literal('edit-spec'), spec: Spec }),
  z.object({ kind: z.literal('revise-spec'), comment: RevisionComment }),
  z.object({ kind: z.literal('restore-spec'), number: z.number().int().positive() }),
  z.object({ kind: z.literal('approve-spec') }),
  z.object({ kind: z.literal('reopen-spec') }),
  z.object({ kind: z.literal('edit-plan'), plan: z.string(), source: z.string() }),
  z.object({ kind: z.literal('revise-plan'), comment: RevisionComment }),
  z.object({ kind: z.literal('restore-plan'), number: z.number().int().positive() }),
  z.object({ kind: z.literal('add-cards'), cards: z.array(z.object({ title: z.string(), text: z.string() })) }),
  z.object({ kind: z.literal('make-backlog'), stages: z.array(RunStage).min(1), retries: z.number().int().nonnegative() }),
  z.object({ kind: z.literal('rename'), title: Title }),
  /** `restoreFrom`: the version whose code is built again. */
  z.object({ kind: z.literal('build'), restoreFrom: z.string().optional() }),
])
export type OwnerAct = z.infer<typeof OwnerAct>
export type OwnerActKind = OwnerAct['kind']

/** What a run leads through, in order. */
export const RECORDED_STAGES = ['brief', 'spec', 'plan', 'backlog', 'code'] as const
export type RecordedStage = (typeof RECORDED_STAGES)[number]

/** Where a run stands: a hash of what each stage left, null where there is nothing. That of the code is the tree hash of the newest build. */
export const RunEnd = z.object({
  status: FeatureStatus,
  stages: z.record(z.enum(RECORDED_STAGES), Sha256.nullable()),
})
export type RunEnd = z.infer<typeof RunEnd>

/** The first line of a recording. */
export const RecordingHeader = z.object({
  slipwayRecording: z.literal(RECORDING_VERSION),
  contains: z.string(),
  /** Of the Slipway that it was made by. `steps`: what its durable workflows are. */
  slipway: z.object({ version: z.string(), steps: z.string() }),
  recordedAt: Moment,
  title: Title,
  models: z.object({ main: ModelChoice.nullable(), roles: z.partialRecord(ModelRole, ModelChoice), fallback: ModelChoice.nullable() }),
  acts: z
    .array(z.object({ act: OwnerAct, /** Stopped by the owner before it had ended: not replayed. */ isCancelled: z.boolean() }))
    .min(1),
  /** What the owner did that a replay does not do again, in words. */
  leftOut: z.array(z.string()),
  end: RunEnd,
})
export type RecordingHeader = z.infer<typeof RecordingHeader>

/** A picture of the conversation, after the header. */
export const RecordedPicture = z.object({ picture: Sha256, base64: z.base64() })
export type RecordedPicture = z.infer<typeof RecordedPicture>

/** Tokens of what a model was told, estimated in the same way then and now. */
export const PromptTokens = z.object({
  input: z.number().int().nonnegative(),
  /** The part that stood at the same place in the exchange before: what a vendor's cache can serve. */
  cacheable: z.number().int().nonnegative(),
})
export type PromptTokens = z.infer<typeof PromptTokens>

/** What a replay saw of one agent. */
export const ReplayedAgent = z.object({
  agent: z.string(),
  exchanges: z.number().int(),
  /** Asked in the words of the recording, but for times, ids and the order of lines. */
  same: z.number().int(),
  /** The same prompt; commands that were run again said something else. */
  otherOutput: z.number().int(),
  /** Something else was asked than was recorded. */
  different: z.number().int(),
  /** Asked now, and not in the recording: a new question, or one that no model answered then. */
  unrecorded: z.number().int(),
  /** In the recording, and not asked now. */
  unasked: z.number().int(),
  /** Over the exchanges that both have; `recorded` is null where the recording is of a Slipway that did not count them. */
  tokens: z.object({ recorded: PromptTokens.nullable(), now: PromptTokens }),
  firstDifference: z.string().nullable(),
})
export type ReplayedAgent = z.infer<typeof ReplayedAgent>

export const ReplayReport = z.object({
  title: z.string(),
  recordedBy: z.object({ version: z.string(), steps: z.string() }),
  replayedBy: z.object({ version: z.string(), steps: z.string() }),
  acts: z.number().int(),
  agents: z.array(ReplayedAgent),
  recorded: RunEnd,
  replayed: RunEnd,
  /** The first stage that ended in something else; null: all are the same. */
  firstDifferentStage: z.enum(RECORDED_STAGES).nullable(),
  isSameTree: z.boolean(),
  /** Where an act could not be done, or a run did not end: what was said of it. */
  stoppedAt: z.string().nullable(),
  /** The verdict: the same tree, and, unless prompts may differ, the same questions. */
  isPassed: z.boolean(),
  durationMs: z.number().int(),
})
export type ReplayReport = z.infer<typeof ReplayReport>
