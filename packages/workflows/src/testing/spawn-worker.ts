/** Starts a worker process and hears what it says. */
import { type ChildProcess, spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { ToldLine } from './told-engine.ts'
import type { WorkerSettings } from './worker-process.ts'

const WORKER = join(dirname(fileURLToPath(import.meta.url)), 'worker-process.ts')

export interface SpawnedWorker {
  readonly process: ChildProcess
  /** What it has said so far. */
  readonly lines: readonly ToldLine[]
  /** Everything it said, once it has ended. */
  readonly ended: Promise<readonly ToldLine[]>
  /** Resolves with the line, heard already or to come. Rejects when the process ends without it. */
  heard(test: (line: ToldLine) => boolean): Promise<ToldLine>
}

/** @param onLine hears each line, after it was added */
export function spawnWorker(settings: WorkerSettings, onLine: (worker: SpawnedWorker) => void = () => undefined): SpawnedWorker {
  const child = spawn(process.execPath, ['--disable-warning=DeprecationWarning', WORKER, JSON.stringify(settings)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: ToldLine[] = []
  const waiting = new Set<() => void>()
  let isOver = false
  const worker: SpawnedWorker = {
    process: child,
    lines,
    ended: new Promise((resolve) => {
      child.on('close', () => {
        isOver = true
        for (const look of waiting) look()
        resolve(lines)
      })
    }),
    heard: (test) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = lines.find(test)
          if (!found && !isOver) return
          waiting.delete(look)
          if (found) resolve(found)
          else reject(new Error(`The worker ended without a word of it: ${JSON.stringify(lines)}`))
        }
        waiting.add(look)
        look()
      }),
  }
  createInterface({ input: child.stdout }).on('line', (text) => {
    lines.push(JSON.parse(text) as ToldLine)
    onLine(worker)
    for (const look of waiting) look()
  })
  return worker
}
