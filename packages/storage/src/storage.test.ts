import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createStorage } from './storage.ts'
import { type TestDatabase, testDatabase } from './testing/index.ts'
import { createVault } from './vault.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

const vault = createVault(new Uint8Array(32).fill(1))

test('the work is one transaction: what throws leaves nothing', async () => {
  const org = await database.newWorkspace()
  const half = database.storage.inWorkspace(org, async (stores) => {
    await stores.projects.create({ name: 'Half' })
    throw new Error('stop')
  })
  await expect(half).rejects.toThrow('stop')
  expect(await database.storage.inWorkspace(org, (stores) => stores.projects.list())).toEqual([])
})

test('work that hides a failed statement is not taken for done', async () => {
  const org = await database.newWorkspace()
  const hidden = database.storage.inWorkspace(org, async (stores) => {
    await stores.projects.create({ name: 'Lost' })
    await stores.projects.get('no-uuid').catch(() => undefined)
  })
  await expect(hidden).rejects.toThrow('rolled back')
})

test('work that goes on after its transaction cannot speak any more', async () => {
  const org = await database.newWorkspace()
  const gate = Promise.withResolvers<void>()
  let late: Promise<unknown> | undefined
  await database.storage.inWorkspace(org, async (stores) => {
    late = gate.promise.then(() => stores.projects.create({ name: 'Late' }))
  })
  gate.resolve()
  await expect(late).rejects.toMatchObject({ cause: { message: expect.stringContaining('The transaction is over') } })
  expect(await database.storage.inWorkspace(org, (stores) => stores.projects.list())).toEqual([])
})

test('a workspace without a name is refused', async () => {
  await expect(database.storage.inWorkspace('', (stores) => stores.projects.list())).rejects.toThrow('without one')
})

test('two hundred transactions of many workspaces at once keep to themselves', async () => {
  const orgs = await Promise.all(Array.from({ length: 10 }, () => database.newWorkspace()))
  await Promise.all(
    Array.from({ length: 200 }, (_, index) => {
      const org = orgs[index % orgs.length] ?? ''
      return database.storage.inWorkspace(org, (stores) => stores.projects.create({ name: org }))
    }),
  )
  for (const org of orgs) {
    const names = (await database.storage.inWorkspace(org, (stores) => stores.projects.list())).map((project) => project.name)
    expect(names).toEqual(Array.from({ length: 20 }, () => org))
  }
})

test('a server that is away is said so, in words', async () => {
  const url = 'postgres://nobody:nothing@127.0.0.1:9/none'
  const pool = new pg.Pool({ connectionString: url })
  const storage = createStorage({ pool, listenUrl: url, vault })
  await expect(storage.ping()).rejects.toMatchObject({
    code: 'STORE_UNREACHABLE',
    message: expect.stringContaining('The database cannot be reached'),
  })
  await expect(storage.inWorkspace('org', (stores) => stores.projects.list())).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' })
  await storage.close()
  await pool.end()
})

test('a connection that is cut in the middle is reported, and the next call gets a new one', async () => {
  const org = await database.newWorkspace()
  const cut = database.storage.inWorkspace(org, async (stores) => {
    await stores.projects.create({ name: 'Cut' })
    const admin = new pg.Client({ connectionString: database.adminUrl })
    await admin.connect()
    await admin.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'slipway_app' and datname = current_database()",
    )
    await admin.end()
    return stores.projects.list()
  })
  await expect(cut).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' })
  await database.storage.ping()
  expect(await database.storage.inWorkspace(org, (stores) => stores.projects.list())).toEqual([])
})

test('connections that died while they idled are replaced without anyone noticing', async () => {
  const org = await database.newWorkspace()
  const admin = new pg.Client({ connectionString: database.adminUrl })
  await admin.connect()
  for (let round = 0; round < 5; round++) {
    await Promise.all(Array.from({ length: 8 }, () => database.storage.ping()))
    await admin.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'slipway_app' and datname = current_database()",
    )
    await Promise.all(Array.from({ length: 8 }, () => database.storage.inWorkspace(org, (stores) => stores.projects.list())))
  }
  await admin.end()
})

test('a secret is shown by its last four characters and opens only where it was put', async () => {
  const [org, other] = [await database.newWorkspace(), await database.newWorkspace()]
  const key = 'sk-ant-0123456789abcdef'
  const { storage } = database
  expect(await storage.inWorkspace(org, (stores) => stores.secrets.put('anthropic', key))).toMatchObject({ lastFour: 'cdef' })
  expect(await storage.inWorkspace(org, (stores) => stores.secrets.put('ollama', 'short'))).toMatchObject({ lastFour: '' })
  await storage.inWorkspace(org, (stores) => stores.secrets.put('anthropic', `${key}-new`))
  expect(await storage.inWorkspace(org, (stores) => stores.secrets.open('anthropic'))).toEqual({ key: `${key}-new`, baseUrl: null })
  expect((await storage.inWorkspace(org, (stores) => stores.secrets.list())).map((secret) => secret.provider)).toEqual([
    'anthropic',
    'ollama',
  ])
  expect(await storage.inWorkspace(other, (stores) => stores.secrets.open('anthropic'))).toBeUndefined()

  const admin = new pg.Client({ connectionString: database.adminUrl })
  await admin.connect()
  const { rows } = await admin.query('select sealed from secrets')
  expect(rows.some((row) => row.sealed.includes(key))).toBe(false)
  await admin.query('update secrets set org_id = $2 where org_id = $1', [org, other])
  await admin.end()
  await expect(storage.inWorkspace(other, (stores) => stores.secrets.open('anthropic'))).rejects.toMatchObject({
    code: 'VAULT_SEAL_BROKEN',
    message: expect.stringContaining('anthropic'),
  })
  await storage.inWorkspace(other, (stores) => stores.secrets.remove('anthropic'))
  expect(await storage.inWorkspace(other, (stores) => stores.secrets.open('anthropic'))).toBeUndefined()
})
