/** The folder of one sandbox on this machine: what it writes, and the few files it is given. */
import { spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { chmod, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { runCommand } from '../agent/run-command.ts'
import { isOwnerAlive, ownerName } from './owner-note.ts'

/** The few files of /etc that programs ask for. */
const ETC_FILES: Readonly<Record<string, string>> = {
  passwd: 'user:x:1000:1000::/home/user:/bin/sh\n',
  group: 'user:x:1000:\n',
  hosts: '127.0.0.1 localhost\n::1 localhost\n',
  'resolv.conf': '',
  'nsswitch.conf': 'hosts: files\n',
}
export const ETC_NAMES = Object.keys(ETC_FILES)

/** Below `folder`, the place of everything that this process's sandboxes write. */
export const ownFolder = (folder: string) => join(folder, ownerName(process.pid) ?? String(process.pid))

/** @param uid the user of this sandbox alone, when the service is root */
export function makeLayer(layer: string, uid: number | undefined): void {
  mkdirSync(layer, { recursive: true, mode: 0o755 })
  for (const name of ['upper', 'home']) makeOwned(join(layer, name), uid)
  for (const name of ['work', 'etc']) mkdirSync(join(layer, name))
  for (const [name, text] of Object.entries(ETC_FILES)) writeFileSync(join(layer, 'etc', name), text)
}

function makeOwned(folder: string, uid: number | undefined): void {
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  if (uid !== undefined) chownSync(folder, uid, uid)
}

/**
 * By `rm`, which goes down step by step: a tree may be deeper than any path can name. Some folders have no permissions at all, a sandbox's
 * own or the kernel's in an overlay's work folder, which stops everybody but root.
 */
export async function removeLayer(layer: string): Promise<void> {
  if (process.getuid?.() !== 0) await runCommand('chmod', ['-R', 'u+rwX', '--', layer]).catch(() => undefined)
  await runCommand('rm', ['-rf', '--', layer])
}

/**
 * Without owner or special bits of a sandbox: nothing that ran inside keeps a hold on it. Made by root, everything in it may be changed by
 * the user of whichever sandbox looks at it through an overlay, which copies what is changed: npm has to replace packages, Vite to keep files
 * of its own there. The folder itself then lets nobody else of this machine in.
 */
export async function keepLayer(layer: string, target: string): Promise<void> {
  const upper = join(layer, 'upper')
  const isRoot = process.getuid?.() === 0
  if (isRoot) orThrow(spawnSync('chown', ['-hR', '0:0', upper]))
  orThrow(spawnSync('chmod', ['-R', isRoot ? 'a+rwX,u-s,g-s' : 'a+rX,u-s,g-s,go-w', upper]))
  if (isRoot) await chmod(upper, 0o700)
  mkdirSync(dirname(target), { recursive: true })
  await rename(upper, target)
}

function orThrow({ status, stderr }: { status: number | null; stderr: Buffer }): void {
  if (status !== 0) throw new Error(`A template could not be kept: ${stderr}`)
}

/** What a sandbox wrote, in bytes; follows no link. */
export function diskBytes(layer: string): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn('du', ['-sx', '--block-size=1', join(layer, 'upper'), join(layer, 'home')], { stdio: ['ignore', 'pipe', 'ignore'] })
    let text = ''
    child.stdout.on('data', (bytes: Buffer) => {
      text += bytes.toString()
    })
    child.once('error', () => resolve(0))
    child.once('close', () => resolve([...text.matchAll(/^(\d+)\t/gm)].reduce((sum, match) => sum + Number(match[1]), 0)))
  })
}

/** Removes the layers of owners that are dead. @param end ends whatever may still run of a sandbox, before its layer goes */
export async function sweepLayers(folder: string, end: (id: string, layer: string) => Promise<void>): Promise<{ removed: number }> {
  let removed = 0
  if (!existsSync(folder)) return { removed }
  for (const owner of readdirSync(folder)) {
    if (isOwnerAlive(owner)) continue
    for (const id of readdirSync(join(folder, owner))) {
      await end(id, join(folder, owner, id))
      await removeLayer(join(folder, owner, id))
      removed++
    }
    await rm(join(folder, owner), { recursive: true, force: true })
  }
  return { removed }
}
