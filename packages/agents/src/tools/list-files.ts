/** `list`: the paths of the app. */
import { z } from 'zod'
import { defineTool } from './tool.ts'

const PATHS_MAX = 500

export const listTool = defineTool({
  name: 'list',
  description: 'Lists all files of the app below a folder, without installed packages and build output.',
  input: z.object({ path: z.string().max(400).optional() }),
  isReadOnly: true,
  async run({ path = '' }, { worktree }) {
    const folder = path.replace(/^\.\/?/, '').replace(/\/+$/, '')
    const below = worktree.paths().filter((other) => folder === '' || other === folder || other.startsWith(`${folder}/`))
    if (!below.length) return { text: `There is nothing at ${folder}.`, isError: true }
    const rest = below.length - PATHS_MAX
    return { text: below.slice(0, PATHS_MAX).join('\n') + (rest > 0 ? `\n[and ${rest} more]` : '') }
  },
})
