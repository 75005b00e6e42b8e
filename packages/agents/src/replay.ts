/** Plays a recording back without any model: for tests, and to judge a change of a prompt on runs of the past. */
import type { Model } from './model.ts'
import { type RecordedExchange, type Recording, requestHash, saidAgain } from './record.ts'

export interface ReplayOptions {
  /** `fail`: another question than the recorded one is an error. `allow`: its key is enough, as when prompts have changed. */
  readonly difference: 'fail' | 'allow'
  /** Told of every exchange, and whether it was asked in the same words. */
  readonly onExchange?: (recorded: RecordedExchange, isSame: boolean) => void
}

/** @throws Error from `exchange` when nothing is recorded under a key, or, with `fail`, something else was asked */
export function replayed(recording: Recording, options: ReplayOptions): Model {
  return {
    provider: 'replay',
    model: 'replay',
    contextTokens: null,
    async exchange(request) {
      const known = await recording.get(request.key)
      if (!known) throw new Error(`nothing is recorded under ${request.key}: record this run first`)
      const isSame = known.requestHash === requestHash(request)
      options.onExchange?.(known, isSame)
      if (!isSame && options.difference === 'fail')
        throw new Error(`${request.key} asks something else than was recorded: ${firstDifference(known, request)}`)
      return saidAgain(known.reply, request)
    },
  }
}

function firstDifference(known: RecordedExchange, request: { system: string; messages: readonly unknown[] }): string {
  if (known.request.system !== request.system) return 'the system text'
  const index = request.messages.findIndex((message, at) => JSON.stringify(message) !== JSON.stringify(known.request.messages[at]))
  return index < 0
    ? 'the tools, the shape of the answer or the number of messages'
    : `message ${index + 1}: ${JSON.stringify(request.messages[index]).slice(0, 200)}`
}
