/** `edit`: search and replace in a file that was read. */
import { z } from 'zod'
import { changed, PLACEHOLDER, refusal } from './after-change.ts'
import { editText } from './edit-text.ts'
import { placeholderIn } from './placeholder.ts'
import { defineTool } from './tool.ts'

const FAILED_EDITS_MAX = 3

export const editTool = defineTool({
  name: 'edit',
  description:
    'Replaces parts of a file that you have read. Each edit: `old` as it stands in the file, without line numbers, with enough lines around to be unique; `new` in its place; `all` to replace every occurrence. All edits are applied, or none.',
  input: z.object({
    path: z.string().min(1).max(400),
    edits: z
      .array(z.object({ old: z.string(), new: z.string(), all: z.boolean().optional() }))
      .min(1)
      .max(40),
  }),
  isReadOnly: false,
  async run({ path, edits }, context) {
    const own = path.replace(/^\.\//, '')
    const refused = refusal(own, context)
    if (refused) return refused
    const before = context.worktree.text(own)
    if (before === undefined) return { text: `There is no file ${own}. Use write to create it.`, isError: true }
    if (context.seen.get(own) !== context.worktree.hash(own)) {
      return { text: `You have not read ${own} as it is now. Read it first.`, isError: true }
    }
    const result = editText(
      before,
      edits.map(({ old, new: fresh, all }) => ({ old, new: fresh, ...(all && { all }) })),
    )
    if (result.kind === 'fault') {
      const failed = (context.failedEdits.get(own) ?? 0) + 1
      context.failedEdits.set(own, failed)
      const advice =
        failed >= FAILED_EDITS_MAX ? `\nThat was failed edit ${failed} of this file in a row: read it again, or write it whole.` : ''
      return { text: result.fault + advice, isError: true }
    }
    const line = placeholderIn(result.text, before)
    if (line) return { text: PLACEHOLDER(line), isError: true }
    return changed(own, before, result.text, context)
  },
})
