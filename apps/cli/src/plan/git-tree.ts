/** A commit of a repository as a tree to verify plans against; its texts are read in one go when the first one is asked for. */
import type { Tree } from '@slipway/plan'
import { FILE_BYTES_MAX, textOf } from './read-tree.ts'
import { safeGitSync } from './safe-git.ts'

/** @throws INPUT_INVALID when the folder is in no repository or the commit is unknown */
export function gitTree(folder: string, commit: string): Tree {
  const listing = safeGitSync(folder, ['ls-tree', '-r', '-l', '-z', '--full-tree', '--end-of-options', `${commit}^{commit}`]).toString(
    'utf8',
  )
  const ids = new Map<string, { id: string; size: number }>()
  for (const line of listing.split('\0')) {
    const [, mode, id, size, path] = /^(\d+) blob ([0-9a-f]+) +(\d+)\t(.+)$/s.exec(line) ?? []
    if (id && path && mode !== '120000') ids.set(path, { id, size: Number(size) })
  }
  const paths = [...ids.keys()]
  let texts: ReadonlyMap<string, string | undefined> | undefined
  return {
    list: () => paths,
    read: (path) => {
      const entry = ids.get(path)
      if (!entry) return undefined
      texts ??= readBlobs(folder, [...ids.values()])
      return texts.get(entry.id)
    },
  }
}

function readBlobs(folder: string, entries: readonly { id: string; size: number }[]): ReadonlyMap<string, string | undefined> {
  const wanted = [...new Set(entries.filter((entry) => entry.size <= FILE_BYTES_MAX).map((entry) => entry.id))]
  const texts = new Map<string, string | undefined>()
  if (wanted.length === 0) return texts
  const output = safeGitSync(folder, ['cat-file', '--batch'], `${wanted.join('\n')}\n`)
  let at = 0
  for (const id of wanted) {
    const lineEnd = output.indexOf(10, at)
    const size = Number(/ blob (\d+)$/.exec(output.toString('latin1', at, lineEnd))?.[1] ?? Number.NaN)
    at = lineEnd + 1
    if (Number.isNaN(size)) continue // a partial clone lacks the blob: only its header line is there
    texts.set(id, textOf(output.subarray(at, at + size)))
    at += size + 1
  }
  return texts
}
