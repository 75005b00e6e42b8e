/** The runtime that every engine shares: which sandboxes run, when each ends, where its way out leads, and that none is left. */
import { randomBytes } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { failure } from '@slipway/domain'
import type { RegistryMirror } from '../registry-mirror.ts'
import type { Egress, Sandbox, SandboxOptions, SandboxRuntime } from '../sandbox.ts'
import { agentClient } from './agent-client.ts'
import { agentSandbox } from './agent-sandbox.ts'
import type { Engine, Started } from './engine.ts'
import { printable } from './printable.ts'

export interface RuntimeOptions {
  readonly registry: RegistryMirror
  /** Where the preview proxy listens; see `Sandbox.getHost`. */
  readonly previewDomain?: string
  readonly log?: (line: object) => void
}

const START_TIMEOUT_MS = 60_000
const DEFAULTS = { memoryMb: 4_096, diskMb: 2_048, processesMax: 512, cpus: 2, isBackground: false, timeoutMs: 60 * 60_000 }
const MB = 1024 * 1024

interface Running {
  readonly sandbox: Sandbox
  readonly started: Started
  readonly hasTemplate: boolean
  /** Under way while the workspace is kept; what was written is removed only afterwards. */
  keeping?: Promise<void>
  end(reason: string): Promise<void>
}

export function agentRuntime(engine: Engine, options: RuntimeOptions): SandboxRuntime {
  const { log = () => undefined, previewDomain = 'preview.localhost' } = options
  const running = new Map<string, Running>()

  const create = async ({ snapshot, ...wanted }: SandboxOptions): Promise<Sandbox> => {
    const limits = { ...DEFAULTS, ...wanted }
    const id = randomBytes(10).toString('hex')
    const started = await engine.start(id, limits).catch((error: unknown) => {
      throw unavailable(engine, error)
    })
    let egress: Egress = { kind: 'none' }
    const onConnection = (stream: Duplex) => lead(stream, egress, options.registry)
    started.channel.on('error', () => undefined) // a broken channel is the sandbox's end
    started.channel.once('close', () => started.kill())
    const agent = agentClient(started.channel, { sandboxId: id, onConnection })

    let isGone = false
    let reason = ''
    const gone = started.exited.then(async () => {
      isGone = true
      clearTimeout(deadline)
      clearTimeout(watch)
      agent.close()
      await running.get(id)?.keeping?.catch(() => undefined) // told to whoever wanted it kept
      await started.remove().catch((error: unknown) => {
        // The next sweep tries again.
        log({ level: 'warn', at: 'sandbox.remove', sandboxId: id, error: String((error as Error).message) })
      })
      running.delete(id)
      return reason || `its process ended: ${printable(started.lastWords()).trim() || 'without a word'}`
    })
    const end = async (why: string) => {
      reason ||= why
      started.kill()
      await gone
    }
    let deadline: NodeJS.Timeout | undefined
    const setDeadline = (ms: number) => {
      clearTimeout(deadline)
      deadline = setTimeout(() => void end('its time was up'), ms)
      deadline.unref()
    }
    setDeadline(limits.timeoutMs)
    let watch: NodeJS.Timeout | undefined
    const lookIn = (ms: number) => {
      watch = setTimeout(async () => {
        const usedMb = (await started.diskBytes().catch(() => 0)) / MB // told by the next look, or by its end
        if (isGone) return
        if (usedMb > limits.diskMb) return void end(`it wrote ${Math.round(usedMb)} MB of ${limits.diskMb}`)
        // Whoever has written much may soon have written too much.
        lookIn(usedMb > limits.diskMb / 4 ? engine.diskLookMs / 5 : engine.diskLookMs)
      }, ms)
      watch.unref()
    }
    lookIn(engine.diskLookMs)

    const sandbox = agentSandbox({
      id,
      agent,
      previewDomain,
      gone,
      isGone: () => isGone,
      end,
      setDeadline,
      setEgress: (next) => {
        egress = next
      },
      stat: async () => ({ ...(await started.use()), diskBytes: await started.diskBytes() }),
    })
    running.set(id, { sandbox, started, hasTemplate: wanted.template !== undefined, end })
    const late = setTimeout(() => void end('it did not answer'), START_TIMEOUT_MS)
    try {
      await Promise.race([agent.ask('/ping', {}), gone.then((why) => Promise.reject(new Error(why)))])
      if (snapshot) await agent.ask('/restore', {}, { body: [snapshot] })
    } catch (error) {
      await end('it did not start')
      throw unavailable(engine, new Error(printable(started.lastWords()).trim() || String((error as Error).message), { cause: error }))
    } finally {
      clearTimeout(late)
    }
    log({ level: 'debug', at: 'sandbox.created', engine: engine.name, sandboxId: id })
    return sandbox
  }

  return {
    name: engine.name,
    capabilities: engine.capabilities,
    create,
    get: (id) => running.get(id)?.sandbox,

    async probe() {
      try {
        const sandbox = await create({ memoryMb: 256, timeoutMs: START_TIMEOUT_MS })
        const { exitCode, output } = await sandbox.exec(['node', '--version'], { timeoutMs: START_TIMEOUT_MS })
        await sandbox.stop()
        if (exitCode !== 0) return { ok: false, reason: `Node does not run inside a sandbox: ${output}`, fix: 'npm rebuild node' }
        return { ok: true, notes: engine.notes() }
      } catch (error) {
        const { detail } = error as { detail?: { reason: string; fix: string } }
        if (!detail?.fix) throw error
        return { ok: false, ...detail }
      }
    },

    sweep: () => engine.sweep(),

    async keepAsTemplate(sandbox, folder) {
      const one = running.get(sandbox.id)
      if (!one) throw failure('SANDBOX_LOST', { sandboxId: sandbox.id })
      if (one.hasTemplate) throw new Error('Only a sandbox that began empty can become a template.')
      one.keeping = one.started.keep(folder)
      try {
        await one.keeping
      } finally {
        await one.end('it became a template')
      }
    },

    async close() {
      await Promise.all([...running.values()].map((one) => one.end('the runtime was closed')))
      await engine.close()
    },
  }
}

/** Joins what something inside asked of the way out to where it leads now. */
function lead(stream: Duplex, egress: Egress, registry: RegistryMirror): void {
  if (egress.kind === 'npm-registry') registry.serve(stream)
  else if (egress.kind === 'none') stream.destroy()
  else joinPort(stream, egress)
}

function joinPort(stream: Duplex, egress: Extract<Egress, { kind: 'sandbox' }>): void {
  egress.sandbox.connect(egress.port).then(
    (far) => {
      far.on('close', () => stream.destroy())
      stream.on('close', () => far.destroy())
      stream.pipe(far).pipe(stream)
    },
    () => stream.destroy(),
  )
}

function unavailable(engine: Engine, error: unknown): Error {
  if ((error as { code?: string }).code === 'SANDBOX_UNAVAILABLE') return error as Error
  const { message, cause } = error as Error
  const detail = { reason: `a sandbox could not be started (${message})`, fix: engine.fixFor(message) }
  return failure('SANDBOX_UNAVAILABLE', detail, cause ?? error)
}
