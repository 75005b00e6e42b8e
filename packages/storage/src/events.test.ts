import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, createServer, type Socket } from 'node:net'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createStorage } from './storage.ts'
import { filledWorkspace } from './testing/filled-workspace.ts'
import { type TestDatabase, testDatabase } from './testing/index.ts'
import { createVault } from './vault.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

const line = (text: string) => ({ type: 'job-log', stage: 'code', stream: 'stdout', text }) as const

test('a reader with a cursor sees every event of twenty writers once and in order', async () => {
  const { storage } = database
  const org = await database.newWorkspace()
  const [writers, each] = [20, 10]
  const seen: string[] = []
  const order: number[] = []
  let isWriting = true
  const reading = (async () => {
    for (let after = 0, isLast = false; ; ) {
      isLast = !isWriting
      const events = await storage.inWorkspace(org, (stores) => stores.events.after(after, { limit: 7 }))
      for (const event of events) {
        after = event.id
        order.push(event.id)
        if (event.body.type === 'job-log') seen.push(event.body.text)
      }
      if (isLast && events.length === 0) return
    }
  })()
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      for (let count = 0; count < each; count++)
        await storage.inWorkspace(org, (stores) => stores.events.append(line(`${writer}.${count}`), line(`${writer}.${count}b`)))
    }),
  )
  isWriting = false
  await reading
  expect(seen).toHaveLength(writers * each * 2)
  expect(new Set(seen).size).toBe(seen.length)
  expect(order).toEqual([...order].sort((a, b) => a - b))
})

test('events are found by feature, job and type, and the newest id is known', async () => {
  const at = await filledWorkspace(database)
  expect(await at.inside((stores) => stores.events.newest())).toBe(0)
  await at.inside((stores) =>
    stores.events.append(
      { type: 'project-changed', projectId: at.project.id },
      { type: 'job-changed', featureId: at.feature.id, jobId: at.job.id, status: 'code' },
      { ...line('hello'), featureId: at.feature.id, jobId: at.job.id },
    ),
  )
  const types = (filter: { featureId?: string; jobId?: string; types?: string[] }) =>
    at.inside(async (stores) => (await stores.events.after(0, { ...filter, limit: 10 })).map((event) => event.body.type))
  expect(await types({})).toEqual(['project-changed', 'job-changed', 'job-log'])
  expect(await types({ featureId: at.feature.id })).toEqual(['job-changed', 'job-log'])
  expect(await types({ jobId: at.job.id, types: ['job-log'] })).toEqual(['job-log'])
  expect(await types({ types: [] })).toEqual([])
  const [last] = (await at.inside((stores) => stores.events.after(0, { limit: 10 }))).slice(-1)
  expect(await at.inside((stores) => stores.events.newest())).toBe(last?.id)
})

test('an event that is not one is refused before it is written', async () => {
  const org = await database.newWorkspace()
  const wrong = { type: 'job-changed', status: 'asleep' } as never
  await expect(database.storage.inWorkspace(org, (stores) => stores.events.append(wrong))).rejects.toThrow()
  expect(await database.storage.inWorkspace(org, (stores) => stores.events.newest())).toBe(0)
})

/** Waits for the next word of `org`. */
function heard(storage: typeof database.storage, org: string) {
  const { promise, resolve } = Promise.withResolvers<void>()
  const stop = storage.onEvents((orgId) => orgId === org && resolve())
  return promise.finally(stop)
}

test('listeners hear of a commit and not of a rollback', async () => {
  const { storage } = database
  const [silent, loud] = [await database.newWorkspace(), await database.newWorkspace()]
  const orgs: string[] = []
  const stop = storage.onEvents((org) => orgs.push(org))
  const word = heard(storage, loud)
  await expect(
    storage.inWorkspace(silent, async (stores) => {
      await stores.events.append(line('never'))
      throw new Error('no')
    }),
  ).rejects.toThrow('no')
  orgs.length = 0 // a fresh connection calls for every workspace it knows
  await storage.inWorkspace(loud, (stores) => stores.events.append(line('now')))
  await word
  stop()
  expect(await storage.inWorkspace(silent, (stores) => stores.events.newest())).toBe(0)
})

test('a listener whose connection breaks hears of what it missed', async () => {
  const sockets = new Set<Socket>()
  const target = new URL(database.appUrl)
  const relay = createServer((from) => {
    const to = connect(Number(target.port), target.hostname)
    for (const socket of [from, to]) {
      sockets.add(socket)
      socket.on('error', () => undefined).on('close', () => [from, to].map((other) => other.destroy()))
    }
    from.pipe(to).pipe(from)
  }).listen(0, '127.0.0.1')
  await once(relay, 'listening')
  const listenUrl = new URL(database.appUrl)
  listenUrl.port = String((relay.address() as AddressInfo).port)
  const pool = new pg.Pool({ connectionString: database.appUrl })
  const storage = createStorage({ pool, listenUrl: listenUrl.href, vault: createVault(new Uint8Array(32)) })
  const org = await database.newWorkspace()
  const write = (text: string) => storage.inWorkspace(org, (stores) => stores.events.append(line(text)))

  const first = heard(storage, org)
  await write('first')
  await first

  const second = heard(storage, org)
  for (const socket of sockets) socket.destroy()
  await write('while nobody listened')
  await second

  await storage.close()
  await pool.end()
  relay.close()
})
