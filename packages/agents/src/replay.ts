/** Plays a recording back without any model: to run a past run again, and to judge a change of a prompt on it. */
import { failure } from '@slipway/domain'
import { type Comparison, compareExchange } from './compare-exchange.ts'
import type { Model, ModelRequest } from './model.ts'
import { type RecordedExchange, type Recording, saidAgain } from './record.ts'

export interface ReplayOptions {
  /** Of the model that was recorded: how long a conversation may grow before it is shortened. */
  readonly contextTokens?: number | null
  /** Told of every exchange before it is answered; without `known` nothing is recorded under its key. */
  readonly onExchange?: (asked: ReplayedExchange) => void
}

export interface ReplayedExchange {
  readonly request: ModelRequest
  readonly known?: { readonly exchange: RecordedExchange; readonly comparison: Comparison }
}

/**
 * Whatever is asked under a recorded key has the recorded answer; that it was asked in other words is told, not refused.
 * @throws ANSWER_NOT_RECORDED from `exchange` when nothing is recorded under its key
 */
export function replayed(recording: Pick<Recording, 'get'>, { contextTokens = null, onExchange }: ReplayOptions = {}): Model {
  return {
    provider: 'replay',
    model: 'replay',
    contextTokens,
    async exchange(request) {
      const exchange = await recording.get(request.key)
      onExchange?.(exchange ? { request, known: { exchange, comparison: compareExchange(exchange, request) } } : { request })
      if (!exchange) throw failure('ANSWER_NOT_RECORDED', { key: request.key })
      return saidAgain(exchange.reply, request)
    },
  }
}
