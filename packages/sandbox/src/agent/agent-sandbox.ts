/** One running sandbox of any engine, spoken to through its agent. */
import { failure } from '@slipway/domain'
import { z } from 'zod'
import {
  type Egress,
  type ExecOptions,
  type ExecResult,
  type FileEntry,
  previewHost,
  type RunningCommand,
  type Sandbox,
} from '../sandbox.ts'
import type { AgentClient } from './agent-client.ts'
import { lineSplitter } from './printable.ts'

const OUTPUT_KEPT_CHARS = 64 * 1024
const OUTPUT_BYTES_MAX = 64 * 1024 * 1024
const COMMAND_TIMEOUT_MS = 10 * 60_000
const FILE_BYTES_MAX = 32 * 1024 * 1024
/** What one answer to `list` may hold; its text is bounded too, because what answers inside may not be our agent any more. */
const ENTRIES_MAX = 100_000
const LISTING_BYTES_MAX = 32 * 1024 * 1024
const SNAPSHOT_BYTES_MAX = 256 * 1024 * 1024
const PORT_RETRY_MS = 20
const SKIPPED = ['node_modules', '.git', 'dist', 'data']

const Listing: z.ZodType<FileEntry[]> = z.array(
  z.object({
    path: z.string().refine((path) => path !== '' && !path.startsWith('/') && !path.split('/').includes('..')),
    sizeBytes: z.number().int().nonnegative(),
    kind: z.enum(['file', 'folder', 'link', 'other']),
  }),
)

/** What the runtime keeps of a sandbox and the sandbox needs of it. */
export interface SandboxKeeper {
  readonly id: string
  readonly agent: AgentClient
  readonly previewDomain: string
  readonly gone: Promise<string>
  isGone(): boolean
  end(reason: string): Promise<void>
  setEgress(egress: Egress): void
  setDeadline(ms: number): void
  stat(): Promise<{ memoryBytes: number; diskBytes: number; processes: number }>
}

export function agentSandbox(keeper: SandboxKeeper): Sandbox {
  const { id, agent } = keeper
  const here = () => {
    if (keeper.isGone()) throw failure('SANDBOX_LOST', { sandboxId: id })
    return agent
  }

  const run = (command: readonly string[], options: ExecOptions, timeoutMs: number): RunningCommand => {
    const started = performance.now()
    let output = ''
    let bytesSeen = 0
    let ended: ExecResult['ended'] | undefined
    const keep = (stream: 'stdout' | 'stderr') =>
      lineSplitter((line) => {
        output = `${output}${line}\n`.slice(-OUTPUT_KEPT_CHARS)
        options.onLine?.(stream, line)
      })
    const splitters = { stdout: keep('stdout'), stderr: keep('stderr') }
    const bytesMax = options.outputBytesMax ?? OUTPUT_BYTES_MAX
    const request = { command, cwd: options.cwd ?? '.', env: options.env ?? {}, timeoutMs }
    const running = here().exec(request, {
      onBytes(stream, bytes) {
        bytesSeen += bytes.length
        if (bytesSeen > bytesMax) return stop('output')
        splitters[stream].write(bytes)
      },
    })
    const stop = (how: 'output' | 'aborted' | 'killed') => {
      ended ??= how
      running.cut()
    }
    const abort = () => stop('aborted')
    if (options.signal?.aborted) abort()
    options.signal?.addEventListener('abort', abort, { once: true })
    const done = running.done.then((result): ExecResult => {
      options.signal?.removeEventListener('abort', abort)
      splitters.stdout.end()
      splitters.stderr.end()
      if (!result && !ended && keeper.isGone()) throw failure('SANDBOX_LOST', { sandboxId: id })
      return {
        exitCode: ended || result?.isTimedOut ? null : (result?.exitCode ?? null),
        ended: ended ?? (result?.isTimedOut ? 'timeout' : result?.exitCode === null || !result ? 'killed' : 'exit'),
        output,
        durationMs: Math.round(performance.now() - started),
      }
    })
    done.catch(() => undefined) // a server that is not awaited may outlive its sandbox
    return {
      done,
      async kill() {
        stop('killed')
        await done.catch(() => undefined)
      },
    }
  }

  return {
    id,
    gone: keeper.gone,

    async writeFiles(files) {
      await here().ask('/write', {}, { body: framesOf(files) })
    },

    readFile: async (path, { bytesMax = FILE_BYTES_MAX } = {}) => here().ask('/read', { path, bytesMax }, { bytesMax }),

    async list(path = '.', { skip = SKIPPED } = {}) {
      const listing = await here().ask('/list', { path, skip, entriesMax: ENTRIES_MAX }, { bytesMax: LISTING_BYTES_MAX })
      return Listing.parse(JSON.parse(listing.toString()))
    },

    async remove(path) {
      await here().ask('/remove', { path })
    },

    exec: async (command, options = {}) => run(command, options, options.timeoutMs ?? COMMAND_TIMEOUT_MS).done,

    start: async (command, options = {}) => run(command, { ...options, outputBytesMax: Number.MAX_SAFE_INTEGER }, options.timeoutMs ?? 0),

    async killAll() {
      await here().ask('/kill-all', {})
    },

    connect: async (port) => here().connect(port),

    getHost: (port) => previewHost(id, port, keeper.previewDomain),

    async waitForPort(port, { timeoutMs, signal }) {
      const deadline = performance.now() + timeoutMs
      for (;;) {
        try {
          const stream = await here().connect(port)
          stream.destroy()
          return
        } catch (error) {
          if (keeper.isGone()) throw failure('SANDBOX_LOST', { sandboxId: id })
          signal?.throwIfAborted()
          if (performance.now() > deadline) throw error
        }
        await new Promise((resolve) => setTimeout(resolve, PORT_RETRY_MS))
      }
    },

    async setEgress(egress) {
      here()
      keeper.setEgress(egress)
    },

    snapshot: async ({ bytesMax = SNAPSHOT_BYTES_MAX } = {}) => here().ask('/snapshot', {}, { bytesMax }),
    setTimeout: (ms) => keeper.setDeadline(ms),
    stat: async () => {
      here()
      return keeper.stat()
    },
    stop: () => keeper.end('it was stopped'),
  }
}

/** [u32 path bytes][path][u32 content bytes][content] per file, as the agent reads them. */
async function* framesOf(files: Readonly<Record<string, string | Uint8Array>>): AsyncGenerator<Uint8Array> {
  for (const [path, content] of Object.entries(files)) {
    const name = Buffer.from(path)
    const bytes = typeof content === 'string' ? Buffer.from(content) : content
    const sizes = [Buffer.alloc(4), Buffer.alloc(4)] as const
    sizes[0].writeUInt32BE(name.length)
    sizes[1].writeUInt32BE(bytes.length)
    yield Buffer.concat([sizes[0], name, sizes[1], bytes])
  }
}
