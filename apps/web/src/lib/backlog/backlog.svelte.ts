/** The backlog of one feature: loaded once, loaded again when an event says that it changed, changed by calls that say what went wrong. */
import { type BacklogView, isRunning, type LiveEvent } from '@slipway/domain'
import { toast } from 'svelte-sonner'
import { api, sayFailure } from '../api.ts'
import { listen } from '../live.svelte.ts'

/** After these, what the page shows is another: also the plans and proofs that coverage tells of. */
const CHANGES = new Set(['backlog-changed', 'backlog-run-changed', 'spec-changed', 'plan-changed', 'job-changed'])

export class BacklogState {
  view = $state.raw<BacklogView>()
  failure = $state.raw<unknown>()
  isBusy = $state(false)
  /** What was last done by keyboard, for those who do not see it. */
  said = $state('')
  readonly featureId: string
  #loading: Promise<void> | undefined
  #isStale = false

  constructor(featureId: string) {
    this.featureId = featureId
  }

  get isRunning(): boolean {
    return this.view?.runs.some(({ status }) => isRunning(status)) ?? false
  }

  /** @returns the way to stop */
  async watch(): Promise<() => void> {
    await this.load()
    return this.view ? listen(this.view.eventId, (event) => this.#hear(event)) : () => undefined
  }

  /** Loads, or loads once more when it was asked for while it loaded; done when what is shown is as new as the question. */
  load(): Promise<void> {
    this.#isStale = true
    this.#loading ??= this.#loadAll().finally(() => {
      this.#loading = undefined
    })
    return this.#loading
  }

  async #loadAll(): Promise<void> {
    try {
      while (this.#isStale) {
        this.#isStale = false
        this.view = await api.getBacklog({ id: this.featureId })
        this.failure = undefined
      }
    } catch (error) {
      this.failure = error
    }
  }

  /** Does something and shows what came of it. @returns whether it worked; when not, a toast has said why */
  async attempt(work: () => Promise<unknown>, said = ''): Promise<boolean> {
    this.isBusy = true
    try {
      await work()
      this.said = said
      return true
    } catch (error) {
      toast.error(sayFailure(error))
      return false
    } finally {
      await this.load()
      this.isBusy = false
    }
  }

  #hear({ id, body }: LiveEvent): void {
    if (!this.view || id <= this.view.eventId || !CHANGES.has(body.type)) return
    if (body.featureId === this.featureId || (body.featureId === null && body.projectId === this.view.projectId)) void this.load()
  }
}
