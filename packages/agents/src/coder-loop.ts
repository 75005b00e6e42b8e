/** One task of a plan, from its brief to a verified change: a model with tools, watched, and never believed. */
import { type ChargeOutcome, isFailure, type Ledger, type SlipwayError } from '@slipway/domain'
import type { Sandbox } from '@slipway/sandbox'
import { type CoderBrief, type CoderTask, coderBrief, coderSystem } from './agents/coder.ts'
import { compact, compactionLimits } from './compaction.ts'
import type { Attempt, Dossier } from './dossier.ts'
import { fenced, GROUND_RULES } from './fence.ts'
import { createGuards, LOOP_LIMITS, type LoopLimits } from './guards.ts'
import type { Message, Model, Reply, StreamPart, ToolCall } from './model.ts'
import { CODER_TOOLS, runCalls, toolSpecs } from './tools/run-calls.ts'
import type { Diagnose, ToolContext } from './tools/tool.ts'
import { openWorktree, type Worktree } from './tools/worktree.ts'
import { type Fixer, type Verification, verifyTask } from './verify-task.ts'

export interface CoderDeps {
  readonly model: Model
  readonly sandbox: Sandbox
  /** The folder of this lane inside the workspace; the workspace itself by default. One writer per folder. */
  readonly folder?: string
  readonly diagnose?: Diagnose
  readonly fixers?: readonly Fixer[]
  /** Told what became of the money: a try that led nowhere was wasted, the one after it was a second try. */
  readonly ledger?: Pick<Ledger, 'judge'>
  readonly limits?: Partial<LoopLimits>
  readonly now?: () => number
}

export interface CoderOptions extends Omit<CoderBrief, 'tree'> {
  /** Names this task for ledger and record; the same again when a step is repeated. */
  readonly key: string
  /** In the dossier, when there is one. */
  readonly debugId: string
  readonly signal: AbortSignal
  readonly onPart?: (part: StreamPart) => void
  readonly onEvent?: (event: CoderEvent) => void
}

export type CoderEvent =
  | { readonly kind: 'call'; readonly step: number; readonly name: string; readonly about: string; readonly isError: boolean }
  | { readonly kind: 'verified'; readonly step: number; readonly verification: Verification }
  | { readonly kind: 'compacted'; readonly step: number }
  | { readonly kind: 'another-strategy'; readonly reason: string }

export interface Progress {
  readonly steps: number
  readonly changed: readonly string[]
  readonly diff: string
  readonly lastVerification: Verification | null
}

export type CoderResult =
  /** Verified by its commands; `lastWords` are the model's and prove nothing. */
  | ({ readonly kind: 'done'; readonly lastWords: string } & Progress)
  /** The folder is as it was before the task. */
  | { readonly kind: 'failed'; readonly dossier: Dossier }
  /** A cap or an unknown price ended it; the folder is as it was before. `failure` says what it would take to go on. */
  | ({ readonly kind: 'stopped'; readonly failure: SlipwayError } & Progress)

/**
 * Leaves the folder either verified or as it was. Deterministic but for the model and the commands: with a recorded model it can
 * be repeated after a crash and goes through the same steps.
 * @throws what `Model.exchange` and the sandbox throw, other than a reached cap; the folder is then restored as far as it answers
 */
export async function runCoder(deps: CoderDeps, options: CoderOptions): Promise<CoderResult> {
  const worktree = await openWorktree(deps.sandbox, { writable: options.task.writable, ...(deps.folder && { folder: deps.folder }) })
  const run = new CoderRun(deps, options, worktree)
  let isKept = false
  try {
    const result = await run.task()
    isKept = result.kind === 'done'
    return result
  } finally {
    if (!isKept) await restoreIfThere(worktree)
  }
}

async function restoreIfThere(worktree: Worktree): Promise<void> {
  try {
    await worktree.restore()
  } catch (error) {
    if (!isFailure(error, 'SANDBOX_LOST')) throw error // a lost sandbox takes its folder along
  }
}

const STRATEGIES_MAX = 2
const SAME_FAILURES_MAX = 2
const NOTHING_CHANGED = 'You have not changed any file. Do the task, or say in one sentence what makes it impossible.'

interface StrategyEnd {
  readonly kind: 'done' | 'dead-end'
  readonly reason: string
  readonly isFinal: boolean
}

class CoderRun {
  private readonly deps: CoderDeps
  private readonly options: CoderOptions
  private readonly worktree: Worktree
  private readonly limits: LoopLimits
  private readonly now: () => number
  private readonly startedAt: number
  private readonly signatures = new Map<string, number>()
  private readonly attempts: Attempt[] = []
  private steps = 0
  private charges: string[] = []
  private lastVerification: Verification | null = null
  private lastWords = ''

  constructor(deps: CoderDeps, options: CoderOptions, worktree: Worktree) {
    this.deps = deps
    this.options = options
    this.worktree = worktree
    this.limits = { ...LOOP_LIMITS, ...deps.limits }
    this.now = deps.now ?? Date.now
    this.startedAt = this.now()
  }

  async task(): Promise<CoderResult> {
    for (let strategy = 0; ; strategy++) {
      let end: StrategyEnd
      try {
        end = await this.strategy(strategy)
      } catch (error) {
        if (!isFailure(error, 'CAP_REACHED') && !isFailure(error, 'PRICE_UNKNOWN')) throw error
        return { kind: 'stopped', failure: error, ...this.progress() }
      }
      await this.judge(end.kind === 'dead-end' ? 'wasted' : strategy > 0 ? 'retried' : null)
      if (end.kind === 'done') return { kind: 'done', lastWords: this.lastWords, ...this.progress() }
      const stepsBefore = this.attempts.reduce((sum, attempt) => sum + attempt.steps, 0)
      this.attempts.push({ ended: end.reason, steps: this.steps - stepsBefore, diff: this.worktree.diff(), lastWords: this.lastWords })
      if (end.isFinal || strategy + 1 >= STRATEGIES_MAX) return { kind: 'failed', dossier: this.dossier(end.reason) }
      this.options.onEvent?.({ kind: 'another-strategy', reason: end.reason })
      await this.worktree.restore()
    }
  }

  /** Of all charges since the last judgement; null: they stand as they are. */
  private async judge(outcome: ChargeOutcome | null): Promise<void> {
    const judged = this.charges.splice(0)
    if (outcome === null || !this.deps.ledger) return
    for (const chargeId of judged) await this.deps.ledger.judge(chargeId, outcome)
  }

  /** One conversation, until the task is verified or leads nowhere. */
  private async strategy(number: number): Promise<StrategyEnd> {
    const { model, sandbox, diagnose = null } = this.deps
    const { key, signal, onPart } = this.options
    const context: ToolContext = { sandbox, worktree: this.worktree, seen: new Map(), failedEdits: new Map(), diagnose, signal }
    const guards = createGuards(this.limits)
    const compaction = compactionLimits(model.contextTokens)
    let messages: readonly Message[] = this.opening()
    let verifications = 0
    let nudges = 0
    for (let step = 1; step <= this.limits.stepsMax; step++) {
      if (this.now() - this.startedAt > this.limits.wallMs) return deadEnd('the time for this task was over', true)
      const shorter = compact(messages, compaction, this.facts())
      if (shorter !== messages) {
        messages = shorter
        context.seen.clear()
        this.options.onEvent?.({ kind: 'compacted', step: this.steps })
      }
      const reply = await model.exchange({
        key: `${key}/coder/${number}/${step}`,
        agent: 'coder',
        system: `${coderSystem()}\n\n${GROUND_RULES}`,
        messages,
        tools: toolSpecs(CODER_TOOLS),
        outputTokensMax: this.limits.outputTokens,
        cache: 'conversation',
        signal,
        ...(onPart && { onPart }),
      })
      this.steps++
      if (reply.chargeId) this.charges.push(reply.chargeId)
      if (reply.text) this.lastWords = reply.text
      if (reply.stop === 'refused') return deadEnd('the model refused to go on', false)
      if (reply.calls.length) {
        const said = await this.act(reply, context, guards)
        messages = [...messages, ...said.messages]
        if (said.stop) return deadEnd(said.stop, false)
        continue
      }
      if (reply.stop === 'length') {
        messages = [
          ...messages,
          spoken(reply),
          { role: 'user', text: 'That was cut off. Use the tools; do not print code. Go on in smaller steps.' },
        ]
        continue
      }
      await this.endProcesses()
      if (this.worktree.changed().length === 0) {
        if (++nudges > 1) return deadEnd('it ended without changing any file', false)
        messages = [...messages, spoken(reply), { role: 'user', text: NOTHING_CHANGED }]
        continue
      }
      const { verification, end } = await this.verify(++verifications)
      if (end) return end
      messages = [...messages, spoken(reply), { role: 'user', text: rejection(verification) }]
    }
    return deadEnd(`${this.limits.stepsMax} steps were not enough`, false)
  }

  private async act(
    reply: Reply,
    context: ToolContext,
    guards: ReturnType<typeof createGuards>,
  ): Promise<{ messages: readonly Message[]; stop: string | null }> {
    const before = this.worktree.state()
    const results = await runCalls(reply.calls, CODER_TOOLS, context, (call) => guards.refuse(call))
    for (const [index, call] of reply.calls.entries()) {
      this.options.onEvent?.({
        kind: 'call',
        step: this.steps,
        name: call.name,
        about: aboutOf(call),
        isError: results[index]?.isError === true,
      })
    }
    const { say, stop } = guards.afterStep(this.worktree.state() !== before)
    const messages: Message[] = [spoken(reply), { role: 'tool', results }, ...(say ? [{ role: 'user' as const, text: say }] : [])]
    return { messages, stop }
  }

  private async verify(count: number): Promise<{ verification: Verification; end: StrategyEnd | null }> {
    const { sandbox, fixers = [] } = this.deps
    const { task, signal } = this.options
    const verification = await verifyTask(task.verify, {
      sandbox,
      worktree: this.worktree,
      fixers,
      timeoutMs: this.limits.verifyTimeoutMs,
      signal,
    })
    this.lastVerification = verification
    this.options.onEvent?.({ kind: 'verified', step: this.steps, verification })
    await this.endProcesses()
    if (verification.passed) return { verification, end: { kind: 'done', reason: 'verified', isFinal: true } }
    const signature = verification.signature as string
    const same = (this.signatures.get(signature) ?? 0) + 1
    this.signatures.set(signature, same)
    if (same >= SAME_FAILURES_MAX) return { verification, end: deadEnd('the same failure came twice', same > SAME_FAILURES_MAX) }
    if (count >= this.limits.verificationsMax) return { verification, end: deadEnd(`${count} verifications failed`, false) }
    return { verification, end: null }
  }

  /** A process left behind could write after we have looked; lanes beside this one keep theirs. */
  private async endProcesses(): Promise<void> {
    if (!this.deps.folder) await this.deps.sandbox.killAll()
    await this.worktree.settle()
  }

  /** The first message is the same for every try and every repetition: recordings know a task by it. */
  private opening(): readonly Message[] {
    const { task, plan, notes, findings } = this.options
    const brief: Message = { role: 'user', text: coderBrief({ task, plan, notes, findings, tree: this.worktree.paths() }) }
    const last = this.attempts.at(-1)
    if (!last) return [brief]
    const failed = this.lastVerification?.commands.find(({ passed }) => !passed)
    const told = [
      `An earlier try ended because ${last.ended}. Its changes were undone; this is a fresh start.`,
      ...(last.diff ? [fenced('diff of the earlier try', last.diff.slice(0, 12_000))] : []),
      ...(failed ? [fenced(`what ${failed.command} said`, failed.output.slice(-6_000))] : []),
      'Do not repeat it. First say in two or three sentences what that try assumed and what you will do differently; then do it.',
    ]
    return [brief, { role: 'user', text: told.join('\n\n') }]
  }

  private facts(): string {
    const failed = this.lastVerification?.commands.find(({ passed }) => !passed)
    return [
      `Changed files: ${this.worktree.changed().join(', ') || 'none'}.`,
      failed
        ? `The last verification failed: ${failed.command}\n${fenced('output', failed.output.slice(-3_000))}`
        : 'Nothing was verified yet.',
    ].join('\n')
  }

  private progress(): Progress {
    return { steps: this.steps, changed: this.worktree.changed(), diff: this.worktree.diff(), lastVerification: this.lastVerification }
  }

  private dossier(reason: string): Dossier {
    const failed = this.lastVerification?.commands.find(({ passed }) => !passed)
    const { debugId, task } = this.options
    const words = `It was given up after ${this.attempts.length} ${this.attempts.length === 1 ? 'try' : 'tries'}: ${reason}. The app is as it was before.`
    return {
      debugId,
      task: task.name,
      reason: words,
      command: failed?.command ?? '',
      output: failed?.output ?? '',
      signature: this.lastVerification?.signature ?? null,
      attempts: this.attempts,
    }
  }
}

const deadEnd = (reason: string, isFinal: boolean): StrategyEnd => ({ kind: 'dead-end', reason, isFinal })
const spoken = (reply: Reply): Message => ({
  role: 'assistant',
  parts: reply.parts.length ? reply.parts : [{ kind: 'text', text: '(nothing)' }],
})

function rejection(verification: Verification): string {
  const failed = verification.commands.find(({ passed }) => !passed)
  const fixed = verification.fixedBy.length ? ` (after automatic repairs: ${verification.fixedBy.join(', ')})` : ''
  return `The task is not done: \`${failed?.command}\` fails${fixed}.\n${fenced('output', failed?.output ?? '')}\nFind the cause and correct it.`
}

function aboutOf({ input, inputText }: ToolCall): string {
  const { path, command, pattern } = (input ?? {}) as { path?: unknown; command?: unknown; pattern?: unknown }
  return String(path ?? command ?? pattern ?? inputText).slice(0, 200)
}

export type { CoderTask }
