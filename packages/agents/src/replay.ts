/** Plays a recording back without any model: for tests, and to judge a change of a prompt on runs of the past. */
import type { Model, ModelRequest } from './model.ts'
import { newMessages, type RecordedExchange, type Recording, requestHash, saidAgain } from './record.ts'

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

function firstDifference(known: RecordedExchange, request: ModelRequest): string {
  if (known.request.system !== request.system) return 'the system text'
  const fresh = newMessages(request.messages)
  const index = fresh.findIndex((message, at) => JSON.stringify(message) !== JSON.stringify(known.request.messages[at]))
  if (index < 0) return 'the tools, the shape of the answer or what was said before'
  return `message ${request.messages.length - fresh.length + index + 1}: ${JSON.stringify(fresh[index]).slice(0, 200)}`
}
