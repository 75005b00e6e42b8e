/** A workspace that lives in memory and does only what a test tells it: the fake behind the browser tests. */
import {
  type ApiKeyShown,
  buildVersion,
  CHECKS,
  type ChatMessage,
  type CheckResult,
  EventBody,
  type EventInput,
  FEATURE,
  type Feature,
  type FeatureEvent,
  type FeatureView,
  failure,
  isFinal,
  JOB,
  type Job,
  type JobStatus,
  LiveEvent,
  type LogLine,
  type PlanDocument,
  type PreviewShareLink,
  type Project,
  type Revision,
  type Session,
  type Spec,
  transition,
} from '@slipway/domain'
import { BIKE_WORKSHOP } from './bike-workshop.ts'

/** An hour before the tests run, so that pages speak of minutes. */
const HOUR_MS = 3_600_000
const OWNER = { id: 'user-1', name: 'Ada', email: 'ada@workshop.example' }
const ARCHIVE_SHA256 = 'b5'.repeat(32)

/** What one feature holds besides what its page shows at once. */
interface FeatureRecord {
  view: Omit<FeatureView, 'eventId'>
  messages: ChatMessage[]
  logs: Map<string, LogLine[]>
  specs: { revision: Revision; spec: Spec }[]
  planned: { revision: Revision; plans: PlanDocument[] }[]
  isDeleted: boolean
}

export class FakeWorkspace {
  session: Session = { user: null, workspace: null, isFirstVisit: true }
  readonly features = new Map<string, FeatureRecord>()
  readonly events: LiveEvent[] = []
  readonly keys: ApiKeyShown[] = []
  readonly shares: PreviewShareLink[] = []
  #listeners = new Set<(event: LiveEvent) => void>()
  #ids = 0
  #moments = 0
  readonly #begin = Date.now() - HOUR_MS

  /** UUIDs that count up, so that two runs show the same page. */
  id(): string {
    this.#ids++
    return `01890000-0000-7000-8000-${String(this.#ids).padStart(12, '0')}`
  }

  /** Each call is a second later than the last. */
  now(): string {
    this.#moments++
    return new Date(this.#begin + this.#moments * 1000).toISOString()
  }

  onEvent(listener: (event: LiveEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  tell(body: EventInput): LiveEvent {
    const event = LiveEvent.parse({ id: this.events.length + 1, at: this.now(), body: EventBody.parse(body) })
    this.events.push(event)
    for (const listener of [...this.#listeners]) listener(event)
    return event
  }

  get lastEventId(): number {
    return this.events.length
  }

  signIn(): void {
    this.session = { user: OWNER, workspace: { id: 'org-1', name: 'Workshop' }, isFirstVisit: false }
  }

  signOut(): void {
    this.session = { user: null, workspace: null, isFirstVisit: false }
  }

  /** @throws NOT_FOUND */
  record(id: string): FeatureRecord {
    const record = this.features.get(id)
    if (!record) throw failure('NOT_FOUND', { thing: 'feature', id })
    return record
  }

  /** @throws NOT_FOUND */
  job(id: string): { job: Job; record: FeatureRecord } {
    for (const record of this.features.values()) {
      const job = record.view.jobs.find((one) => one.id === id)
      if (job) return { job, record }
    }
    throw failure('NOT_FOUND', { thing: 'job', id })
  }

  addFeature(idea: string, title = BIKE_WORKSHOP.brief.name): Feature {
    const at = this.now()
    const project: Project = { id: this.id(), name: title, createdAt: at, updatedAt: at }
    const feature: Feature = { id: this.id(), projectId: project.id, title, idea, status: 'drafting', createdAt: at, updatedAt: at }
    const brief = { ...BIKE_WORKSHOP.brief, name: title.slice(0, 60) }
    const view = {
      project,
      feature,
      brief,
      questions: BIKE_WORKSHOP.questions,
      spec: null,
      specRevision: 0,
      plans: [],
      planRevision: 0,
      jobs: [],
      versions: [],
      evidence: [],
    }
    const record: FeatureRecord = { view, messages: [], logs: new Map(), specs: [], planned: [], isDeleted: false }
    this.features.set(feature.id, record)
    this.say(feature.id, 'user', idea)
    this.say(feature.id, 'assistant', BIKE_WORKSHOP.greeting)
    return feature
  }

  say(featureId: string, role: ChatMessage['role'], content: string, about: ChatMessage['about'] = 'brief'): ChatMessage {
    const { messages } = this.record(featureId)
    const message: ChatMessage = {
      id: this.id(),
      featureId,
      role,
      about,
      content,
      questions: [],
      answers: [],
      images: [],
      createdAt: this.now(),
    }
    messages.push(message)
    this.tell({ type: 'message-added', featureId, messageId: message.id, role })
    return message
  }

  /** @throws MOVED_ON */
  moveFeature(id: string, event: FeatureEvent): Feature {
    const { view } = this.record(id)
    const step = transition(FEATURE, view.feature.status, event)
    if (step.kind === 'refused') throw failure('MOVED_ON', { thing: 'feature', id, event, status: view.feature.status })
    view.feature = { ...view.feature, status: step.to, updatedAt: this.now() }
    this.tell({ type: 'feature-changed', featureId: id, title: view.feature.title, status: step.to })
    return view.feature
  }

  /** What the durable run behind `confirm-brief` comes to. */
  writeSpec(id: string): void {
    this.keepSpec(id, BIKE_WORKSHOP.spec, { made: 'written' })
    this.moveFeature(id, 'spec-written')
  }

  /** Adds a revision of the spec. */
  keepSpec(id: string, spec: Spec, origin: Partial<Pick<Revision, 'made' | 'by' | 'note'>>): Revision {
    const { view, specs } = this.record(id)
    view.spec = spec
    view.specRevision++
    const revision: Revision = { number: view.specRevision, made: null, by: '', note: '', ...origin, createdAt: this.now() }
    specs.unshift({ revision, spec })
    this.tell({ type: 'spec-changed', featureId: id })
    return revision
  }

  /** What the durable run behind `approve-spec` comes to. */
  writePlan(id: string): void {
    const plans = BIKE_WORKSHOP.plans.map(
      (plan): PlanDocument => ({
        id: this.id(),
        featureId: id,
        name: plan.name,
        title: plan.title,
        wave: plan.wave,
        source: plan.source,
        createdAt: this.now(),
      }),
    )
    this.keepPlans(id, plans, { made: 'written' })
    this.moveFeature(id, 'plan-written')
  }

  /** Adds a revision of the plans. */
  keepPlans(id: string, plans: PlanDocument[], origin: Partial<Pick<Revision, 'made' | 'by' | 'note'>>): Revision {
    const { view, planned } = this.record(id)
    view.plans = plans
    view.planRevision++
    const revision: Revision = { number: view.planRevision, made: null, by: '', note: '', ...origin, createdAt: this.now() }
    planned.unshift({ revision, plans })
    this.tell({ type: 'plan-changed', featureId: id })
    return revision
  }

  startBuild(id: string): Job {
    const { view, logs } = this.record(id)
    this.moveFeature(id, 'build')
    const at = this.now()
    const job: Job = {
      id: this.id(),
      projectId: view.project.id,
      featureId: id,
      status: 'queued',
      queuePlace: null,
      buildVersion: null,
      sandboxId: null,
      previewUrl: null,
      workspacePath: null,
      checks: CHECKS.map((name) => ({ name, status: 'pending', summary: '', durationMs: null })),
      failure: null,
      debugId: null,
      archiveSha256: null,
      createdAt: at,
      startedAt: at,
      previewAt: null,
      completedAt: null,
    }
    view.jobs = [job, ...view.jobs]
    logs.set(job.id, [])
    this.tell({ type: 'job-changed', featureId: id, jobId: job.id, status: 'queued' })
    return job
  }

  changeJob(jobId: string, change: Partial<Job>): Job {
    const { job, record } = this.job(jobId)
    const next = { ...job, ...change }
    record.view.jobs = record.view.jobs.map((one) => (one.id === jobId ? next : one))
    if (change.status) this.tell({ type: 'job-changed', featureId: job.featureId, jobId, status: change.status })
    return next
  }

  log(jobId: string, text: string, stream: LogLine['stream'] = 'stdout'): void {
    const { job, record } = this.job(jobId)
    const stage = job.status
    const event = this.tell({ type: 'job-log', featureId: job.featureId, jobId, stage, stream, text })
    const lines = text.replace(/\n$/, '').split('\n')
    record.logs.get(jobId)?.push(...lines.map((line) => ({ id: event.id, stage, stream, text: line })))
  }

  /** Lines that were there before anybody looked: no events. */
  fillLog(jobId: string, count: number): void {
    const { record } = this.job(jobId)
    const lines = Array.from({ length: count }, (_, index) => ({
      id: 1,
      stage: 'checks',
      stream: 'stdout' as const,
      text: `line ${index + 1} of a long log`,
    }))
    record.logs.set(jobId, lines)
  }

  check(jobId: string, check: CheckResult): void {
    const { job, record } = this.job(jobId)
    const checks = job.checks.map((one) => (one.name === check.name ? check : one))
    record.view.jobs = record.view.jobs.map((one) => (one.id === jobId ? { ...one, checks } : one))
    this.tell({ type: 'check-changed', featureId: job.featureId, jobId, check })
  }

  showPreview(jobId: string): void {
    const job = this.changeJob(jobId, { sandboxId: 'sandbox-1', previewUrl: 'http://sandbox-1.preview.localhost', previewAt: this.now() })
    this.tell({ type: 'preview-answers', featureId: job.featureId, jobId, previewUrl: job.previewUrl ?? '' })
  }

  sharePreview(jobId: string, hours: number): PreviewShareLink {
    const { job } = this.job(jobId)
    const id = this.id()
    const createdAt = this.now()
    const expiresAt = new Date(Date.parse(createdAt) + hours * HOUR_MS).toISOString()
    const share = { id, jobId, createdAt, expiresAt, visits: 0, visitedAt: null, url: `http://localhost:4600/share/${id}` }
    this.shares.unshift(share)
    this.tell({ type: 'shares-changed', projectId: job.projectId, featureId: job.featureId, jobId })
    return share
  }

  finishBuild(jobId: string): void {
    const { job, record } = this.job(jobId)
    const number = record.view.versions.length + 1
    const name = buildVersion(number)
    const at = this.now()
    const archive = { archiveSha256: ARCHIVE_SHA256 }
    this.changeJob(jobId, { status: 'ready', buildVersion: name, completedAt: at, ...archive })
    const version = {
      id: this.id(),
      projectId: job.projectId,
      jobId,
      featureId: job.featureId,
      name,
      number,
      restoredFrom: null,
      archiveBytes: 96_432,
      createdAt: at,
      ...archive,
    }
    record.view.versions = [version, ...record.view.versions]
    record.view.evidence = BIKE_WORKSHOP.spec.requirements.map((requirement, index) => ({
      id: this.id(),
      projectId: job.projectId,
      featureId: job.featureId,
      jobId,
      requirement: requirement.id,
      kind: index % 2 ? 'http' : 'command',
      verdict: index === 8 ? 'undecided' : 'satisfied',
      summary: index === 8 ? 'No check speaks for it yet.' : `${requirement.criteria.length} checks passed for "${requirement.title}".`,
      createdAt: at,
    }))
    this.tell({ type: 'version-added', featureId: job.featureId, jobId, name })
    this.moveFeature(job.featureId, 'build-ready')
  }

  failBuild(jobId: string, sentence: string): void {
    const { job } = this.job(jobId)
    this.changeJob(jobId, { status: 'failed', failure: sentence, debugId: 'job-7f3a91c2', completedAt: this.now() })
    this.moveFeature(job.featureId, 'build-failed')
  }

  cancelBuild(jobId: string): Job {
    const { job } = this.job(jobId)
    if (isFinal(JOB, job.status)) return job
    const next = this.changeJob(jobId, { status: 'cancelled', completedAt: this.now() })
    this.moveFeature(job.featureId, 'build-cancelled')
    return next
  }

  /** The whole way of a build in one go, for tests that look at what comes after it. */
  runBuild(featureId: string): Job {
    const job = this.startBuild(featureId)
    const stages: JobStatus[] = ['starting', 'scaffold', 'code', 'deps', 'checks']
    for (const status of stages) {
      this.changeJob(job.id, { status })
      this.log(job.id, `${status}: done\n`, 'note')
    }
    this.showPreview(job.id)
    for (const name of CHECKS) this.check(job.id, { name, status: 'passed', summary: `${name} passed`, durationMs: 1_400 })
    this.finishBuild(job.id)
    return this.job(job.id).job
  }

  /** A feature that has come as far as `status`, as if somebody had approved each step. */
  featureAt(status: 'drafting' | 'spec_ready' | 'plan_ready' | 'building' | 'build_failed' | 'built', title?: string): Feature {
    const { id } = this.addFeature(BIKE_WORKSHOP.idea, title)
    const steps: Record<typeof status, (() => unknown)[]> = {
      drafting: [],
      spec_ready: [() => this.moveFeature(id, 'confirm-brief'), () => this.writeSpec(id)],
      plan_ready: [() => this.moveFeature(id, 'approve-spec'), () => this.writePlan(id)],
      building: [() => this.moveFeature(id, 'approve-plan'), () => this.changeJob(this.startBuild(id).id, { status: 'deps' })],
      build_failed: [
        () => this.moveFeature(id, 'approve-plan'),
        () => this.failBuild(this.startBuild(id).id, 'Two tests expect a cancelled job to free its slot.'),
      ],
      built: [() => this.moveFeature(id, 'approve-plan'), () => this.runBuild(id)],
    }
    const way =
      status === 'drafting'
        ? []
        : status === 'spec_ready'
          ? ['spec_ready']
          : status === 'plan_ready'
            ? ['spec_ready', 'plan_ready']
            : ['spec_ready', 'plan_ready', status]
    for (const step of way.flatMap((name) => steps[name as typeof status])) step()
    return this.record(id).view.feature
  }
}
