/** Sandboxes as E2B's machines: the same agent inside, reached over the SDK's streams, with no internet but our way out. */
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { failure } from '@slipway/domain'
import { agentCommand, ENVIRONMENT } from '../agent/agent-files.ts'
import { agentRuntime, type RuntimeOptions } from '../agent/agent-runtime.ts'
import type { Engine } from '../agent/engine.ts'
import { isOwnerAlive, ownerName } from '../local/owner-note.ts'
import type { SandboxRuntime } from '../sandbox.ts'
import { commandChannel } from './command-channel.ts'
import { type E2bCloud, type E2bMachine, e2bCloud } from './e2b-cloud.ts'
import { packTools, toolsName } from './pack-tools.ts'

export interface E2bRuntimeOptions extends RuntimeOptions {
  /** Of an E2B account; nothing runs without. */
  readonly apiKey: string | undefined
  /** For notes of which snapshots of theirs hold our tools. */
  readonly folder: string
  /** The Node 24 that runs agent and apps, for Linux on x86-64; sent there once. */
  readonly node: string
  /** What machines begin as, with memory and processors of its own. */
  readonly template?: string
  readonly cloud?: E2bCloud
}

/** A machine whose service died ends by itself after this long. */
const LEASE_MS = 5 * 60_000
const DISK_LOOK_MS = 15_000
const TOOLS_TIMEOUT_MS = 10 * 60_000
const LAST_WORDS_CHARS = 4_000
const OWNER_KEY = 'slipwayOwner'
const HOST_KEY = 'slipwayHost'
/** In a template's folder: which snapshot of theirs holds it. */
const NOTE = 'e2b-snapshot'

export const e2bRuntime = (options: E2bRuntimeOptions): SandboxRuntime => agentRuntime(e2bEngine(options), options)

function e2bEngine({ apiKey, folder, node, template = 'base', cloud = e2bCloud }: E2bRuntimeOptions): Engine {
  const key = () => {
    if (apiKey) return apiKey
    const fix = 'set E2B_API_KEY to a key of your E2B account, or SLIPWAY_SANDBOX=local'
    throw failure('SANDBOX_UNAVAILABLE', { reason: 'there is no key for E2B', fix })
  }
  const metadata = { [HOST_KEY]: hostname(), [OWNER_KEY]: ownerName(process.pid) ?? '' }
  const open = (from: string) =>
    cloud.create(from, { apiKey: key(), timeoutMs: LEASE_MS, allowInternetAccess: false, envs: { ...ENVIRONMENT }, metadata })
  let prepared: Promise<string> | undefined

  return {
    name: 'e2b',
    capabilities: { isolation: 'machine', hasLimits: false, seesHostPrograms: false },
    diskLookMs: DISK_LOOK_MS,

    async start(_, options) {
      key()
      prepared ??= prepare({ folder, node, template, open })
      prepared.catch(() => {
        prepared = undefined
      })
      const machine = await open(options.template ? await noteIn(options.template) : await prepared)
      let lastWords = ''
      let isKilled = false
      const lease = setInterval(() => void machine.setTimeout(LEASE_MS).catch(() => undefined), LEASE_MS / 2) // a lost lease ends it, which is heard
      lease.unref()
      const kill = async () => {
        if (isKilled) return
        isKilled = true
        clearInterval(lease)
        line.close()
        await machine.kill().catch(() => undefined) // its lease ends it
      }
      const line = await commandChannel()
      try {
        const command = await machine.commands.run(`exec ${agentCommand('stdio-base64').join(' ')}`, {
          background: true,
          stdin: true,
          cwd: '/app',
          timeoutMs: 0,
          onStdout: line.hear,
          onStderr: (text) => {
            lastWords = (lastWords + text).slice(-LAST_WORDS_CHARS)
          },
        })
        line.feed(command)
        let keeping: Promise<void> | undefined
        const exited = command
          .wait()
          .catch(() => undefined) // how it ended is of no interest, only that it did
          .then(() => keeping?.catch(() => undefined))
          .then(kill)
        return {
          channel: line.channel,
          exited,
          kill: () => void (keeping ?? kill()),
          remove: kill,
          keep(target) {
            // The agent ends first: what is kept is files, without a process that would speak to nobody.
            keeping = command
              .kill()
              .then(() => machine.createSnapshot())
              .then(({ snapshotId }) => leaveNote(target, snapshotId))
            return keeping
          },
          lastWords: () => lastWords,
          async diskBytes() {
            const { stdout } = await machine.commands.run('du -sx --block-size=1 /app').catch(() => ({ stdout: '0' })) // it is gone
            return Number(/^\d+/.exec(stdout)?.[0] ?? 0)
          },
          async use() {
            const metrics = await machine.getMetrics()
            const { stdout } = await machine.commands.run('ls -d /proc/[0-9]* | wc -l')
            return { memoryBytes: metrics.at(-1)?.memUsed ?? 0, processes: Number(stdout) || 0 }
          },
        }
      } catch (error) {
        await kill()
        throw error
      }
    },

    fixFor: (complaint) =>
      /401|unauthor|api key|authentication/i.test(complaint)
        ? 'set E2B_API_KEY to a key that E2B accepts'
        : 'look at https://e2b.dev/dashboard whether the account may start machines; Slipway’s log has the whole message',
    notes: () => ['memory and processors of a sandbox are those of its E2B template'],

    async sweep() {
      if (!apiKey) return { removed: 0 }
      let removed = 0
      const pages = cloud.list({ apiKey, query: { metadata: { [HOST_KEY]: hostname() } } })
      while (pages.hasNext) {
        for (const machine of await pages.nextItems()) {
          if (isOwnerAlive(machine.metadata?.[OWNER_KEY] ?? '')) continue
          await cloud.kill(machine.sandboxId, { apiKey })
          removed++
        }
      }
      return { removed }
    },

    close: async () => undefined,
  }
}

const noteIn = async (folder: string) => (await readFile(join(folder, NOTE), 'utf8')).trim()

async function leaveNote(folder: string, snapshotId: string): Promise<void> {
  await mkdir(`${folder}.part`, { recursive: true })
  await writeFile(join(`${folder}.part`, NOTE), snapshotId)
  await rename(`${folder}.part`, folder)
}

/** Sends Node, npm and the agent once, and lets E2B keep the machine with them. @returns the snapshot that sandboxes begin as */
async function prepare(deps: {
  folder: string
  node: string
  template: string
  open: (from: string) => Promise<E2bMachine>
}): Promise<string> {
  const note = join(deps.folder, `e2b-tools-${await toolsName(deps.node, deps.template)}`)
  if (existsSync(note)) return noteIn(note)
  const tools = await packTools(deps.node)
  const machine = await deps.open(deps.template)
  try {
    await machine.setTimeout(TOOLS_TIMEOUT_MS)
    await machine.files.write('/tmp/slipway-tools.tar.gz', Uint8Array.from(tools).buffer)
    const lay = 'tar -xzf /tmp/slipway-tools.tar.gz -C / && rm /tmp/slipway-tools.tar.gz && mkdir -p /app && chown 1000:1000 /app'
    await machine.commands.run(lay, { user: 'root', timeoutMs: TOOLS_TIMEOUT_MS })
    const { snapshotId } = await machine.createSnapshot()
    await leaveNote(note, snapshotId)
    return snapshotId
  } finally {
    await machine.kill()
  }
}
