/** Whether a finished plan's branch may be merged: it must not have touched what it did not declare. */
import { matchesGlob } from '../glob.ts'
import type { Plan } from '../plan.ts'
import { plainPath } from '../schedule/waves.ts'

export interface FileChange {
  readonly path: string
  readonly kind: 'added' | 'changed' | 'deleted'
}

export type MergeDecision =
  | { readonly kind: 'merge'; readonly extra: readonly string[] }
  | { readonly kind: 'refuse'; readonly faults: readonly { readonly path: string; readonly reason: string }[] }

/**
 * Refused: deleting or changing a file outside of `files_modified` and of the tasks' own files. New files beside the declared
 * ones are let through and named, as real plans need them (38 of 100 add some); so are lock files of package managers.
 */
export function decideMerge(plan: Plan, changes: readonly FileChange[]): MergeDecision {
  const declared = [...plan.frontMatter.filesModified, ...plan.tasks.flatMap((task) => task.files)].map(plainPath)
  const folders = declared.filter((path) => path.endsWith('/'))
  const names = new Set(declared)
  const isDeclared = (path: string) =>
    names.has(path) ||
    folders.some((folder) => path.startsWith(folder)) ||
    declared.some((glob) => glob.includes('*') && matchesGlob(glob, path))
  const outside = changes.filter((change) => !isDeclared(plainPath(change.path)) && !isByproduct(change.path))
  const faults = outside
    .filter((change) => change.kind !== 'added')
    .map(({ path, kind }) => ({ path, reason: `The plan ${kind} it without declaring it in files_modified.` }))
  return faults.length ? { kind: 'refuse', faults } : { kind: 'merge', extra: outside.map((change) => change.path) }
}

const isByproduct = (path: string) =>
  /(?:^|\/)(?:package-lock\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?)$/.test(path) || path.startsWith('.planning/')
