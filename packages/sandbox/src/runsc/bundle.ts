/** The OCI bundle of one sandbox: what gVisor's kernel shows inside, and as whom the agent runs there. */
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AGENT, agentCommand, ENVIRONMENT, NPM_FOLDER } from '../agent/agent-files.ts'
import { ETC_NAMES } from '../local/layer.ts'

export interface BundleOptions {
  /** See local/layer.ts. */
  readonly layer: string
  /** The folder that is `/app` inside. */
  readonly workspace: string
  readonly node: string
  /** The user inside, and towards the files of the layer also outside. */
  readonly uid: number
}

/** Of the host's /etc, what programs need to load libraries and to trust certificates. */
const HOST_ETC = ['ssl', 'alternatives', 'ld.so.cache', 'fonts', 'chromium.d']
const FILES_MAX = 8_192

/** Writes `config.json` and the bare root folder into `layer`/bundle. @returns that folder */
export function writeBundle({ layer, workspace, node, uid }: BundleOptions): string {
  const bundle = join(layer, 'bundle')
  const root = join(bundle, 'root')
  const hostEtc = HOST_ETC.filter((name) => existsSync(`/etc/${name}`))
  const shown: readonly Shown[] = [
    { source: '/usr', target: '/usr', kind: 'folder' },
    ...hostEtc.map((name): Shown => ({ source: `/etc/${name}`, target: `/etc/${name}`, kind: name === 'ld.so.cache' ? 'file' : 'folder' })),
    ...ETC_NAMES.map((name): Shown => ({ source: join(layer, 'etc', name), target: `/etc/${name}`, kind: 'file' })),
    { source: node, target: '/opt/bin/node', kind: 'file' },
    { source: NPM_FOLDER, target: '/opt/npm', kind: 'folder' },
    { source: AGENT, target: '/opt/agent.mjs', kind: 'file' },
    { source: join(layer, 'home'), target: '/home/user', kind: 'folder', isWritable: true },
    { source: workspace, target: '/app', kind: 'folder', isWritable: true },
  ]
  for (const path of ['proc', 'dev', 'tmp', 'etc', 'opt/bin', 'usr']) mkdirSync(join(root, path), { recursive: true })
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) symlinkSync(`usr/${name}`, join(root, name))
  symlinkSync('/opt/npm/bin/npm-cli.js', join(root, 'opt/bin/npm'))
  for (const { target, kind } of shown) {
    if (kind === 'folder') mkdirSync(join(root, target), { recursive: true })
    else writeFileSync(join(root, target), '')
  }
  const config = {
    ociVersion: '1.0.2',
    hostname: 'sandbox',
    root: { path: 'root', readonly: true },
    process: {
      user: { uid, gid: uid },
      cwd: '/app',
      // A shell that waits takes up the processes that lose their parent; Node would leave them as they ended.
      args: ['/bin/sh', '-c', '"$@"; exit', 'sh', ...agentCommand('stdio')],
      env: Object.entries(ENVIRONMENT).map(([name, value]) => `${name}=${value}`),
      noNewPrivileges: true,
      capabilities: {},
      rlimits: [
        { type: 'RLIMIT_NOFILE', hard: FILES_MAX, soft: FILES_MAX },
        { type: 'RLIMIT_CORE', hard: 0, soft: 0 },
      ],
    },
    mounts: [
      { type: 'proc', source: 'proc', destination: '/proc' },
      { type: 'dev', source: 'dev', destination: '/dev' },
      { type: 'tmpfs', source: 'tmpfs', destination: '/tmp', options: ['mode=1777', 'size=256m'] },
      { type: 'tmpfs', source: 'tmpfs', destination: '/dev/shm', options: ['mode=1777', 'size=64m'] },
      ...shown.map(({ source, target, isWritable }) => ({
        type: 'bind',
        source,
        destination: target,
        options: ['rbind', isWritable ? 'rw' : 'ro'],
      })),
    ],
    linux: { namespaces: ['pid', 'network', 'ipc', 'uts', 'mount'].map((type) => ({ type })) },
  }
  writeFileSync(join(bundle, 'config.json'), JSON.stringify(config))
  return bundle
}

interface Shown {
  readonly source: string
  readonly target: string
  readonly kind: 'file' | 'folder'
  readonly isWritable?: boolean
}
