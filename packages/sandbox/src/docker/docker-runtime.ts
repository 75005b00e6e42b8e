/** Sandboxes as Docker containers: no network, no capability, no privilege, and the agent at the other end of the container's standard streams. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { AGENT, agentCommand, ENVIRONMENT, NPM_FOLDER } from '../agent/agent-files.ts'
import { agentRuntime, type RuntimeOptions } from '../agent/agent-runtime.ts'
import type { Engine, SandboxLimits, Started } from '../agent/engine.ts'
import { runCommand, spawnOnSocket } from '../agent/run-command.ts'
import { isOwnerAlive, ownerName } from '../local/owner-note.ts'
import type { SandboxRuntime } from '../sandbox.ts'
import { SANDBOX_UID, sandboxImage } from './sandbox-image.ts'

export interface DockerRuntimeOptions extends RuntimeOptions {
  /** The Node 24 that runs agent and apps; the daemon has to see it, so it runs on this machine. */
  readonly node: string
  /** A Debian-like image with a C library, a shell and tar. */
  readonly image?: string
  /** The command line of Docker. */
  readonly docker?: string
}

const IMAGE = 'debian:bookworm-slim'
/** Docker counts by walking the container's files, so it is asked less often. */
const DISK_LOOK_MS = 15_000
const LAST_WORDS_CHARS = 4_000
/** In a template's folder: which image holds it. */
const NOTE = 'docker-image'
const OWNER_LABEL = 'slipway.owner'
const TEMPLATE_LABEL = 'slipway.template'
const OWNER = `${hostname()}/${ownerName(process.pid)}`

export const dockerRuntime = (options: DockerRuntimeOptions): SandboxRuntime => agentRuntime(dockerEngine(options), options)

function dockerEngine({ node, image = IMAGE, docker = 'docker' }: DockerRuntimeOptions): Engine {
  const run = (...args: string[]) => runCommand(docker, args)
  const quietly = (...args: string[]) => run(...args).catch(() => '') // it is gone already, which is what was wanted
  let base: Promise<string> | undefined

  const start = async (id: string, limits: SandboxLimits & { template?: string }): Promise<Started> => {
    base ??= sandboxImage(docker, image)
    base.catch(() => {
      base = undefined
    })
    const from = limits.template ? (await readFile(join(limits.template, NOTE), 'utf8')).trim() : await base
    const name = `slipway-${id}`
    const args = runArguments({ name, node, from, limits })
    const { child, channel, stderr } = spawnOnSocket(docker, args)
    let lastWords = ''
    stderr.on('data', (bytes: Buffer) => {
      lastWords = (lastWords + bytes.toString()).slice(-LAST_WORDS_CHARS)
    })
    const ended = new Promise<void>((resolve) => {
      child.once('error', (error) => {
        lastWords ||= error.message
        resolve()
      })
      child.once('exit', () => resolve())
    })
    const kill = async () => {
      await quietly('kill', name)
      child.kill('SIGKILL')
    }
    return {
      channel,
      // The command line may die and leave its container running.
      exited: ended.then(kill),
      kill: () => void kill(),
      remove: async () => void (await quietly('rm', '--force', '--volumes', name)),
      async keep(folder) {
        await kill()
        await ended
        const labels = [`${TEMPLATE_LABEL}=yes`, `${OWNER_LABEL}=${OWNER}`].flatMap((label) => ['--change', `LABEL ${label}`])
        const made = await run('commit', ...labels, name)
        await mkdir(`${folder}.part`, { recursive: true })
        await writeFile(join(`${folder}.part`, NOTE), made)
        await rename(`${folder}.part`, folder)
      },
      lastWords: () => lastWords,
      diskBytes: async () => Number(await quietly('container', 'inspect', '--size', '--format', '{{.SizeRw}}', name)),
      async use() {
        const [memory = '', processes = '0'] = (await quietly('stats', '--no-stream', '--format', '{{.MemUsage}}\t{{.PIDs}}', name)).split(
          '\t',
        )
        return { memoryBytes: bytesIn(memory), processes: Number(processes) || 0 }
      },
    }
  }

  return {
    name: 'docker',
    capabilities: { isolation: 'namespaces', hasLimits: true, seesHostPrograms: false },
    diskLookMs: DISK_LOOK_MS,
    start,
    fixFor: (complaint) => fixFor(complaint, image),
    notes: () => [],

    async sweep() {
      const list = await quietly('ps', '--all', '--filter', `label=${OWNER_LABEL}`, '--format', `{{.Names}} {{.Label "${OWNER_LABEL}"}}`)
      const dead = list
        .split('\n')
        .map((line) => line.split(' '))
        .filter(([, owner]) => owner?.startsWith(`${hostname()}/`) && !isOwnerAlive(owner.slice(hostname().length + 1)))
      for (const [name] of dead) await quietly('rm', '--force', '--volumes', name as string)
      return { removed: dead.length }
    },

    close: async () => undefined,
  }
}

function runArguments(of: { name: string; node: string; from: string; limits: SandboxLimits }): string[] {
  const { name, node, from, limits } = of
  const seen = { [node]: '/opt/bin/node', [NPM_FOLDER]: '/opt/npm', [AGENT]: '/opt/agent.mjs' }
  const user = `uid=${SANDBOX_UID},gid=${SANDBOX_UID}`
  return [
    ...['run', '--interactive', '--pull', 'never', '--name', name, '--hostname', 'sandbox', '--label', `${OWNER_LABEL}=${OWNER}`],
    // Everything that passes between host and agent would else be written to the daemon's log.
    ...['--log-driver', 'none'],
    ...['--init', '--network', 'none', '--user', `${SANDBOX_UID}:${SANDBOX_UID}`, '--cap-drop', 'ALL'],
    ...['--security-opt', 'no-new-privileges', '--pids-limit', String(limits.processesMax), '--cpus', String(limits.cpus)],
    ...['--cpu-shares', limits.isBackground ? '128' : '1024'],
    ...['--memory', `${limits.memoryMb}m`, '--memory-swap', `${limits.memoryMb}m`, '--shm-size', '64m'],
    ...['--ulimit', 'core=0', '--ulimit', 'nofile=8192', '--ulimit', `fsize=${1024 ** 3}`],
    ...['--tmpfs', '/tmp:exec,size=256m', '--tmpfs', `/home/user:exec,size=512m,${user}`],
    ...Object.entries(seen).flatMap(([source, target]) => ['--mount', `type=bind,readonly,source=${source},target=${target}`]),
    ...Object.entries(ENVIRONMENT).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
    ...['--workdir', '/app', from, ...agentCommand('stdio')],
  ]
}

const UNITS: Readonly<Record<string, number>> = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 }

/** "12.3MiB / 4GiB" in bytes, of the first. */
function bytesIn(text: string): number {
  const match = /^([\d.]+)([KMG]?i?B)/.exec(text)
  return match ? Math.round(Number(match[1]) * (UNITS[match[2] as string] ?? 1)) : 0
}

function fixFor(complaint: string, image: string): string {
  if (/ENOENT|not found$/.test(complaint)) return 'sudo apt-get install -y docker.io tini'
  if (/permission denied.*docker/i.test(complaint)) return 'sudo usermod -aG docker "$USER", then sign in again'
  if (/Cannot connect to the Docker daemon|docker daemon running/i.test(complaint)) return 'sudo systemctl start docker'
  if (/No such image|Unable to find image|No such object/i.test(complaint)) return `docker pull ${image}`
  if (/docker-init|tini/.test(complaint)) return 'sudo apt-get install -y tini'
  if (/bind source path does not exist/.test(complaint))
    return 'run Slipway on the machine of the Docker daemon: it shares its own Node with the containers'
  return 'run "docker run --rm hello-world" to see what Docker lacks; Slipway’s log has the whole message'
}
