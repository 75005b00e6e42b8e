/** `read`: a file with line numbers. */
import { isFailure } from '@slipway/domain'
import { z } from 'zod'
import { shorten } from './shorten.ts'
import { defineTool, type ToolContext } from './tool.ts'

const LINES_MAX = 2_000

export const readTool = defineTool({
  name: 'read',
  description:
    'Reads a text file with line numbers. Paths are relative to the app. Long files: give offset (first line, from 1) and limit. Files of installed packages can be read by their path in node_modules.',
  input: z.object({
    path: z.string().min(1).max(400),
    offset: z.number().int().min(1).optional(),
    limit: z.number().int().min(1).max(LINES_MAX).optional(),
  }),
  isReadOnly: true,
  async run({ path, offset = 1, limit = LINES_MAX }, context) {
    const own = path.replace(/^\.\//, '')
    const text = context.worktree.text(own) ?? (await installed(own, context))
    if (text === undefined) return { text: `There is no file ${own}.${alike(own, context)}`, isError: true }
    const hash = context.worktree.hash(own)
    if (hash) context.seen.set(own, hash)
    const lines = text.split('\n')
    const shown = lines.slice(offset - 1, offset - 1 + limit).map((line, index) => `${offset + index}\t${line}`)
    const isWhole = offset === 1 && shown.length === lines.length
    return { text: shorten(shown.join('\n')) + (isWhole ? '' : `\n[lines ${offset} to ${offset - 1 + shown.length} of ${lines.length}]`) }
  },
})

async function installed(path: string, { sandbox, worktree }: ToolContext): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await sandbox.readFile(worktree.folder ? `${worktree.folder}/${path}` : path, { bytesMax: 1_000_000 }))
  } catch (error) {
    if (isFailure(error, 'SANDBOX_LOST') || !isFailure(error)) throw error
    return undefined
  }
}

/** Files of the same name elsewhere: most wrong paths are a wrong folder. */
function alike(path: string, { worktree }: ToolContext): string {
  const name = path.split('/').at(-1)
  const same = worktree.paths().filter((other) => other.split('/').at(-1) === name)
  return same.length ? ` Did you mean ${same.slice(0, 5).join(' or ')}?` : ' Use list to see what there is.'
}
