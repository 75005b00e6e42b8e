import { LiveEvent } from '@slipway/domain'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApi, testApi } from './testing/test-api.ts'

let api: TestApi
let cookie: string
let orgId: string
beforeAll(async () => {
  api = await testApi()
  cookie = await api.signIn()
  const session = (await (await api.as(cookie, 'GET', '/api/session')).json()) as { workspace: { id: string } }
  orgId = session.workspace.id
}, 60_000)
afterAll(() => api.close())

const write = (text: string) =>
  api.database.storage.inWorkspace(orgId, (stores) => stores.events.append({ type: 'job-log', stage: 'checks', stream: 'stdout', text }))

/** Reads events until `count` have come, then hangs up. */
async function read(count: number, headers: Record<string, string>, query = ''): Promise<LiveEvent[]> {
  const answer = await api.as(cookie, 'GET', `/api/events${query}`, undefined, headers)
  const events: LiveEvent[] = []
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
  const decoder = new TextDecoder()
  let rest = ''
  while (events.length < count) {
    const { value, done } = await reader.read()
    if (done) break
    const messages = (rest + decoder.decode(value, { stream: true })).split('\n\n')
    rest = messages.pop() ?? ''
    for (const message of messages) {
      const data = /^data: (.*)$/m.exec(message)?.[1]
      if (data) events.push(LiveEvent.parse(JSON.parse(data)))
    }
  }
  await reader.cancel()
  return events.slice(0, count)
}

test('a listener that hangs up and comes back hears everything once, in order, while many write', async () => {
  const start = await api.database.storage.inWorkspace(orgId, (stores) => stores.events.newest())
  const TOTAL = 120
  const writing = Promise.all(Array.from({ length: TOTAL }, (_, index) => write(`line ${index}`)))
  const heard: LiveEvent[] = []
  for (let round = 0; heard.length < TOTAL; round++) {
    const last = heard.at(-1)?.id ?? start
    heard.push(...(await read(Math.min(1 + (round % 13), TOTAL - heard.length), { 'last-event-id': String(last) })))
  }
  await writing
  const ids = heard.map((event) => event.id)
  expect(ids).toEqual(ids.toSorted((a, b) => a - b))
  expect(new Set(ids).size).toBe(TOTAL)
  expect(new Set(heard.map((event) => (event.body.type === 'job-log' ? event.body.text : ''))).size).toBe(TOTAL)
})

test('two hundred listeners all hear it, by a handful of queries', async () => {
  const start = await api.database.storage.inWorkspace(orgId, (stores) => stores.events.newest())
  const listening = Array.from({ length: 200 }, () => read(3, {}, `?after=${start}`))
  for (const text of ['a', 'b', 'c']) await write(text)
  const heard = await Promise.all(listening)
  expect(new Set(heard.map((events) => JSON.stringify(events.map((event) => event.id)))).size).toBe(1)
  expect(heard[0]).toHaveLength(3)
})

test('a listener to one feature hears of that feature only', async () => {
  const make = async () =>
    ((await (await api.as(cookie, 'POST', '/api/projects', { idea: 'Track repairs in a workshop' })).json()) as { feature: { id: string } })
      .feature.id
  const [one, two] = [await make(), await make()]
  const start = await api.database.storage.inWorkspace(orgId, (stores) => stores.events.newest())
  const listening = read(1, {}, `?after=${start}&featureId=${two}`)
  for (const id of [one, two]) await api.as(cookie, 'PATCH', `/api/features/${id}`, { title: 'Renamed' })
  expect((await listening).map((event) => event.body.featureId)).toEqual([two])
})

test('somebody of another workspace hears nothing of it', async () => {
  const stranger = await testApi({
    storage: api.database.storage,
    events: api.events,
    otherViewers: [async () => ({ userId: 'x', name: 'X', email: '', orgId: 'org_elsewhere', orgName: 'X' })],
  })
  const answer = await stranger.as('', 'GET', '/api/events?after=0')
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
  await reader.read()
  const next = reader.read()
  await write('not for you')
  await api.database.storage.inWorkspace('org_elsewhere', (stores) => stores.events.append({ type: 'project-changed' }))
  expect(new TextDecoder().decode((await next).value)).toContain('project-changed')
  await reader.cancel()
  await stranger.close()
})
