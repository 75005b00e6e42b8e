/** Prepares one task for the coder: what to read, how to go about it, what to watch. */
import { z } from 'zod'
import type { Agent } from '../agent.ts'
import { fenced, fencedJson } from '../fence.ts'
import { promptBeside } from '../prompt-beside.ts'

export interface TaskInput {
  /** The plan document as it is stored. */
  readonly plan: string
  readonly task: {
    readonly name: string
    readonly files: readonly string[]
    readonly action: string
    readonly acceptanceCriteria: readonly string[]
    readonly done: string
  }
  readonly tree: readonly string[]
}

const Line = z.string().trim().min(1).max(600)

export const TaskNotes = z.object({
  approach: z.string().trim().min(1).max(2_000),
  readFirst: z.array(z.string().max(200)).max(8),
  steps: z.array(Line).min(1).max(8),
  risks: z.array(Line).max(4),
})
export type TaskNotes = z.infer<typeof TaskNotes>

export const planner: Agent<TaskInput, TaskNotes> = {
  name: 'planner',
  role: 'planner',
  system: promptBeside(import.meta.url),
  input: ({ plan, task, tree }) => ({
    text: `${fenced('plan', plan)}\n\n${fencedJson('task', { name: task.name, files: task.files, action: task.action, acceptanceCriteria: task.acceptanceCriteria, done: task.done })}\n\n${fenced('paths of the app', tree.join('\n'))}\n\nPrepare the task.`,
  }),
  output: TaskNotes,
  check: ({ readFirst }, { tree }) =>
    readFirst.filter((path) => !tree.includes(path)).map((path) => `readFirst: there is no ${path} in the app`),
  limits: { outputTokens: 3_000 },
  effort: 'medium',
}
