/** Reads what a PostgreSQL server notes about itself in its data folder (`postmaster.pid`), and whether that is still true. */
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)

export interface ServerNote {
  readonly pid: number
  /** Unknown while it starts. */
  readonly port: number | undefined
  readonly isReady: boolean
}

const notePath = (data: string) => join(data, 'postmaster.pid')

/** @returns undefined when no server has noted anything (fully) */
export async function readServerNote(data: string): Promise<ServerNote | undefined> {
  const text = await readFile(notePath(data), 'utf8').catch(() => '')
  const lines = text.split('\n')
  const pid = Number.parseInt(lines[0] ?? '', 10)
  if (!(pid > 0)) return undefined
  return { pid, port: Number.parseInt(lines[3] ?? '', 10) || undefined, isReady: lines[7]?.trim() === 'ready' }
}

/** What the process of a note is: the server of this folder, gone, or somebody else who got its number since. */
export async function whoIs(pid: number, data: string): Promise<'server' | 'gone' | 'other'> {
  if (!isRunning(pid)) return 'gone'
  try {
    const command =
      process.platform === 'linux'
        ? await readFile(`/proc/${pid}/cmdline`, 'utf8')
        : (await execute('ps', ['-o', 'command=', '-p', `${pid}`])).stdout
    return command.includes('postgres') && command.includes(data) ? 'server' : 'other'
  } catch {
    return isRunning(pid) ? 'server' : 'gone'
  }
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/**
 * Takes the process number off a note whose number belongs to somebody else now. The rest stays: by it a new server finds out
 * whether children of the old one still use the data.
 */
export async function disownNote(data: string): Promise<void> {
  const text = await readFile(notePath(data), 'utf8')
  await writeFile(notePath(data), text.replace(/^\d+/, String(2 ** 31 - 2)))
}
