/** Sandboxes under gVisor: the code inside speaks to a kernel written for that, in user space, and never to this machine's own. */
import { randomInt } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { failure } from '@slipway/domain'
import { agentRuntime, type RuntimeOptions } from '../agent/agent-runtime.ts'
import type { Engine } from '../agent/engine.ts'
import { runCommand, spawnOnSocket } from '../agent/run-command.ts'
import { hierarchyOf, makeControlGroup, removeControlGroup } from '../local/control-group.ts'
import { preparation } from '../local/launch.ts'
import { makeLayer, ownFolder, sweepLayers } from '../local/layer.ts'
import { layeredProcess } from '../local/layered-process.ts'
import { UID_COUNT, UID_FIRST } from '../local/local-runtime.ts'
import type { SandboxRuntime } from '../sandbox.ts'
import { writeBundle } from './bundle.ts'

export interface RunscRuntimeOptions extends RuntimeOptions {
  /** For everything that sandboxes write; made when missing. */
  readonly folder: string
  /** The Node 24 that runs agent and apps. */
  readonly node: string
  readonly runsc?: string
}

/** Releases are named by their day; the one in Debian 12 itself (20221219) does not know what its `ls` asks of a kernel. */
const VERSION_MIN = 20240101
const INSTALL = 'sudo apt-get install -y runsc, on Debian 12 from its backports: sudo apt-get install -y -t bookworm-backports runsc'
const DISK_LOOK_MS = 5_000
/** gVisor spends several threads of the host on one process inside. */
const THREADS_A_PROCESS = 4

/** The overlay lives in a mount namespace that dies with the process, as does all that gVisor mounts. */
const START = `${preparation(2)}
if [ -n "$SLIPWAY_TEMPLATE" ]; then
  mount -t overlay overlay -o lowerdir="$SLIPWAY_TEMPLATE",upperdir="$SLIPWAY_LAYER/upper",workdir="$SLIPWAY_LAYER/work" "$SLIPWAY_LAYER/app"
fi
exec "$0" "$@"`

export const runscRuntime = (options: RunscRuntimeOptions): SandboxRuntime => agentRuntime(runscEngine(options), options)

function runscEngine({ folder, node, runsc = 'runsc' }: RunscRuntimeOptions): Engine {
  const isRoot = process.getuid?.() === 0
  const own = ownFolder(folder)

  return {
    name: 'runsc',
    capabilities: { isolation: 'user-space-kernel', hasLimits: hierarchyOf() !== undefined, seesHostPrograms: true },
    diskLookMs: DISK_LOOK_MS,

    async start(id, options) {
      if (!isRoot) {
        // Rootless gVisor maps one user only and offers no overlay: the local runtime is the one for ordinary users.
        const fix = 'start Slipway as root, which gives each sandbox a user of its own, or set SLIPWAY_SANDBOX=local'
        throw failure('SANDBOX_UNAVAILABLE', { reason: 'gVisor needs a service that is root', fix })
      }
      const version = Number(/\d{8}/.exec(await runCommand(runsc, ['--version']))?.[0] ?? 0)
      if (version < VERSION_MIN) {
        throw failure('SANDBOX_UNAVAILABLE', {
          reason: `gVisor of ${version} is too old: commands as plain as ls fail in it`,
          fix: INSTALL,
        })
      }
      const uid = UID_FIRST + randomInt(UID_COUNT)
      const layer = join(own, id)
      makeLayer(layer, uid)
      mkdirSync(join(layer, 'app'))
      const bundle = writeBundle({ layer, node, uid, workspace: join(layer, options.template ? 'app' : 'upper') })
      const group = makeControlGroup(id, { ...options, processesMax: options.processesMax * THREADS_A_PROCESS })
      const environment = [
        `SLIPWAY_PROCS=${group?.procsFiles.join(' ') ?? ''}`,
        `SLIPWAY_LAYER=${layer}`,
        `SLIPWAY_TEMPLATE=${options.template ?? ''}`,
        'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      ]
      // Bash takes a socket at its input for a remote login, and would read that user's settings.
      const shell = ['unshare', '--mount', '--propagation', 'private', 'bash', '--norc', '-c', START]
      const flags = ['--network=none', '--host-uds=none', '--ignore-cgroups', '--root', join(layer, 'state')]
      const command = [...environment, ...shell, runsc, ...flags, 'run', '--bundle', bundle, id]
      const { child, channel, stderr } = spawnOnSocket('env', ['-i', ...command])
      // Its kernel and its file server die with it (PR_SET_PDEATHSIG).
      return layeredProcess({ child, channel, stderr, layer, group })
    },

    fixFor: (complaint) =>
      /ENOENT|not found/.test(complaint)
        ? INSTALL
        : 'run "sudo runsc --network=none do true" to see what gVisor lacks; Slipway’s log has the whole message',
    notes: () => (hierarchyOf() ? [] : ['no control groups: memory and processor time of sandboxes are not limited']),
    sweep: () => sweepLayers(folder, removeControlGroup),
    close: () => rm(own, { recursive: true, force: true }),
  }
}
