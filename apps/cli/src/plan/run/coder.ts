/** Who does the work of a task. The engine hands over one task in one folder, and looks afterwards at what changed there. */
import type { Task } from '@slipway/plan'
import type { CommandRunner } from './run-command.ts'

export interface CoderWork {
  /** `01-02` */
  readonly plan: string
  readonly planPath: string
  readonly task: Task
  readonly taskNumber: number
  /** The plan's own worktree; the only place to write to. */
  readonly folder: string
  readonly objective: string
  readonly decisions: readonly string[]
  /** What an earlier try left wrong: output of a command, promises that do not hold, or a person's words. */
  readonly trouble: string
}

export type CoderOutcome = { readonly kind: 'done' } | { readonly kind: 'failed'; readonly reason: string }

/** Changes files in the folder and nothing else: commits that it makes are folded into the engine's. May be called again for the same task. */
export type Coder = (work: CoderWork) => Promise<CoderOutcome>

/**
 * The user's own command: the task comes on standard input. A program gets the plan and the task number as its
 * arguments; in a line for the shell, which is run as it stands, they are `$1` and `$2`.
 */
export function commandCoder(line: string, run: CommandRunner): Coder {
  const command = /^[\w./-]+$/.test(line.trim()) ? `${line} "$@"` : line
  return async (work) => {
    const result = await run({ command, folder: work.folder, input: taskText(work), parameters: [work.plan, String(work.taskNumber)] })
    return result.isPassed ? { kind: 'done' } : { kind: 'failed', reason: `The coder ended with ${result.end}.\n${result.output}` }
  }
}

export function taskText({ plan, planPath, task, taskNumber, objective, decisions, trouble }: CoderWork): string {
  const part = (title: string, text: string) => (text ? `## ${title}\n\n${text}\n` : '')
  const list = (items: readonly string[]) => items.map((item) => `- ${item}`).join('\n')
  return [
    `# Plan ${plan}, task ${taskNumber}: ${task.name}\n`,
    `The whole plan: ${planPath}\nChange files in the current folder only, and do not commit.\n`,
    part('To repair first', trouble),
    part('Objective', objective),
    part('Decisions', list(decisions)),
    part('Files', list(task.files)),
    part('Read first', list(task.readFirst)),
    part('Behaviour', task.behavior),
    part('Action', task.action),
    part('Acceptance', list(task.acceptanceCriteria)),
    part('Done when', task.done),
  ]
    .filter(Boolean)
    .join('\n')
}
