/** What the rest of Slipway may ask of the database: one narrow interface per thing, bound to one workspace. */
import type {
  Answer,
  Brief,
  ChatMessage,
  CheckResult,
  EventInput,
  Evidence,
  Feature,
  FeatureEvent,
  Job,
  JobEvent,
  LiveEvent,
  PlanDocument,
  Project,
  Question,
  Spec,
  Version,
} from '@slipway/domain'

/**
 * The door to the database. Row-level security binds every statement inside `inWorkspace` to that workspace;
 * the whole of `work` is one transaction, and listeners hear its events after it has committed.
 */
export interface Storage {
  inWorkspace<T>(orgId: string, work: (stores: Stores) => Promise<T>): Promise<T>
  /** Calls back (with the workspace) after events were committed by any process; returns the way to stop. */
  onEvents(listener: (orgId: string) => void): () => void
  ping(): Promise<void>
  close(): Promise<void>
}

/** Stores append no events by themselves: whoever changes a thing appends its event, last in the same transaction. */
export interface Stores {
  readonly projects: ProjectStore
  readonly features: FeatureStore
  readonly briefs: BriefStore
  readonly specs: SpecStore
  readonly plans: PlanStore
  readonly messages: MessageStore
  readonly jobs: JobStore
  readonly versions: VersionStore
  readonly evidence: EvidenceStore
  readonly events: EventStore
  readonly secrets: SecretStore
}

/** Every `get` throws NOT_FOUND for what is not there, is deleted, or belongs to another workspace: the three look the same. */
export interface ProjectStore {
  create(values: { id?: string; name: string }): Promise<Project>
  get(id: string): Promise<Project>
  list(): Promise<Project[]>
  rename(id: string, name: string): Promise<Project>
  remove(id: string): Promise<void>
}

export interface FeatureStore {
  create(values: { id?: string; projectId: string; title: string; idea: string }): Promise<Feature>
  get(id: string): Promise<Feature>
  list(): Promise<Feature[]>
  rename(id: string, title: string): Promise<Feature>
  /**
   * One statement, safe to repeat; also while the feature is removed, so that a build that ends then is not lost.
   * @throws MOVED_ON when the feature's status does not know the event
   */
  move(id: string, event: FeatureEvent): Promise<Feature>
  /** Hidden at once, gone for good when `purgeDeleted` runs after the time of undo. */
  remove(id: string): Promise<void>
  restore(id: string): Promise<Feature>
  /** Deletes for good what was removed before `before`; returns the ids. */
  purgeDeleted(before: Date): Promise<string[]>
}

export interface BriefStore {
  get(featureId: string): Promise<{ brief: Brief; questions: Question[]; answers: Answer[] } | undefined>
  save(featureId: string, values: { brief: Brief; questions: readonly Question[]; answers: readonly Answer[] }): Promise<void>
}

export interface SpecStore {
  get(featureId: string): Promise<{ spec: Spec; revision: number } | undefined>
  /**
   * Adds a revision and replaces the feature's requirement rows by the spec's.
   * @param expected the revision the change was made on (0 before the first); @throws CONFLICT when another came between
   */
  save(featureId: string, spec: Spec, expected: number): Promise<number>
}

export interface PlanStore {
  list(featureId: string): Promise<PlanDocument[]>
  /** The feature has exactly these plans afterwards. */
  replace(featureId: string, plans: readonly { name: string; title: string; wave: number; source: string }[]): Promise<PlanDocument[]>
}

export interface MessageStore {
  list(featureId: string): Promise<ChatMessage[]>
  add(
    values: Pick<ChatMessage, 'featureId' | 'role' | 'content'> & Partial<Pick<ChatMessage, 'id' | 'questions' | 'answers'>>,
  ): Promise<ChatMessage>
}

/** What may be written beside a move. */
export type JobPatch = Partial<
  Pick<Job, 'sandboxId' | 'previewUrl' | 'previewAt' | 'workspacePath' | 'failure' | 'debugId' | 'archiveSha256' | 'buildVersion'>
>

export interface JobStore {
  /** `id` doubles as the idempotency key: the same id again gives the job that is there. */
  create(values: { id?: string; featureId: string; restoreFrom?: string }): Promise<Job>
  get(id: string): Promise<Job>
  /** Newest first. */
  list(filter?: { featureId?: string }): Promise<Job[]>
  /** One statement, safe to repeat; sets startedAt and completedAt. @throws MOVED_ON */
  move(id: string, event: JobEvent, patch?: JobPatch): Promise<Job>
  update(id: string, patch: JobPatch): Promise<Job>
  setCheck(id: string, check: CheckResult): Promise<Job>
  /** The version name this job restores, if it was started that way. */
  restoreFrom(id: string): Promise<string | undefined>
}

export interface VersionStore {
  /** Takes the project's next number under a row lock, so none is skipped or given twice; the same job again gets its own back. */
  add(values: { jobId: string; archiveSha256: string; archiveBytes: number; restoredFrom?: string }): Promise<Version>
  get(id: string): Promise<Version>
  /** Newest first. */
  list(projectId: string): Promise<Version[]>
}

export interface EvidenceStore {
  add(rows: readonly (Omit<Evidence, 'id' | 'createdAt'> & { key: string })[]): Promise<void>
  list(filter: { featureId?: string; jobId?: string }): Promise<Evidence[]>
}

export interface EventStore {
  /** Ids follow commit order within the workspace (an advisory lock per workspace): append last, the lock is held until commit. */
  append(...events: readonly EventInput[]): Promise<void>
  /** Events behind `after`, oldest first, at most `limit`. */
  after(after: number, options: { featureId?: string; jobId?: string; types?: readonly string[]; limit: number }): Promise<LiveEvent[]>
  /** The newest id of the workspace; 0 when there is none. */
  newest(): Promise<number>
}

/** Sealed by the vault; a plaintext leaves only through `open`. */
export interface SecretStore {
  put(provider: string, plaintext: string): Promise<{ provider: string; lastFour: string; createdAt: string }>
  list(): Promise<{ provider: string; lastFour: string; createdAt: string }[]>
  open(provider: string): Promise<string | undefined>
  remove(provider: string): Promise<void>
}

/** Files by key: a folder here, S3 at scale. Content is written once and read whole or streamed. */
export interface ObjectStore {
  put(key: string, bytes: Uint8Array): Promise<void>
  /** @throws OBJECT_NOT_FOUND */
  get(key: string): Promise<Uint8Array>
  /** @throws OBJECT_NOT_FOUND */
  stream(key: string): Promise<{ body: ReadableStream<Uint8Array>; sizeBytes: number }>
  has(key: string): Promise<boolean>
  list(prefix: string): Promise<string[]>
  remove(key: string): Promise<void>
}
