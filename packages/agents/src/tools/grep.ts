/** `grep`: searches the app's files; runs inside, so that a hard pattern costs the sandbox and not us. */
import { z } from 'zod'
import { shorten } from './shorten.ts'
import { defineTool } from './tool.ts'

const TIMEOUT_MS = 20_000

export const grepTool = defineTool({
  name: 'grep',
  description:
    'Searches files for an extended regular expression and returns path:line:text. Give a folder or file as path to narrow it, and a glob such as *.ts.',
  input: z.object({ pattern: z.string().min(1).max(500), path: z.string().max(400).optional(), glob: z.string().max(100).optional() }),
  isReadOnly: true,
  async run({ pattern, path = '.', glob }, { sandbox, worktree, signal }) {
    const skipped = path.includes('node_modules') ? [] : ['--exclude-dir=node_modules']
    const include = glob ? [`--include=${glob}`] : []
    const command = [
      '/bin/grep',
      '-rnIE',
      '--exclude-dir=.git',
      '--exclude-dir=dist',
      ...skipped,
      ...include,
      '-e',
      pattern,
      '--',
      path,
    ] as const
    const result = await sandbox.exec([...command] as [string, ...string[]], {
      timeoutMs: TIMEOUT_MS,
      signal,
      ...(worktree.folder && { cwd: worktree.folder }),
    })
    signal.throwIfAborted()
    if (result.exitCode === 1) return { text: 'No line matches.' }
    if (result.exitCode !== 0)
      return { text: shorten(result.output.trim(), { lines: 20 }) || `The search was ended: ${result.ended}.`, isError: true }
    const lines = result.output.trimEnd().split('\n').sort()
    return { text: shorten(lines.map((line) => (line.length > 400 ? `${line.slice(0, 400)}…` : line)).join('\n'), { lines: 300 }) }
  },
})
