/** How one bubblewrap is started: what it may see, and what root prepares for it in a mount namespace that dies with it. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { agentCommand, ENVIRONMENT } from '../agent/agent-files.ts'
import { ETC_NAMES } from './layer.ts'

export interface LaunchPaths {
  readonly bwrap: string
  /** The Node that runs the agent and the app. */
  readonly node: string
  /** The folder of the npm package. */
  readonly npm: string
  readonly agent: string
  /** `upper`, `work`, `home` and `etc` of this sandbox. */
  readonly layer: string
  readonly template: string | undefined
}

export interface Launch {
  readonly command: string
  readonly args: readonly string[]
  /** Arguments of bubblewrap that come through a descriptor, so that no host path stands in a command line. */
  readonly bwrapArguments: readonly string[]
}

/** Descriptors of the started process: 3 speaks with the agent, 4 is the filter, 5 the arguments. */
const DESCRIPTOR_MAX = 5
const FILES_MAX = 8_192
const FILE_KB_MAX = 1_048_576
const MB = 1024 * 1024
const TMP_MB = 256

/**
 * A shell's first lines: closes what our own parent may have leaked, sets limits, enters the control groups of `SLIPWAY_PROCS`.
 * @param descriptorMax the last one that is meant to be there
 */
export const preparation = (descriptorMax: number): string => `set -e
for f in /proc/self/fd/*; do n=\${f##*/}; if [ "$n" -gt ${descriptorMax} ]; then eval "exec $n>&-"; fi; done
ulimit -c 0; ulimit -n ${FILES_MAX}; ulimit -f ${FILE_KB_MAX}
for f in $SLIPWAY_PROCS; do echo $$ > "$f"; done`

/**
 * Root binds everything to neutral places of a private mount namespace, then gives up being root: the sandbox's own user need not be
 * able to reach the folders of whoever hosts Slipway, no mount is left when the process dies, and the overlay is mounted by the service,
 * because bubblewrap before 0.11 cannot.
 */
const AS_ROOT = `${preparation(DESCRIPTOR_MAX)}
mount -t tmpfs -o mode=755,size=1m slipway /mnt
mkdir /mnt/layer /mnt/app /mnt/npm; touch /mnt/node /mnt/agent.mjs
mount --bind "$SLIPWAY_LAYER" /mnt/layer
mount --bind "$SLIPWAY_NODE" /mnt/node
mount --bind "$SLIPWAY_NPM" /mnt/npm
mount --bind "$SLIPWAY_AGENT" /mnt/agent.mjs
if [ -n "$SLIPWAY_TEMPLATE" ]; then
  mkdir /mnt/template
  mount --bind "$SLIPWAY_TEMPLATE" /mnt/template
  mount -t overlay overlay -o lowerdir=/mnt/template,upperdir=/mnt/layer/upper,workdir=/mnt/layer/work /mnt/app
else
  mount --bind /mnt/layer/upper /mnt/app
fi
cd /
exec setpriv --reuid "$SLIPWAY_UID" --regid "$SLIPWAY_UID" --clear-groups "$0" "$@"`

const AS_USER = `${preparation(DESCRIPTOR_MAX)}
exec "$0" "$@"`

/** The version of a bubblewrap, such as [0, 8]; undefined when it cannot be run. */
export function bwrapVersion(path: string): readonly [number, number] | undefined {
  const { stdout, status } = spawnSync(path, ['--version'], { encoding: 'utf8' })
  const match = /(\d+)\.(\d+)/.exec(stdout ?? '')
  return status === 0 && match ? [Number(match[1]), Number(match[2])] : undefined
}

export const hasOverlay = ([major, minor]: readonly [number, number]) => major > 0 || minor >= 11

/** @param options.uid the user of this sandbox alone, when the service is root */
export function launchOf(
  paths: LaunchPaths,
  options: { uid: number | undefined; procsFiles: readonly string[]; hasBwrapOverlay: boolean; shmMb: number },
): Launch {
  const isRoot = options.uid !== undefined
  const seen = isRoot
    ? { app: '/mnt/app', layer: '/mnt/layer', node: '/mnt/node', npm: '/mnt/npm', agent: '/mnt/agent.mjs' }
    : { app: join(paths.layer, 'upper'), layer: paths.layer, node: paths.node, npm: paths.npm, agent: paths.agent }
  const workspace =
    !isRoot && paths.template && options.hasBwrapOverlay
      ? ['--overlay-src', paths.template, '--overlay', seen.app, join(paths.layer, 'work'), '/app']
      : ['--bind', seen.app, '/app']
  const bwrapArguments = [
    ...['--unshare-all', '--unshare-user', '--disable-userns', '--die-with-parent', '--new-session', '--cap-drop', 'ALL', '--clearenv'],
    ...['--uid', '1000', '--gid', '1000', '--hostname', 'sandbox'],
    ...['--ro-bind', '/usr', '/usr', '--tmpfs', '/usr/local'],
    ...['bin', 'sbin', 'lib', 'lib64'].flatMap((name) => ['--symlink', `usr/${name}`, `/${name}`]),
    ...['ssl', 'alternatives', 'ld.so.cache', 'fonts', 'chromium.d'].flatMap((name) => ['--ro-bind-try', `/etc/${name}`, `/etc/${name}`]),
    ...ETC_NAMES.flatMap((name) => ['--ro-bind', join(seen.layer, 'etc', name), `/etc/${name}`]),
    ...['--proc', '/proc', '--dev', '/dev'],
    ...['--size', String(TMP_MB * MB), '--tmpfs', '/tmp', '--size', String(options.shmMb * MB), '--tmpfs', '/dev/shm'],
    ...['--bind', join(seen.layer, 'home'), '/home/user'],
    ...['--ro-bind', seen.node, '/opt/bin/node', '--ro-bind', seen.npm, '/opt/npm', '--ro-bind', seen.agent, '/opt/agent.mjs'],
    ...['--symlink', '/opt/npm/bin/npm-cli.js', '/opt/bin/npm'],
    // Last, and alone: nothing may be mounted below a folder that the sandbox can write (GHSA-pxhw-h44j-8pfx).
    ...workspace,
    ...['--chdir', '/app'],
    ...Object.entries(ENVIRONMENT).flatMap(([name, value]) => ['--setenv', name, value]),
    ...['--seccomp', '4'],
  ]
  const inside = [paths.bwrap, '--args', '5', '--', ...agentCommand('3')]
  const environment = {
    SLIPWAY_PROCS: options.procsFiles.join(' '),
    SLIPWAY_LAYER: paths.layer,
    SLIPWAY_NODE: paths.node,
    SLIPWAY_NPM: paths.npm,
    SLIPWAY_AGENT: paths.agent,
    SLIPWAY_TEMPLATE: paths.template ?? '',
    SLIPWAY_UID: String(options.uid ?? ''),
    PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
  }
  const command = ['env', '-i', ...Object.entries(environment).map(([name, value]) => `${name}=${value}`)]
  const shell = isRoot
    ? ['unshare', '--mount', '--propagation', 'private', 'bash', '-c', AS_ROOT, ...inside]
    : ['bash', '-c', AS_USER, ...inside]
  const [first, ...args] = [...command, ...shell] as [string, ...string[]]
  return { command: first, args, bwrapArguments }
}
