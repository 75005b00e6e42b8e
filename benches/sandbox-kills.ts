/** `npm run bench:kills`: SIGKILL of the service during each phase of a build; what is left after its restart, and whether builds go on. */
import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type EventBody, type Feature, type FeatureView, isFinal, JOB, type Job, LiveEvent } from '@slipway/domain'
import { ms } from './measure.ts'
import { IDEA } from './parts.ts'
import { leftOf, mountsBelow, processesNaming, type Traces, tracesBelow } from './sandbox-traces.ts'

const MAIN = join(dirname(dirname(fileURLToPath(import.meta.url))), 'apps/server/src/main.ts')
const kills = Number(process.argv[2] ?? 20)

const checkBegins = (name: string) => (body: EventBody) =>
  body.type === 'check-changed' && body.check.name === name && body.check.status === 'running'
const statusIs = (status: string) => (body: EventBody) => body.type === 'job-changed' && body.status === status

/** The moments of a build at which the service is killed, in their order. */
const PHASES: readonly (readonly [name: string, isHere: (body: EventBody) => boolean])[] = [
  ['starting', statusIs('starting')],
  ['scaffold', statusIs('scaffold')],
  ['code', statusIs('code')],
  ['deps', statusIs('deps')],
  ['build', checkBegins('build')],
  ['start', checkBegins('start')],
  ['preview', (body) => body.type === 'preview-answers'],
  ['tests', checkBegins('tests')],
  ['page', checkBegins('page')],
]

interface Service {
  readonly child: ChildProcess
  readonly startMs: number
  call<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T>
  /** The id of the first event behind `after` that is wanted. */
  hear(after: number, isWanted: (event: LiveEvent) => boolean): Promise<number>
}

async function start(folder: string): Promise<Service> {
  const began = performance.now()
  const child = fork(MAIN, ['--data', folder, '--port', '0'], { stdio: 'ignore', execArgv: ['--disable-warning=DeprecationWarning'] })
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { url: string }).url))
    child.once('close', (code) => reject(new Error(`Slipway ended with ${code}.`)))
  })
  const headers = { authorization: `Bearer ${readFileSync(join(folder, 'cli-token'), 'utf8').trim()}`, 'content-type': 'application/json' }
  return {
    child,
    startMs: performance.now() - began,
    async call(method, path, body) {
      const answer = await fetch(url + path, { method, headers, ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}) })
      if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`)
      return (await answer.json()) as never
    },
    async hear(after, isWanted) {
      const answer = await fetch(`${url}/api/events?after=${after}`, { headers })
      let rest = ''
      for await (const bytes of answer.body ?? []) {
        const lines = (rest + Buffer.from(bytes).toString()).split('\n')
        rest = lines.pop() ?? ''
        for (const line of lines) {
          const event = line.startsWith('data: ') ? LiveEvent.safeParse(JSON.parse(line.slice(6))).data : undefined
          if (event && isWanted(event)) return event.id
        }
      }
      throw new Error('The events ended.')
    },
  }
}

/** @param signal of an end that is orderly, or none */
async function end({ child }: Service, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  const closed = new Promise((resolve) => child.once('close', resolve))
  child.kill(signal)
  await closed
}

/** A feature whose plan waits for approval. */
async function plannedFeature(service: Service): Promise<string> {
  const { feature } = await service.call<{ feature: Feature }>('POST', '/api/projects', { idea: IDEA })
  const reaches = (status: string) =>
    service.hear(0, ({ body }) => body.type === 'feature-changed' && body.featureId === feature.id && body.status === status)
  await service.call('POST', `/api/features/${feature.id}/confirm-brief`)
  await reaches('spec_ready')
  await service.call('POST', `/api/features/${feature.id}/approve-spec`)
  await reaches('plan_ready')
  return feature.id
}

const folder = mkdtempSync(join(tmpdir(), 'slipway-kills-'))
let service = await start(folder)
const faults: string[] = []
const ended: string[] = []
const restarts: number[] = []
let count = 0
while (count < kills) {
  const featureId = await plannedFeature(service)
  const { eventId } = await service.call<FeatureView>('GET', `/api/features/${featureId}`)
  const { job } = await service.call<{ job: Job }>('POST', `/api/features/${featureId}/approve-plan`)
  let heard = eventId
  for (const [phase, isHere] of PHASES) {
    if (count >= kills) break
    heard = await service.hear(heard, ({ body }) => body.jobId === job.id && isHere(body))
    const before: Traces = tracesBelow(folder)
    await end(service, 'SIGKILL')
    service = await start(folder)
    count++
    restarts.push(service.startMs)
    const left = leftOf(folder, before)
    faults.push(...left.map((what) => `killed in ${phase}: ${what}`))
    const postmasters = processesNaming(join(folder, 'postgres')).filter((command) => /postgres(?:ql)? .*-D|bin\/postgres /.test(command))
    if (postmasters.length > 1) faults.push(`killed in ${phase}: ${postmasters.length} database servers`)
    console.log(
      `${String(count).padStart(2)}  killed in ${phase.padEnd(8)} ${before.ids.length} sandboxes, ${before.uids.length} users; restarted in ${ms(service.startMs)}; left: ${left.length || 'nothing'}`,
    )
  }
  await service.hear(eventId, ({ body }) => body.type === 'job-changed' && body.jobId === job.id && isFinal(JOB, body.status))
  const last = await service.call<Job>('GET', `/api/jobs/${job.id}`)
  ended.push(last.status)
  if (last.status !== 'ready') faults.push(`the build that was killed ended ${last.status}: ${last.failure}`)
  console.log(`    the build went on and ended ${last.status}`)
}
const before = tracesBelow(folder)
await end(service, 'SIGTERM')
faults.push(...leftOf(folder, before).map((what) => `after an orderly end: ${what}`))
faults.push(...mountsBelow(folder), ...processesNaming(folder).map((command) => `after an orderly end: the process ${command}`))
await rm(folder, { recursive: true, force: true })
const slowest = Math.max(...restarts)
console.log(
  `kills              ${count} of the service over ${PHASES.length} phases; ${ended.length} builds went on to ${[...new Set(ended)].join(', ')}; restart at most ${ms(slowest)}; left behind: ${faults.length || 'nothing'}`,
)
for (const fault of faults) console.log(`                   ${fault}`)
process.exitCode = faults.length ? 1 : 0
