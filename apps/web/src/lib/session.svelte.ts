/** Who is signed in, for every screen. */
import type { Session } from '@slipway/domain'
import { api } from './api.ts'

export const session = $state<{ value: Session | undefined; failure: unknown }>({ value: undefined, failure: undefined })

export async function loadSession(): Promise<void> {
  try {
    session.value = await api.getSession({})
    session.failure = undefined
  } catch (error) {
    session.failure = error
  }
}
