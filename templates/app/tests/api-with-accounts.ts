/** The app with an empty database in memory, and a short way to talk to it as anybody. */
import { adminRole } from '../model/roles'
import { openSession } from '../server/accounts/session'
import { accounts } from '../server/accounts/tables'
import { createApp } from '../server/app'
import { one } from '../server/http/refusal'
import { emptyDatabase } from './database'

interface Answer {
  readonly status: number
  // Any, because each test says what it expects of the body
  readonly body: any
}

/** Speaks as an administrator, until `as` or `signIn` gives another voice. */
export interface Api {
  get(path: string): Promise<Answer>
  post(path: string, body: unknown): Promise<Answer>
  patch(path: string, body: unknown): Promise<Answer>
  delete(path: string): Promise<Answer>
  text(path: string): Promise<string>
  /** With the session of a token; null is a visitor. */
  as(token: string | null): Api
  /** As a new person in a role. */
  signIn(role: string): Promise<Api>
}

export async function startApi(): Promise<Api> {
  const db = await emptyDatabase()
  const app = createApp(db)
  let people = 0

  function speakAs(token: string | null): Api {
    const send = (method: string, path: string, body?: unknown) =>
      app.request(`/api/${path}`, {
        method,
        headers: { 'content-type': 'application/json', ...(token ? { cookie: `session=${token}` } : {}) },
        body: body === undefined ? undefined : JSON.stringify(body),
      })
    const call = (method: string) => async (path: string, body?: unknown) => {
      const response = await send(method, path, body)
      return { status: response.status, body: await response.json() }
    }
    return {
      get: call('GET'),
      post: call('POST'),
      patch: call('PATCH'),
      delete: call('DELETE'),
      text: async (path) => (await send('GET', path)).text(),
      as: speakAs,
      signIn,
    }
  }

  async function signIn(role: string): Promise<Api> {
    const email = `${role.toLowerCase()}${++people}@example.com`
    const rows = await db
      .insert(accounts)
      .values({ name: role, email, role, passwordHash: '' })
      .returning({ id: accounts.id })
    return speakAs(await openSession(db, one(rows).id))
  }

  return signIn(adminRole)
}
