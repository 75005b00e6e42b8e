/** Runs plans wave by wave, some side by side, and merges finished ones in their order. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { nextStep, type PlanState, type ScheduledPlan, schedulePlans } from '@slipway/plan'
import type { PlanFile } from '../read-plans.ts'
import type { Coder } from './coder.ts'
import { type CommandRunner, commandRunner } from './run-command.ts'
import { type PlanOutcome, runPlan } from './run-plan.ts'
import { newPlanRun, type PlanRun, type RunState, type RunStore, type Waiting } from './run-state.ts'
import { mergeWorktree, openWorktree, type Repository, type Worktree } from './worktree.ts'

const VERIFY_TIMEOUT_MS = 600_000

export interface RunDeps {
  readonly repository: Repository
  readonly store: RunStore
  /** One per plan: the runner writes to the log of that plan. */
  readonly coderFor: (run: CommandRunner) => Coder
  readonly now: () => Date
  readonly say: (line: string, kind: 'run' | 'done' | 'failed' | 'waits') => void
}

export interface RunResult {
  readonly kind: 'finished' | 'waits' | 'blocked'
  readonly done: readonly string[]
  readonly failed: readonly { readonly plan: string; readonly reason: string }[]
  readonly parked: readonly { readonly plan: string; readonly waiting: Waiting }[]
  /** Plans that could not begin. */
  readonly pending: readonly string[]
}

type Active = Map<string, Promise<{ name: string; outcome: PlanOutcome }>>

/**
 * @param plans  one set; those with a summary count as done
 * @param state  a new run, or one to go on with: parked plans that were answered and failed ones begin again where they stopped
 */
export async function runPlans(
  deps: RunDeps,
  plans: readonly PlanFile[],
  state: RunState,
  options: { limit: number; isTrusted: boolean },
): Promise<RunResult> {
  const { repository, store } = deps
  const schedule = schedulePlans(plans)
  const runs = new Map<string, PlanRun>(
    plans.map((file) => [file.name, file.isDone ? { ...newPlanRun(), state: 'done' } : revived(state.plans[file.name], options.isTrusted)]),
  )
  const active: Active = new Map()
  const finished = new Map<string, { worktree: Worktree; outcome: PlanOutcome & { kind: 'finished' } }>()
  const inOrder = queue()
  const save = (name: string, change: Partial<PlanRun>) => {
    runs.set(name, { ...(runs.get(name) ?? newPlanRun()), ...change })
    store.write({ ...state, plans: Object.fromEntries(runs) })
  }
  const states = () => new Map<string, PlanState>([...runs].map(([name, run]) => [name, run.state]))

  for (;;) {
    const step = nextStep(schedule, states(), options.limit + finished.size)
    if (step.kind === 'start') {
      for (const entry of step.plans) {
        save(entry.name, { state: 'running' })
        active.set(entry.name, start(entry))
      }
    } else if (active.size) await settle(await Promise.race(active.values()))
    else if (finished.size) await mergeAll()
    else return resultOf(step.kind, runs)
  }

  async function start(entry: ScheduledPlan): Promise<{ name: string; outcome: PlanOutcome }> {
    const { name } = entry
    const began = deps.now().getTime()
    const file = plans.find((candidate) => candidate.name === name) as PlanFile
    try {
      const worktree = await inOrder(() => openWorktree(repository, name))
      if (!runs.get(name)?.base) save(name, { base: await worktree.head() })
      const logPath = join(repository.workFolder, 'logs', `${worktree.branch.split('/')[1]}.log`)
      mkdirSync(join(repository.workFolder, 'logs'), { recursive: true })
      const before = runs.get(name)?.activeMs ?? 0
      const outcome = await runPlan(
        {
          coder: deps.coderFor(commandRunner({ logPath })),
          run: commandRunner({ logPath, timeoutMs: VERIFY_TIMEOUT_MS }),
          isTrusted: options.isTrusted,
          now: deps.now,
          say: (line) => deps.say(line, 'run'),
          save: (change) => save(name, { ...change, activeMs: before + deps.now().getTime() - began }),
        },
        { entry, planPath: file.path, summaryPath: summaryPathIn(repository.root, file.path), worktree, state: runs.get(name) as PlanRun },
      )
      if (outcome.kind === 'finished') finished.set(name, { worktree, outcome })
      return { name, outcome }
    } catch (error) {
      return { name, outcome: { kind: 'failed', reason: (error as Error).message } }
    }
  }

  function settle({ name, outcome }: { name: string; outcome: PlanOutcome }): void {
    active.delete(name)
    if (outcome.kind === 'parked') {
      save(name, { state: 'parked', waiting: outcome.waiting })
      deps.say(`${name}  waits for you: ${outcome.waiting.text.split('\n')[0]}`, 'waits')
    }
    if (outcome.kind === 'failed') fail(name, outcome.reason)
  }

  function fail(name: string, reason: string): void {
    save(name, { state: 'failed', failure: reason })
    deps.say(`${name}  ${reason}`, 'failed')
  }

  async function mergeAll(): Promise<void> {
    for (const { name } of schedule.filter((entry) => finished.has(entry.name))) {
      const { worktree, outcome } = finished.get(name) as { worktree: Worktree; outcome: PlanOutcome & { kind: 'finished' } }
      finished.delete(name)
      const reason = await mergeWorktree(repository, worktree, name)
      if (reason !== null) {
        fail(name, reason)
        continue
      }
      const file = plans.find((candidate) => candidate.name === name) as PlanFile
      if (!outcome.isSummaryCommitted) writeFileSync(summaryBeside(file.path), outcome.summary)
      save(name, { state: 'done' })
      deps.say(`${name}  done and merged`, 'done')
    }
  }
}

function revived(run: PlanRun | undefined, isTrusted: boolean): PlanRun {
  if (!run) return newPlanRun()
  if (run.state === 'failed') return { ...run, state: 'pending', failure: '', gaps: [] }
  const mayGoOn = run.answer !== null || (isTrusted && run.waiting?.kind === 'verify-command')
  if (run.state === 'running' || (run.state === 'parked' && mayGoOn)) return { ...run, state: 'pending' }
  return run
}

function resultOf(kind: 'wait' | 'finished' | 'blocked', runs: ReadonlyMap<string, PlanRun>): RunResult {
  const of = (state: PlanState) => [...runs].filter(([, run]) => run.state === state)
  return {
    kind: kind === 'finished' ? 'finished' : of('failed').length ? 'blocked' : 'waits',
    done: of('done').map(([name]) => name),
    failed: of('failed').map(([plan, run]) => ({ plan, reason: run.failure })),
    parked: of('parked').flatMap(([plan, run]) => (run.waiting ? [{ plan, waiting: run.waiting }] : [])),
    pending: of('pending').map(([name]) => name),
  }
}

const summaryBeside = (planPath: string) =>
  planPath.replace(/PLAN\.md$|\.plan$|(?:\.md)?$/i, (end) => (end.toUpperCase() === 'PLAN.MD' ? 'SUMMARY.md' : '-SUMMARY.md'))

function summaryPathIn(root: string, planPath: string): string | null {
  const path = relative(root, summaryBeside(planPath))
  return path.startsWith('..') ? null : path.split(sep).join('/')
}

/** Runs what it is given one after the other: git's own files of a repository allow no two writers. */
function queue() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(run: () => Promise<T>): Promise<T> => {
    const next = last.then(run)
    last = next.catch(() => undefined) // its caller hears of it
    return next
  }
}
