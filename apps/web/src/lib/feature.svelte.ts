/** One feature with all it has: loaded once, then moved on by events. */
import type { ChatMessage, EventType, FeatureMoney, FeatureView, Job, LiveEvent } from '@slipway/domain'
import { api } from './api.ts'
import { type PreviewNote, reduceNotes, reduceTimes, reduceView, reduceWriting, type StageTimes, type Writing } from './feature-events.ts'
import { listen } from './live.svelte.ts'

/** After these, what was spent or what comes next is another. */
const CHANGES_MONEY = new Set<EventType>([
  'money-spent',
  'feature-changed',
  'brief-changed',
  'spec-changed',
  'plan-changed',
  'backlog-changed',
])

export class FeatureState {
  view = $state.raw<FeatureView>()
  money = $state.raw<FeatureMoney>()
  messages = $state.raw<readonly ChatMessage[]>([])
  notes = $state.raw<readonly PreviewNote[]>([])
  times = $state.raw<StageTimes>({})
  writing = $state.raw<Writing>()
  /** Counts up with every change of the links to its previews. */
  shareChanges = $state(0)
  failure = $state.raw<unknown>()
  isGone = $state(false)
  readonly id: string
  #isLoading = false
  #isStale = false
  #isAsking = false
  #isSpent = false
  #logListeners = new Set<(event: LiveEvent) => void>()

  constructor(id: string) {
    this.id = id
  }

  get job(): Job | undefined {
    return this.view?.jobs[0]
  }

  /** @returns the way to stop; when nothing could be loaded nothing is listened to either: watch again */
  async watch(): Promise<() => void> {
    await this.load()
    void this.loadMoney()
    return this.view ? listen(this.view.eventId, (event) => this.apply(event)) : () => undefined
  }

  /** Loads, or loads once more when it was asked for while it loaded. */
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
        // An answer that was on its way while events went past it is older than what is shown: ask again.
        if (view.eventId < (this.view?.eventId ?? 0)) this.#isStale = true
        else this.view = view
        this.messages = chat.messages
        this.failure = undefined
      } while (this.#isStale)
    } catch (error) {
      this.failure = error
    } finally {
      this.#isLoading = false
    }
  }

  /** Money is told beside the feature: a page without it is still a page. */
  async loadMoney(): Promise<void> {
    this.#isSpent = true
    if (this.#isAsking) return
    this.#isAsking = true
    try {
      while (this.#isSpent) {
        this.#isSpent = false
        this.money = await api.getFeatureMoney({ id: this.id })
      }
    } catch {
      this.#isSpent = false // the next event that changes money asks again
    } finally {
      this.#isAsking = false
    }
  }

  /** Hears the log lines of builds as they come. */
  onLog(listener: (event: LiveEvent) => void): () => void {
    this.#logListeners.add(listener)
    return () => this.#logListeners.delete(listener)
  }

  apply(event: LiveEvent): void {
    const { body } = event
    if (body.featureId !== this.id || !this.view) return
    if (body.type === 'job-log') {
      for (const listener of this.#logListeners) listener(event)
      return
    }
    if (CHANGES_MONEY.has(body.type)) void this.loadMoney()
    if (body.type === 'shares-changed') this.shareChanges++
    if (body.type === 'feature-deleted') this.isGone = true
    if (body.type === 'feature-restored') this.isGone = false
    this.notes = reduceNotes(this.notes, event)
    this.times = reduceTimes(this.times, event)
    this.writing = reduceWriting(this.writing, event)
    const { view, isStale } = reduceView(this.view, event)
    this.view = view
    if (isStale) void this.load()
  }
}
