/** What the outside may ask of the durable pipeline: the API calls these and nothing else. */
import type {
  Answer,
  Brief,
  ChatImage,
  ChatMessage,
  Feature,
  Job,
  PreviewShare,
  Project,
  Question,
  Revision,
  SentImage,
  Version,
} from '@slipway/domain'
import type { Sandbox } from '@slipway/sandbox'
import type { BacklogDesk } from './backlog-desk.ts'
import type { SharedPreview } from './preview-shares.ts'
import type { PreviewPlace } from './previews.ts'

export interface RestoreValues {
  readonly featureId: string
  readonly number: number
  /** The newest revision that whoever restores has seen. */
  readonly seen: number
  /** Who restores, as people know them. */
  readonly by: string
}

/**
 * Every call is bound to one workspace (`orgId`), is safe to repeat, and appends its events in the transaction that makes the change.
 * Failures are the domain's: NOT_FOUND, MOVED_ON, INPUT_INVALID, SANDBOX_UNAVAILABLE …
 */
export interface Pipeline {
  /** Recovers what a killed process left and begins to take work. With `isWorker: false` work is only handed in, others do it. */
  start(options: { isWorker: boolean }): Promise<void>
  /** Lets go of work cleanly; what is not finished goes on at the next start, here or elsewhere. */
  stop(): Promise<void>

  /** The first draft of the brief and the analyst's first message are there when this returns. */
  createProject(orgId: string, values: { idea: string; images?: readonly SentImage[] }): Promise<{ project: Project; feature: Feature }>
  /** One turn of the conversation while the feature is drafted: answers and free words change the brief. */
  say(
    orgId: string,
    values: { featureId: string; text: string; answers: readonly Answer[]; images?: readonly SentImage[] },
  ): Promise<{ messages: ChatMessage[]; brief: Brief | null; questions: Question[] }>
  /** A picture of the conversation. @throws NOT_FOUND */
  readImage(orgId: string, at: { featureId: string; imageId: string }): Promise<{ image: ChatImage; bytes: Uint8Array }>
  confirmBrief(orgId: string, featureId: string): Promise<Feature>
  approveSpec(orgId: string, featureId: string): Promise<Feature>
  /** Back from a spec that waits for approval to the conversation; confirmed again, the spec is written again as a further revision. */
  reopenBrief(orgId: string, featureId: string): Promise<Feature>
  /** Back from a plan, or a failed or finished build, to the spec. */
  reopenSpec(orgId: string, featureId: string): Promise<Feature>
  /** The comment joins the conversation; what came of it follows there. @throws MOVED_ON when the spec does not wait for approval */
  reviseSpec(orgId: string, values: { featureId: string; comment: string }): Promise<Feature>
  /** @throws MOVED_ON when the plan does not wait for approval */
  revisePlan(orgId: string, values: { featureId: string; comment: string }): Promise<Feature>
  /** An older revision becomes the newest one. @throws MOVED_ON as above, NOT_FOUND, CONFLICT when `seen` is not the newest */
  restoreSpec(orgId: string, values: RestoreValues): Promise<Revision>
  /** @throws also INPUT_INVALID when those plans do not fit the spec of today */
  restorePlan(orgId: string, values: RestoreValues): Promise<Revision>
  /** A plan document as a person changed it. @throws as `restorePlan` does, and NOT_FOUND for a plan that is not there */
  editPlan(orgId: string, values: Omit<RestoreValues, 'number'> & { plan: string; source: string }): Promise<Revision>
  approvePlan(orgId: string, featureId: string): Promise<{ feature: Feature; job: Job }>
  /** Build again (also after a failure). */
  startBuild(orgId: string, featureId: string): Promise<Job>
  /** A new version whose code is an old one's. */
  restoreVersion(orgId: string, versionId: string): Promise<Job>
  cancelJob(orgId: string, jobId: string): Promise<Job>
  /** Of every build that waits, whoever's it is: its place in the queue. */
  queuePlaces(): Promise<ReadonlyMap<string, number>>

  readonly backlog: BacklogDesk

  /** Hidden at once, and gone with its files after the time of undo. @throws NOT_FOUND */
  removeFeature(orgId: string, featureId: string): Promise<void>
  /** Gone at once, with its files; its running builds are cancelled. @throws NOT_FOUND */
  removeProject(orgId: string, projectId: string): Promise<void>

  /** Wakes the job's preview when it sleeps. @throws PREVIEW_GONE when the job never came to one */
  openPreview(orgId: string, jobId: string): Promise<PreviewPlace>
  /** The sandbox of an opened preview, kept awake by the visit; undefined while it sleeps. For whoever let the visitor in. */
  visitPreview(previewId: string): Sandbox | undefined
  /** Starts an opened preview that sleeps; undefined when it is gone. */
  wakePreview(previewId: string): Promise<Sandbox | undefined>
  /** Whether a viewer who was let in may go on looking. */
  admitsToPreview(previewId: string, viewer: string): Promise<boolean>
  /** What went wrong in a visitor's browser becomes an event of the job. */
  reportPreview(previewId: string, report: { kind: 'console-error' | 'request-failed'; text: string }): Promise<void>

  /** A link for people without an account. @throws PREVIEW_GONE when the job never came to a preview */
  sharePreview(orgId: string, values: { jobId: string; hours: number }): Promise<PreviewShare>
  /** Those that still open, newest first. */
  listShares(orgId: string, jobId: string): Promise<PreviewShare[]>
  /** Safe to repeat. @returns who looks through it, and at what: they are to be shown out */
  revokeShare(orgId: string, shareId: string): Promise<{ previewId: string; viewer: string } | undefined>
  /** Somebody opened a link. @throws NOT_FOUND when it has expired or was taken back */
  followShare(orgId: string, shareId: string): Promise<SharedPreview>

  /** The zip of the newest version of the feature, or of the named one: the bytes that were checked. */
  download(
    orgId: string,
    values: { featureId: string; version?: string | undefined },
  ): Promise<{ version: Version; fileName: string; body: ReadableStream<Uint8Array>; sizeBytes: number }>
  /**
   * The whole run of the feature as lines of JSON, each with its end: what `slipway replay` takes. No keys are in it.
   * @param version of this Slipway
   * @throws NOT_FOUND; INPUT_INVALID while something is at work, and for a run that is too large
   */
  record(orgId: string, values: { featureId: string; version: string }): Promise<{ fileName: string; lines: AsyncIterable<string> }>
  /** The files of a build, from its archive, or from its running sandbox before there is one. */
  listFiles(orgId: string, jobId: string): Promise<{ path: string; sizeBytes: number }[]>
  /** @throws NOT_FOUND */
  readFile(orgId: string, values: { jobId: string; path: string }): Promise<Uint8Array>
}
