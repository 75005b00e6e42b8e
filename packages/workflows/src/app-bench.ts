/** Where a job's app stands while it is built and shown: its sandbox, made again from what is stored whenever it was lost. */
import { failure, isFailure } from '@slipway/domain'
import type { FileEntry, Sandbox, SandboxRuntime } from '@slipway/sandbox'
import type { AppFiles } from './archive.ts'
import { type DependencyTrees, EMPTY_DATABASE } from './dependency-trees.ts'

/** Where every generated app listens inside its sandbox. */
export const APP_PORT = 3_000

const SERVER_TIMEOUT_MS = 60_000
const BUILD_TIMEOUT_MS = 5 * 60_000
const ENVIRONMENT = { PORT: String(APP_PORT), NODE_ENV: 'production' }

type OnLine = (stream: 'stdout' | 'stderr' | 'note', line: string) => void

export interface Bench {
  readonly sandbox: Sandbox
  /** Runs a command of the app. */
  run(command: readonly [string, ...string[]], options: { onLine: OnLine; signal?: AbortSignal; timeoutMs?: number }): Promise<RunResult>
  /** The production build is there when this returns without a result; with one, it failed. */
  build(onLine: OnLine, signal?: AbortSignal): Promise<RunResult | undefined>
  /** The built app answers when this returns. @throws BUILD_FAILED with its last words */
  serve(onLine: OnLine, signal?: AbortSignal): Promise<void>
  /** Makes the app's own files be these and no others. @throws BUILD_FAILED */
  replaceSources(files: AppFiles): Promise<void>
  /**
   * The app's own files, as they are now, without what is installed, built or stored.
   * @throws BUILD_FAILED when there are more of them, or larger, or stranger ones than an app has
   */
  readSources(): Promise<AppFiles>
}

export interface RunResult {
  readonly isOk: boolean
  readonly output: string
  readonly durationMs: number
}

/** @param files the app's sources */
export async function openBench(
  deps: { runtime: SandboxRuntime; trees: DependencyTrees; idleMs: number; isBackground?: boolean },
  files: AppFiles,
  onLine: OnLine,
): Promise<Bench> {
  const { folder } = await deps.trees.ensure(files, (line) => onLine('stdout', line))
  const sandbox = await deps.runtime.create({ template: folder, timeoutMs: deps.idleMs, isBackground: deps.isBackground ?? false })
  try {
    await sandbox.writeFiles(files)
  } catch (error) {
    await sandbox.stop()
    throw error
  }
  let built: Promise<RunResult | undefined> | undefined
  let served: Promise<void> | undefined

  const run: Bench['run'] = async (command, options) => {
    const { exitCode, output, durationMs, ended } = await sandbox.exec(command, {
      onLine: options.onLine,
      ...(options.signal ? { signal: options.signal } : {}),
      ...(options.timeoutMs ? { timeoutMs: options.timeoutMs } : {}),
    })
    const isOk = exitCode === 0
    return { isOk, durationMs, output: isOk || ended === 'exit' ? output : `${output}\nIt was ended: ${ended}.` }
  }

  const build: Bench['build'] = (onLine, signal) => {
    built ??= run(['npm', 'run', 'build'], { onLine, timeoutMs: BUILD_TIMEOUT_MS, ...(signal ? { signal } : {}) }).then((result) =>
      result.isOk ? undefined : result,
    )
    return built
  }

  const start = async (onLine: OnLine, signal?: AbortSignal) => {
    const failed = await build(onLine, signal)
    if (failed) throw failure('BUILD_FAILED', { stage: 'the production build', reason: lastWords(failed.output) })
    await sandbox.exec(['sh', '-c', `[ -d data ] || [ ! -d ${EMPTY_DATABASE} ] || cp -r ${EMPTY_DATABASE} data`])
    const server = await sandbox.start(['npm', 'start'], { env: ENVIRONMENT, onLine })
    const waiting = new AbortController()
    const ended = server.done
      .then(({ output }) => output)
      .catch((error: unknown) => String((error as Error).message)) // the sandbox itself went away
      .finally(() => waiting.abort())
    signal?.addEventListener('abort', () => waiting.abort(), { once: true })
    try {
      await sandbox.waitForPort(APP_PORT, { timeoutMs: SERVER_TIMEOUT_MS, signal: waiting.signal })
    } catch (error) {
      await server.kill()
      if (signal?.aborted) throw error
      throw failure('BUILD_FAILED', { stage: 'the start of the app', reason: lastWords(await ended) }, error)
    }
  }

  const sources = async () => {
    const entries = await sandbox.list().catch((error: unknown) => {
      throw isFailure(error, 'TOO_LARGE') ? unpackable('It holds more files than can be listed.') : error
    })
    return plainSources(entries)
  }

  return {
    sandbox,
    run,
    build,
    async replaceSources(wanted) {
      for (const { path } of await sources()) if (!Object.hasOwn(wanted, path)) await sandbox.remove(path)
      await sandbox.writeFiles(wanted)
    },
    serve(onLine, signal) {
      served ??= start(onLine, signal)
      return served
    },
    async readSources() {
      const files: Record<string, Uint8Array> = {}
      let left = SOURCE_BYTES_MAX
      for (const { path } of await sources()) {
        // What was listed may have grown since: whoever works in there need not stand still.
        const content = await sandbox.readFile(path, { bytesMax: left }).catch((error: unknown) => {
          throw isFailure(error, 'TOO_LARGE') ? tooLarge() : isFailure(error, 'NOT_FOUND') ? unpackable(`"${path}" went away.`) : error
        })
        left -= content.byteLength
        files[path] = content
      }
      return files
    },
  }
}

/** What the app's own .gitignore names, beside the folders that are never listed. */
const IGNORED = /(?:^|\/)\.env$|\.log$/

/** An app is text and a few pictures; what is beyond is no app, and is not taken into the memory of the host. */
const SOURCE_FILES_MAX = 5_000
const SOURCE_BYTES_MAX = 64 * 1024 * 1024
/** Names that lead elsewhere, or nowhere, where another system unpacks the zip: separators and drives of Windows, control and broken signs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const UNPACKABLE_NAME = /[\\:\u0000-\u001f\u007f-\u009f\ufffd]/

const unpackable = (reason: string) => failure('BUILD_FAILED', { stage: 'packing', reason })
const tooLarge = () => unpackable(`Its own files are larger than ${SOURCE_BYTES_MAX / 1024 / 1024} MB together.`)

function plainSources(entries: readonly FileEntry[]): readonly FileEntry[] {
  const sources = entries.filter(({ kind, path }) => kind === 'file' && !IGNORED.test(path))
  if (sources.length > SOURCE_FILES_MAX)
    throw unpackable(`It holds ${sources.length} files of its own; an app has ${SOURCE_FILES_MAX} at most.`)
  const odd = sources.find(({ path }) => UNPACKABLE_NAME.test(path))
  if (odd) throw unpackable(`The name of the file ${JSON.stringify(odd.path)} cannot be unpacked everywhere.`)
  if (sources.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) > SOURCE_BYTES_MAX) throw tooLarge()
  return sources
}

const LAST_LINES = 12

/** The end of an output: where a command says why. */
export const lastWords = (output: string): string =>
  output.trim().split('\n').slice(-LAST_LINES).join('\n').slice(-1_500) || 'It said nothing.'
