/** All plans of one project verified in one process of ours, against the peer's checker plan by plan, on the same files. */
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { outputOf, type Peer, peerVerdict } from './plan-peer.ts'

const CLI = join(dirname(fileURLToPath(import.meta.url)), '../apps/cli/src/main.ts')

export interface Speed {
  readonly plans: number
  readonly ourSeconds: number
  readonly peers: readonly { readonly name: string; readonly seconds: number; readonly ratio: number }[]
}

/** Wall-clock time, start of processes included. The peer's two commands per plan run one after the other, as its workflow does. */
export async function measureSpeed(project: string, peers: readonly Peer[]): Promise<Speed> {
  const files = readdirSync(join(project, '.planning'), { recursive: true }) as string[]
  const plans = files.filter((file) => file.endsWith('-PLAN.md')).map((file) => join('.planning', file))
  const ours: number[] = []
  for (let round = 0; round < 3; round++) {
    const start = performance.now()
    await outputOf(process.execPath, [CLI, 'plan', 'verify', project, '--tree', project, '--json'], project)
    ours.push((performance.now() - start) / 1_000)
  }
  const ourSeconds = ours.sort((a, b) => a - b)[1] as number
  const results: { name: string; seconds: number; ratio: number }[] = []
  for (const peer of peers) {
    const start = performance.now()
    for (const plan of plans) await peerVerdict(peer, project, plan, 'one by one')
    const seconds = (performance.now() - start) / 1_000
    results.push({ name: peer.name, seconds: round(seconds), ratio: round(seconds / ourSeconds) })
  }
  return { plans: plans.length, ourSeconds: round(ourSeconds), peers: results }
}

const round = (number: number) => Math.round(number * 100) / 100
