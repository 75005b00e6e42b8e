/** One task of a model: prepared, coded in the app's sandbox, verified, reviewed. */
import { randomBytes } from 'node:crypto'
import {
  type CoderEvent,
  type CoderResult,
  type CoderTask,
  diagnoseTypes,
  diffHash,
  fixImports,
  planner,
  type Review,
  reviewer,
  runCoder,
  type TaskNotes,
} from '@slipway/agents'
import type { Task } from '@slipway/plan'
import type { Bench } from './app-bench.ts'
import type { JobLog } from './job-log.ts'
import { type RunOfModels, whyNoModel } from './models.ts'

/** What a task is done with. */
export interface TaskTools {
  readonly run: RunOfModels
  readonly bench: Bench
  readonly lines: JobLog
  readonly signal: AbortSignal
}

export interface WrittenTask {
  readonly result: CoderResult
  /** For people: what a machine saw. */
  readonly summary: string
  /** Whether the reviewer, where one could be asked, had nothing serious left to say. */
  readonly isApproved: boolean
}

/** A task for the coder, with the document it is part of, if it is. */
export interface CoderWork {
  /** Names the task in the run's record and ledger. */
  readonly key: string
  readonly plan: string
  readonly task: CoderTask
  readonly notes?: TaskNotes | undefined
  readonly findings?: readonly string[]
}

/** @throws what `Model.exchange` throws, but for a reached cap: that is an outcome */
export async function runTask({ run, bench, lines, signal }: TaskTools, { key, plan, task, notes, findings = [] }: CoderWork) {
  const deps = { sandbox: bench.sandbox, fixers: [fixImports], diagnose: diagnoseTypes(bench.sandbox), ledger: run.ledger, now: Date.now }
  return runCoder(
    { model: await run.modelOf('coder'), ...deps },
    {
      ...{ key, plan, task, findings, signal, notes: notes ?? null },
      debugId: `dbg_${randomBytes(6).toString('hex')}`,
      onEvent: (event) => lines.add('note', said(event)),
    },
  )
}

/** Prepared, coded, reviewed; what a reviewer finds wrong goes back to the coder once. */
export async function writeTask(
  tools: TaskTools,
  plan: string,
  task: Task,
  { key, writable }: { key: string; writable: readonly string[] },
): Promise<WrittenTask> {
  const { run, bench, lines, signal } = tools
  const tree = (await bench.sandbox.list()).flatMap((entry) => (entry.kind === 'file' ? [entry.path] : []))
  const { name, files, action, acceptanceCriteria, done } = task
  const notes = await optional(
    run.ask(planner, { plan, task: { name, files, action, acceptanceCriteria, done }, tree }, { key: `${key}/notes`, signal }),
  )
  const coded = { name, action, acceptanceCriteria, done, verify: task.verify?.automated ?? [], writable }
  const look = (round: string, diff: string, evidence: unknown) =>
    optional(
      run.ask(
        reviewer,
        { task: action, acceptanceCriteria, diff, evidence: JSON.stringify(evidence) },
        { key: `${key}/review${round}`, signal },
      ),
    )

  let result = await runTask(tools, { key, plan, task: coded, notes })
  if (result.kind !== 'done') return { result, summary: whatIsLeft(name, result), isApproved: false }
  let diff = result.diff
  let review = await look('', diff, result.lastVerification)
  const findings = serious(review)
  if (findings.length > 0) {
    for (const finding of findings) lines.add('note', `Reviewer: ${finding}`)
    const second = await runTask(tools, { key: `${key}/again`, plan, task: coded, notes, findings })
    if (second.kind === 'done') {
      result = second
      diff = `${diff}\n${second.diff}`
      review = await look('/again', diff, second.lastVerification)
    }
  }
  const left = serious(review)
  const commands = result.lastVerification?.commands.map(({ command }) => `"${command}"`).join(', ') ?? ''
  const verdict = !review
    ? 'no reviewer could be asked'
    : left.length
      ? `the reviewer still asks: ${left.join(' ')}`
      : 'the reviewer approves'
  const summary = `"${name}" is written: ${commands} passed, ${verdict} (diff ${diffHash(diff).slice(0, 12)}).`
  return { result, summary, isApproved: review?.verdict !== 'request-changes' }
}

/** Preparation and a second opinion that do not come are no reason to throw work away: the next call of the coder says what is wrong. */
export async function optional<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (whyNoModel(error)) return undefined
    throw error
  }
}

const serious = (review: Review | undefined): string[] =>
  review?.verdict === 'request-changes'
    ? review.findings.filter(({ severity }) => severity !== 'minor').map(({ path, line, text }) => `${path}:${line} ${text}`)
    : []

export const whatIsLeft = (name: string, result: Exclude<CoderResult, { kind: 'done' }>): string =>
  result.kind === 'stopped'
    ? `"${name}" was stopped after ${result.steps} steps, and the app is as it was before: ${result.failure.message}`
    : `"${name}" could not be written, and the app is as it was before: ${result.dossier.reason} (${result.dossier.debugId})`

function said(event: CoderEvent): string {
  switch (event.kind) {
    case 'call':
      return `${event.name} ${event.about}${event.isError ? ' (refused)' : ''}`
    case 'verified':
      return event.verification.passed ? 'Its commands pass.' : `Its commands fail: ${event.verification.commands.at(-1)?.command ?? ''}`
    case 'compacted':
      return 'The conversation was shortened.'
    case 'another-strategy':
      return `Another way is tried: ${event.reason}`
  }
}
