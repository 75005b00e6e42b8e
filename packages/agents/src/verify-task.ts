/** Runs a task's verify commands; deterministic fixers come before any model is asked. */
import type { Sandbox } from '@slipway/sandbox'
import { failureSignature } from './failure-signature.ts'
import { shorten } from './tools/shorten.ts'
import type { Worktree } from './tools/worktree.ts'

/** What a machine saw. */
export interface CommandEvidence {
  readonly command: string
  /** null: it was ended, by time or output. */
  readonly exitCode: number | null
  readonly passed: boolean
  /** Its beginning and end. */
  readonly output: string
}

export interface Verification {
  readonly passed: boolean
  readonly commands: readonly CommandEvidence[]
  /** Of the first command that failed. */
  readonly signature: string | null
  /** Fixers that changed something. */
  readonly fixedBy: readonly string[]
}

/** Repairs without a model what has one right answer: a missing import, a formatting fault. */
export interface Fixer {
  readonly name: string
  /** The paths it changed, through the worktree; empty when it has no certain answer. */
  fix(failed: CommandEvidence, worktree: Worktree): Promise<readonly string[]>
}

export interface VerifyDeps {
  readonly sandbox: Sandbox
  readonly worktree: Worktree
  readonly fixers: readonly Fixer[]
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

const FIX_ROUNDS = 3

/** Commands in order, up to the first that fails. What they change outside of the task's files is put back. */
export async function verifyTask(commands: readonly string[], deps: VerifyDeps): Promise<Verification> {
  const fixedBy: string[] = []
  for (let round = 0; ; round++) {
    const evidence = await runAll(commands, deps)
    const failed = evidence.find(({ passed }) => !passed)
    if (!failed) return { passed: true, commands: evidence, signature: null, fixedBy }
    const fixer = round < FIX_ROUNDS ? await firstThatFixes(failed, deps) : null
    if (fixer === null) return { passed: false, commands: evidence, signature: failureSignature(failed.command, failed.output), fixedBy }
    fixedBy.push(fixer)
  }
}

async function firstThatFixes(failed: CommandEvidence, { fixers, worktree }: VerifyDeps): Promise<string | null> {
  for (const fixer of fixers) {
    if ((await fixer.fix(failed, worktree)).length) return fixer.name
  }
  return null
}

async function runAll(commands: readonly string[], { sandbox, worktree, timeoutMs, signal }: VerifyDeps): Promise<CommandEvidence[]> {
  const evidence: CommandEvidence[] = []
  for (const command of commands) {
    const { exitCode, output, ended } = await sandbox.exec(['/bin/bash', '-c', command], {
      timeoutMs,
      signal,
      env: { CI: '1', NO_COLOR: '1' },
      ...(worktree.folder && { cwd: worktree.folder }),
    })
    signal.throwIfAborted()
    const why = ended === 'exit' ? '' : `\n[ended: ${ended}]`
    evidence.push({ command, exitCode, passed: exitCode === 0, output: shorten(output.trim() + why, { lines: 300, characters: 16_000 }) })
    await worktree.settle()
    if (exitCode !== 0) break
  }
  return evidence
}
