import { chmodSync, existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { safeGit } from './safe-git.ts'
import { project } from './testing/project.ts'

test('nothing that a repository names is run: hooks, filters, watchers, drivers', async () => {
  const { root, path, git, commit, write } = project({ 'a.txt': 'one\n', '.gitattributes': '*.txt filter=evil diff=evil merge=evil\n' })
  commit()
  git('branch', 'other')
  const trap = path('trap.sh')
  write({ 'trap.sh': `#!/bin/sh\necho "$0 $*" >> ${path('trapped')}\ncat\n` })
  chmodSync(trap, 0o755)
  for (const hook of [
    'pre-commit',
    'post-commit',
    'post-checkout',
    'post-merge',
    'pre-merge-commit',
    'reference-transaction',
    'post-index-change',
  ]) {
    write({ [`.git/hooks/${hook}`]: `#!/bin/sh\n${trap} ${hook}\n` })
    chmodSync(path(`.git/hooks/${hook}`), 0o755)
  }
  const named = [
    'filter.evil.clean',
    'filter.evil.smudge',
    'filter.evil.process',
    'diff.evil.command',
    'diff.evil.textconv',
    'merge.evil.driver',
    'core.fsmonitor',
    'core.editor',
    'core.pager',
    'diff.external',
    'gpg.program',
  ]
  for (const key of named) git('config', key, trap)
  for (const key of ['filter.evil.required', 'commit.gpgSign']) git('config', key, 'true')
  const safe = safeGit(root)
  write({ 'a.txt': 'two\n' })
  await safe(['status', '--porcelain'])
  await safe(['add', 'a.txt'])
  await safe(['-c', 'user.name=S', '-c', 'user.email=s@example.com', 'commit', '-q', '-m', 'two'])
  await safe(['diff', '--no-ext-diff', 'HEAD~1', 'HEAD'])
  await safe(['worktree', 'add', '-q', path('tree'), 'other'])
  const inTree = safeGit(path('tree'))
  write({ 'tree/a.txt': 'three\n' })
  await inTree(['add', '-A'])
  await inTree(['-c', 'user.name=S', '-c', 'user.email=s@example.com', 'commit', '-q', '-m', 'three'])
  await expect(safe(['-c', 'user.name=S', '-c', 'user.email=s@example.com', 'merge', '-q', 'other'])).rejects.toThrow(
    /git merge cannot be used/,
  )
  expect(existsSync(path('trapped'))).toBe(false)
})
