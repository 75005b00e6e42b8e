/** A folder of the disk as a tree to verify plans against: text only, within limits, links never followed. */
import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { failure } from '@slipway/domain'
import type { Tree } from '@slipway/plan'

export const FILE_BYTES_MAX = 1_500_000
const FILES_MAX = 200_000
const BINARY_PROBE_BYTES = 8_000

/** What tools write and what others wrote: never what a plan promises. */
const SKIPPED = new Set([
  '.git',
  '.hg',
  '.svn',
  '.slipway',
  'node_modules',
  '.venv',
  '__pycache__',
  '.next',
  '.nuxt',
  '.svelte-kit',
  '.turbo',
  '.cache',
])

/**
 * Lists at once, reads when a check looks. Files that are binary or larger than 1.5 MB are listed and cannot be read.
 * @throws NOT_FOUND when there is no such folder, INPUT_INVALID when it holds more than 200,000 files
 */
export function readTree(root: string): Tree {
  const paths = listFiles(root)
  const known = new Set(paths)
  const texts = new Map<string, string | undefined>()
  return {
    list: () => paths,
    read: (path) => {
      if (!known.has(path)) return undefined
      if (!texts.has(path)) texts.set(path, readText(join(root, path)))
      return texts.get(path)
    },
  }
}

/** Paths of regular files from the root, with `/`, sorted. */
export function listFiles(root: string): readonly string[] {
  const paths: string[] = []
  const open = ['']
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const entry of entriesOf(join(root, folder), folder === '')) {
      const path = folder ? `${folder}/${entry.name}` : entry.name
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) open.push(path)
      if (entry.isFile()) paths.push(path)
      if (paths.length > FILES_MAX)
        throw failure('INPUT_INVALID', { what: root, faults: [`it holds more than ${FILES_MAX} files; name a smaller folder`] })
    }
  }
  return paths.sort()
}

function entriesOf(folder: string, isRoot: boolean) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if (isRoot) throw failure('NOT_FOUND', { thing: 'folder', id: folder }, error)
    return [] // a folder below that may not be read holds nothing for us
  }
}

/** Undefined when it is gone, too large, or not text. */
export function readText(path: string): string | undefined {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch {
    return undefined // gone or locked: for a check it is not there
  }
  try {
    const stats = fstatSync(file)
    if (!stats.isFile() || stats.size > FILE_BYTES_MAX) return undefined
    const bytes = Buffer.alloc(stats.size)
    let length = 0
    for (let read = -1; read !== 0 && length < bytes.length; length += read)
      read = readSync(file, bytes, length, bytes.length - length, null)
    return textOf(bytes.subarray(0, length))
  } finally {
    closeSync(file)
  }
}

/** Undefined for what has a zero byte near its beginning, which is how git tells binary files. */
export function textOf(bytes: Buffer): string | undefined {
  return bytes.subarray(0, BINARY_PROBE_BYTES).includes(0) ? undefined : bytes.toString('utf8')
}
