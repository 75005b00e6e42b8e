/** The one client of this page, and how its failures are told. */
import { createClient, ProblemError } from '@slipway/domain'

const signedOutListeners = new Set<() => void>()

/** Hears when the server no longer knows who is asking. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener)
  return () => signedOutListeners.delete(listener)
}

export const api = createClient({
  baseUrl: '',
  fetch: async (url, init) => {
    const answer = await fetch(url, init)
    if (answer.status === 401) for (const listener of signedOutListeners) listener()
    return answer
  },
})

/** One sentence for people, whatever went wrong. */
export function sayFailure(error: unknown): string {
  if (error instanceof ProblemError) return error.problem.debug_id ? `${error.message} (${error.problem.debug_id})` : error.message
  if (error instanceof TypeError) return 'Slipway does not answer. Check that it is running, then try again.'
  return error instanceof Error ? error.message : String(error)
}

export const isProblem = (error: unknown, code: string): boolean => error instanceof ProblemError && error.problem.code === code
