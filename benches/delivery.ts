/** From a commit to 200 listeners over HTTP, beside a bare NOTIFY on the same server. */

import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { liveEvents } from '@slipway/api'
import { startPostgres } from '@slipway/storage'
import pg from 'pg'
import { median, ms, percentile, ratio } from './measure.ts'
import { openDatabase } from './parts.ts'

const LISTENERS = 200
const ROUNDS = 30

export async function benchDelivery(): Promise<string[]> {
  const database = await openDatabase()
  const org = 'org_delivery'
  const live = liveEvents({ storage: database.storage })
  await database.storage.inWorkspace(org, (stores) => stores.events.append({ type: 'project-changed' }))
  const answer = (request: Request) =>
    new Response(live.stream(org, { after: Number(new URL(request.url).searchParams.get('after')), signal: request.signal }), {
      headers: { 'content-type': 'text/event-stream' },
    })
  const server = createServer(getRequestListener(answer))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/?after=1`

  let heard = 0
  let all: () => void = () => undefined
  const hangUp = new AbortController()
  const listening = Array.from({ length: LISTENERS }, async () => {
    const response = await fetch(url, { signal: hangUp.signal })
    for await (const bytes of response.body ?? []) {
      heard += String(Buffer.from(bytes)).split('\ndata:').length - 1
      if (heard === LISTENERS) all()
    }
  })
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    heard = 0
    const everybody = new Promise<void>((resolve) => {
      all = resolve
    })
    const started = performance.now()
    await database.storage.inWorkspace(org, (stores) => stores.events.append({ type: 'project-changed' }))
    await everybody
    times.push(performance.now() - started)
  }
  hangUp.abort()
  await Promise.allSettled(listening)
  live.close()
  server.closeAllConnections()
  server.close()
  await database.close()
  const bare = await bareNotify()
  return [
    `events             ${ms(median(times))} from commit to ${LISTENERS} listeners, p95 ${ms(percentile(times, 0.95))}; one bare NOTIFY ${ms(bare)}: ${ratio(median(times), bare)}`,
  ]
}

/** A commit with a NOTIFY, heard by one connection. */
async function bareNotify(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-notify-'))
  const postgres = await startPostgres({ folder })
  const [speaker, listener] = [new pg.Client(postgres.adminUrl), new pg.Client(postgres.adminUrl)]
  await Promise.all([speaker.connect(), listener.connect()])
  await listener.query('listen bench')
  await speaker.query('create table spoken (id bigserial, word text)')
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const heard = new Promise((resolve) => listener.once('notification', resolve))
    const started = performance.now()
    await speaker.query('begin')
    await speaker.query("insert into spoken (word) values ('x')")
    await speaker.query("notify bench, 'x'")
    await speaker.query('commit')
    await heard
    times.push(performance.now() - started)
  }
  await Promise.all([speaker.end(), listener.end()])
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
  return median(times)
}
