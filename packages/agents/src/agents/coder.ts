/** What the coder loop tells its model at the start of a task. */
import { fenced, fencedJson } from '../fence.ts'
import { promptBeside } from '../prompt-beside.ts'
import type { TaskNotes } from './planner.ts'

export interface CoderTask {
  readonly name: string
  readonly action: string
  readonly acceptanceCriteria: readonly string[]
  readonly done: string
  /** Commands that must pass, in order. */
  readonly verify: readonly string[]
  /** The plan's `files_modified`: nothing else can be written. */
  readonly writable: readonly string[]
}

export interface CoderBrief {
  readonly task: CoderTask
  /** The plan document, for context. */
  readonly plan: string
  readonly notes: TaskNotes | null
  /** Paths of the app. */
  readonly tree: readonly string[]
  /** What a reviewer, a tester or an earlier try found. */
  readonly findings: readonly string[]
}

export const coderSystem = promptBeside(import.meta.url)

export function coderBrief({ task, plan, notes, tree, findings }: CoderBrief): string {
  return [
    fenced('plan', plan),
    fenced('paths of the app', tree.join('\n')),
    ...(notes ? [fencedJson('notes of the planner', notes)] : []),
    fencedJson('task', { name: task.name, action: task.action, acceptanceCriteria: task.acceptanceCriteria, done: task.done }),
    ...(findings.length ? [fenced('findings to resolve', findings.map((finding) => `- ${finding}`).join('\n'))] : []),
    `Writable files:\n${task.writable.map((path) => `- ${path}`).join('\n')}`,
    `Verify with:\n${task.verify.map((command) => `- ${command}`).join('\n') || '- (no command; check the criteria yourself)'}`,
    'Do the task.',
  ].join('\n\n')
}
