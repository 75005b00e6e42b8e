/** A fake at the process's edge: sandboxes that keep files in memory and answer commands from a script. Nothing runs in them. */
import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { Duplex } from 'node:stream'
import { failure } from '@slipway/domain'
import { type ExecOptions, type ExecResult, previewHost, type Sandbox, type SandboxOptions, type SandboxRuntime } from '@slipway/sandbox'

export interface ScriptedAnswer {
  readonly exitCode?: number
  readonly output?: string
  /** Called inside of the command, with the files of the sandbox. */
  readonly effect?: (files: Map<string, Uint8Array>) => void
}

/** What a command answers in a sandbox of these files; undefined is success without a word. */
export type Script = (
  command: string,
  files: ReadonlyMap<string, Uint8Array>,
) => ScriptedAnswer | Promise<ScriptedAnswer | undefined> | undefined

export interface ScriptedRuntime extends SandboxRuntime {
  /** Every command that was run, in order. */
  readonly commands: readonly string[]
  readonly living: () => number
}

const TESTS_PASSED = ' Test Files  1 passed (1)\n      Tests  3 passed (3)\n'

/** Answers like a healthy app. */
export const healthy = (command: string): ScriptedAnswer | undefined => (command === 'npm test' ? { output: TESTS_PASSED } : undefined)

export function scriptedRuntime(script: Script = healthy): ScriptedRuntime {
  const sandboxes = new Map<string, Sandbox>()
  const commands: string[] = []

  const create = ({ snapshot }: SandboxOptions): Sandbox => {
    const id = randomBytes(10).toString('hex')
    const files = new Map<string, Uint8Array>(
      snapshot
        ? (JSON.parse(Buffer.from(snapshot).toString()) as [string, string][]).map(([path, text]) => [path, Buffer.from(text, 'base64')])
        : [],
    )
    const servers = new Set<(result: ExecResult) => void>()
    let tellGone: (why: string) => void = () => undefined
    const gone = new Promise<string>((resolve) => {
      tellGone = resolve
    })
    const here = () => {
      if (!sandboxes.has(id)) throw failure('SANDBOX_LOST', { sandboxId: id })
    }
    const run = async (command: readonly string[], options: ExecOptions = {}) => {
      here()
      const words = command.join(' ')
      commands.push(words)
      const aborted = new Promise<'aborted'>((resolve) => options.signal?.addEventListener('abort', () => resolve('aborted')))
      const answer = await Promise.race([script(words, files), aborted, gone.then(() => undefined)])
      if (answer === 'aborted') return { exitCode: null, ended: 'aborted', output: '', durationMs: 1 } as const
      answer?.effect?.(files)
      const output = answer?.output ?? ''
      for (const line of output.split('\n').slice(0, -1)) options.onLine?.('stdout', line)
      here()
      return { exitCode: answer?.exitCode ?? 0, ended: 'exit', output, durationMs: 1 } as const
    }
    const sandbox: Sandbox = {
      id,
      gone,
      async writeFiles(written) {
        here()
        for (const [path, content] of Object.entries(written)) files.set(path, Buffer.from(content))
      },
      async readFile(path) {
        here()
        const bytes = files.get(path)
        if (!bytes) throw failure('NOT_FOUND', { thing: 'file', id: path })
        return bytes
      },
      async list() {
        here()
        return [...files]
          .map(([path, bytes]) => ({ path, sizeBytes: bytes.byteLength, kind: 'file' as const }))
          .sort((a, b) => (a.path < b.path ? -1 : 1))
      },
      async remove(path) {
        files.delete(path)
      },
      exec: run,
      async start(command, options) {
        const first = await run(command, options)
        let end: (result: ExecResult) => void = () => undefined
        const done = new Promise<ExecResult>((resolve) => {
          end = resolve
        })
        if (first.exitCode === 0) servers.add(end)
        else end(first)
        return { done, kill: async () => end({ ...first, exitCode: null, ended: 'killed' }) }
      },
      killAll: async () => undefined,
      connect: async () => new Duplex(),
      getHost: (port) => previewHost(id, port, 'preview.localhost'),
      async waitForPort(_, { signal }) {
        here()
        if (servers.size > 0) return
        signal?.throwIfAborted()
        throw new Error('Nothing listens.')
      },
      setEgress: async () => undefined,
      setTimeout: () => undefined,
      async snapshot() {
        here()
        return Buffer.from(JSON.stringify([...files].map(([path, bytes]) => [path, Buffer.from(bytes).toString('base64')])))
      },
      stat: async () => ({ memoryBytes: 0, diskBytes: 0, processes: 1 }),
      async stop() {
        if (!sandboxes.delete(id)) return
        for (const end of servers) end({ exitCode: null, ended: 'killed', output: '', durationMs: 1 })
        tellGone('it was stopped')
      },
    }
    sandboxes.set(id, sandbox)
    return sandbox
  }

  return {
    name: 'scripted',
    capabilities: { isolation: 'machine', hasLimits: true, seesHostPrograms: false },
    commands,
    living: () => sandboxes.size,
    probe: async () => ({ ok: true, notes: [] }),
    create: async (options) => create(options),
    get: (id) => sandboxes.get(id),
    sweep: async () => ({ removed: 0 }),
    async keepAsTemplate(sandbox, folder) {
      mkdirSync(folder, { recursive: true })
      await sandbox.stop()
    },
    async close() {
      for (const sandbox of [...sandboxes.values()]) await sandbox.stop()
    },
  }
}
