/** Failures as RFC 9457 problem details: what people may read, and an id that finds the rest in the log. */
import { randomBytes } from 'node:crypto'
import { ERRORS, type ErrorCode, failure, type Problem, SlipwayError } from '@slipway/domain'
import type { z } from 'zod'

const titleOf = (code: string) => {
  const words = code.toLowerCase().replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export function problemOf(error: unknown, log: (line: object) => void): Problem {
  if (error instanceof SlipwayError) {
    const status = ERRORS[error.code].http
    const problem = {
      type: `urn:slipway:${error.code.toLowerCase().replaceAll('_', '-')}`,
      title: titleOf(error.code),
      status,
      code: error.code,
    }
    if (status < 500) return { ...problem, detail: error.message, ...faultsOf(error) }
    const debug_id = `dbg_${randomBytes(6).toString('hex')}`
    log({
      level: 'error',
      at: 'api.failure',
      debugId: debug_id,
      error: String(error.stack),
      cause: String((error.cause as Error)?.stack ?? ''),
    })
    return { ...problem, detail: error.message, debug_id }
  }
  const debug_id = `dbg_${randomBytes(6).toString('hex')}`
  log({ level: 'error', at: 'api.unexpected', debugId: debug_id, error: String((error as Error)?.stack ?? error) })
  const code: ErrorCode = 'UNEXPECTED'
  const detail = failure(code, { debugId: debug_id }).message
  return { type: 'urn:slipway:unexpected', title: 'Unexpected failure', status: 500, code, detail, debug_id }
}

function faultsOf(error: SlipwayError): Pick<Problem, 'faults'> {
  const { places } = (error.detail ?? {}) as { places?: { path: string; message: string }[] }
  return places ? { faults: places } : {}
}

/** What the schema says is wrong, place by place. */
export function inputInvalid(what: string, error: z.ZodError): SlipwayError {
  const places = error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
  const faults = places.map(({ path, message }) => (path ? `${path}: ${message}` : message))
  const refused = failure('INPUT_INVALID', { what, faults })
  return new SlipwayError(refused.code, { what, faults, places }, refused.message)
}

/** @throws INPUT_INVALID, place by place */
export function parsed<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value)
  if (!result.success) throw inputInvalid('The request', result.error)
  return result.data
}

export const problemResponse = (problem: Problem, headers: Record<string, string> = {}): Response =>
  Response.json(problem, { status: problem.status, headers: { 'content-type': 'application/problem+json', ...headers } })
