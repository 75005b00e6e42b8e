/** The app with an empty database in memory, and a short way to talk to it. */
import { createApp } from '../server/app'
import { emptyDatabase } from './database'

interface Answer {
  readonly status: number
  // Any, because each test says what it expects of the body
  readonly body: any
}

export interface Api {
  get(path: string): Promise<Answer>
  post(path: string, body: unknown): Promise<Answer>
  patch(path: string, body: unknown): Promise<Answer>
  delete(path: string): Promise<Answer>
  text(path: string): Promise<string>
}

export async function startApi(): Promise<Api> {
  const app = createApp(await emptyDatabase())
  const send = (method: string, path: string, body?: unknown) =>
    app.request(`/api/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
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
  }
}
