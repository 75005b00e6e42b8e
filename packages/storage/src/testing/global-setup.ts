/** Vitest's global setup: one PostgreSQL for the whole run, started when the first test asks for it, gone with the run. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '../migrate.ts'
import { readServerNote } from '../postgres/server-note.ts'
import { startPostgres } from '../postgres/start-postgres.ts'
import { TEST_APP_PASSWORD, TEST_APP_ROLE } from './test-login.ts'

const TEMPLATE = 'slipway_template'
/** Nothing here has to survive a power cut. */
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '400', shared_buffers: '64MB' }

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let server: ReturnType<typeof startServer> | undefined
  const door = createServer((_request, response) => {
    server ??= startServer()
    server.then(
      ({ adminUrl }) => response.end(JSON.stringify({ adminUrl, template: TEMPLATE })),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  }).listen(0, '127.0.0.1')
  await once(door, 'listening')
  project.provide('slipwayTestServer', `http://127.0.0.1:${(door.address() as AddressInfo).port}/`)
  return async () => {
    door.close()
    door.closeAllConnections()
    await server?.then(({ stop }) => stop()).catch(() => undefined) // a start that failed has told the test
  }
}

async function startServer(): Promise<{ adminUrl: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-test-'))
  const server = await startPostgres({ folder, settings: SETTINGS })
  const note = await readServerNote(join(folder, 'data'))
  const watch = spawn(process.execPath, ['-e', WATCH, String(note?.pid), folder], { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  const client = new pg.Client({ connectionString: server.adminUrl })
  await client.connect()
  await client.query(`create database ${TEMPLATE}`)
  await client.end()
  const template = new URL(server.adminUrl)
  template.pathname = `/${TEMPLATE}`
  await migrate(template.href, { appRole: TEST_APP_ROLE, appPassword: TEST_APP_PASSWORD })
  return {
    adminUrl: server.adminUrl,
    async stop() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
      watch.kill()
    },
  }
}

/** Ends the server and clears its folder when the test run is killed and can no longer do so: its end of the pipe closes then. */
const WATCH = `
const [pid, folder] = process.argv.slice(1)
process.stdin.resume().on('end', () => {
  try { process.kill(Number(pid), 'SIGQUIT') } catch {}
  setTimeout(() => require('node:fs').rmSync(folder, { recursive: true, force: true, maxRetries: 5 }), 2000)
})
`
