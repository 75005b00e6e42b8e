import { type ChildProcess, fork } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const MAIN = join(dirname(fileURLToPath(import.meta.url)), 'main.ts')
const folder = mkdtempSync(join(tmpdir(), 'slipway-server-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Started {
  readonly child: ChildProcess
  readonly url: string
  readonly said: () => string
  readonly ended: Promise<number | null>
}

function start(...args: string[]): Promise<Started> {
  const child = fork(MAIN, ['--data', folder, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: ['--disable-warning=DeprecationWarning'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (bytes) => {
      text += String(bytes)
    })
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)))
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve({ child, ended, url: (message as { url: string }).url, said: () => text }))
    ended.then(
      (code) => reject(new Error(`ended with ${code}: ${text}`)),
      () => undefined,
    )
  })
}

/** Processes that know of this data folder by their command line. */
const leftOvers = () =>
  readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder)
    } catch {
      return false // it ended while we looked
    }
  })

test('it starts in an empty folder, tells one address, and ends cleanly', { timeout: 120_000 }, async () => {
  const server = await start('--port', '0')
  expect(server.url).toMatch(/^http:\/\/localhost:\d+$/)
  expect(server.said().match(/http:\/\/localhost/g)).toHaveLength(1)
  expect((await fetch(`${server.url}/health`)).status).toBe(200)
  expect((await fetch(`${server.url}/ready`)).status).toBe(200)
  expect(await (await fetch(`${server.url}/api/session`)).json()).toMatchObject({ isFirstVisit: true })
  for (const name of ['vault-key', 'cli-token']) expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600)

  const second = await start()
  expect(second.url).toBe(server.url)
  expect(await second.ended).toBe(0)

  const token = readFileSync(join(folder, 'cli-token'), 'utf8').trim()
  const asTool = await fetch(`${server.url}/api/features`, { headers: { authorization: `Bearer ${token}` } })
  expect(asTool.status).toBe(200)
  expect((await fetch(`${server.url}/api/features`, { headers: { authorization: 'Bearer wrong' } })).status).toBe(401)

  server.child.kill('SIGINT')
  expect(await server.ended).toBe(0)
  expect(leftOvers()).toEqual([])
  expect(existsSync(join(folder, 'server.json'))).toBe(false)
})

test('a start that was killed blocks nothing', { timeout: 120_000 }, async () => {
  const killed = await start('--port', '0')
  killed.child.kill('SIGKILL')
  await killed.ended
  const next = await start('--port', '0')
  expect(await (await fetch(`${next.url}/api/session`)).json()).toMatchObject({ isFirstVisit: false })
  next.child.kill('SIGTERM')
  expect(await next.ended).toBe(0)
  expect(leftOvers()).toEqual([])
})

test('a port that is taken is said in words, and another is found where none was named', { timeout: 120_000 }, async () => {
  const first = await start('--port', '0')
  const { port } = new URL(first.url)
  const other = mkdtempSync(join(tmpdir(), 'slipway-other-'))
  await expect(start('--data', other, '--port', port)).rejects.toThrow(`port ${port} is taken by another program`)
  first.child.kill('SIGTERM')
  await first.ended
  await rm(other, { recursive: true, force: true })
})
