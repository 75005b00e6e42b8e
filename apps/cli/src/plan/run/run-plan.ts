/** Does the tasks of one plan in its worktree, one commit each, until it is finished, waits for a person, or cannot go on. */
import {
  type CheckResult,
  commandsOf,
  decideGap,
  type PlanVerdict,
  type ScheduledPlan,
  summaryCommitMessage,
  summaryDocument,
  type Task,
  taskCommitMessage,
  verifyPlan,
} from '@slipway/plan'
import { gitTree } from '../git-tree.ts'
import { moduleParser } from '../parse-module.ts'
import { readTree } from '../read-tree.ts'
import { checkpointOf, meaningOf } from './checkpoint.ts'
import type { Coder } from './coder.ts'
import type { CommandRunner } from './run-command.ts'
import type { PlanRun, Waiting } from './run-state.ts'
import { judgeChanges, type Worktree } from './worktree.ts'

const TRIES_MAX = 3

export interface PlanDeps {
  readonly coder: Coder
  readonly run: CommandRunner
  /** Whether commands that the plan itself names may run on this machine. */
  readonly isTrusted: boolean
  readonly now: () => Date
  /** Tells the user, in one line. */
  readonly say: (line: string) => void
  /** Keeps where the plan stands; called after every step that must not be done twice. */
  readonly save: (change: Partial<PlanRun>) => void
}

export interface PlanWork {
  readonly entry: ScheduledPlan
  readonly planPath: string
  /** Where the summary goes, from the root of the repository; null when the plans lie outside of it. */
  readonly summaryPath: string | null
  readonly worktree: Worktree
  /** As it was left; later states go through `save`. */
  readonly state: PlanRun
}

export type PlanOutcome =
  | { readonly kind: 'finished'; readonly summary: string; readonly isSummaryCommitted: boolean }
  | { readonly kind: 'parked'; readonly waiting: Waiting }
  | { readonly kind: 'failed'; readonly reason: string }

/** Goes on where the state says. Expected troubles are outcomes; what throws is a fault of git or of our own. */
export async function runPlan(deps: PlanDeps, work: PlanWork): Promise<PlanOutcome> {
  const { entry, worktree } = work
  let state = work.state
  const save = (change: Partial<PlanRun>) => {
    state = { ...state, ...change }
    deps.save(change)
  }
  const code = async (task: Task, trouble: string): Promise<PlanOutcome | null> => {
    const since = await worktree.head()
    const objective = entry.plan.sections.find((section) => section.name === 'objective')
    const outcome = await deps.coder({
      plan: entry.name,
      planPath: work.planPath,
      task,
      taskNumber: entry.plan.tasks.indexOf(task) + 1,
      folder: worktree.folder,
      objective: objective ? entry.plan.source.slice(objective.content.start, objective.content.end).trim() : '',
      decisions: state.decisions,
      trouble,
    })
    await worktree.foldCommits(since)
    return outcome.kind === 'done' ? null : { kind: 'failed', reason: outcome.reason }
  }
  const commands = (task: Task) => failing(deps, worktree.folder, commandsOf(task))

  while (state.next < entry.plan.tasks.length) {
    const task = entry.plan.tasks[state.next] as Task
    const waiting = checkpointOf(task)
    const stop = waiting ? await passCheckpoint(task, waiting) : await doTask(task)
    if (stop) return stop
  }
  const verdict = await closeGaps()
  return 'kind' in verdict ? verdict : await finish(verdict)

  async function doTask(task: Task): Promise<PlanOutcome | null> {
    const proofs = commandsOf(task)
    let trouble = ''
    if (state.waiting?.kind === 'verify-command' && state.answer !== null) {
      const meaning = meaningOf(state.waiting, state.answer)
      if (meaning.kind === 'go-on') {
        save({ deviations: [...state.deviations, `A person said that \`${proofs.join(' && ')}\` passed; it was not run here.`] })
        return commitTask(task)
      }
      trouble = meaning.kind === 'change' ? meaning.wish : state.answer
      save({ isCoded: false, waiting: null, answer: null })
    }
    for (let tries = 1; tries <= TRIES_MAX; tries++) {
      if (!state.isCoded) {
        deps.say(`${entry.name}  task ${state.next + 1} of ${entry.plan.tasks.length}: ${task.name}${tries > 1 ? ` (try ${tries})` : ''}`)
        const failed = await code(task, trouble)
        if (failed) return failed
        save({ isCoded: true, waiting: null, answer: null })
      }
      if (proofs.length === 0) return commitTask(task)
      if (!deps.isTrusted) return { kind: 'parked', waiting: unprovenOf(proofs) }
      const fault = await commands(task)
      if (fault === null) return commitTask(task, proofs.join(' && '))
      if (fault === trouble) return { kind: 'failed', reason: `Task ${state.next + 1}: the last try changed nothing.\n${fault}` }
      trouble = fault
      save({ isCoded: false })
    }
    return { kind: 'failed', reason: `Task ${state.next + 1} is not proved after ${TRIES_MAX} tries.\n${trouble}` }
  }

  async function commitTask(task: Task, command?: string): Promise<null> {
    const commit = await worktree.commit(taskCommitMessage(entry.name, task, state.next))
    save({
      next: state.next + 1,
      isCoded: false,
      waiting: null,
      answer: null,
      tasks: [...state.tasks, { name: task.name, commit: commit ?? '', ...(command && { command }) }],
      ...(commit === null && { deviations: [...state.deviations, `Task ${state.next + 1} (${task.name}) changed nothing.`] }),
    })
    return null
  }

  async function passCheckpoint(task: Task, waiting: Waiting): Promise<PlanOutcome | null> {
    const meaning = state.answer === null ? { kind: 'unclear' as const } : meaningOf(waiting, state.answer)
    if (meaning.kind === 'unclear') {
      save({ answer: null })
      return { kind: 'parked', waiting }
    }
    if (meaning.kind === 'change') {
      deps.say(`${entry.name}  repairs what a person found`)
      const failed = await code(task, meaning.wish)
      if (failed) return failed
      const subject = meaning.wish.replaceAll(/\s+/g, ' ').slice(0, 50)
      await worktree.commit(`fix(${entry.name}): ${subject}\n\nPlan: ${entry.name}\nTask: ${state.next + 1}\n`)
      save({ answer: null, deviations: [...state.deviations, `At "${task.name}" a person asked for: ${meaning.wish}`] })
      return { kind: 'parked', waiting }
    }
    const decision = meaning.decision ? [`${task.elements.decision || task.name}: ${meaning.decision}`] : []
    save({ next: state.next + 1, waiting: null, answer: null, decisions: [...state.decisions, ...decision] })
    return null
  }

  async function closeGaps(): Promise<PlanVerdict | PlanOutcome> {
    for (;;) {
      const tree = readTree(worktree.folder)
      const options = { parseModule: await moduleParser(tree.list()), baseline: gitTree(worktree.folder, state.base) }
      const verdict = verifyPlan(entry.plan, tree, options)
      const gap = decideGap(verdict, state.gaps)
      if (gap.kind === 'complete') return verdict
      if (gap.kind === 'give-up') return { kind: 'failed', reason: `${gap.reason}\n${violations(verdict.checks)}` }
      save({ gaps: [...state.gaps, gap.brief] })
      deps.say(
        `${entry.name}  gap, try ${state.gaps.length}: ${verdict.checks.filter((check) => check.status === 'violated').length} promises do not hold`,
      )
      const failed = await code(entry.plan.tasks.findLast((task) => checkpointOf(task) === null) as Task, gap.brief)
      if (failed) return failed
      for (const task of deps.isTrusted ? entry.plan.tasks : []) {
        const fault = await commands(task)
        if (fault !== null) return { kind: 'failed', reason: `Closing a gap broke the proof of "${task.name}".\n${fault}` }
      }
      await worktree.commit(`fix(${entry.name}): keep what the plan promised\n\nPlan: ${entry.name}\n`)
    }
  }

  async function finish(verdict: PlanVerdict): Promise<PlanOutcome> {
    const own = work.summaryPath === null ? [] : [work.summaryPath]
    const { changes, decision } = await judgeChanges(worktree, entry.plan, state.base, own)
    if (decision.kind === 'refuse')
      return { kind: 'failed', reason: `Not merged:\n${decision.faults.map(({ path, reason }) => `${path}: ${reason}`).join('\n')}` }
    const summary = summaryDocument({
      name: entry.name,
      plan: entry.plan,
      subsystem: entry.plan.frontMatter.phase.replace(/^[\d.]+-/, ''),
      tasks: state.tasks.map(({ command, ...task }) => ({ ...task, ...(command !== undefined && { command }) })),
      changes,
      verdict,
      deviations: [...state.deviations, ...decision.extra.map((path) => `${path} was added without being declared.`)],
      decisions: state.decisions,
      durationMs: state.activeMs,
      completed: deps.now().toISOString().slice(0, 10),
    })
    if (work.summaryPath === null) return { kind: 'finished', summary, isSummaryCommitted: false }
    worktree.write(work.summaryPath, summary)
    const commit = await worktree.commit(summaryCommitMessage(entry.name, entry.plan))
    return { kind: 'finished', summary, isSummaryCommitted: commit !== null }
  }
}

/** What the first failing command said; null when all passed. */
async function failing({ run }: PlanDeps, folder: string, commands: readonly string[]): Promise<string | null> {
  for (const command of commands) {
    const result = await run({ command, folder })
    if (!result.isPassed) return `\`${command}\` ended with ${result.end}.\n${result.output}`
  }
  return null
}

const unprovenOf = (proofs: readonly string[]): Waiting => ({
  kind: 'verify-command',
  text: `This command of the plan proves the task and was not run, as it would run on this machine without a sandbox:\n${proofs.join('\n')}\nRun it yourself and answer "passed" or what went wrong, or go on with --trust-plan-commands.`,
  options: [],
})

const violations = (checks: readonly CheckResult[]) =>
  checks
    .filter((check) => check.status === 'violated')
    .map((check) => `${check.what}: ${check.evidence.at(-1)?.text ?? ''}`)
    .join('\n')
