/** What the rest of Slipway may ask of the database: one narrow interface per thing, bound to one workspace. */
import type {
  Answer,
  Brief,
  Charge,
  ChargeOutcome,
  ChatMessage,
  CheckResult,
  DesignContext,
  EventInput,
  Evidence,
  Feature,
  FeatureEvent,
  FigmaConnection,
  Job,
  JobEvent,
  LiveEvent,
  ModelSettings,
  PlanDocument,
  PlanText,
  PreviewShare,
  Project,
  PrototypeErrorCode,
  PrototypeFile,
  PrototypeRefinement,
  PrototypeReport,
  PrototypeSession,
  PrototypeSessionEvent,
  Question,
  Receipt,
  Reservation,
  Revision,
  RunScope,
  Settlement,
  SlipwayError,
  Spec,
  Spent,
  Version,
} from '@slipway/domain'

import type { BacklogStore, CardStore, RunStore } from './backlog-stores.ts'
import type { SpecBasis } from './schema/documents.ts'

export type { SpecBasis }

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
  readonly cards: CardStore
  readonly backlog: BacklogStore
  readonly runs: RunStore
  readonly secrets: SecretStore
  readonly modelSettings: ModelSettingsStore
  readonly ledger: LedgerStore
  readonly exchanges: ExchangeStore
  readonly shares: PreviewShareStore
  readonly prototypes: PrototypeStore
  readonly figmaTokens: FigmaTokenStore
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
  /** Of all features of a project, also of those that were removed and are not gone yet. */
  idsOf(projectId: string): Promise<string[]>
  /** Deletes for good what was removed before `before`; returns the ids. */
  purgeDeleted(before: Date): Promise<string[]>
}

export interface BriefStore {
  get(featureId: string): Promise<{ brief: Brief; questions: Question[]; answers: Answer[] } | undefined>
  save(featureId: string, values: { brief: Brief; questions: readonly Question[]; answers: readonly Answer[] }): Promise<void>
}

/** How a revision came to be, as far as it is known. */
export type RevisionOrigin = Partial<Pick<Revision, 'made' | 'by' | 'note'>>

export interface SpecStore {
  get(featureId: string): Promise<{ spec: Spec; revision: number } | undefined>
  /** Of the newest revision; undefined when the built-in analyst did not write it. */
  basis(featureId: string): Promise<SpecBasis | undefined>
  /** Newest first. */
  revisions(featureId: string): Promise<Revision[]>
  /** @throws NOT_FOUND */
  revision(featureId: string, number: number): Promise<{ spec: Spec; revision: Revision; basis?: SpecBasis }>
  /** The highest number that a requirement had in any revision; 0 before the first. */
  numberMax(featureId: string): Promise<number>
  /**
   * Adds a revision and replaces the feature's requirement rows by the spec's.
   * @param expected the revision the change was made on (0 before the first); @throws CONFLICT when another came between
   * @param origin without a basis that of the revision before stays; null: there is none
   */
  save(featureId: string, spec: Spec, expected: number, origin?: RevisionOrigin & { basis?: SpecBasis | null }): Promise<number>
}

export interface PlanStore {
  list(featureId: string): Promise<PlanDocument[]>
  /** Newest first. */
  revisions(featureId: string): Promise<Revision[]>
  /** @throws NOT_FOUND */
  revision(featureId: string, number: number): Promise<{ plans: PlanText[]; revision: Revision }>
  /** The feature has exactly these plans afterwards; what it had before stays as a revision. @throws CONFLICT when another came between */
  replace(featureId: string, plans: readonly PlanText[], origin?: RevisionOrigin): Promise<PlanDocument[]>
}

export interface MessageStore {
  list(featureId: string): Promise<ChatMessage[]>
  add(
    values: Pick<ChatMessage, 'featureId' | 'role' | 'content'> &
      Partial<Pick<ChatMessage, 'id' | 'about' | 'questions' | 'answers' | 'images'>>,
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

export interface SecretShown {
  readonly provider: string
  /** Empty when the secret is too short to show any of it. */
  readonly lastFour: string
  readonly baseUrl: string | null
  readonly createdAt: string
}

/** Sealed by the vault; a plaintext leaves only through `open`. */
export interface SecretStore {
  /** @param baseUrl the one address it may be sent to; left out or null: the vendor's own. Sealed with it: another needs the key again. */
  put(provider: string, plaintext: string, baseUrl?: string | null): Promise<SecretShown>
  list(): Promise<SecretShown[]>
  /** @throws VAULT_SEAL_BROKEN */
  open(provider: string): Promise<{ key: string; baseUrl: string | null } | undefined>
  remove(provider: string): Promise<void>
}

export interface ModelSettingsStore {
  /** Revision 0 and nothing chosen before the first save. */
  get(): Promise<{ settings: ModelSettings; revision: number }>
  /** @param expected the revision the change was made on; @returns the new one; @throws CONFLICT when another came between */
  save(settings: ModelSettings, expected: number): Promise<number>
}

/** Whose charges; several parts: those that belong to all of them. */
export interface LedgerFilter {
  readonly projectId?: string
  readonly featureId?: string
  readonly runId?: string
}

/** A row per HTTP attempt. `runLedger` is how a run uses it. */
export interface LedgerStore {
  /**
   * Takes the most that an attempt can cost out of the caps of its run, feature and project, as the owner's settings say them now;
   * holds the project's lock until commit. An open reservation of the same key in the same run was left by a process that died: it
   * is settled at its most.
   * @returns the id of the charge, or why it does not fit (CAP_REACHED, PRICE_UNKNOWN)
   */
  reserve(scope: RunScope, reservation: Reservation): Promise<string | SlipwayError>
  /** Safe to repeat: the first one counts. @returns what it belongs to, when this was the first */
  settle(chargeId: string, settlement: Settlement): Promise<(RunScope & { agent: string }) | undefined>
  /** A later verdict on a settled charge. Safe to repeat. */
  judge(chargeId: string, outcome: ChargeOutcome): Promise<void>
  /** For a run that has ended and will not go on: settles what a dead process left open, at its most. @returns how many */
  closeRun(runId: string): Promise<number>
  /** What counts against the caps: settled charges at their cost, open reservations at their most. `runId` null: no run. */
  spent(scope: Omit<RunScope, 'runId'> & { runId: string | null }): Promise<Record<'run' | 'feature' | 'project', Spent>>
  /** Settled ones, newest first. */
  charges(filter: LedgerFilter & { limit: number }): Promise<(Charge & { createdAt: string })[]>
  receipt(filter: LedgerFilter): Promise<Receipt>
  /** The newest settled charges of these agents in the whole workspace, for estimates. */
  history(agents: readonly string[]): Promise<Charge[]>
}

export interface StoredExchange {
  readonly id: string
  readonly runId: string
  readonly key: string
  readonly exchange: string
}

/** Finished exchanges as text, by run and key. */
export interface ExchangeStore {
  get(runId: string, key: string): Promise<string | undefined>
  put(scope: RunScope, key: string, exchange: string): Promise<void>
  /** The runs of a feature in the order of their first exchange, and how long their exchanges are together. */
  runsOf(featureId: string): Promise<{ runId: string; firstAt: string; characters: number }[]>
  /** Exchanges of a feature behind `after` (an id; empty for the first), in the order in which they were first kept. */
  page(featureId: string, options: { after: string; limit: number }): Promise<StoredExchange[]>
}

/** Links to previews. What has expired is as if it were not there. */
export interface PreviewShareStore {
  /** Lives for `hours` from now, by the database's clock. @throws NOT_FOUND without such a job */
  create(values: { jobId: string; hours: number }): Promise<PreviewShare>
  /** @throws NOT_FOUND */
  get(id: string): Promise<PreviewShare>
  /** Newest first. */
  list(jobId: string): Promise<PreviewShare[]>
  /** Counts a visit. @throws NOT_FOUND */
  visit(id: string): Promise<PreviewShare>
  /** Safe to repeat; what was removed, if anything was. */
  remove(id: string): Promise<PreviewShare | undefined>
}

/** A session and the run that makes it. Whoever works for an older run finds nothing: its result is no longer wanted. */
export interface PrototypeRecord {
  readonly runId: string
  readonly session: PrototypeSession
}

/** What may be written beside a move. */
export type PrototypePatch = Partial<
  Pick<PrototypeSession, 'designContext' | 'thumbnailUrl' | 'frameName' | 'frameWidth' | 'frameHeight' | 'retryAt' | 'errorMessage'> & {
    errorCode: PrototypeErrorCode | null
  }
>

/** One prototype per browser session (its cookie); a new design takes the place of the old one. */
export interface PrototypeStore {
  /** Upserts by session, at `pending`, without code. */
  begin(
    sessionId: string,
    values: { runId: string; designContext: DesignContext } & Pick<PrototypePatch, 'frameName' | 'frameWidth' | 'frameHeight'>,
  ): Promise<PrototypeRecord>
  get(sessionId: string): Promise<PrototypeRecord | undefined>
  /** Undefined once another run has taken over. */
  ofRun(runId: string): Promise<PrototypeRecord | undefined>
  /** The same design once more, in a run of its own; the old code stays until it is overwritten. @throws NOT_FOUND, MOVED_ON */
  restart(
    sessionId: string,
    runId: string,
    /** `isPlain`: without what a model proposed; another design is so in any case. */
    options?: { designContext?: DesignContext; isPlain?: boolean },
  ): Promise<PrototypeRecord>
  /** One statement, safe to repeat. @returns undefined once another run has taken over; @throws MOVED_ON */
  move(runId: string, event: PrototypeSessionEvent, patch?: PrototypePatch): Promise<PrototypeRecord | undefined>
  update(runId: string, patch: PrototypePatch): Promise<PrototypeRecord | undefined>
  /** What was generated, the page first; only while generating. */
  saveCode(runId: string, values: { files: readonly PrototypeFile[]; report: PrototypeReport }): Promise<PrototypeRecord | undefined>
  /** Only for code of the refinement's revision, and where none is running. */
  beginRefinement(sessionId: string, refinement: PrototypeRefinement): Promise<PrototypeRecord | undefined>
  ofRefinement(runId: string): Promise<PrototypeRecord | undefined>
  /**
   * Ends a running refinement, once. With code, that takes the place of what is there.
   * @returns undefined when it no longer runs, or when there is code for a session whose own changed meanwhile
   */
  endRefinement(
    refinement: PrototypeRefinement,
    code?: { files: readonly PrototypeFile[]; report: PrototypeReport },
  ): Promise<PrototypeRecord | undefined>
  /** @throws NOT_FOUND without such a file, MOVED_ON before there is code, CONFLICT when the code changed meanwhile */
  edit(sessionId: string, values: { file: PrototypeFile; revision: number }): Promise<PrototypeRecord>
}

/** The connection of a browser session to Figma, sealed by the vault. */
export interface FigmaTokenStore {
  put(
    sessionId: string,
    values: { kind: FigmaConnection['kind']; secret: string; lastFour: string; handle: string; expiresAt: string | null },
  ): Promise<FigmaConnection>
  get(sessionId: string): Promise<FigmaConnection | undefined>
  /** `retryAt`: Figma asked not to be asked before. */
  open(sessionId: string): Promise<{ kind: FigmaConnection['kind']; secret: string; retryAt: string | null } | undefined>
  holdUntil(sessionId: string, moment: string): Promise<void>
  remove(sessionId: string): Promise<void>
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
