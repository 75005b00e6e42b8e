/** Sandboxes on this machine: one bubblewrap each, with an empty network, a user of its own, limits, and an agent inside. */
import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { closeSync, constants, openSync, writeFileSync } from 'node:fs'
import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { failure } from '@slipway/domain'
import { AGENT, NPM_FOLDER } from '../agent/agent-files.ts'
import { agentRuntime, type RuntimeOptions } from '../agent/agent-runtime.ts'
import type { Engine } from '../agent/engine.ts'
import type { SandboxRuntime } from '../sandbox.ts'
import { hierarchyOf, makeControlGroup, removeControlGroup } from './control-group.ts'
import { bwrapVersion, hasOverlay, launchOf } from './launch.ts'
import { makeLayer, ownFolder, sweepLayers } from './layer.ts'
import { layeredProcess } from './layered-process.ts'
import { seccompProgram } from './seccomp.ts'

export interface LocalRuntimeOptions extends RuntimeOptions {
  /** For everything that sandboxes write; made when missing. */
  readonly folder: string
  /** The Node 24 that runs agent and apps. */
  readonly node: string
  readonly bwrap?: string
}

/** Users that sandboxes run as when the service is root: far above those of people and services. */
export const UID_FIRST = 2_000_000
export const UID_COUNT = 1_000_000
const DISK_LOOK_MS = 5_000
const SHM_MB = 64

export const localRuntime = (options: LocalRuntimeOptions): SandboxRuntime => agentRuntime(localEngine(options), options)

function localEngine({ folder, node, bwrap = '/usr/bin/bwrap' }: LocalRuntimeOptions): Engine {
  const isRoot = process.getuid?.() === 0
  const own = ownFolder(folder)

  return {
    name: 'local',
    capabilities: { isolation: 'namespaces', hasLimits: hierarchyOf() !== undefined, seesHostPrograms: true },
    diskLookMs: DISK_LOOK_MS,

    async start(id, options) {
      const version = bwrapVersion(bwrap)
      if (!version) {
        throw failure('SANDBOX_UNAVAILABLE', { reason: 'bubblewrap is not installed', fix: 'sudo apt-get install -y bubblewrap' })
      }
      const uid = isRoot ? UID_FIRST + randomInt(UID_COUNT) : undefined
      const layer = join(own, id)
      const hasBwrapOverlay = hasOverlay(version)
      makeLayer(layer, uid)
      if (options.template && !isRoot && !hasBwrapOverlay) {
        // No overlay can be had: a copy, by reference where the file system knows how.
        await cp(options.template, join(layer, 'upper'), { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE })
      }
      const group = makeControlGroup(id, options)
      const launch = launchOf(
        { bwrap, node, npm: NPM_FOLDER, agent: AGENT, layer, template: options.template },
        { uid, procsFiles: group?.procsFiles ?? [], hasBwrapOverlay, shmMb: SHM_MB },
      )
      writeFileSync(join(layer, 'filter'), seccompProgram(process.arch))
      writeFileSync(join(layer, 'arguments'), `${launch.bwrapArguments.join('\0')}\0`)
      const filter = openSync(join(layer, 'filter'), 'r')
      const list = openSync(join(layer, 'arguments'), 'r')
      const child = spawn(launch.command, launch.args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe', filter, list] })
      closeSync(filter)
      closeSync(list)
      const [, , stderr, channel] = child.stdio as unknown as [null, null, NodeJS.ReadableStream, Duplex]
      return layeredProcess({ child, channel, stderr, layer, group })
    },

    fixFor: (complaint) => fixFor(complaint, isRoot),
    notes: () =>
      hierarchyOf() ? [] : ['no control groups for this user: memory and processor time of sandboxes are not limited (see its README)'],
    sweep: () => sweepLayers(folder, removeControlGroup),
    close: () => rm(own, { recursive: true, force: true }),
  }
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
