/** What the rules of one verification share: the tree, its modules, and the files that the plan is about. */
import { type Plan, sectionText } from '../plan.ts'
import { plainPath } from '../schedule/waves.ts'
import type { Evidence } from './check-result.ts'
import { type ModuleResolver, moduleResolver } from './resolve-module.ts'
import { resolvePlace } from './resolve-place.ts'
import type { SourceFile } from './source-file.ts'
import type { TreeIndex } from './tree-index.ts'

export interface Verification {
  readonly tree: TreeIndex
  readonly modules: ModuleResolver
  /** Files that the plan lists or promises and that are there. */
  readonly planFiles: readonly string[]
  /** Files that the plan gives its tasks to read: they were there before it. */
  readonly known: ReadonlySet<string>
}

export function verification(plan: Plan, tree: TreeIndex, modules: ModuleResolver = moduleResolver(tree)): Verification {
  const { filesModified, mustHaves } = plan.frontMatter
  const listed = [
    ...filesModified,
    ...(mustHaves?.artifacts ?? []).map((artifact) => artifact.path),
    ...plan.tasks.flatMap((task) => task.files),
  ]
  const planFiles = new Set(
    listed.map(plainPath).flatMap((path) => (tree.has(path) ? [path] : (resolvePlace(tree, path)?.files.slice(0, 8) ?? []))),
  )
  return { tree, modules, planFiles: [...planFiles], known: knownBefore(plan) }
}

/** The place of a span in a file, as evidence has it. */
export function placed(file: SourceFile, start: number, end: number): Pick<Evidence, 'file' | 'lines'> {
  return { file: file.path, lines: [file.lines.lineAt(start) + 1, file.lines.lineAt(Math.max(start, end - 1)) + 1] }
}

function knownBefore(plan: Plan): ReadonlySet<string> {
  const references = sectionText(plan, 'context').match(/(?<=@)[\w./[\]()@+$-]+/g) ?? []
  return new Set([...references, ...plan.tasks.flatMap((task) => task.readFirst)].map(plainPath))
}
