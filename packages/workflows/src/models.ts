/** The models of a workspace, as its owner chose them: what a run asks, pays and remembers. */
import {
  type Agent,
  contextTokensOf,
  type Fetch,
  knownPrices,
  type Model,
  modelChooser,
  type Outcome,
  type RecordedExchange,
  type RunOptions,
  runAgent,
} from '@slipway/agents'
import { failure, isFailure, type Ledger, type ModelRole, type RunScope } from '@slipway/domain'
import { runLedger, runRecording, type Storage } from '@slipway/storage'

export interface RunOfModels {
  modelOf(role: ModelRole): Promise<Model>
  readonly ledger: Ledger
  /** @throws what `Model.exchange` throws */
  run<I, O>(agent: Agent<I, O>, input: I, options: Omit<RunOptions<O>, 'ledger'>): Promise<Outcome<O>>
  /**
   * The agent's answer; the same run and key again is answered from the record, at no cost.
   * @throws MODEL_ANSWER_UNUSABLE when it is still wrong after its repairs, or refused; what `Model.exchange` throws
   */
  ask<I, O>(agent: Agent<I, O>, input: I, options: Omit<RunOptions<O>, 'ledger'>): Promise<O>
}

export interface Models {
  /** Undefined where the owner has chosen no model: the built-in makers then do everything. */
  ofRun(orgId: string, scope: RunScope): Promise<RunOfModels | undefined>
  isChosen(orgId: string): Promise<boolean>
  /** The model of a role, as its vendor calls it; undefined where none is chosen. */
  nameOf(orgId: string, role: ModelRole): Promise<string | undefined>
}

interface Deps {
  readonly storage: Storage
  readonly fetch?: Fetch | undefined
  readonly replay?: ReplayedModel | undefined
}

/** The model of a run that is played back. */
export type ReplayedModel = (scope: RunScope, model: { readonly contextTokens: number | null }) => Model

export function createModels({ storage, fetch, replay }: Deps): Models {
  const settingsOf = (orgId: string) => storage.inWorkspace(orgId, async ({ modelSettings }) => (await modelSettings.get()).settings)
  return {
    isChosen: async (orgId) => (await settingsOf(orgId)).main !== null,

    async nameOf(orgId, role) {
      const { main, roles } = await settingsOf(orgId)
      return (roles[role] ?? main)?.model
    },

    async ofRun(orgId, scope) {
      const settings = await settingsOf(orgId)
      if (!settings.main) return undefined
      const ledger = runLedger(storage, orgId, scope)
      const modelOf = replay
        ? async (role: ModelRole) => replay(scope, { contextTokens: contextTokensOf(settings, role) })
        : modelChooser({
            settings,
            keyOf: (provider) => storage.inWorkspace(orgId, ({ secrets }) => secrets.open(provider)),
            ledger,
            known: await knownPrices(),
            recording: runRecording<RecordedExchange>(storage, orgId, scope),
            ...(fetch ? { fetch } : {}),
          })
      const run: RunOfModels['run'] = async (agent, input, options) =>
        runAgent(agent, input, await modelOf(agent.role), { ...options, ledger })
      return {
        modelOf,
        ledger,
        run,
        async ask(agent, input, options) {
          const outcome = await run(agent, input, options)
          if (outcome.kind === 'answer') return outcome.value
          throw failure('MODEL_ANSWER_UNUSABLE', { agent: agent.name, reason: whyUnusable(outcome) })
        },
      }
    },
  }
}

export const whyUnusable = (outcome: Exclude<Outcome<unknown>, { kind: 'answer' }>): string =>
  outcome.kind === 'refused' ? 'it refused to answer' : outcome.lastFault

const ABOUT_MODELS = [
  'MODEL_UNAVAILABLE',
  'MODEL_MISSING',
  'MODEL_KEY_REFUSED',
  'MODEL_CREDIT_EMPTY',
  'MODEL_REQUEST_REFUSED',
  'MODEL_ANSWER_UNUSABLE',
  'PRICE_UNKNOWN',
  'CAP_REACHED',
  'ANSWER_NOT_RECORDED',
] as const

/** Why a model did not help, in a sentence for people; undefined for faults of another kind. */
export const whyNoModel = (error: unknown): string | undefined =>
  isFailure(error) && ABOUT_MODELS.some((code) => code === error.code) ? error.message : undefined
