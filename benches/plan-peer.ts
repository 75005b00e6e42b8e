/** The peer's own checker on the same trees: its command line, started as its users start it, in a folder of real files. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { GitTree } from './git-trees.ts'

export interface Peer {
  /** `get-shit-done-cc 1.42.3` */
  readonly name: string
  readonly tool: string
}

export interface PeerVerdict {
  readonly isSatisfied: boolean
  readonly artifacts: [satisfied: number, all: number]
  readonly links: [satisfied: number, all: number]
}

/** @param folder  an unpacked npm package of the peer; @throws Error when its tool is not in it */
export function findPeer(folder: string): Peer {
  const tool = ['get-shit-done/bin/gsd-tools.cjs', 'gsd-core/bin/gsd-tools.cjs']
    .map((path) => join(folder, path))
    .find((path) => existsSync(path))
  if (!tool) throw new Error(`${folder} holds no gsd-tools.cjs: unpack an npm package of the peer there.`)
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name: string; version: string }
  return { name: `${name} ${version}`, tool }
}

/** Satisfied when nothing of what it checks fails; what a plan does not promise is left out, as its workflow does. */
export async function peerVerdict(peer: Peer, folder: string, plan: string, order?: 'one by one'): Promise<PeerVerdict> {
  const first = ask(peer, folder, 'artifacts', plan)
  if (order) await first
  const [artifacts, links] = await Promise.all([first, ask(peer, folder, 'key-links', plan)])
  const parts = [artifacts, links].filter((part) => part !== null)
  return {
    isSatisfied: parts.length > 0 && parts.every((part) => part.isPassed),
    artifacts: artifacts?.counts ?? [0, 0],
    links: links?.counts ?? [0, 0],
  }
}

interface Answer {
  readonly isPassed: boolean
  readonly counts: [number, number]
}

/** Null when the plan promises nothing of the kind, or the tool ends with an error. */
async function ask({ tool }: Peer, folder: string, what: 'artifacts' | 'key-links', plan: string): Promise<Answer | null> {
  const output = await outputOf(process.execPath, [tool, 'verify', what, plan], folder)
  try {
    const said = JSON.parse(output) as { all_passed?: boolean; all_verified?: boolean; passed?: number; verified?: number; total?: number }
    if (said.total === undefined) return null
    return { isPassed: (said.all_passed ?? said.all_verified) === true, counts: [said.passed ?? said.verified ?? 0, said.total] }
  } catch {
    return null // it printed an error instead
  }
}

export function outputOf(program: string, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'ignore'] })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8')
    })
    child.on('error', reject)
    child.on('close', () => resolve(output))
  })
}

/** A folder that holds one tree at a time; only what differs from the one before is written. */
export function treeFolder(folder: string) {
  let current: ReadonlyMap<string, string> = new Map()
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  return {
    folder,
    show: (tree: GitTree) => {
      for (const path of current.keys()) if (!tree.files.has(path)) rmSync(join(folder, path), { force: true })
      for (const [path, text] of tree.files) {
        if (current.get(path) === text) continue
        mkdirSync(dirname(join(folder, path)), { recursive: true })
        writeFileSync(join(folder, path), text)
      }
      current = tree.files
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
