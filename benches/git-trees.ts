/** Trees of a bare git repository by commit, for benches: blobs are read once, in one batch per commit. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Tree } from '@slipway/plan'

const BLOB_BYTES_MAX = 1_500_000
/** Whatever else is binary has a zero byte near its beginning. */
const BINARY =
  /\.(?:png|jpe?g|gif|webp|avif|ico|icns|bmp|tiff?|psd|woff2?|ttf|otf|eot|mp[34]|m4a|wav|ogg|webm|mov|zip|gz|tgz|jar|pdf|wasm|so|dll|dylib|exe|db|sqlite|glb|onnx)$/i
const BINARY_PROBE_BYTES = 8_000

export interface GitTrees {
  /** Null when the commit is not in the repository. */
  at(commit: string): GitTree | null
}

export interface GitTree extends Tree {
  readonly files: ReadonlyMap<string, string>
}

/** `DIR/owner+name/repo`, `DIR/owner/name.git`, `DIR/owner__name`, …: whatever form the mirrors have. */
export function findMirror(mirrors: string, repository: string): string | null {
  const [owner, name] = repository.split('/') as [string, string]
  const stems = [`${owner}+${name}/repo`, `${owner}+${name}`, `${owner}__${name}`, `${owner}/${name}`, name]
  const folders = stems.flatMap((stem) => [stem, `${stem}.git`, `${stem}/.git`]).map((stem) => join(mirrors, stem))
  return folders.find((folder) => existsSync(join(folder, 'objects')) && existsSync(join(folder, 'HEAD'))) ?? null
}

export function gitTrees(repository: string): GitTrees {
  const blobs = new Map<string, string>()
  const trees = new Map<string, GitTree | null>()
  const read = (commit: string): GitTree | null => {
    let listing: string
    try {
      listing = execFileSync('git', ['--git-dir', repository, 'ls-tree', '-r', '-l', '-z', commit], {
        encoding: 'utf8',
        maxBuffer: 1 << 28,
        stdio: ['ignore', 'pipe', 'ignore'],
      })
    } catch {
      return null // a snapshot may lack a commit: the row is counted as absent
    }
    const entries = listing.split('\0').flatMap((line) => {
      const match = /^\d+ blob ([0-9a-f]+) +(\d+|-)\t(.+)$/s.exec(line)
      return match ? [{ id: match[1] as string, size: Number(match[2]), path: match[3] as string }] : []
    })
    const wanted = entries.filter(({ size, path }) => !BINARY.test(path) && size <= BLOB_BYTES_MAX)
    loadBlobs(
      repository,
      [...new Set(wanted.map((entry) => entry.id))].filter((id) => !blobs.has(id)),
      blobs,
    )
    const files = new Map(entries.map(({ path, id }) => [path, blobs.get(id) ?? '\u0000']))
    return treeOf(files)
  }
  return {
    at: (commit) => {
      let tree = trees.get(commit)
      if (tree === undefined) {
        tree = read(commit)
        trees.set(commit, tree)
      }
      return tree
    },
  }
}

/** Binary and over-long files are in the list, but cannot be read. */
export function treeOf(files: ReadonlyMap<string, string>): GitTree {
  return {
    files,
    list: () => [...files.keys()],
    read: (path) => {
      const text = files.get(path)
      return text === undefined || text === '\u0000' ? undefined : text
    },
  }
}

function loadBlobs(repository: string, ids: readonly string[], blobs: Map<string, string>) {
  if (ids.length === 0) return
  const { stdout } = spawnSync('git', ['--git-dir', repository, 'cat-file', '--batch'], {
    input: `${ids.join('\n')}\n`,
    maxBuffer: 1 << 30,
  })
  let at = 0
  for (const id of ids) {
    const lineEnd = stdout.indexOf(10, at)
    const size = / blob (\d+)$/.exec(stdout.toString('latin1', at, lineEnd))?.[1]
    at = lineEnd + 1
    if (size === undefined) continue
    const bytes = stdout.subarray(at, at + Number(size))
    blobs.set(id, bytes.subarray(0, BINARY_PROBE_BYTES).includes(0) ? '\u0000' : bytes.toString('utf8'))
    at += Number(size) + 1
  }
}
