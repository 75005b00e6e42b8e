/** What sandboxes leave on a machine: processes, users, control groups, mounts and folders. Read, never changed. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const GROUPS = ['memory/slipway', 'pids/slipway', 'cpu/slipway', 'slipway'].map((path) => join('/sys/fs/cgroup', path))

export interface Traces {
  /** Of the sandboxes below a data folder. */
  readonly ids: readonly string[]
  readonly uids: readonly number[]
}

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // it went away while we looked
  }
}
const entries = (path: string): string[] => (existsSync(path) ? readdirSync(path) : [])
const pids = () => readdirSync('/proc').filter((name) => /^\d+$/.test(name))
const uidOf = (pid: string) => Number(/^Uid:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? Number.NaN)

/** The sandboxes of this data folder that are there now, and the users that their processes run as. */
export function tracesBelow(dataFolder: string): Traces {
  const ids = entries(join(dataFolder, 'sandboxes')).flatMap((owner) => entries(join(dataFolder, 'sandboxes', owner)))
  const inside = ids.flatMap((id) =>
    GROUPS.flatMap((group) =>
      read(join(group, id, 'cgroup.procs'))
        .split('\n')
        .filter(Boolean),
    ),
  )
  return { ids, uids: [...new Set(inside.map(uidOf).filter((uid) => uid >= 1_000_000))] }
}

/** What is still there of sandboxes that should be gone, a line each. */
export function leftOf(dataFolder: string, { ids, uids }: Traces): string[] {
  const owners = entries(join(dataFolder, 'sandboxes'))
  return [
    ...ids.filter((id) => owners.some((owner) => existsSync(join(dataFolder, 'sandboxes', owner, id)))).map((id) => `the folder of ${id}`),
    ...ids.flatMap((id) => GROUPS.filter((group) => existsSync(join(group, id))).map((group) => `the control group ${group}/${id}`)),
    ...pids()
      .filter((pid) => uids.includes(uidOf(pid)))
      .map((pid) => `process ${pid} of user ${uidOf(pid)}: ${read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')}`),
    ...mountsBelow(dataFolder),
  ]
}

/** Mounts that the whole machine sees. */
export const mountsBelow = (dataFolder: string): string[] =>
  read('/proc/1/mounts')
    .split('\n')
    .filter((line) => line.includes(dataFolder) || line.startsWith('slipway '))
    .map((line) => `the mount ${line}`)

/** Processes whose command names the folder. */
export const processesNaming = (folder: string): string[] =>
  pids()
    .map((pid) => read(`/proc/${pid}/cmdline`).replaceAll('\0', ' '))
    .filter((command) => command.includes(folder))
