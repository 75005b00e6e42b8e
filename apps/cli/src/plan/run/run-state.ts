/** Where a run of plans stands, kept in the repository's git folder so that a run can stop anywhere and go on later. */
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { failure } from '@slipway/domain'
import * as z from 'zod'

/** What a parked plan waits for: a person's look, deed or decision, or the word that a command passed. */
const Waiting = z.object({
  kind: z.enum(['human-verify', 'human-action', 'decision', 'verify-command']),
  text: z.string(),
  options: z.array(z.string()),
})
export type Waiting = z.infer<typeof Waiting>

const PlanRun = z.object({
  state: z.enum(['pending', 'running', 'parked', 'done', 'failed']),
  /** The commit that its worktree began from; empty before it began. */
  base: z.string(),
  /** Index of the task to do next. */
  next: z.int().nonnegative(),
  /** Whether the coder has done the next task and only its proof is missing. */
  isCoded: z.boolean(),
  tasks: z.array(z.object({ name: z.string(), commit: z.string(), command: z.string().optional() })),
  /** Briefs of the gaps that went back to the coder. */
  gaps: z.array(z.string()),
  decisions: z.array(z.string()),
  deviations: z.array(z.string()),
  waiting: Waiting.nullable(),
  answer: z.string().nullable(),
  /** Why it failed; empty otherwise. */
  failure: z.string(),
  activeMs: z.number(),
})
export type PlanRun = z.infer<typeof PlanRun>

const RunState = z.object({ version: z.literal(1), branch: z.string(), plans: z.record(z.string(), PlanRun) })
export type RunState = z.infer<typeof RunState>

export const newPlanRun = (): PlanRun => ({
  state: 'pending',
  base: '',
  next: 0,
  isCoded: false,
  tasks: [],
  gaps: [],
  decisions: [],
  deviations: [],
  waiting: null,
  answer: null,
  failure: '',
  activeMs: 0,
})

export interface RunStore {
  /** Null when no run is under way. @throws INPUT_INVALID when the file is damaged */
  read(): RunState | null
  /** Whole or not at all: a crash leaves the old state. */
  write(state: RunState): void
  clear(): void
  /** Keeps a second run of the same repository out. @returns the release; @throws CONFLICT while the other one lives */
  lock(): () => void
}

/** @param gitFolder  the repository's own, shared by all worktrees */
export function runStore(gitFolder: string): RunStore {
  const folder = join(gitFolder, 'slipway')
  const path = join(folder, 'run.json')
  const lockPath = join(folder, 'run.lock')
  return {
    read: () => {
      let text: string
      try {
        text = readFileSync(path, 'utf8')
      } catch {
        return null // no run is under way
      }
      try {
        return RunState.parse(JSON.parse(text))
      } catch (error) {
        throw failure('INPUT_INVALID', { what: path, faults: ['it is damaged; "slipway plan run --discard" starts anew'] }, error)
      }
    },
    write: (state) => {
      mkdirSync(folder, { recursive: true })
      writeFileSync(`${path}.new`, `${JSON.stringify(state, null, 2)}\n`)
      renameSync(`${path}.new`, path)
    },
    clear: () => rmSync(path, { force: true }),
    lock: () => {
      mkdirSync(folder, { recursive: true })
      if (isHeld(lockPath)) throw failure('CONFLICT', { what: 'This repository is in another run of plans. It' })
      rmSync(lockPath, { force: true })
      const file = openSync(lockPath, 'wx')
      writeFileSync(file, String(process.pid))
      closeSync(file)
      return () => rmSync(lockPath, { force: true })
    },
  }
}

function isHeld(lockPath: string): boolean {
  try {
    process.kill(Number(readFileSync(lockPath, 'utf8')), 0)
    return true
  } catch {
    return false // no lock, or one whose process has ended
  }
}
