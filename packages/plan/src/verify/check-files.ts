/** Files that a task was to write and that are not there: a plan of which a part was never run. */
import type { Plan, Task } from '../plan.ts'
import { plainPath } from '../schedule/waves.ts'
import type { CheckResult } from './check-result.ts'
import { isIgnored } from './ignored.ts'
import { resolvePlace } from './resolve-place.ts'
import type { TreeIndex } from './tree-index.ts'

const PLAIN_PATH = /^[\w@.[\]()+$-]+(?:\/[\w@.[\]()+$-]+)*\.\w+$/
const REMOVAL = /\b(?:delet|remov|renam|mov(?:e|ing)\b|drop\b|git rm|rm -)/i

/** Which of them a project has is the package manager's matter. */
const LOCK_FILE =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|deno\.lock|Cargo\.lock|poetry\.lock|uv\.lock|go\.sum|Gemfile\.lock|composer\.lock|Podfile\.lock)$/

/** Only faults are told: that a listed file is there proves nothing about the plan. */
export function checkFiles(plan: Plan, tree: TreeIndex, baseline: TreeIndex | null): CheckResult[] {
  return [...absentFiles(plan, tree), ...(baseline ? idleTasks(plan, tree, baseline) : [])]
}

/** A task that was to change files and left all of them as they were. */
function idleTasks(plan: Plan, tree: TreeIndex, baseline: TreeIndex): CheckResult[] {
  return plan.tasks.flatMap((task): CheckResult[] => {
    const paths = task.files
      .map(plainPath)
      .filter((path) => PLAIN_PATH.test(path) && !path.startsWith('.planning/') && !isIgnored(tree, path))
    const places = paths.map((path) => resolvePlace(tree, path)?.files[0] ?? path)
    const isIdle =
      paths.length > 0 &&
      places.every((path) => baseline.has(path) === tree.has(path) && baseline.file(path)?.text === tree.file(path)?.text)
    if (!isIdle || task.type.startsWith('checkpoint') || isReadOnly(task)) return []
    const evidence = { rule: 'file' as const, text: `${paths.join(', ')}: unchanged since the plan began.` }
    return [{ kind: 'file', what: `the files of "${task.name}"`, line: task.line, status: 'violated', evidence: [evidence] }]
  })
}

/** A task that only looks: it verifies, audits or confirms. */
const isReadOnly = (task: Task) =>
  /\b(?:full|entire|whole)[- ](?:test[- ])?suite\b|\bregression (?:run|check|gate|test run)\b|^(?:task\s+[\d.]+\s*[:.–-]\s*)?(?:\w+ly\s+)?(?:verif|audit|confirm|check|validat|review|test(?:ing)? (?:the|and)|run |human|final|manual)/i.test(
    task.name,
  )

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
        isToGo(task, path)
      )
        return []
      const evidence = { rule: 'file' as const, text: `${path} is not in the tree.` }
      return [{ kind: 'file', what: `${path} of "${task.name}"`, line: task.line, status: 'violated', evidence: [evidence] }]
    }),
  )
}

/** The task speaks of removing or renaming it. */
function isToGo(task: Task, path: string): boolean {
  if (REMOVAL.test(task.name)) return true
  const stem = (path.split('/').at(-1) as string).replace(/\.\w+$/, '')
  for (let at = task.action.indexOf(stem); at !== -1; at = task.action.indexOf(stem, at + stem.length)) {
    if (REMOVAL.test(task.action.slice(Math.max(0, at - 300), at))) return true
  }
  return false
}
