/** `write`: a whole file. */
import { z } from 'zod'
import { changed, PLACEHOLDER, refusal } from './after-change.ts'
import { placeholderIn } from './placeholder.ts'
import { defineTool } from './tool.ts'

export const writeTool = defineTool({
  name: 'write',
  description:
    'Creates a file, or replaces one that you have read. The content is the whole file, with nothing left out. For a change of a part use edit.',
  input: z.object({ path: z.string().min(1).max(400), content: z.string().max(400_000) }),
  isReadOnly: false,
  async run({ path, content }, context) {
    const own = path.replace(/^\.\//, '')
    const refused = refusal(own, context)
    if (refused) return refused
    const before = context.worktree.text(own)
    if (before !== undefined && context.seen.get(own) !== context.worktree.hash(own)) {
      return { text: `${own} exists and you have not read it as it is now. Read it first, then write or edit it.`, isError: true }
    }
    const line = placeholderIn(content, before ?? '')
    if (line) return { text: PLACEHOLDER(line), isError: true }
    if (before === content) return { text: `${own} is exactly that already: nothing changed.`, isError: true }
    return changed(own, before, content, context)
  },
})
