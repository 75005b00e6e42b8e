/** What a model is told after it has changed a file: what changed, and what the type checker says of it. */
import { diffText } from './diff-text.ts'
import { shorten } from './shorten.ts'
import type { ToolAnswer, ToolContext } from './tool.ts'

export function refusal(path: string, { worktree }: ToolContext): ToolAnswer | null {
  if (worktree.canWrite(path)) return null
  return {
    text: `${path} is not among the files of this task: it cannot be written. If the task cannot be done without it, stop and say so.`,
    isError: true,
  }
}

export const PLACEHOLDER = (line: string) =>
  `Refused: "${line}" stands for code that would be lost. Write the code out in full, or use edit for a part of the file.`

export async function changed(path: string, before: string | undefined, after: string, context: ToolContext): Promise<ToolAnswer> {
  await context.worktree.write(path, after)
  context.seen.set(path, context.worktree.hash(path) as string)
  context.failedEdits.delete(path)
  const diff =
    before === undefined
      ? `Created ${path}, ${after.split('\n').length} lines.`
      : shorten(diffText(path, before, after), { lines: 120, characters: 6_000 })
  const said = context.diagnose ? await context.diagnose([path], context.signal) : null
  return {
    text: said
      ? `${diff}\n\nThis file now has faults; fix them before you go on:\n${shorten(said, { lines: 60, characters: 6_000 })}`
      : diff || 'Nothing changed.',
  }
}
