/** Limits of memory, processes and processor time for one sandbox, by control groups of either version. */
import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const MOUNT = '/sys/fs/cgroup'
const PARENT = 'slipway'
const PERIOD_US = 100_000
/**
 * Beside every other process of the machine, all sandboxes together weigh as much as this many. As one they would crawl wherever something
 * else is at work; as many more, the service and the browser of who looks at a preview would crawl behind the checks of a build.
 */
const WEIGHT_PROCESSES = 2
/** Among each other sandboxes weigh the same, and those in the background this part of it. */
const BACKGROUND_PART = 1 / 8
/** What one process, or one group, weighs when nobody says. @see Linux, sched-design-CFS (cpu.shares), cgroup-v2 (cpu.weight) */
const [SHARES, WEIGHT] = [1_024, 100]

export interface Limits {
  readonly memoryMb: number
  readonly processesMax: number
  readonly cpus: number
  readonly isBackground: boolean
}

export interface ControlGroup {
  /** Writing a process id to each of these files puts it inside. */
  readonly procsFiles: readonly string[]
  stat(): { memoryBytes: number; processes: number }
  /** Kills whatever is still inside and removes the group. */
  remove(): Promise<void>
}

const isWritable = (path: string) => {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

type Hierarchy = { readonly version: 1; readonly roots: readonly string[] } | { readonly version: 2; readonly root: string }

/** Where this user may make groups; undefined where the machine offers none. */
export function hierarchyOf(): Hierarchy | undefined {
  if (existsSync(join(MOUNT, 'cgroup.controllers'))) {
    if (!isWritable(join(MOUNT, 'cgroup.subtree_control'))) return undefined
    const root = join(MOUNT, PARENT)
    mkdirSync(root, { recursive: true })
    for (const folder of [MOUNT, root]) writeFileSync(join(folder, 'cgroup.subtree_control'), '+memory +pids +cpu')
    writeFileSync(join(root, 'cpu.weight'), String(WEIGHT_PROCESSES * WEIGHT))
    return { version: 2, root }
  }
  const roots = ['memory', 'pids', 'cpu'].map((controller) => join(MOUNT, controller))
  if (!roots.every((root) => existsSync(root) && isWritable(root))) return undefined
  return { version: 1, roots: roots.map((root) => join(root, PARENT)) }
}

/** @returns undefined where the machine offers no control groups to this user */
export function makeControlGroup(id: string, limits: Limits): ControlGroup | undefined {
  const hierarchy = hierarchyOf()
  if (!hierarchy) return undefined
  const memoryBytes = String(limits.memoryMb * 1024 * 1024)
  const part = limits.isBackground ? BACKGROUND_PART : 1
  const cpuUs = Math.round(limits.cpus * PERIOD_US)
  if (hierarchy.version === 2) {
    const folder = join(hierarchy.root, id)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'memory.max'), memoryBytes)
    writeFileSync(join(folder, 'pids.max'), String(limits.processesMax))
    writeFileSync(join(folder, 'cpu.weight'), String(Math.round(WEIGHT * part)))
    writeFileSync(join(folder, 'cpu.max'), `${cpuUs} ${PERIOD_US}`)
    return groupOf([folder], join(folder, 'memory.current'), join(folder, 'pids.current'))
  }
  const [memory, pids, cpu] = hierarchy.roots.map((root) => join(root, id)) as [string, string, string]
  for (const folder of [memory, pids, cpu]) mkdirSync(folder, { recursive: true })
  writeFileSync(join(dirname(cpu), 'cpu.shares'), String(WEIGHT_PROCESSES * SHARES))
  writeFileSync(join(memory, 'memory.limit_in_bytes'), memoryBytes)
  writeFileSync(join(pids, 'pids.max'), String(limits.processesMax))
  writeFileSync(join(cpu, 'cpu.shares'), String(SHARES * part))
  writeFileSync(join(cpu, 'cpu.cfs_period_us'), String(PERIOD_US))
  writeFileSync(join(cpu, 'cpu.cfs_quota_us'), String(cpuUs))
  return groupOf([memory, pids, cpu], join(memory, 'memory.usage_in_bytes'), join(pids, 'pids.current'))
}

function groupOf(folders: readonly string[], memoryFile: string, processesFile: string): ControlGroup {
  const numberIn = (path: string) => {
    try {
      return Number(readFileSync(path, 'utf8'))
    } catch {
      return 0 // the group went away together with its sandbox
    }
  }
  return {
    procsFiles: folders.map((folder) => join(folder, 'cgroup.procs')),
    stat: () => ({ memoryBytes: numberIn(memoryFile), processes: numberIn(processesFile) }),
    remove: () => removeGroups(folders),
  }
}

/** Ids of the groups that are there, of this process or of an earlier one. */
export function controlGroupIds(): string[] {
  const hierarchy = hierarchyOf()
  if (!hierarchy) return []
  const root = hierarchy.version === 2 ? hierarchy.root : (hierarchy.roots[0] as string)
  if (!existsSync(root)) return []
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
}

/** Kills what is inside the groups of `id` and removes them. */
export async function removeControlGroup(id: string): Promise<void> {
  const hierarchy = hierarchyOf()
  if (hierarchy) await removeGroups((hierarchy.version === 2 ? [hierarchy.root] : hierarchy.roots).map((root) => join(root, id)))
}

async function removeGroups(folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    // A killed process leaves its group a moment later, and only an empty group can be removed.
    for (let attempt = 0; attempt < 100 && existsSync(folder); attempt++) {
      for (const pid of pidsIn(folder)) {
        try {
          process.kill(pid, 'SIGKILL')
        } catch {
          // it ended between the reading and the signal
        }
      }
      try {
        rmdirSync(folder)
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    }
  }
}

function pidsIn(folder: string): number[] {
  try {
    return readFileSync(join(folder, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean).map(Number)
  } catch {
    return []
  }
}
