/** Tasks of whose new names almost none is in what was changed: what they describe was not done, whatever else was. */
import type { Plan, Task } from '../plan.ts'
import { plainPath } from '../schedule/waves.ts'
import type { CheckResult } from './check-result.ts'
import { resolvePlace } from './resolve-place.ts'
import { isConditional, isReadOnly, isRemoval } from './task-kinds.ts'
import type { TreeIndex } from './tree-index.ts'

/** Fewer names are too few to tell a task that was done otherwise from one that was not done. */
const NAMES_MIN = 6
/** Work that was done holds nearly all of them; a fifth leaves room for one that was done in another way. */
const SHARE_MIN = 0.2
const CHANGED_MAX = 200

/**
 * Only faults are told. Names that the task's files held before it do not count, and work that was done in another file
 * is no fault, so it takes the tree that the plan began from.
 */
export function checkTaskNames(plan: Plan, tree: TreeIndex, baseline: TreeIndex): CheckResult[] {
  return plan.tasks.flatMap((task): CheckResult[] => {
    if (task.type.startsWith('checkpoint') || isReadOnly(task) || isConditional(task) || isRemoval(task.name)) return []
    const files = filesOf(task, tree)
    if (files.length === 0 || files.some((path) => ['prose', 'data'].includes(tree.file(path)?.language ?? 'data'))) return []
    const before = codeOf(filesOf(task, baseline), baseline)
    const names = quotedNames(task.action).filter((name) => !before.includes(folded(name)))
    const lackingIn = (paths: readonly string[]) => {
      const code = codeOf(paths, tree)
      return names.filter((name) => !code.includes(folded(name)))
    }
    const isDone = (lacking: readonly string[]) => names.length < NAMES_MIN || names.length - lacking.length > names.length * SHARE_MIN
    const lacking = lackingIn(files)
    if (isDone(lacking) || isDone(lackingIn(changedFiles(tree, baseline)))) return []
    const some = lacking.slice(0, 5).join(', ')
    const text = `Of the ${names.length} names it brings, ${lacking.length} are in no changed file: ${some}${lacking.length > 5 ? ', …' : ''}.`
    const evidence = { rule: 'text' as const, file: files[0] as string, text }
    return [{ kind: 'file', what: `the work of "${task.name}"`, line: task.line, status: 'violated', evidence: [evidence] }]
  })
}

const changedFiles = (tree: TreeIndex, baseline: TreeIndex) =>
  tree.paths.filter((path) => baseline.file(path)?.text !== tree.file(path)?.text).slice(0, CHANGED_MAX)

const filesOf = (task: Task, tree: TreeIndex) => [
  ...new Set(task.files.flatMap((path) => resolvePlace(tree, plainPath(path))?.files.slice(0, 4) ?? [])),
]

const codeOf = (paths: readonly string[], tree: TreeIndex) => folded(paths.map((path) => tree.file(path)?.code ?? '').join('\n'))

/** `created_at` and `createdAt` are one name. */
const folded = (text: string) => text.replaceAll('_', '').toLowerCase()

/** Names that only code has, from what the action quotes or shows as code. */
function quotedNames(action: string): string[] {
  const quotes = [...action.matchAll(/```[^\n]*\n([\s\S]*?)```|`([^`\n]+)`/g)].map((match) => match[1] ?? match[2] ?? '')
  const names = quotes.flatMap((quote) => quote.replaceAll(/\/\/.*$/gm, '').match(/[A-Za-z_$][\w$]{4,}/g) ?? [])
  return [...new Set(names)].filter((name) => /[a-z][A-Z]|\w_\w|[A-Z][a-z]+[A-Z]/.test(name))
}
