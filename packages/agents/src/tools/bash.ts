/** `bash`: a command in the app's folder. What it changes outside of the task's files is undone. */
import { z } from 'zod'
import { shorten } from './shorten.ts'
import { defineTool } from './tool.ts'

const TIMEOUT_S = 120
const TIMEOUT_MAX_S = 600

export const bashTool = defineTool({
  name: 'bash',
  description:
    'Runs a shell command in the folder of the app and returns its output and exit code. It must end by itself: no servers, no watch mode. Files outside of the task that it changes are put back. Use read, edit and grep instead of cat, sed and grep.',
  input: z.object({ command: z.string().min(1).max(8_000), timeoutSeconds: z.number().int().min(1).max(TIMEOUT_MAX_S).optional() }),
  isReadOnly: false,
  async run({ command, timeoutSeconds = TIMEOUT_S }, { sandbox, worktree, signal }) {
    const result = await sandbox.exec(['/bin/bash', '-c', command], {
      timeoutMs: timeoutSeconds * 1_000,
      signal,
      env: { CI: '1', NO_COLOR: '1' },
      ...(worktree.folder && { cwd: worktree.folder }),
    })
    signal.throwIfAborted()
    const { undone } = await worktree.settle()
    const ended =
      result.ended === 'exit'
        ? `exit code ${result.exitCode}`
        : result.ended === 'timeout'
          ? `stopped after ${timeoutSeconds} s`
          : `ended: ${result.ended}`
    const putBack = undone.length ? `\n[put back, because this task may not change them: ${undone.slice(0, 20).join(', ')}]` : ''
    return { text: `${shorten(result.output.trimEnd())}\n[${ended}]${putBack}`.trimStart(), isError: result.exitCode !== 0 }
  },
})
