/** Makes a model of a driver: retries with the vendor's own waiting times, and a ledger row for every HTTP attempt. */
import { failure, isFailure, type Ledger, type ModelRole, type Reservation } from '@slipway/domain'
import type { AttemptFault, AttemptResult, Driver } from './drivers/driver.ts'
import { PROVIDERS, type Provider } from './drivers/providers.ts'
import { inputTokensOf, type Model, type ModelRequest, type Reply } from './model.ts'
import { costOf, type PriceTable, worstCostOf } from './prices.ts'

export interface RetryPolicy {
  readonly attemptsMax: number
  /** Doubles with every attempt, with up to a quarter more at random. */
  readonly firstWaitMs: number
  /** A vendor that asks for more is given up instead. */
  readonly waitMaxMs: number
}

export const RETRIES: RetryPolicy = { attemptsMax: 4, firstWaitMs: 1_000, waitMaxMs: 60_000 }

export interface ModelDeps {
  readonly driver: Driver
  readonly ledger: Ledger
  readonly priceOf: PriceTable
  /** For the ledger: whom the model was chosen for. */
  readonly role?: ModelRole
  readonly retries?: RetryPolicy
  /** Rejects with the signal's reason when it is aborted. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>
  /** 0 to 1. */
  readonly random?: () => number
  readonly now?: () => number
}

/** Dense code has about three characters to a token: a reservation is made for the dense case. */
const DENSITY = 4 / 3

export function createModel(deps: ModelDeps): Model {
  const { driver, ledger, priceOf, role = null, retries = RETRIES, sleep = waitFor, random = Math.random, now = Date.now } = deps
  const price = () => priceOf(driver.provider, driver.model)

  const attemptOnce = async (request: ModelRequest, retryOf: string | null): Promise<{ chargeId: string; result: AttemptResult }> => {
    request.signal.throwIfAborted()
    const chargeId = await ledger.reserve(reservationOf(request, retryOf))
    const startedAt = now()
    const result = await driver.attempt(request, request.onPart ?? (() => {}))
    const usage = result.kind === 'reply' ? result.reply.usage : result.usage
    const outcome = result.kind !== 'reply' ? 'wasted' : retryOf === null ? 'useful' : 'retried'
    await ledger.settle(chargeId, {
      usage,
      micros: costOf(usage, price()),
      firstTokenMs: result.firstTokenMs,
      durationMs: now() - startedAt,
      result: result.kind === 'fault' ? result.fault.kind : result.kind,
      outcome,
    })
    return { chargeId, result }
  }

  const reservationOf = (request: ModelRequest, retryOf: string | null): Reservation => {
    const inputTokens = Math.ceil(inputTokensOf(request) * DENSITY)
    const { key, agent, outputTokensMax } = request
    const microsMax = worstCostOf(inputTokens, outputTokensMax, price())
    const { provider, model } = driver
    return { key, agent, role, provider, model, tokensMax: inputTokens + outputTokensMax, microsMax, retryOf }
  }

  return {
    provider: driver.provider,
    model: driver.model,
    contextTokens: driver.contextTokens,
    async exchange(request): Promise<Reply> {
      let retryOf = request.retryOf ?? null
      for (let attempt = 1; ; attempt++) {
        const { chargeId, result } = await attemptOnce(request, retryOf)
        if (result.kind === 'reply') return { ...result.reply, chargeId }
        if (result.kind === 'aborted') throw request.signal.reason
        const waitMs = result.fault.retryAfterMs ?? retries.firstWaitMs * 2 ** (attempt - 1) * (1 + random() / 4)
        if (!result.fault.canRetry || attempt >= retries.attemptsMax || waitMs > retries.waitMaxMs) {
          throw refusal(driver, result.fault, attempt, waitMs > retries.waitMaxMs ? waitMs : null)
        }
        request.onPart?.({ kind: 'restart', reason: result.fault.message })
        await sleep(waitMs, request.signal)
        retryOf = chargeId
      }
    },
  }
}

function refusal(driver: Driver, fault: AttemptFault, attempts: number, waitMs: number | null) {
  const provider = labelOf(driver.provider)
  const reason = waitMs === null ? fault.message : `${fault.message}; it asks to wait ${Math.ceil(waitMs / 1_000)} s`
  switch (fault.kind) {
    case 'key-refused':
      return failure('MODEL_KEY_REFUSED', { provider, reason })
    case 'credit-empty':
      return failure('MODEL_CREDIT_EMPTY', { provider, reason })
    case 'request-refused':
      return failure('MODEL_REQUEST_REFUSED', { provider, model: driver.model, reason })
    case 'http':
    case 'cut':
    case 'truncated':
    case 'stall':
    case 'unreachable':
      return failure('MODEL_UNAVAILABLE', {
        provider,
        model: driver.model,
        reason,
        attempts,
        ...(waitMs !== null && { retryAfterMs: waitMs }),
      })
  }
}

const labelOf = (id: string): string => (PROVIDERS as Record<string, Provider>)[id]?.label ?? id

const FALLS_BACK = ['MODEL_UNAVAILABLE', 'MODEL_CREDIT_EMPTY', 'MODEL_REQUEST_REFUSED'] as const

/** Asks `second` when `first` cannot answer now, or not this; a refused key is told to the owner instead. */
export function withFallback(first: Model, second: Model): Model {
  return {
    provider: first.provider,
    model: first.model,
    contextTokens: smaller(first.contextTokens, second.contextTokens),
    async exchange(request) {
      try {
        return await first.exchange(request)
      } catch (error) {
        if (!FALLS_BACK.some((code) => isFailure(error, code))) throw error
        request.onPart?.({ kind: 'restart', reason: `${second.model} is asked instead` })
        return second.exchange({ ...request, key: `${request.key}/fallback` })
      }
    },
  }
}

const smaller = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : Math.min(a, b))

function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, ms)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
}
