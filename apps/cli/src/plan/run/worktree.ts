/** The worktree of one plan: begun from the current commit, committed to by the engine alone, merged or refused as a whole. */
import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { failure } from '@slipway/domain'
import { decideMerge, type FileChange, type MergeDecision, type Plan } from '@slipway/plan'
import { type Git, safeGit } from '../safe-git.ts'

export interface Worktree {
  readonly folder: string
  readonly branch: string
  /** Commits everything that is not ignored. @returns the commit, or null when nothing had changed */
  commit(message: string): Promise<string | null>
  /** Takes back commits that a coder made, keeping their changes. @throws CONFLICT when it left the plan's branch */
  foldCommits(since: string): Promise<void>
  head(): Promise<string>
  changesSince(commit: string): Promise<readonly FileChange[]>
  /** Writes a file of the engine's own. @throws INPUT_INVALID when a link leads the path out of the worktree */
  write(path: string, text: string): void
}

export interface Repository {
  readonly root: string
  readonly gitFolder: string
  readonly git: Git
  /** Of worktrees and logs; git does not see it. */
  readonly workFolder: string
}

/** @throws INPUT_INVALID when the folder lies in no repository */
export async function openRepository(folder: string): Promise<Repository> {
  const git = safeGit(folder)
  const root = realpathSync((await git(['rev-parse', '--show-toplevel'])).trim())
  const gitFolder = (await git(['rev-parse', '--path-format=absolute', '--git-common-dir'])).trim()
  return { root, gitFolder, git: safeGit(root), workFolder: join(root, '.slipway') }
}

/** @throws INPUT_INVALID when nothing is checked out, or tracked files have changes that a merge could meet */
export async function cleanBranch({ git }: Repository): Promise<string> {
  const branch = (await git(['rev-parse', '--abbrev-ref', 'HEAD'])).trim()
  const changed = (await git(['status', '--porcelain', '--untracked-files=no'])).trim()
  const faults = [
    ...(branch === 'HEAD' ? ['it is on no branch; check one out'] : []),
    ...(changed ? ['it has uncommitted changes; commit or remove them'] : []),
  ]
  if (faults.length) throw failure('INPUT_INVALID', { what: 'The repository', faults })
  return branch
}

/** The plan's worktree as it was left, or a new one from the current commit. Inside the project, so that its packages are found. */
export async function openWorktree({ git, workFolder }: Repository, name: string): Promise<Worktree> {
  const safeName = name.replaceAll(/[^\w.-]+/g, '-')
  const folder = join(workFolder, 'worktrees', safeName)
  const branch = `slipway/${safeName}`
  if (!existsSync(join(folder, '.git'))) {
    mkdirSync(dirname(folder), { recursive: true })
    writeFileSync(join(workFolder, '.gitignore'), '*\n')
    await git(['worktree', 'prune'])
    await git(['worktree', 'add', '-q', '-b', branch, folder, 'HEAD'])
  }
  const own = safeGit(folder)
  const head = async () => (await own(['rev-parse', 'HEAD'])).trim()
  return {
    folder,
    branch,
    head,
    commit: async (message) => {
      await own(['add', '-A'])
      if (!(await own(['diff', '--cached', '--name-only', '--no-ext-diff'])).trim()) return null
      await own([...(await identity(own)), 'commit', '-q', '--no-verify', '-F', '-'], { input: message })
      return head()
    },
    foldCommits: async (since) => {
      if ((await own(['rev-parse', '--abbrev-ref', 'HEAD'])).trim() !== branch)
        throw failure('CONFLICT', { what: `The coder left the branch ${branch}, which` })
      if ((await head()) !== since) await own(['reset', '-q', '--soft', since])
    },
    changesSince: async (commit) => changesOf(await own(['diff', '--name-status', '--no-renames', '--no-ext-diff', '-z', commit, 'HEAD'])),
    write: (path, text) => {
      const place = join(folder, path)
      mkdirSync(dirname(place), { recursive: true })
      if (!`${realpathSync(dirname(place))}${sep}`.startsWith(`${realpathSync(folder)}${sep}`))
        throw failure('INPUT_INVALID', { what: path, faults: ['a link leads it out of the worktree'] })
      writeFileSync(place, text)
    },
  }
}

/** Who commits: the user where git knows one. */
async function identity(git: Git): Promise<readonly string[]> {
  const known = await git(['config', 'user.email']).catch(() => '')
  return known.trim() ? [] : ['-c', 'user.name=Slipway', '-c', 'user.email=slipway@localhost']
}

function changesOf(listing: string): FileChange[] {
  const words = listing.split('\0')
  const changes: FileChange[] = []
  for (let at = 0; at + 1 < words.length; at += 2) {
    const kind = words[at] === 'A' ? 'added' : words[at] === 'D' ? 'deleted' : 'changed'
    changes.push({ path: words[at + 1] as string, kind })
  }
  return changes
}

/** @param own  paths that the engine itself wrote */
export async function judgeChanges(
  worktree: Worktree,
  plan: Plan,
  base: string,
  own: readonly string[],
): Promise<{ changes: readonly FileChange[]; decision: MergeDecision }> {
  const changes = (await worktree.changesSince(base)).filter((change) => !own.includes(change.path))
  return { changes, decision: decideMerge(plan, changes) }
}

/** Merges into the branch that is checked out, and puts everything back when it cannot. @returns why it could not; null when it did */
export async function mergeWorktree({ git }: Repository, worktree: Worktree, name: string): Promise<string | null> {
  try {
    await git([...(await identity(git)), 'merge', '-q', '--no-ff', '--no-verify', '-m', `Merge plan ${name}`, worktree.branch])
  } catch (error) {
    const paths = (await git(['diff', '--name-only', '--diff-filter=U', '--no-ext-diff'])).trim().split('\n').filter(Boolean)
    await git(['merge', '--abort']).catch(() => undefined) // nothing to abort when git refused before it began
    return paths.length ? `It conflicts with what was merged before in ${paths.join(', ')}.` : (error as Error).message
  }
  await dropWorktree(git, worktree.folder, worktree.branch)
  return null
}

export async function dropWorktree(git: Git, folder: string, branch: string): Promise<void> {
  if (existsSync(folder)) await git(['worktree', 'remove', '--force', '--force', folder])
  await git(['branch', '-q', '-D', branch]).catch(() => undefined) // never made, or gone already
}
