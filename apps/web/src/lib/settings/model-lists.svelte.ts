/** What each vendor lists for the stored key, asked once when it is first needed. */
import type { ApiKeyProvider, AvailableModel } from '@slipway/domain'
import { api, sayFailure } from '../api.ts'

interface Listed {
  readonly models: readonly AvailableModel[]
  /** Why there are none. */
  readonly failure: string
  readonly isLoading: boolean
}

const NONE: Listed = { models: [], failure: '', isLoading: false }

export class ModelLists {
  #lists = $state.raw<Partial<Record<ApiKeyProvider, Listed>>>({})

  of(provider: ApiKeyProvider | ''): Listed {
    return (provider && this.#lists[provider]) || NONE
  }

  find(provider: ApiKeyProvider, model: string): AvailableModel | undefined {
    return this.of(provider).models.find(({ id }) => id === model)
  }

  async load(provider: ApiKeyProvider): Promise<void> {
    if (this.#lists[provider]) return
    this.#lists = { ...this.#lists, [provider]: { ...NONE, isLoading: true } }
    try {
      const { models } = await api.listAvailableModels({ provider })
      this.#lists = { ...this.#lists, [provider]: { ...NONE, models } }
    } catch (error) {
      this.#lists = { ...this.#lists, [provider]: { ...NONE, failure: sayFailure(error) } }
    }
  }

  /** Another key lists other models. */
  forget(provider: ApiKeyProvider): void {
    const { [provider]: _, ...rest } = this.#lists
    this.#lists = rest
  }
}
