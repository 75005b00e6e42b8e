/** The one client of this page, and how its failures are told. */
import { createClient, ProblemError } from '@slipway/domain'

export const api = createClient({ fetch: (url, init) => fetch(url, init), baseUrl: '' })

/** One sentence for people, whatever went wrong. */
export function sayFailure(error: unknown): string {
  if (error instanceof ProblemError) return error.problem.debug_id ? `${error.message} (${error.problem.debug_id})` : error.message
  if (error instanceof TypeError) return 'Slipway does not answer. Check that it is running; this page goes on by itself.'
  return error instanceof Error ? error.message : String(error)
}

export const isProblem = (error: unknown, code: string): boolean => error instanceof ProblemError && error.problem.code === code
