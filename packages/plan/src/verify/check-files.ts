/** Files that a task was to write and that are not there, or are as they were: a plan of which a part was never run. */
import type { Plan, Task } from '../plan.ts'
import { plainPath } from '../schedule/waves.ts'
import type { CheckResult } from './check-result.ts'
import { isIgnored } from './ignored.ts'
import { resolvePlace } from './resolve-place.ts'
import { isConditional, isReadOnly, isRemoval } from './task-kinds.ts'
import type { TreeIndex } from './tree-index.ts'

const PLAIN_PATH = /^[\w@.[\]()+$-]+(?:\/[\w@.[\]()+$-]+)*\.\w+$/

/** Which of them a project has is the package manager's matter. */
const LOCK_FILE =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|deno\.lock|Cargo\.lock|poetry\.lock|uv\.lock|go\.sum|Gemfile\.lock|composer\.lock|Podfile\.lock)$/

/** Only faults are told: that a listed file is there proves nothing about the plan. */
export function checkFiles(plan: Plan, tree: TreeIndex, baseline: TreeIndex | null): CheckResult[] {
  return [...absentFiles(plan, tree), ...(baseline ? idleTasks(plan, tree, baseline) : [])]
}

/** A task that was to change files and left all of them as they were. */
function idleTasks(plan: Plan, tree: TreeIndex, baseline: TreeIndex): CheckResult[] {
  const isSame = (path: string) => baseline.has(path) === tree.has(path) && baseline.file(path)?.text === tree.file(path)?.text
  const tasks = plan.tasks
    .filter((task) => !task.type.startsWith('checkpoint'))
    .map((task) => {
      const paths = task.files
        .map(plainPath)
        .filter((path) => PLAIN_PATH.test(path) && !path.startsWith('.planning/') && !isIgnored(tree, path))
      const isIdle = paths.map((path) => resolvePlace(tree, path)?.files[0] ?? path).every(isSame)
      return { task, paths, isIdle }
    })
    .filter(({ paths }) => paths.length > 0)
  const hasWork = tasks.some(({ isIdle }) => !isIdle)
  return tasks.flatMap(({ task, paths, isIdle }): CheckResult[] => {
    if (!isIdle || isReadOnly(task) || (hasWork && isConditional(task))) return []
    const evidence = { rule: 'file' as const, text: `${paths.join(', ')}: unchanged since the plan began.` }
    return [{ kind: 'file', what: `the files of "${task.name}"`, line: task.line, status: 'violated', evidence: [evidence] }]
  })
}

function absentFiles(plan: Plan, tree: TreeIndex): CheckResult[] {
  const promised = new Set((plan.frontMatter.mustHaves?.artifacts ?? []).map((artifact) => plainPath(artifact.path)))
  const seen = new Set<string>()
  return plan.tasks.flatMap((task) =>
    task.files.map(plainPath).flatMap((path): CheckResult[] => {
      if (seen.has(path) || promised.has(path) || task.type.startsWith('checkpoint')) return []
      seen.add(path)
      if (
        !PLAIN_PATH.test(path) ||
        LOCK_FILE.test(path) ||
        path.startsWith('.planning/') ||
        resolvePlace(tree, path) ||
        isIgnored(tree, path) ||
        isToGo(task, path) ||
        isConditional(task)
      )
        return []
      const evidence = { rule: 'file' as const, text: `${path} is not in the tree.` }
      return [{ kind: 'file', what: `${path} of "${task.name}"`, line: task.line, status: 'violated', evidence: [evidence] }]
    }),
  )
}

/** The task speaks of removing or renaming it. */
function isToGo(task: Task, path: string): boolean {
  if (isRemoval(task.name)) return true
  const stem = (path.split('/').at(-1) as string).replace(/\.\w+$/, '')
  for (let at = task.action.indexOf(stem); at !== -1; at = task.action.indexOf(stem, at + stem.length)) {
    if (isRemoval(task.action.slice(Math.max(0, at - 300), at))) return true
  }
  return false
}
