/** A key is planted, a model works with it from the idea to the zip and fails in ways that echo it, and everything that was written is searched. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { byAgent, type FakeVendor, startFakeVendor } from '../packages/agents/src/testing/index.ts'
import { analyse, writeSpec } from '../packages/blueprint/src/index.ts'
import type { FeatureView, ModelSettings } from '../packages/domain/src/index.ts'
import { startPostgres } from '../packages/storage/src/index.ts'
import { type RunningSlipway, startSlipway } from './slipway.ts'

/** Shaped like no vendor's key, so that no net for shapes of keys can hide a leak. */
const KEY = 'planted.7Qm2xVb9Lr4Tz8Nw3Kd6'
/** The same bytes, as they may be written down. */
const FORMS = [
  KEY,
  KEY.slice(0, 16),
  encodeURIComponent(KEY).slice(0, 24),
  Buffer.from(KEY).toString('hex').slice(0, 32),
  // Wherever it begins in a longer text: base64 has three alignments.
  ...[0, 1, 2].map((offset) =>
    Buffer.from(`${'x'.repeat(offset)}${KEY}`)
      .toString('base64')
      .slice(4, 28),
  ),
]
const IDEA = 'Track repairs in a bike workshop with customers and bikes'
/** Stands in what Slipway writes: a search that does not find it where it must be finds no key either. */
const NAME = 'Quillspoke'

const { brief } = analyse(IDEA)
const spec = writeSpec({ ...brief, name: NAME }, IDEA)
const doubles = {
  ...spec.requirements[0],
  id: 'REQ-90',
  title: 'Find doubles',
  text: 'Bikes with the same frame number are told.',
  delivery: 'model',
}
const CODE = 'export const doubles = (frames: readonly string[]) => frames.filter((frame, index) => frames.indexOf(frame) !== index)\n'
const FILE = 'server/doubles.ts'
const TEST = `import { expect, test } from 'vitest'
import { doubles } from '../server/doubles'

test('a double is told', () => {
  expect(doubles(['a', 'a'])).toEqual(['a'])
})
`
const plan = {
  phase: '01-doubles',
  plan: '01',
  wave: 1,
  dependsOn: [],
  filesModified: [FILE],
  requirements: ['REQ-90'],
  objective: 'Doubles are told.',
  context: [],
  mustHaves: { truths: ['A double is told.'], artifacts: [{ path: FILE, provides: 'doubles', contains: ['doubles'] }], keyLinks: [] },
  tasks: [
    {
      name: 'Tell doubles',
      files: [FILE],
      action: 'Export doubles(frames).',
      verify: { automated: 'npm run typecheck' },
      acceptanceCriteria: ['doubles are told'],
      done: 'Doubles are told.',
    },
  ],
  verification: ['it passes'],
  successCriteria: ['Doubles are told.'],
}

const echo = (status: number) => ({
  fault: {
    kind: 'http' as const,
    status,
    body: { error: { type: 'api_error', message: `cannot serve ${KEY} (${KEY.slice(0, 14)}***${KEY.slice(-6)})` } },
  },
})
/** Reads the key back from its own process and from the sandbox, if it can; then does its work. */
const coderSteps = [
  { calls: [{ name: 'bash', input: { command: 'env; cat /proc/*/environ 2>/dev/null; cat .env ~/.config/* 2>/dev/null; true' } }] },
  { calls: [{ name: 'write', input: { path: FILE, content: CODE } }] },
  { text: 'Done.' },
]

let vendor: FakeVendor
let slipway: RunningSlipway
let cookie = ''
beforeAll(async () => {
  vendor = await startFakeVendor(
    byAgent({
      'business-analyst': (_, nth) =>
        nth === 0
          ? echo(500)
          : nth === 1
            ? { json: { say: 'All is clear.', questions: [], brief: { ...brief, name: NAME }, isReady: true } }
            : echo(401),
      'write-spec': (_, nth) =>
        nth === 0
          ? { text: '{"version": 1', fault: { kind: 'error-event', message: `overloaded: ${KEY}` } }
          : { json: { ...spec, requirements: [...spec.requirements, doubles] } },
      'name-app': () => ({ json: { name: NAME, title: 'Bike repairs' } }),
      'write-plan': () => ({ json: { plans: [plan] } }),
      planner: () => ({ json: { approach: 'Write it.', readFirst: [], steps: ['Write it.'], risks: [] } }),
      coder: (_, nth) => coderSteps[nth] ?? { text: 'Done.' },
      tester: () => ({
        json: { files: [{ path: 'tests/doubles-criteria.test.ts', content: TEST, covers: ['REQ-90'] }] },
      }),
      security: () => ({ json: { findings: [] } }),
      reviewer: () => ({ json: { criteria: [{ number: 1, isMet: true, where: `${FILE}:1` }], findings: [], verdict: 'approve' } }),
    }),
    { apiKey: KEY },
  )
  slipway = await startSlipway()
}, 120_000)
afterAll(async () => {
  await slipway.stop()
  await vendor.close()
}, 60_000)

const heard: string[] = []
async function ask<T = Record<string, never>>(method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(slipway.url + path, {
    method,
    headers: { cookie, origin: slipway.url, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  cookie ||= answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const text = await answer.text()
  heard.push(text)
  return JSON.parse(text) as T
}

/** Asks again after every event, until there is an answer. */
async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  const gone = new AbortController()
  const events = await fetch(`${slipway.url}/api/events?after=0`, { headers: { cookie }, signal: gone.signal })
  const decoder = new TextDecoder()
  try {
    for await (const chunk of events.body ?? []) {
      heard.push(decoder.decode(chunk as Uint8Array, { stream: true }))
      const found = await look()
      if (found !== undefined) return found
    }
  } finally {
    gone.abort()
  }
  throw new Error('the stream of events ended')
}

const found = (bytes: Uint8Array, word: string) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(word)
const leaks = (bytes: Uint8Array) => FORMS.filter((form) => found(bytes, form))

/** Every file below a folder, by path; those that vanish meanwhile were never kept. */
function* filesBelow(folder: string): Generator<[string, Uint8Array]> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* filesBelow(path)
    else if (entry.isFile()) {
      try {
        yield [path, readFileSync(path)]
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      }
    }
  }
}

/** A zip gives its entries, also of a zip in it; everything else is itself. */
function unpacked(name: string, bytes: Uint8Array): [string, Uint8Array][] {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3
  if (!isZip) return [[name, bytes]]
  return [[name, bytes], ...Object.entries(unzipSync(bytes)).flatMap(([path, entry]) => unpacked(`${name}!${path}`, entry))]
}

/** Every row of every table of every schema of ours, as the superuser sees it. */
async function rowsOf(adminUrl: string): Promise<Map<string, string>> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  const { rows: tables } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  const texts = new Map<string, string>()
  for (const { name } of tables) {
    const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t`)
    texts.set(name, rows.map(({ row }) => row).join('\n'))
  }
  await client.end()
  return texts
}

test('a planted key is nowhere but sealed: not in rows, files, logs, events, answers, prompts, sandboxes or zips', {
  timeout: 300_000,
}, async () => {
  await ask('POST', '/api/first-visit', {})
  const entry = { provider: 'anthropic', key: KEY, baseUrl: vendor.baseUrl }
  await ask('POST', '/api/settings/api-key/test', { ...entry, key: `${KEY}-wrong` })
  expect(await ask('POST', '/api/settings/api-key/test', entry)).toEqual({ ok: true })
  expect(await ask('POST', '/api/settings/api-key', entry)).toMatchObject({ lastFour: KEY.slice(-4) })
  await ask('POST', '/api/settings/api-key', { ...entry, key: `${KEY} ` + 'with a blank' })
  const { settings } = await ask<{ settings: ModelSettings }>('GET', '/api/settings/models')
  const main = { provider: 'anthropic', model: 'house-model' }
  await ask('PUT', '/api/settings/models', {
    settings: { ...settings, main, prices: { 'anthropic/house-model': { input: 1, output: 4 } } },
    revision: 0,
  })
  await ask('GET', '/api/settings/available-models?provider=anthropic')

  const { feature } = await ask<{ feature: { id: string } }>('POST', '/api/projects', { idea: IDEA })
  const at = `/api/features/${feature.id}`
  const view = () => ask<FeatureView>('GET', at)
  const untilStatus = (status: string) => until(async () => ((await view()).feature.status === status ? true : undefined))
  await until(async () => ((await view()).brief?.name === NAME ? true : undefined))
  await ask('POST', '/api/chat/message', { featureId: feature.id, text: 'Thank you' })
  await until(async () => (JSON.stringify(await ask('GET', `/api/chat/${feature.id}`)).includes('refused the key') ? true : undefined))
  await ask('POST', `${at}/confirm-brief`)
  await untilStatus('spec_ready')
  await ask('POST', `${at}/approve-spec`)
  await untilStatus('plan_ready')
  const { job } = await ask<{ job: { id: string } }>('POST', `${at}/approve-plan`)
  const ended = await until(async () => {
    const [newest] = (await view()).jobs
    return newest && ['ready', 'failed', 'cancelled'].includes(newest.status) ? newest : undefined
  })
  expect([ended.id, ended.status, ended.failure]).toEqual([job.id, 'ready', null])
  await ask('GET', `/api/jobs/${job.id}/log?after=0`)
  await ask('GET', `${at}/money`)
  await ask('GET', `/api/chat/${feature.id}`)
  const recording = await (await fetch(`${slipway.url}${at}/recording`, { headers: { cookie } })).text()
  const zip = new Uint8Array(await (await fetch(`${slipway.url}${at}/download`, { headers: { cookie } })).arrayBuffer())

  // What was searched was written with the key in use, through every failure that echoes it.
  const asked = vendor.requests
  expect(asked.every(({ headers }) => headers['x-api-key'] === KEY)).toBe(true)
  expect(asked.length).toBeGreaterThan(9)
  const entries = unpacked('download.zip', zip)
  expect(entries.map(([path]) => path)).toContainEqual(expect.stringContaining(FILE))

  const database = await startPostgres({ folder: join(slipway.folder, 'postgres') })
  const rows = await rowsOf(database.adminUrl)
  await database.stop()
  expect([...rows].filter(([, text]) => text.includes(NAME)).map(([name]) => name)).toEqual(
    expect.arrayContaining(['public.specs', 'public.model_exchanges']),
  )
  const inRows = [...rows].flatMap(([name, text]) => leaks(Buffer.from(text)).map((form) => `${name}: ${form}`))
  expect(inRows).toEqual([])

  expect(recording).toContain(NAME)
  expect(recording.split('\n').length).toBeGreaterThan(9)
  expect(leaks(Buffer.from(recording))).toEqual([])

  const said = [...heard, slipway.said()].join('\n')
  expect(said).toContain(NAME)
  expect(said).toContain('[key]')
  expect(leaks(Buffer.from(said))).toEqual([])
  expect(asked.flatMap(({ rawBody }) => leaks(Buffer.from(rawBody)))).toEqual([])
  expect(entries.flatMap(([path, bytes]) => leaks(bytes).map((form) => `${path}: ${form}`))).toEqual([])

  const inFiles: string[] = []
  const seen = new Set<string>()
  for (const [path, bytes] of filesBelow(slipway.folder)) {
    for (const [name, entry] of unpacked(path.slice(slipway.folder.length + 1), bytes)) {
      if (found(entry, NAME)) seen.add(name.split('/')[0] as string)
      for (const form of leaks(entry)) inFiles.push(`${name}: ${form}`)
    }
  }
  expect([...seen]).toEqual(expect.arrayContaining(['objects', 'postgres', 'sandboxes']))
  expect(readFileSync(join(slipway.folder, 'logs/slipway.log'), 'utf8').length).toBeGreaterThan(100)
  expect(inFiles).toEqual([])
})

test('the search would find it', () => {
  const planted = [KEY, JSON.stringify({ key: KEY }), encodeURIComponent(KEY), Buffer.from(KEY).toString('hex')]
  const hidden = ['', 'a', 'ab'].map((before) => Buffer.from(`${before}${KEY}`).toString('base64'))
  for (const text of [...planted, ...hidden]) expect(leaks(Buffer.from(`before ${text} after`)), text).not.toEqual([])
})
