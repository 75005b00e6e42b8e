import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { isRunning, readServerNote } from './server-note.ts'
import { startPostgres } from './start-postgres.ts'

const SETTINGS = { fsync: 'off', shared_buffers: '16MB' }
const PARENT = new URL('../testing/start-postgres-and-wait.ts', import.meta.url)

let folder: string
const running: { stop(): Promise<void> }[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-pg-'))
})
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop()
  const note = await readServerNote(join(folder, 'data'))
  await rm(folder, { recursive: true, force: true })
  // Nothing may outlive its test.
  expect(note && isRunning(note.pid)).toBeFalsy()
})
afterAll(() => expect(running).toEqual([]))

async function start() {
  const server = await startPostgres({ folder, settings: SETTINGS })
  running.push(server)
  return server
}

/** Starts it from a process that is then killed. */
async function startAndKill(): Promise<{ adminUrl: string }> {
  const parent = fork(PARENT, [folder], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const [message] = (await once(parent, 'message')) as [{ adminUrl: string }]
  parent.kill('SIGKILL')
  await once(parent, 'exit')
  return message
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

const pidOf = async () => (await readServerNote(join(folder, 'data')))?.pid ?? 0

test('starts on an empty folder, listens on 127.0.0.1 only, asks for the password, keeps data over a stop', async () => {
  const first = await start()
  expect(await ask(first.adminUrl, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
  expect(
    await ask(
      first.adminUrl,
      "select current_setting('server_version_num')::int / 10000 as major, pg_encoding_to_char(encoding) as encoding from pg_database where datname = current_database()",
    ),
  ).toEqual([{ major: 18, encoding: 'UTF8' }])
  expect((await stat(join(folder, 'password'))).mode & 0o777).toBe(0o600)
  const wrong = new URL(first.adminUrl)
  wrong.password = 'guess'
  await expect(ask(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' })

  await ask(first.adminUrl, 'create table kept as select 42 as answer')
  const pid = await pidOf()
  await first.stop()
  expect(isRunning(pid)).toBe(false)
  const second = await start()
  expect(await ask(second.adminUrl, 'select * from kept')).toEqual([{ answer: 42 }])
})

test('a start that was killed leaves its server to the next one, twice; the last to stop ends it', async () => {
  const killed = await startAndKill()
  const pid = await pidOf()
  expect(isRunning(pid)).toBe(true)
  await ask(killed.adminUrl, 'create table kept as select 1 as answer')

  const again = await startAndKill()
  expect(again.adminUrl).toBe(killed.adminUrl)
  const server = await start()
  expect(await pidOf()).toBe(pid)
  expect(await ask(server.adminUrl, 'select * from kept')).toEqual([{ answer: 1 }])
  await server.stop()
  expect(isRunning(pid)).toBe(false)
})

test('a start and its server that were both killed leave nothing in the way', async () => {
  const killed = await startAndKill()
  await ask(killed.adminUrl, 'create table kept as select 1 as answer')
  await ask(killed.adminUrl, 'checkpoint')
  process.kill(await pidOf(), 'SIGKILL')
  const server = await start()
  expect(await ask(server.adminUrl, 'select * from kept')).toEqual([{ answer: 1 }])
})

test('a note whose number belongs to another process now is not believed', async () => {
  await (await start()).stop()
  const data = join(folder, 'data')
  await writeFile(join(data, 'postmaster.pid'), `${process.pid}\n${data}\n1700000000\n5432\n\n127.0.0.1\n  1234567         1\nready   \n`)
  const server = await start()
  expect(await ask(server.adminUrl, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a half-made data folder of a killed first start is not used', async () => {
  await mkdir(join(folder, 'data.draft-left'), { recursive: true })
  await writeFile(join(folder, 'data.draft-left', 'PG_VERSION'), '18\n')
  const server = await start()
  expect(await ask(server.adminUrl, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('several that start on one empty folder at once share one server, and it stays until the last stops', async () => {
  const servers = await Promise.all([start(), start(), start()])
  expect(new Set(servers.map((server) => server.adminUrl)).size).toBe(1)
  const pid = await pidOf()
  await servers[0].stop()
  await servers[1].stop()
  expect(await ask(servers[2].adminUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  await servers[2].stop()
  expect(isRunning(pid)).toBe(false)
})

test('a folder that is reached by a link is the same folder', async () => {
  const server = await start()
  await symlink(folder, `${folder}-link`)
  const other = await startPostgres({ folder: `${folder}-link`, settings: SETTINGS })
  await rm(`${folder}-link`)
  expect(other.adminUrl).toBe(server.adminUrl)
  await other.stop()
  expect(await ask(server.adminUrl, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a password file that is not the right one is said so', async () => {
  await (await start()).stop()
  await writeFile(join(folder, 'password'), 'another\n')
  await expect(start()).rejects.toMatchObject({ code: 'STORE_UNREACHABLE', message: expect.stringContaining('password') })
  process.kill(await pidOf(), 'SIGQUIT')
})

test('settings it cannot start with are reported with the end of its own log', async () => {
  await expect(startPostgres({ folder, settings: { shared_buffers: 'plenty' } })).rejects.toMatchObject({
    code: 'STORE_UNREACHABLE',
    message: expect.stringContaining('plenty'),
  })
  expect(await readFile(join(folder, 'postgres.log'), 'utf8')).toContain('plenty')
})
