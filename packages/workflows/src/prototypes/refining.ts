/** What may be asked of refinement: what it would cost, beginning it, undoing it. */
import { randomUUID } from 'node:crypto'
import { estimateStage, exchangeKey, knownPrices, type PriceTable, refineNames } from '@slipway/agents'
import { failure, type PrototypeRefinement, type PrototypeSession } from '@slipway/domain'
import type { Engine } from '../engine.ts'
import { prototypeChanged } from './generate-prototype.ts'
import type { Asker, Prototypes } from './prototypes.ts'
import { askOf, NO_BROWSER, REFINE_KEY, type RefineDeps, refinePrototypeRun } from './refine-prototype.ts'
import { bundleOf } from './stored-design.ts'

const RUN = 'refine-prototype'

export interface Refining extends Pick<Prototypes, 'refinementOffer' | 'refine'> {
  /** Begins again what a killed process had only written down. Safe to repeat. */
  handIn(asker: Asker, refinement: PrototypeRefinement): Promise<void>
}

/** @param deps.engine before its start: a run is registered here */
export function createRefining(
  deps: RefineDeps & { readonly engine: Engine; readonly sessionOf: (asker: Asker) => Promise<PrototypeSession> },
): Refining {
  const { storage, objects, models, engine, browse, sessionOf } = deps
  engine.register(RUN, refinePrototypeRun(deps))
  let prices: Promise<PriceTable> | undefined
  // Two megabytes of prices are read when somebody asks for one.
  const known = () => (prices ??= knownPrices())

  const frozen = async (asker: Asker) => {
    const session = await sessionOf(asker)
    const { bundleSha256 } = session.designContext
    if (session.status !== 'ready' || !bundleSha256)
      throw failure('MOVED_ON', { thing: 'prototype', id: session.id, event: 'refine', status: session.status })
    return { session, bundleSha256 }
  }
  const modelOf = async (orgId: string) => (await models.nameOf(orgId, refineNames.role)) ?? null
  /** One question at a time: whoever asks the same at once waits for the first answer and finds it. */
  const handIn: Refining['handIn'] = ({ orgId }, { runId, askId }) =>
    engine.begin(RUN, { orgId, id: runId }, { id: `${RUN}-${runId}`, queue: 'documents', group: askId })

  return {
    handIn,

    async refinementOffer(asker) {
      const model = await modelOf(asker.orgId)
      const obstacle = browse ? null : NO_BROWSER
      const { status, designContext } = await sessionOf(asker)
      const { bundleSha256 } = designContext
      // While it is compiled there is nothing to name yet; that is no fault of whoever looks.
      if (model === null || status !== 'ready' || !bundleSha256) return { model: null, estimate: null, isAnswered: false, obstacle }
      const { scope, characters, names } = askOf(await bundleOf(objects, asker.orgId, bundleSha256), model)
      const table = await known()
      return storage.inWorkspace(asker.orgId, async ({ modelSettings, ledger, exchanges }) => {
        const { settings } = await modelSettings.get()
        const source = { settings, known: table, history: ledger.history }
        return {
          model,
          estimate: await estimateStage({ stage: 'refine', characters, names }, source),
          isAnswered: (await exchanges.get(scope.runId, exchangeKey(REFINE_KEY, refineNames))) !== undefined,
          obstacle,
        }
      })
    },

    async refine(asker) {
      const { session, bundleSha256 } = await frozen(asker)
      if (session.refinement?.state === 'running') {
        await handIn(asker, session.refinement)
        return { sessionId: session.sessionId }
      }
      const model = await modelOf(asker.orgId)
      if (model === null) throw failure('MODEL_MISSING', { missing: 'none is chosen' })
      if (!browse) throw failure('INPUT_INVALID', { what: 'Refining', faults: [NO_BROWSER] })
      const { scope } = askOf(await bundleOf(objects, asker.orgId, bundleSha256), model)
      const refinement: PrototypeRefinement = {
        ...{ version: 1, runId: randomUUID(), state: 'running', model, askId: scope.runId, reason: '', bundleSha256 },
        ...{ revision: session.revision, hintsSha256: null, used: 0, ignored: 0, before: null, after: null, micros: null },
      }
      const record = await storage.inWorkspace(asker.orgId, async ({ prototypes, events }) => {
        const begun = await prototypes.beginRefinement(asker.sessionId, refinement)
        if (begun) await events.append(prototypeChanged(begun.session))
        return begun
      })
      if (!record) throw failure('CONFLICT', { what: 'The code' })
      await handIn(asker, refinement)
      return { sessionId: asker.sessionId }
    },
  }
}
