/** Sandboxes on this machine: one bubblewrap each, with an empty network, a user of its own, limits, and an agent inside. */
import { spawn, spawnSync } from 'node:child_process'
import { randomBytes, randomInt } from 'node:crypto'
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readdirSync, writeFileSync } from 'node:fs'
import { chmod, cp, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Duplex } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { failure } from '@slipway/domain'
import type { RegistryMirror } from '../registry-mirror.ts'
import type { Egress, Sandbox, SandboxOptions, SandboxRuntime } from '../sandbox.ts'
import { agentClient } from './agent-client.ts'
import { hierarchyOf, makeControlGroup, removeControlGroup } from './control-group.ts'
import { bwrapVersion, ETC_FILES, hasOverlay, launchOf } from './launch.ts'
import { localSandbox } from './local-sandbox.ts'
import { isOwnerAlive, ownerName } from './owner-note.ts'
import { printable } from './printable.ts'
import { seccompProgram } from './seccomp.ts'

export interface LocalRuntimeOptions {
  /** For everything that sandboxes write; made when missing. */
  readonly folder: string
  /** The Node 24 that runs agent and apps. */
  readonly node: string
  readonly registry: RegistryMirror
  readonly bwrap?: string
  readonly log?: (line: object) => void
}

const AGENT = join(dirname(fileURLToPath(import.meta.url)), 'agent.mjs')
const UID_FIRST = 2_000_000
const UID_COUNT = 1_000_000
const START_TIMEOUT_MS = 30_000
const DISK_LOOK_MS = 5_000
const DEFAULTS = { memoryMb: 4_096, diskMb: 2_048, processesMax: 512, cpus: 2, timeoutMs: 60 * 60_000 }
const SHM_MB = 64

interface Running {
  readonly sandbox: Sandbox
  readonly layer: string
  readonly hasTemplate: boolean
  end(reason: string): Promise<void>
}

export function localRuntime(options: LocalRuntimeOptions): SandboxRuntime {
  const { folder, log = () => undefined } = options
  const bwrap = options.bwrap ?? '/usr/bin/bwrap'
  const isRoot = process.getuid?.() === 0
  const running = new Map<string, Running>()
  const npm = dirname(createRequire(import.meta.url).resolve('npm/package.json'))
  const own = join(folder, ownerName(process.pid) ?? String(process.pid))

  const create = async (wanted: SandboxOptions): Promise<Sandbox> => {
    const limits = { ...DEFAULTS, ...wanted }
    const version = bwrapVersion(bwrap)
    if (!version) throw failure('SANDBOX_UNAVAILABLE', { reason: 'bubblewrap is not installed', fix: 'sudo apt-get install -y bubblewrap' })
    const id = randomBytes(10).toString('hex')
    const uid = isRoot ? UID_FIRST + randomInt(UID_COUNT) : undefined
    const layer = join(own, id)
    makeLayer(layer, uid)
    const hasBwrapOverlay = hasOverlay(version)
    if (wanted.template && !isRoot && !hasBwrapOverlay) {
      await cp(wanted.template, join(layer, 'upper'), { recursive: true, verbatimSymlinks: true, mode: 2 /* COPYFILE_FICLONE */ })
    }
    const hasModules = wanted.template && (isRoot || hasBwrapOverlay) && existsSync(join(wanted.template, 'node_modules'))
    // Vite and Vitest keep files of their own in node_modules: the sandbox's user must own the folder that it sees there.
    if (hasModules) makeOwned(join(layer, 'upper/node_modules'), uid)

    const group = makeControlGroup(id, limits)
    const launch = launchOf(
      { bwrap, node: options.node, npm, agent: AGENT, layer, template: wanted.template },
      { uid, procsFiles: group?.procsFiles ?? [], hasBwrapOverlay, shmMb: SHM_MB },
    )
    writeFileSync(join(layer, 'filter'), seccompProgram(process.arch))
    writeFileSync(join(layer, 'arguments'), `${launch.bwrapArguments.join('\0')}\0`)
    const filter = openSync(join(layer, 'filter'), 'r')
    const list = openSync(join(layer, 'arguments'), 'r')
    const child = spawn(launch.command, launch.args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe', filter, list] })
    closeSync(filter)
    closeSync(list)
    const [, , stderr, requests, egressChannel] = child.stdio as unknown as [null, null, NodeJS.ReadableStream, Duplex, Duplex]
    for (const channel of [stderr, requests, egressChannel]) channel.on('error', () => undefined) // a broken pipe is the sandbox's end
    let complaint = ''
    stderr.on('data', (bytes: Buffer) => {
      complaint = (complaint + bytes.toString()).slice(-4_000)
    })

    let egress: Egress = { kind: 'none' }
    const onConnection = (stream: Duplex) => {
      if (egress.kind === 'npm-registry') return options.registry.serve(stream)
      if (egress.kind === 'none') return stream.destroy()
      egress.sandbox.connect(egress.port).then(
        (far) => {
          far.on('close', () => stream.destroy())
          stream.on('close', () => far.destroy())
          stream.pipe(far).pipe(stream)
        },
        () => stream.destroy(),
      )
    }
    const agent = agentClient({ requests, egress: egressChannel }, { sandboxId: id, onConnection })
    let isGone = false
    let reason = ''
    const exited = new Promise<void>((resolve) => {
      child.once('error', () => resolve())
      child.once('exit', () => resolve())
    })
    const gone = exited.then(async () => {
      isGone = true
      clearTimeout(deadline)
      clearInterval(watch)
      agent.close()
      await group?.remove()
      if (!kept.has(id)) await removeLayer(layer)
      running.delete(id)
      return reason || `its process ended: ${printable(complaint).trim() || 'without a word'}`
    })
    const end = async (why: string) => {
      reason ||= why
      child.kill('SIGKILL')
      await gone
    }
    let deadline: NodeJS.Timeout | undefined
    const setDeadline = (ms: number) => {
      clearTimeout(deadline)
      deadline = setTimeout(() => void end('its time was up'), ms)
      deadline.unref()
    }
    setDeadline(limits.timeoutMs)
    const watch = setInterval(async () => {
      const usedMb = (await diskBytes(layer)) / 1024 / 1024
      if (usedMb > limits.diskMb) void end(`it wrote ${Math.round(usedMb)} MB of ${limits.diskMb}`)
    }, DISK_LOOK_MS)
    watch.unref()

    const sandbox = localSandbox({
      id,
      agent,
      gone,
      isGone: () => isGone,
      end,
      setDeadline,
      setEgress: (next) => {
        egress = next
      },
      stat: async () => ({ diskBytes: await diskBytes(layer), ...(group?.stat() ?? { memoryBytes: 0, processes: 0 }) }),
    })
    running.set(id, { sandbox, layer, hasTemplate: wanted.template !== undefined, end })
    const late = setTimeout(() => void end('it did not answer'), START_TIMEOUT_MS)
    try {
      await Promise.race([agent.ask('/ping', {}), gone.then((why) => Promise.reject(new Error(why)))])
    } catch (error) {
      const why = await end('it did not start').then(() => printable(complaint).trim() || String((error as Error).message))
      throw failure('SANDBOX_UNAVAILABLE', { reason: `a sandbox could not be started (${why})`, fix: fixFor(why, isRoot) }, error)
    } finally {
      clearTimeout(late)
    }
    log({ level: 'debug', at: 'sandbox.created', sandboxId: id })
    return sandbox
  }

  const kept = new Set<string>()
  return {
    name: 'local',
    create,
    get: (id) => running.get(id)?.sandbox,

    async probe() {
      try {
        const sandbox = await create({ memoryMb: 256, timeoutMs: START_TIMEOUT_MS })
        const { exitCode, output } = await sandbox.exec(['node', '--version'], { timeoutMs: START_TIMEOUT_MS })
        await sandbox.stop()
        if (exitCode !== 0) return { ok: false, reason: `Node does not run inside a sandbox: ${output}`, fix: 'npm rebuild node' }
        const notes = hierarchyOf() ? [] : ['no control groups for this user: memory and processor time of sandboxes are not limited']
        return { ok: true, notes }
      } catch (error) {
        const { detail } = error as { detail?: { reason: string; fix: string } }
        if (!detail?.fix) throw error
        return { ok: false, ...detail }
      }
    },

    async sweep() {
      let removed = 0
      mkdirSync(folder, { recursive: true })
      for (const owner of readdirSync(folder)) {
        if (isOwnerAlive(owner)) continue
        for (const id of readdirSync(join(folder, owner))) {
          await removeControlGroup(id)
          await removeLayer(join(folder, owner, id))
          removed++
        }
        await rm(join(folder, owner), { recursive: true, force: true })
      }
      return { removed }
    },

    async keepAsTemplate(sandbox, target) {
      const { layer, hasTemplate, end } = running.get(sandbox.id) ?? {}
      if (!layer || !end) throw failure('SANDBOX_LOST', { sandboxId: sandbox.id })
      if (hasTemplate) throw new Error('Only a sandbox that began empty can become a template.')
      kept.add(sandbox.id)
      await end('it became a template')
      // Owned by the service and without special bits: nothing that ran inside keeps a hold on it.
      const upper = join(layer, 'upper')
      if (isRoot) orThrow(spawnSync('chown', ['-hR', '0:0', upper]))
      orThrow(spawnSync('chmod', ['-R', 'a+rX,u-s,g-s,go-w', upper]))
      mkdirSync(dirname(target), { recursive: true })
      await rename(upper, target)
      await removeLayer(layer)
      kept.delete(sandbox.id)
    },

    async close() {
      await Promise.all([...running.values()].map((one) => one.end('the runtime was closed')))
      await rm(own, { recursive: true, force: true })
    },
  }
}

function orThrow({ status, stderr }: { status: number | null; stderr: Buffer }): void {
  if (status !== 0) throw new Error(`A template could not be kept: ${stderr}`)
}

function makeOwned(folder: string, uid: number | undefined): void {
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  if (uid !== undefined) chownSync(folder, uid, uid)
}

function makeLayer(layer: string, uid: number | undefined): void {
  mkdirSync(layer, { recursive: true, mode: 0o755 })
  for (const name of ['upper', 'home']) makeOwned(join(layer, name), uid)
  for (const name of ['work', 'etc']) mkdirSync(join(layer, name))
  for (const [name, text] of Object.entries(ETC_FILES)) writeFileSync(join(layer, 'etc', name), text)
}

async function removeLayer(layer: string): Promise<void> {
  // The kernel's own folder in an overlay's work folder has no permissions at all, which stops everybody but root.
  await chmod(join(layer, 'work/work'), 0o700).catch(() => undefined)
  await rm(layer, { recursive: true, force: true })
}

function diskBytes(layer: string): Promise<number> {
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

function fixFor(complaint: string, isRoot: boolean): string {
  if (
    /apparmor|uid map|setting up uid|Permission denied.*(?:ns|userns|namespace)|No permissions to create new namespace/i.test(complaint) &&
    !isRoot
  )
    return 'sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 kernel.unprivileged_userns_clone=1'
  if (/unshare|mount|Operation not permitted/i.test(complaint))
    return 'run Slipway where namespaces are allowed: in Docker start the container with --privileged, or run Slipway on the machine itself'
  return 'sudo apt-get install -y bubblewrap util-linux, then start Slipway again; its log has the whole message'
}
