/** `slipway plan run` and `slipway plan answer`: plans carried out in git worktrees by a coder of the user's choice. */
import { failure } from '@slipway/domain'
import { type PlanFile, readPlans, shownPath } from '../plan/read-plans.ts'
import { readTree } from '../plan/read-tree.ts'
import { meaningOf } from '../plan/run/checkpoint.ts'
import { type Coder, commandCoder } from '../plan/run/coder.ts'
import type { CommandRunner } from '../plan/run/run-command.ts'
import { type RunResult, runPlans } from '../plan/run/run-plans.ts'
import { type RunState, type RunStore, runStore } from '../plan/run/run-state.ts'
import { cleanBranch, dropWorktree, openRepository, type Repository } from '../plan/run/worktree.ts'
import { sayFinding } from '../plan/words.ts'
import type { Mark, Terminal } from '../terminal.ts'
import { findingsOf } from './plan-check.ts'

interface Deps {
  readonly terminal: Terminal
  readonly cwd: string
}

export interface RunOptions {
  readonly path: string
  /** The user's command, or a coder of another kind. */
  readonly coder: string | ((run: CommandRunner) => Coder)
  readonly resume: boolean
  readonly discard: boolean
  readonly limit: number
  readonly trustPlanCommands: boolean
  readonly now?: () => Date
}

const MARKS: Record<'run' | 'done' | 'failed' | 'waits', Mark> = { run: 'run', done: 'pass', failed: 'fail', waits: 'need' }

/** @returns the exit code: 0 all plans done, 1 one failed or may not run, 2 a person must answer */
export async function planRun(deps: Deps, options: RunOptions): Promise<number> {
  const { terminal } = deps
  const set = readPlans(options.path)
  const plans = set.plans.filter((file) => file.group === '')
  const repository = await openRepository(set.project ?? set.folder)
  const store = runStore(repository.gitFolder)
  const release = store.lock()
  try {
    if (options.discard) await discard(repository, store)
    const state = await stateToRun(repository, store, options.resume)
    if (!(await mayRun(deps, plans, set.requirements, repository))) return 1
    if (typeof options.coder === 'string')
      terminal.say(`The coder runs on this machine with your rights and without a sandbox: ${options.coder}`, 'need')
    if (options.trustPlanCommands) terminal.say('Commands of the plans run on this machine with your rights and without a sandbox.', 'need')
    const result = await runPlans(
      {
        repository,
        store,
        coderFor:
          typeof options.coder === 'string'
            ? (
                (command) => (run: CommandRunner) =>
                  commandCoder(command, run)
              )(options.coder)
            : options.coder,
        now: options.now ?? (() => new Date()),
        say: (line, kind) => terminal.say(printable(line), MARKS[kind]),
      },
      plans,
      state,
      { limit: options.limit, isTrusted: options.trustPlanCommands },
    )
    if (result.kind === 'finished') store.clear()
    tellEnd(terminal, result, options.path)
    return result.kind === 'finished' ? 0 : result.kind === 'blocked' ? 1 : 2
  } finally {
    release()
  }
}

/** Without a plan it tells what waits. @returns the exit code: 0 answered or nothing waits, 1 not an answer to what was asked, 2 something waits */
export async function planAnswer(deps: Deps, options: { path: string; plan?: string | undefined; answer: string }): Promise<number> {
  const { terminal } = deps
  const set = readPlans(options.path)
  const repository = await openRepository(set.project ?? set.folder)
  const store = runStore(repository.gitFolder)
  const state = store.read()
  const waits = Object.entries(state?.plans ?? {}).filter(([, run]) => run.state === 'parked' && run.answer === null)
  if (options.plan === undefined) {
    if (waits.length === 0) terminal.say('Nothing waits for an answer.', 'pass')
    for (const [name, { waiting }] of waits) {
      terminal.say(`${name}  ${waiting?.kind}`, 'need')
      terminal.say(indented(waiting?.text ?? ''))
      if (waiting?.options.length) terminal.say(`    Answer one of: ${waiting.options.join(', ')}`)
    }
    return waits.length ? 2 : 0
  }
  const run = state?.plans[options.plan]
  if (!state || !run?.waiting || run.state !== 'parked') throw failure('NOT_FOUND', { thing: 'plan that waits, called', id: options.plan })
  if (meaningOf(run.waiting, options.answer).kind === 'unclear') {
    const wanted = run.waiting.options.length ? `one of: ${run.waiting.options.join(', ')}` : 'done'
    terminal.say(`That is no answer to it. Answer ${wanted}.`, 'fail')
    return 1
  }
  const release = store.lock()
  try {
    store.write({ ...state, plans: { ...state.plans, [options.plan]: { ...run, answer: options.answer } } })
  } finally {
    release()
  }
  terminal.say(`${options.plan} is answered. Go on with: slipway plan run ${options.path} --resume`, 'pass')
  return 0
}

async function stateToRun(repository: Repository, store: RunStore, isResumed: boolean): Promise<RunState> {
  const branch = await cleanBranch(repository)
  const state = store.read()
  if (state && !isResumed)
    throw failure('INPUT_INVALID', {
      what: 'A run of this repository that has not ended',
      faults: ['go on with --resume, or drop it with --discard'],
    })
  if (state && state.branch !== branch)
    throw failure('INPUT_INVALID', { what: `The branch ${branch}`, faults: [`the run merges into ${state.branch}; check that one out`] })
  return state ?? { version: 1, branch, plans: {} }
}

/** Drops worktrees and branches of a run; what was merged stays. */
async function discard({ git, workFolder }: Repository, store: RunStore): Promise<void> {
  const branches = (await git(['for-each-ref', '--format=%(refname:short)', 'refs/heads/slipway/'])).split('\n').filter(Boolean)
  for (const branch of branches) await dropWorktree(git, `${workFolder}/worktrees/${branch.slice('slipway/'.length)}`, branch)
  store.clear()
}

/** Says what is wrong with the plans that are not done yet. That no plan covers a requirement stops none of them. */
async function mayRun(
  { terminal, cwd }: Deps,
  plans: readonly PlanFile[],
  requirements: readonly string[] | undefined,
  { root }: Repository,
): Promise<boolean> {
  const open = plans.filter((file) => !file.isDone)
  const findings = [
    ...(await findingsOf(plans, requirements, readTree(root))),
    ...open.flatMap((file) => file.diagnostics.map((diagnostic) => ({ ...diagnostic, plan: file.name }))),
  ]
  const errors = findings.filter(
    (finding) =>
      finding.severity === 'error' && finding.code !== 'requirement-uncovered' && open.some((file) => file.name === finding.plan),
  )
  for (const error of errors) sayFinding(terminal, shownPath(open.find((file) => file.name === error.plan)?.path ?? '', cwd), error)
  if (errors.length) terminal.say(`${errors.length} errors: these plans may not run yet.`, 'fail')
  return errors.length === 0
}

function tellEnd(terminal: Terminal, { kind, done, failed, parked, pending }: RunResult, path: string): void {
  const parts = [`${done.length} done`, `${failed.length} failed`, `${parked.length} waiting for you`, `${pending.length} not begun`]
  terminal.say(parts.join(', '), kind === 'finished' ? 'pass' : kind === 'blocked' ? 'fail' : 'need')
  if (parked.length) terminal.say(`See what is asked with: slipway plan answer ${path}`)
  if (failed.length)
    terminal.say(`Worktrees of failed plans are kept in .slipway/worktrees. Try again with: slipway plan run ${path} --resume`)
}

const printable = (text: string) => text.replaceAll(/[^\P{Cc}\n\t]|\p{Cf}/gu, '')
const indented = (text: string) =>
  printable(text)
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')
