/** Every failure that may cross a room's door: its code, what HTTP and a retry make of it, and what we say. */
import { FIGMA_ERRORS } from './figma-errors.ts'

export interface ErrorSpec {
  readonly http: 400 | 401 | 403 | 404 | 409 | 413 | 422 | 429 | 500 | 503
  /** Whether the same request may succeed later without anyone changing anything. */
  readonly retry: boolean
  /** What happened and what to do next, for people. */
  readonly say: (detail: never) => string
}

export const ERRORS = {
  INPUT_INVALID: {
    http: 422,
    retry: false,
    say: (d: { what: string; faults: readonly string[] }) =>
      `${d.what} cannot be used as it is: ${d.faults.map((fault) => fault.replace(/\.$/, '')).join('; ')}.`,
  },
  NOT_SIGNED_IN: { http: 401, retry: false, say: () => 'Sign in to go on.' },
  NOT_ALLOWED: { http: 403, retry: false, say: (d: { action: string }) => `You may not ${d.action} here. Ask an owner of this workspace.` },
  ORIGIN_REFUSED: {
    http: 403,
    retry: false,
    say: (d: { origin: string }) => `Requests from ${d.origin || 'an unknown page'} are refused. Open Slipway at its own address.`,
  },
  TOO_MANY_REQUESTS: { http: 429, retry: true, say: (d: { seconds: number }) => `Too many requests. Try again in ${d.seconds} s.` },
  TOO_LARGE: {
    http: 413,
    retry: false,
    say: (d: { what: string; bytesMax: number }) => `${d.what} is larger than ${Math.floor(d.bytesMax / 1024)} kB. Send a smaller one.`,
  },
  ROUTE_NOT_FOUND: { http: 404, retry: false, say: (d: { path: string }) => `There is nothing at ${d.path}.` },
  NOT_FOUND: {
    http: 404,
    retry: false,
    say: (d: { thing: string; id: string }) => `There is no ${d.thing} ${d.id}. It may have been deleted.`,
  },
  MOVED_ON: {
    http: 409,
    retry: false,
    say: (d: { thing: string; id: string; event: string; status: string }) =>
      `The ${d.thing} is already "${d.status.replaceAll('_', ' ')}", so "${d.event.replaceAll('-', ' ')}" is no longer possible. Reload to see where it stands.`,
  },
  CONFLICT: {
    http: 409,
    retry: false,
    say: (d: { what: string }) => `${d.what} was changed by someone else in the meantime. Reload and try again.`,
  },
  BUILD_FAILED: { http: 422, retry: false, say: (d: { stage: string; reason: string }) => `The build stopped at ${d.stage}. ${d.reason}` },
  SANDBOX_UNAVAILABLE: {
    http: 503,
    retry: false,
    say: (d: { reason: string; fix: string }) => `Generated code cannot run safely on this machine: ${d.reason}. To fix it: ${d.fix}`,
  },
  SANDBOX_LOST: {
    http: 503,
    retry: true,
    say: (d: { sandboxId: string }) => `Sandbox ${d.sandboxId} stopped answering. Start the build again; nothing finished is lost.`,
  },
  SANDBOX_PATH_REFUSED: {
    http: 422,
    retry: false,
    say: (d: { path: string }) => `The path ${d.path} leads outside the workspace. Use a path inside it.`,
  },
  PREVIEW_GONE: { http: 404, retry: false, say: (d: { id: string }) => `The preview ${d.id} is not running. Open it again from Slipway.` },
  PREVIEW_TOKEN_REFUSED: {
    http: 403,
    retry: false,
    say: () => 'This preview link has been used or has expired. Open the preview again from Slipway.',
  },
  OBJECT_NOT_FOUND: { http: 404, retry: false, say: (d: { key: string }) => `The stored file ${d.key} is missing.` },
  STORE_UNREACHABLE: {
    http: 503,
    retry: true,
    say: (d: { what: string; reason: string }) => `${d.what} cannot be reached: ${d.reason}. Check that it runs and try again.`,
  },
  VAULT_SEAL_BROKEN: {
    http: 500,
    retry: false,
    say: (d: { what: string }) =>
      `${d.what} cannot be opened with this key file. Restore the key file it was sealed with, or delete it and enter it again.`,
  },
  MODEL_UNAVAILABLE: {
    http: 503,
    retry: true,
    /** `retryAfterMs`: the vendor asked to wait that long. */
    say: (d: { provider: string; model: string; reason: string; attempts: number; retryAfterMs?: number }) =>
      `${d.provider} did not answer for ${d.model} in ${d.attempts} ${d.attempts === 1 ? 'attempt' : 'attempts'}: ${d.reason}. Try again later, or set a fallback model.`,
  },
  MODEL_MISSING: {
    http: 422,
    retry: false,
    say: (d: { missing: string }) => `No model can be asked: ${d.missing}. Open Settings, choose a model and enter its key.`,
  },
  MODEL_KEY_REFUSED: {
    http: 422,
    retry: false,
    say: (d: { provider: string; reason: string }) => `${d.provider} refused the key: ${d.reason}. Enter another one in Settings.`,
  },
  MODEL_CREDIT_EMPTY: {
    http: 422,
    retry: false,
    say: (d: { provider: string; reason: string }) => `The account at ${d.provider} cannot pay: ${d.reason}. Add credit there and go on.`,
  },
  MODEL_REQUEST_REFUSED: {
    http: 422,
    retry: false,
    say: (d: { provider: string; model: string; reason: string }) =>
      `${d.provider} refused the request for ${d.model}: ${d.reason}. Choose another model in Settings.`,
  },
  MODEL_ANSWER_UNUSABLE: {
    http: 503,
    retry: false,
    say: (d: { agent: string; reason: string }) =>
      `The model gave no usable answer as ${d.agent}, also when it was asked again: ${d.reason.slice(0, 600)} Try again, or choose another model in Settings.`,
  },
  ANSWER_NOT_RECORDED: {
    http: 422,
    retry: false,
    say: (d: { key: string }) => `The recording has no answer to ${d.key}: that was not asked then, or no model answered it.`,
  },
  RECORDING_UNUSABLE: {
    http: 422,
    retry: false,
    say: (d: { file: string; reason: string }) => `${d.file} cannot be replayed: ${d.reason.replace(/\.$/, '')}.`,
  },
  PRICE_UNKNOWN: {
    http: 422,
    retry: false,
    say: (d: { provider: string; model: string }) =>
      `The price of ${d.model} at ${d.provider} is unknown, so the cap cannot be kept. Enter its price, or cap tokens instead of money.`,
  },
  CAP_REACHED: {
    http: 409,
    retry: false,
    say: (d: { scope: string; unit: 'money' | 'tokens'; cap: number; spent: number; needed: number }) => {
      const print = (value: number) => (d.unit === 'money' ? `$${(value / 1_000_000).toFixed(2)}` : `${value} tokens`)
      return `The cap of this ${d.scope} is ${print(d.cap)}; ${print(d.spent)} are spent or reserved, and the next call may take ${print(d.needed)}. Raise the cap to go on.`
    },
  },
  ...FIGMA_ERRORS,
  CONFIG_INVALID: {
    http: 500,
    retry: false,
    say: (d: { faults: readonly string[] }) => `The configuration cannot be used:\n${d.faults.map((fault) => `  - ${fault}`).join('\n')}`,
  },
  UNEXPECTED: {
    http: 500,
    retry: true,
    say: (d: { debugId: string }) => `Something went wrong on our side. Try again; if it stays, look for ${d.debugId} in the log.`,
  },
} satisfies Record<string, ErrorSpec>

export type ErrorCode = keyof typeof ERRORS
type Detail<C extends ErrorCode> = Parameters<(typeof ERRORS)[C]['say']>[0]

/** A failure that people may read. Everything else that is thrown is our own bug. */
export class SlipwayError extends Error {
  override readonly name = 'SlipwayError'
  readonly code: ErrorCode
  readonly detail: unknown

  constructor(code: ErrorCode, detail: unknown, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
    this.detail = detail
  }
}

/** Usage: `throw failure('NOT_FOUND', { thing: 'job', id })`. */
export function failure<C extends ErrorCode>(code: C, detail: Detail<C>, cause?: unknown): SlipwayError {
  const say = ERRORS[code].say as (detail: Detail<C>) => string
  return new SlipwayError(code, detail, say(detail), cause)
}

/** Whether `error` is the failure `code` (or any failure, without a code). */
export function isFailure(error: unknown, code?: ErrorCode): error is SlipwayError {
  return error instanceof SlipwayError && (code === undefined || error.code === code)
}
