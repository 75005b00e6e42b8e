/** One feature with all it has: loaded once, then moved on by events. */
import type { ChatMessage, FeatureView, Job, LiveEvent } from '@slipway/domain'
import { api } from './api.ts'
import { listen } from './live.ts'

export interface PreviewNote {
  readonly id: number
  readonly at: string
  readonly kind: 'console-error' | 'request-failed'
  readonly text: string
}

const NOTES_MAX = 200

export class FeatureState {
  view = $state<FeatureView>()
  messages = $state<ChatMessage[]>([])
  notes = $state<PreviewNote[]>([])
  failure = $state<unknown>()
  isGone = $state(false)
  readonly id: string
  #known = 0
  #isLoading = false
  #isStale = false
  #logListeners = new Set<(event: LiveEvent) => void>()

  constructor(id: string) {
    this.id = id
  }

  get job(): Job | undefined {
    return this.view?.jobs[0]
  }

  /** @returns the way to stop */
  async watch(): Promise<() => void> {
    await this.load()
    return listen(this.#known, (event) => this.apply(event))
  }

  async load(): Promise<void> {
    if (this.#isLoading) {
      this.#isStale = true
      return
    }
    this.#isLoading = true
    try {
      do {
        this.#isStale = false
        const [view, chat] = await Promise.all([api.getFeature({ id: this.id }), api.getChat({ featureId: this.id })])
        this.view = view
        this.messages = chat.messages
        this.#known = Math.max(this.#known, view.eventId)
        this.failure = undefined
      } while (this.#isStale)
    } catch (error) {
      this.failure = error
    } finally {
      this.#isLoading = false
    }
  }

  /** Hears the log lines of builds as they come. */
  onLog(listener: (event: LiveEvent) => void): () => void {
    this.#logListeners.add(listener)
    return () => this.#logListeners.delete(listener)
  }

  /** What an event says is shown at once; what it only points at is fetched. */
  apply(event: LiveEvent): void {
    const { body } = event
    if (body.featureId !== this.id || !this.view) return
    if (body.type === 'job-log') {
      for (const listener of this.#logListeners) listener(event)
      return
    }
    if (event.id <= this.#known) return
    this.#known = event.id
    const job = this.view.jobs.find((one) => one.id === body.jobId)
    switch (body.type) {
      case 'feature-changed':
        this.view.feature.status = body.status
        this.view.feature.title = body.title
        void this.load()
        break
      case 'job-changed':
        if (job) job.status = body.status
        void this.load()
        break
      case 'check-changed':
        if (job) job.checks = job.checks.map((check) => (check.name === body.check.name ? body.check : check))
        break
      case 'preview-answers':
        if (job) job.previewUrl = body.previewUrl
        break
      case 'preview-report':
        this.notes = [...this.notes, { id: event.id, at: event.at, kind: body.kind, text: body.text }].slice(-NOTES_MAX)
        break
      case 'feature-deleted':
        this.isGone = true
        break
      case 'feature-restored':
        this.isGone = false
        break
      default:
        void this.load()
    }
  }
}
