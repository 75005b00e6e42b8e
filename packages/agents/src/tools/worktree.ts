/** The folder a coder works in: what may be written there, what it was before, and that nothing else changes, by whatever way. */
import { createHash } from 'node:crypto'
import { failure, WorkspacePath } from '@slipway/domain'
import type { Sandbox } from '@slipway/sandbox'
import { diffText } from './diff-text.ts'

export interface WorktreeOptions {
  /** The plan's `files_modified`; one that ends in `/` stands for everything below. */
  readonly writable: readonly string[]
  /** The folder inside the workspace, for a lane that works beside others; the workspace itself by default. */
  readonly folder?: string
}

export interface Worktree {
  readonly folder: string
  /** Sorted; without what is installed or built. */
  paths(): readonly string[]
  /** undefined: not there. */
  text(path: string): string | undefined
  hash(path: string): string | undefined
  canWrite(path: string): boolean
  /** @throws SANDBOX_PATH_REFUSED when it is not writable: tools ask `canWrite` first */
  write(path: string, text: string): Promise<void>
  /** Looks what a command did. Changes of files that may not be written are undone, new links are removed. */
  settle(): Promise<Settled>
  /** Another text whenever any file is another. */
  state(): string
  /** Paths that differ from the beginning. */
  changed(): readonly string[]
  /** A unified diff against the beginning. */
  diff(): string
  /** Undoes everything since the beginning. */
  restore(): Promise<void>
}

export interface Settled {
  readonly changed: readonly string[]
  /** Were not allowed, and are as they were. */
  readonly undone: readonly string[]
}

/** Not looked at: what is installed, built, kept by git or by the app's database. */
const SKIPPED_ANYWHERE = ['node_modules', '.git']
const SKIPPED_AT_TOP = ['dist', 'data', 'coverage', 'test-results']
const FILE_BYTES_MAX = 5_000_000
const READS_AT_ONCE = 16
/** One pass over a tree: links first, then a hash and a path per line. */
const LOOK_TIMEOUT_MS = 60_000
const LOOK_BYTES_MAX = 16_000_000

type Files = Map<string, Uint8Array>

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

export async function openWorktree(sandbox: Sandbox, { writable, folder = '' }: WorktreeOptions): Promise<Worktree> {
  const inside = (path: string) => (folder ? `${folder}/${path}` : path)
  const allowed = allowedPaths(writable)
  const files: Files = await readAll(sandbox, await listPaths(sandbox, folder), inside)
  const hashes = new Map([...files].map(([path, bytes]) => [path, sha256(bytes)]))
  const beginning: Files = new Map(files)

  const keep = (path: string, bytes: Uint8Array | undefined) => {
    if (bytes) {
      files.set(path, bytes)
      hashes.set(path, sha256(bytes))
    } else {
      files.delete(path)
      hashes.delete(path)
    }
  }
  const put = (path: string, bytes: Uint8Array | undefined) =>
    bytes ? sandbox.writeFiles({ [inside(path)]: bytes }) : sandbox.remove(inside(path))

  const changed = () =>
    [...new Set([...beginning.keys(), ...files.keys()])].filter((path) => !isSame(beginning.get(path), files.get(path))).sort()

  const settle = async (): Promise<Settled> => {
    const { links, found } = await look(sandbox, folder, inside)
    const different = [...new Set([...hashes.keys(), ...found.keys()])].filter((path) => hashes.get(path) !== found.get(path))
    const undone = [...links, ...different.filter((path) => !allowed(path))].sort()
    await removeAll(sandbox, folder, undone)
    const lost = undone.flatMap((path): [string, Uint8Array][] => {
      const bytes = files.get(path)
      return bytes ? [[inside(path), bytes]] : []
    })
    if (lost.length) await sandbox.writeFiles(Object.fromEntries(lost))
    const kept = different.filter((path) => allowed(path) && !links.includes(path)).sort()
    for (const path of kept) keep(path, found.has(path) ? await readOne(sandbox, inside(path)) : undefined)
    return { changed: kept, undone }
  }

  return {
    folder,
    paths: () => [...files.keys()].sort(),
    text: (path) => decode(files.get(path)),
    hash: (path) => hashes.get(path),
    canWrite: allowed,
    async write(path, text) {
      if (!allowed(path)) throw failure('SANDBOX_PATH_REFUSED', { path })
      const bytes = new TextEncoder().encode(text)
      await put(path, bytes)
      keep(path, bytes)
    },
    settle,
    state: () =>
      changed()
        .map((path) => `${path} ${hashes.get(path) ?? ''}`)
        .join('\n'),
    changed,
    diff: () =>
      changed()
        .map((path) => diffText(path, decode(beginning.get(path)), decode(files.get(path))))
        .filter(Boolean)
        .join('\n'),
    async restore() {
      await settle()
      for (const path of changed()) {
        await put(path, beginning.get(path))
        keep(path, beginning.get(path))
      }
    },
  }
}

/** A plan that may change package.json may change its lock file. */
function allowedPaths(writable: readonly string[]): (path: string) => boolean {
  const plain = writable.map((path) => path.replace(/^\.\//, ''))
  const exact = new Set(plain.flatMap((path) => (path === 'package.json' ? [path, 'package-lock.json'] : [path])))
  const folders = plain.filter((path) => path.endsWith('/'))
  return (path) =>
    WorkspacePath.safeParse(path).success && !isSkipped(path) && (exact.has(path) || folders.some((folder) => path.startsWith(folder)))
}

function isSkipped(path: string): boolean {
  const parts = path.split('/')
  return parts.some((part) => SKIPPED_ANYWHERE.includes(part)) || SKIPPED_AT_TOP.includes(parts[0] as string)
}

const isSame = (a: Uint8Array | undefined, b: Uint8Array | undefined) =>
  a === b || (a !== undefined && b !== undefined && Buffer.compare(a, b) === 0)
const decode = (bytes: Uint8Array | undefined) => (bytes ? new TextDecoder().decode(bytes) : undefined)

async function listPaths(sandbox: Sandbox, folder: string): Promise<string[]> {
  const entries = await sandbox.list(folder || undefined, { skip: SKIPPED_ANYWHERE })
  const start = folder ? folder.length + 1 : 0
  return entries.flatMap(({ path, kind, sizeBytes }) => {
    const own = path.slice(start)
    return kind === 'file' && sizeBytes <= FILE_BYTES_MAX && !isSkipped(own) ? [own] : []
  })
}

async function readAll(sandbox: Sandbox, paths: readonly string[], inside: (path: string) => string): Promise<Files> {
  const files: Files = new Map()
  for (let start = 0; start < paths.length; start += READS_AT_ONCE) {
    const group = paths.slice(start, start + READS_AT_ONCE)
    const read = await Promise.all(group.map((path) => readOne(sandbox, inside(path))))
    for (const [index, path] of group.entries()) files.set(path, read[index] as Uint8Array)
  }
  return files
}

const readOne = (sandbox: Sandbox, path: string) => sandbox.readFile(path, { bytesMax: FILE_BYTES_MAX })

const REMOVED_AT_ONCE = 200

/** By command, because a link that leads outside is refused everywhere else; it is removed itself, never what it leads to. */
async function removeAll(sandbox: Sandbox, folder: string, paths: readonly string[]): Promise<void> {
  for (let start = 0; start < paths.length; start += REMOVED_AT_ONCE) {
    const group = paths.slice(start, start + REMOVED_AT_ONCE).map((path) => `./${path}`)
    await sandbox.exec(['/bin/rm', '-rf', '--', ...group], { timeoutMs: LOOK_TIMEOUT_MS, ...(folder && { cwd: folder }) })
  }
}

interface Looked {
  readonly links: readonly string[]
  /** Hex SHA-256 by path. */
  readonly found: ReadonlyMap<string, string>
}

/** Hashes are made inside, so that an unchanged tree costs one command; without those programs, every file is read. */
async function look(sandbox: Sandbox, folder: string, inside: (path: string) => string): Promise<Looked> {
  const prune = [...SKIPPED_ANYWHERE.map((name) => `-name ${name}`), ...SKIPPED_AT_TOP.map((name) => `-path ./${name}`)].join(' -o ')
  const script = `/usr/bin/find . \\( ${prune} \\) -prune -o -type l -printf 'link %p\\n' && /usr/bin/find . \\( ${prune} \\) -prune -o -type f -size -${Math.floor(FILE_BYTES_MAX / 1024)}k -print0 | /usr/bin/xargs -0 -r /usr/bin/sha256sum -b && echo whole`
  const lines: string[] = []
  const result = await sandbox.exec(['/bin/sh', '-c', script], {
    timeoutMs: LOOK_TIMEOUT_MS,
    outputBytesMax: LOOK_BYTES_MAX,
    onLine: (stream, line) => {
      if (stream === 'stdout') lines.push(line)
    },
    ...(folder && { cwd: folder }),
  })
  if (result.exitCode !== 0 || lines.at(-1) !== 'whole') return lookSlowly(sandbox, folder, inside)
  const links = lines.flatMap((line) => /^link \.\/(.+)$/.exec(line)?.[1] ?? [])
  const found = lines.flatMap((line): [string, string][] => {
    const [, hash, path] = /^([0-9a-f]{64}) [ *]\.\/(.+)$/.exec(line) ?? []
    return hash && path ? [[path, hash]] : []
  })
  return { links, found: new Map(found) }
}

async function lookSlowly(sandbox: Sandbox, folder: string, inside: (path: string) => string): Promise<Looked> {
  const entries = await sandbox.list(folder || undefined, { skip: SKIPPED_ANYWHERE })
  const start = folder ? folder.length + 1 : 0
  const links = entries.flatMap(({ path, kind }) => (kind === 'link' && !isSkipped(path.slice(start)) ? [path.slice(start)] : []))
  const files = await readAll(sandbox, await listPaths(sandbox, folder), inside)
  return { links, found: new Map([...files].map(([path, bytes]) => [path, sha256(bytes)])) }
}
