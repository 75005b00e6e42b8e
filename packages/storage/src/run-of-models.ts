/** What a run of models writes down, each in a transaction of its own: its ledger, and its recording. */
import type { Ledger, RunScope } from '@slipway/domain'
import { isFailure } from '@slipway/domain'
import type { Storage } from './stores.ts'

/**
 * The ledger of one run, under the caps that the owner has saved by the time of each call. Lanes, workers and machines may share it.
 * Tells of every settled call by an event.
 */
export function runLedger(storage: Storage, orgId: string, scope: RunScope): Ledger {
  return {
    async reserve(reservation) {
      // A refusal is an answer and is thrown only after the commit: what a dead process had left open stays settled.
      const answer = await storage.inWorkspace(orgId, ({ ledger }) => ledger.reserve(scope, reservation))
      if (isFailure(answer)) throw answer
      return answer
    },

    settle: (chargeId, settlement) =>
      storage.inWorkspace(orgId, async ({ ledger, events }) => {
        const settled = await ledger.settle(chargeId, settlement)
        if (!settled) return
        const { projectId, featureId, agent } = settled
        await events.append({ type: 'money-spent', projectId, featureId, agent, micros: settlement.micros })
      }),

    judge: (chargeId, outcome) => storage.inWorkspace(orgId, ({ ledger }) => ledger.judge(chargeId, outcome)),
  }
}

/** Where one run keeps its exchanges. `E` is whatever JSON the room that records them makes; nothing in it may be a key of a vendor. */
export interface RunRecording<E> {
  get(key: string): Promise<E | undefined>
  /** Replaces what was under the key. Durable when it returns. */
  put(exchange: E): Promise<void>
}

export function runRecording<E extends { readonly key: string }>(storage: Storage, orgId: string, scope: RunScope): RunRecording<E> {
  return {
    async get(key) {
      const text = await storage.inWorkspace(orgId, ({ exchanges }) => exchanges.get(scope.runId, key))
      return text === undefined ? undefined : (JSON.parse(text) as E)
    },
    put: (exchange) => storage.inWorkspace(orgId, ({ exchanges }) => exchanges.put(scope, exchange.key, JSON.stringify(exchange))),
  }
}
