/** A sandbox that is only a folder. Fake: isolates nothing, for tests that run commands of their own making. */
import { spawn, spawnSync } from 'node:child_process'
import { lstat, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, relative, sep } from 'node:path'
import { failure, isFailure } from '@slipway/domain'
import type { ExecOptions, ExecResult, FileEntry, Sandbox } from '@slipway/sandbox'

const OUTPUT_KEPT = 64_000

export async function folderSandbox(files: Readonly<Record<string, string>> = {}): Promise<Sandbox & { readonly root: string }> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'slipway-agents-')))
  const gone = Promise.withResolvers<string>()
  const sandbox: Sandbox & { readonly root: string } = {
    root,
    id: root.slice(-6).toLowerCase(),
    gone: gone.promise,
    async writeFiles(entries) {
      for (const [path, content] of Object.entries(entries)) {
        const target = await placeOf(root, path)
        await mkdir(dirname(target), { recursive: true })
        await writeFile(target, content)
      }
    },
    async readFile(path, options) {
      const target = await placeOf(root, path)
      const bytes = await readFile(target).catch(() => {
        throw failure('NOT_FOUND', { thing: 'file', id: path })
      })
      const bytesMax = options?.bytesMax ?? 32_000_000
      if (bytes.length > bytesMax) throw failure('TOO_LARGE', { what: path, bytesMax })
      return bytes
    },
    async list(path = '', options) {
      const skip = options?.skip ?? ['node_modules', '.git', 'dist', 'data']
      const entries = await walk(await placeOf(root, path || '.'), skip)
      return entries
        .map((entry) => ({ ...entry, path: relative(root, entry.path).split(sep).join('/') }))
        .sort((a, b) => (a.path < b.path ? -1 : 1))
    },
    async remove(path) {
      await rm(join(root, path), { recursive: true, force: true })
    },
    exec: (command, options) => run(root, command, options),
    async start(command, options) {
      const controller = new AbortController()
      const done = run(root, command, { ...options, signal: controller.signal })
      return {
        done,
        kill: async () => {
          controller.abort()
          await done
        },
      }
    },
    async killAll() {},
    connect: async (port) => connect(port, '127.0.0.1'),
    getHost: (port) => `127.0.0.1:${port}`,
    snapshot: async () => spawnSync('tar', ['--create', '--gzip', `--directory=${root}`, '.']).stdout,
    async waitForPort() {},
    async setEgress() {},
    setTimeout() {},
    stat: async () => ({ memoryBytes: 0, diskBytes: 0, processes: 0 }),
    async stop() {
      await rm(root, { recursive: true, force: true })
      gone.resolve('stopped')
    },
  }
  await sandbox.writeFiles(files)
  return sandbox
}

/** The real path has to stay inside, also where a parent is a link. */
async function placeOf(root: string, path: string): Promise<string> {
  const target = join(root, path)
  let parent = target
  for (;;) {
    try {
      const real = await realpath(parent)
      if (real !== root && !real.startsWith(root + sep)) throw failure('SANDBOX_PATH_REFUSED', { path })
      return target
    } catch (error) {
      if (isFailure(error)) throw error
      parent = dirname(parent) // not there yet: its nearest parent decides
    }
  }
}

async function walk(folder: string, skip: readonly string[]): Promise<FileEntry[]> {
  const names = await readdir(folder)
  const entries = await Promise.all(
    names
      .filter((name) => !skip.includes(name))
      .map(async (name): Promise<FileEntry[]> => {
        const path = join(folder, name)
        const stat = await lstat(path)
        if (stat.isDirectory()) return walk(path, skip)
        return [{ path, sizeBytes: stat.size, kind: stat.isSymbolicLink() ? 'link' : 'file' }]
      }),
  )
  return entries.flat()
}

function run(root: string, [program, ...rest]: readonly [string, ...string[]], options: ExecOptions = {}): Promise<ExecResult> {
  return new Promise((resolve) => {
    const startedAt = performance.now()
    const child = spawn(program, rest, {
      cwd: join(root, options.cwd ?? ''),
      env: { PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, HOME: root, ...options.env },
      detached: true,
    })
    let ended: ExecResult['ended'] = 'exit'
    let output = ''
    const kill = (why: ExecResult['ended']) => {
      ended = why
      if (child.pid) process.kill(-child.pid, 'SIGKILL')
    }
    const timer = setTimeout(() => kill('timeout'), options.timeoutMs ?? 60_000)
    const stop = () => kill('aborted')
    options.signal?.addEventListener('abort', stop, { once: true })
    for (const stream of ['stdout', 'stderr'] as const) {
      let rest = ''
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-OUTPUT_KEPT)
        const lines = (rest + text).split('\n')
        rest = lines.pop() ?? ''
        for (const line of lines) options.onLine?.(stream, line)
      })
    }
    const finish = (exitCode: number | null, extra = '') => {
      clearTimeout(timer)
      options.signal?.removeEventListener('abort', stop)
      resolve({ exitCode: ended === 'exit' ? exitCode : null, ended, output: output + extra, durationMs: performance.now() - startedAt })
    }
    child.on('error', (error) => finish(127, error.message))
    child.on('close', (code) => finish(code))
  })
}
