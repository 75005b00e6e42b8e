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

/** The accounts' own address, outside of the table of routes. */
const SIGN_OUT = '/api/auth/sign-out'

export async function signOut(): Promise<void> {
  await fetch(SIGN_OUT, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
  await loadSession()
}
