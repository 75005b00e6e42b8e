/** Git on a repository that may not be trusted: nothing that its own configuration or hooks name is ever run. */
import { execFile, execFileSync } from 'node:child_process'
import { promisify } from 'node:util'
import { failure } from '@slipway/domain'

const OUTPUT_BYTES_MAX = 1 << 28

/** Settings that hold whatever the repository says. */
const FIXED = {
  'core.hooksPath': '/dev/null',
  'core.fsmonitor': 'false',
  'core.pager': 'cat',
  'diff.external': '',
  'commit.gpgSign': 'false',
  'submodule.recurse': 'false',
  'protocol.ext.allow': 'never',
  'gc.auto': '0',
  'maintenance.auto': 'false',
}

/** Keys of a repository's own configuration that name a program; what stands here takes their place. */
const PROGRAMS: readonly (readonly [RegExp, string])[] = [
  [/^filter\..+\.(?:clean|smudge|process)$/i, ''],
  [/^filter\..+\.required$/i, 'false'],
  [/^diff\..+\.command$/i, ''],
  [/^diff\..+\.textconv$/i, 'cat'],
  [/^merge\..+\.driver$/i, 'false'],
  [/^core\.(?:sshcommand|editor|askpass|gitproxy|alternaterefscommand|attributesfile)$/i, ''],
  [/^(?:sequence\.editor|credential\..*helper|credential\.helper|gpg\..*program|trailer\..+\.(?:command|cmd))$/i, ''],
]

/** @returns standard output; @throws INPUT_INVALID with what git said */
export type Git = (args: readonly string[], options?: { readonly input?: string }) => Promise<string>

const asynchronous = promisify(execFile)

/** Its configuration is read anew before each call: a coder may have changed it in between. */
export function safeGit(folder: string): Git {
  return async (args, options) => {
    try {
      const running = asynchronous('git', [...safeSettings(folder), ...args], {
        cwd: folder,
        maxBuffer: OUTPUT_BYTES_MAX,
        encoding: 'utf8',
      })
      running.child.stdin?.on('error', () => undefined) // git may end without reading; its exit code tells
      running.child.stdin?.end(options?.input ?? '')
      return (await running).stdout
    } catch (error) {
      throw gitFailure(args, error)
    }
  }
}

/** The same for the few who must read at once. @returns standard output as bytes; @throws INPUT_INVALID with what git said */
export function safeGitSync(folder: string, args: readonly string[], input = ''): Buffer {
  try {
    const stdio = ['pipe', 'pipe', 'pipe'] as const
    return execFileSync('git', [...safeSettings(folder), ...args], { cwd: folder, input, maxBuffer: 1 << 30, stdio: [...stdio] })
  } catch (error) {
    throw gitFailure(args, error)
  }
}

function safeSettings(folder: string): string[] {
  return [...Object.entries(FIXED), ...programSettings(folder)].flatMap(([key, value]) => ['-c', `${key}=${value}`])
}

/** Reading the configuration runs nothing; outside of a repository there is none. */
function programSettings(folder: string): [string, string][] {
  let listing: string
  try {
    const args = ['config', '--list', '--show-scope', '--name-only', '--includes', '-z']
    listing = execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return [] // no repository: git itself says so when it is asked for something
  }
  const words = listing.split('\0')
  const found: [string, string][] = []
  for (let at = 0; at + 1 < words.length; at += 2) {
    const key = words[at + 1] as string
    const value = PROGRAMS.find(([pattern]) => pattern.test(key))?.[1]
    if (value === undefined || !['local', 'worktree'].includes(words[at] as string)) continue
    if (key.includes('=')) throw failure('INPUT_INVALID', { what: `The repository at ${folder}`, faults: [`its configuration key ${key}`] })
    found.push([key, value])
  }
  return found
}

function gitFailure(args: readonly string[], error: unknown) {
  const said = String((error as { stderr?: unknown }).stderr ?? (error as Error).message).trim()
  return failure(
    'INPUT_INVALID',
    {
      what: `git ${args.find((word, index) => word !== '-c' && args[index - 1] !== '-c')}`,
      faults: [said.split('\n').slice(-4).join(' ') || 'it ended with an error'],
    },
    error,
  )
}
