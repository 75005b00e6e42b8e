/** Writes tests from acceptance criteria, without having seen the code. */
import { type Requirement, WorkspacePath } from '@slipway/domain'
import { z } from 'zod'
import type { Agent } from '../agent.ts'
import { fenced, fencedJson } from '../fence.ts'
import { promptBeside } from '../prompt-beside.ts'
import { placeholderIn } from '../tools/placeholder.ts'

export interface TestsInput {
  readonly requirements: readonly Requirement[]
  /** Paths of the app. */
  readonly tree: readonly string[]
  /** Existing tests and contracts to follow, by path. */
  readonly examples: Readonly<Record<string, string>>
  /** Folders where new test files may stand, `tests/`. */
  readonly allowedFolders: readonly string[]
}

export const TestFiles = z.object({
  files: z
    .array(z.object({ path: WorkspacePath, content: z.string().min(1).max(40_000), covers: z.array(z.string()).min(1) }))
    .min(1)
    .max(12),
})
export type TestFiles = z.infer<typeof TestFiles>

export const tester: Agent<TestsInput, TestFiles> = {
  name: 'tester',
  role: 'coder',
  system: promptBeside(import.meta.url),
  input: ({ requirements, tree, examples, allowedFolders }) => ({
    text: [
      fencedJson('requirements', requirements),
      fenced('paths of the app', tree.join('\n')),
      ...Object.entries(examples).map(([path, text]) => fenced(path, text)),
      `New files may stand in: ${allowedFolders.join(', ')}. Write the tests.`,
    ].join('\n\n'),
  }),
  output: TestFiles,
  check: ({ files }, { requirements, tree, allowedFolders }) => {
    const covered = new Set(files.flatMap(({ covers }) => covers))
    return [
      ...files
        .filter(({ path }) => !allowedFolders.some((folder) => path.startsWith(folder)))
        .map(({ path }) => `${path} is outside of ${allowedFolders.join(', ')}`),
      ...files.filter(({ path }) => tree.includes(path)).map(({ path }) => `${path} exists: write a new file`),
      ...files.flatMap(({ path, content }) => (placeholderIn(content, '') ? [`${path} has a placeholder instead of code`] : [])),
      ...files
        .filter(({ content }) => /\b(?:test|it|describe)\.(?:skip|only|todo)\b/.test(content))
        .map(({ path }) => `${path} skips tests`),
      ...requirements.filter(({ id }) => !covered.has(id)).map(({ id }) => `${id} is covered by no file`),
    ]
  },
  limits: { outputTokens: 16_000 },
}
