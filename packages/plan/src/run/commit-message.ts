/** The messages of engine-made commits: one per task, then one for the summary. */
import type { Plan, Task } from '../plan.ts'

const SUBJECT_MAX = 72

/** `feat(01-02): add the login form`, with the plan and task as trailers, so a commit can be traced without its branch. */
export function taskCommitMessage(name: string, task: Task, index: number): string {
  const subject = lowerFirst(
    task.name
      .replace(/^task\s+[\d.]+\s*[:.–-]\s*/i, '')
      .replaceAll(/\s+/g, ' ')
      .trim() || `task ${index + 1}`,
  )
  return `${shorten(`${kindOf(task)}(${name}): ${subject}`)}\n\nPlan: ${name}\nTask: ${index + 1}\n`
}

export const summaryCommitMessage = (name: string, plan: Plan) =>
  `${shorten(`docs(${name}): complete ${plan.frontMatter.phase || 'the plan'}`)}\n\nPlan: ${name}\n`

/** By what the task's own name and files say. */
function kindOf(task: Task): 'feat' | 'fix' | 'test' | 'docs' | 'refactor' | 'chore' {
  const name = task.name.toLowerCase()
  if (task.files.length > 0 && task.files.every((file) => /\.(?:test|spec)\.\w+$|(?:^|\/)tests?\//.test(file))) return 'test'
  if (task.files.length > 0 && task.files.every((file) => /\.mdx?$/.test(file))) return 'docs'
  if (/\bfix(?:es|ed)?\b|\brepair/.test(name)) return 'fix'
  if (/\brefactor|\brename|\bextract\b/.test(name)) return 'refactor'
  return /\b(?:install|configure|upgrade|bump|set ?up)\b/.test(name) ? 'chore' : 'feat'
}

const lowerFirst = (text: string) => (/^[A-Z][a-z]/.test(text) ? (text[0] as string).toLowerCase() + text.slice(1) : text)
const shorten = (line: string) => (line.length <= SUBJECT_MAX ? line : `${line.slice(0, SUBJECT_MAX - 1).replace(/\s+\S*$/, '')}…`)
