/** The prototype of this browser: loaded once, then again whenever an event says that it moved. */
import type { DesignBox, LiveEvent, PrototypeSession } from '@slipway/domain'
import { api } from '../api.ts'
import { listen } from '../live.svelte.ts'

export class PrototypeState {
  /** Undefined before the first answer; null when there is none. */
  session = $state.raw<PrototypeSession | null>()
  boxes = $state.raw<readonly DesignBox[]>([])
  failure = $state.raw<unknown>()
  #eventId = 0
  #isLoading = false
  #isStale = false

  /** @returns the way to stop */
  async watch(): Promise<() => void> {
    await this.load()
    return this.session === undefined ? () => undefined : listen(this.#eventId, (event) => this.apply(event))
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
        const { session, eventId } = await api.getPrototypeSession({})
        const boxes = session?.status === 'ready' ? (await api.getPrototypeBoxes({})).boxes : []
        this.#eventId = eventId
        this.session = session
        this.boxes = boxes
        this.failure = undefined
      } while (this.#isStale)
    } catch (error) {
      this.failure = error
    } finally {
      this.#isLoading = false
    }
  }

  apply({ id, body }: LiveEvent): void {
    if (body.type !== 'prototype-changed' || id <= this.#eventId) return
    if (this.session && body.prototypeId !== this.session.id) return
    void this.load()
  }
}
