/** Fake: E2B at the edge of this process. Each of its machines is a folder and a bubblewrap per command; only for tests run by root. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommand } from '../agent/run-command.ts'
import type { E2bCloud, E2bCommand, E2bMachine } from '../e2b/e2b-cloud.ts'

export interface E2bLoopback extends E2bCloud {
  readonly created: readonly { template: string; allowInternetAccess: boolean }[]
  readonly living: () => readonly string[]
}

export function e2bLoopback(): E2bLoopback {
  const home = mkdtempSync(join(tmpdir(), 'slipway-e2b-'))
  const machines = new Map<string, { machine: E2bMachine; metadata: Record<string, string> }>()
  const created: { template: string; allowInternetAccess: boolean }[] = []
  const newId = () => randomBytes(10).toString('hex')

  const make = async (template: string, metadata: Record<string, string>, envs: Record<string, string>): Promise<E2bMachine> => {
    const id = newId()
    const root = join(home, id)
    if (template === 'base') {
      for (const path of ['home/user', 'tmp', 'etc', 'dev', 'proc', 'usr']) mkdirSync(join(root, path), { recursive: true })
      for (const name of ['bin', 'sbin', 'lib', 'lib64']) symlinkSync(`usr/${name}`, join(root, name))
      await runCommand('chown', ['1000:1000', join(root, 'home/user')])
      await runCommand('chmod', ['1777', join(root, 'tmp')])
    } else await copyMachine(join(home, template), root)
    const running = new Set<ReturnType<typeof spawn>>()
    const start = (command: string, { user = 'user', cwd = '/' }: { user?: string; cwd?: string }) => {
      const as = user === 'root' ? [] : ['setpriv', '--reuid', '1000', '--regid', '1000', '--clear-groups']
      const args = ['--bind', root, '/', '--ro-bind', '/usr', '/usr', '--proc', '/proc', '--dev', '/dev', '--chdir', cwd]
      const caps = user === 'root' ? [] : ['--cap-add', 'CAP_SETUID', '--cap-add', 'CAP_SETGID']
      const child = spawn(
        'bwrap',
        ['--unshare-pid', '--unshare-net', '--die-with-parent', ...caps, ...args, ...as, 'bash', '-c', command],
        {
          env: { ...envs, ...(user === 'root' ? { PATH: '/usr/sbin:/usr/bin' } : {}) },
        },
      )
      running.add(child)
      child.once('close', () => running.delete(child))
      return child
    }
    const run = (command: string, options: Record<string, unknown> = {}): Promise<never> =>
      new Promise((resolve, reject) => {
        const child = start(command, options as { user?: string; cwd?: string })
        let stdout = ''
        let stderr = ''
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
          stdout += text
          ;(options.onStdout as ((text: string) => void) | undefined)?.(text)
        })
        child.stderr.setEncoding('utf8').on('data', (text: string) => {
          stderr += text
          ;(options.onStderr as ((text: string) => void) | undefined)?.(text)
        })
        child.stdin.on('error', () => undefined) // it ended
        const ended = new Promise<{ stdout: string }>((done, failed) =>
          child.once('close', (code) => (code === 0 ? done({ stdout }) : failed(new Error(`ended with ${code}: ${stderr}`)))),
        )
        ended.catch(() => undefined) // told to whoever waits
        const handle: E2bCommand = {
          sendStdin: (data) => new Promise((done, failed) => child.stdin.write(data, (error) => (error ? failed(error) : done()))),
          wait: () => ended,
          kill: async () => child.kill('SIGKILL'),
        }
        if (options.background) resolve(handle as never)
        else ended.then((result) => resolve(result as never), reject)
      })
    const machine: E2bMachine = {
      sandboxId: id,
      commands: { run },
      files: { write: async (path, data) => writeFileSync(join(root, path), Buffer.from(data)) },
      setTimeout: async () => undefined,
      getMetrics: async () => [{ memUsed: 1_000_000 }],
      async createSnapshot() {
        const snapshotId = newId()
        await copyMachine(root, join(home, snapshotId))
        return { snapshotId }
      },
      async kill() {
        for (const child of running) child.kill('SIGKILL')
        machines.delete(id)
        rmSync(root, { recursive: true, force: true })
      },
    }
    machines.set(id, { machine, metadata })
    return machine
  }

  return {
    created,
    living: () => [...machines.keys()],
    create(template, { metadata = {}, envs = {}, allowInternetAccess }) {
      created.push({ template, allowInternetAccess })
      return make(template, metadata, envs)
    },
    list({ query }) {
      let hasNext = true
      return {
        get hasNext() {
          return hasNext
        },
        async nextItems() {
          hasNext = false
          return [...machines]
            .filter(([, { metadata }]) => Object.entries(query.metadata).every(([key, value]) => metadata[key] === value))
            .map(([sandboxId, { metadata }]) => ({ sandboxId, metadata }))
        },
      }
    },
    async kill(sandboxId) {
      await machines.get(sandboxId)?.machine.kill()
      return true
    },
  }
}

/** The tools below `/opt` are large and belong to root: nothing inside can change what is shared. */
async function copyMachine(from: string, to: string): Promise<void> {
  await runCommand('cp', ['-al', from, to])
  for (const path of ['app', 'home', 'tmp', 'etc'].filter((name) => existsSync(join(from, name)))) {
    await runCommand('rm', ['-rf', join(to, path)])
    await runCommand('cp', ['-a', join(from, path), join(to, path)])
  }
}
