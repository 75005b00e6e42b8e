/** Brings together what plans of one wave made of the same sources, each on its own. */
import { decideMerge, type FileChange, type Plan } from '@slipway/plan'
import type { AppFiles } from './archive.ts'

export interface FinishedLane {
  /** Its name. */
  readonly name: string
  readonly plan: Plan
  /** The sources as it left them. */
  readonly files: AppFiles
}

export interface JoinedLanes {
  readonly files: AppFiles
  /** By name, those that changed anything; in the order in which they were given. */
  readonly joined: readonly string[]
  /** Left out as a whole, and why, in words. */
  readonly refused: readonly { readonly name: string; readonly reason: string }[]
}

/**
 * In the order given. A lane that changed what its plan does not declare, or what one before it has changed, is left out: half of a
 * plan's work is worth less than none.
 * @param base what every lane began with
 */
export function joinLanes(base: AppFiles, lanes: readonly FinishedLane[]): JoinedLanes {
  let files = base
  const changedBy = new Map<string, string>()
  const joined: string[] = []
  const refused: { name: string; reason: string }[] = []
  for (const lane of lanes) {
    const changes = changesOf(base, lane.files)
    const decision = decideMerge(lane.plan, changes)
    const shared = changes.find(({ path }) => changedBy.has(path))
    if (decision.kind === 'refuse') {
      const [fault] = decision.faults
      refused.push({ name: lane.name, reason: `${fault?.path}: ${fault?.reason}` })
    } else if (shared) {
      refused.push({ name: lane.name, reason: `${shared.path} was changed by plan ${changedBy.get(shared.path)} at the same time.` })
    } else if (changes.length > 0) {
      for (const { path } of changes) changedBy.set(path, lane.name)
      files = withLane(files, base, lane)
      joined.push(lane.name)
    }
  }
  return { files, joined, refused }
}

function changesOf(base: AppFiles, files: AppFiles): FileChange[] {
  const paths = [...new Set([...Object.keys(base), ...Object.keys(files)])].sort()
  return paths.flatMap((path): FileChange[] => {
    const [before, now] = [base[path], files[path]]
    if (!before) return [{ path, kind: 'added' }]
    if (!now) return [{ path, kind: 'deleted' }]
    return Buffer.compare(before, now) === 0 ? [] : [{ path, kind: 'changed' }]
  })
}

/** `files` with everything that the lane changed in `base`. */
export function withLane(files: AppFiles, base: AppFiles, lane: FinishedLane): AppFiles {
  const changed = new Set(changesOf(base, lane.files).map(({ path }) => path))
  const others = Object.entries(files).filter(([path]) => !changed.has(path))
  const own = Object.entries(lane.files).filter(([path]) => changed.has(path))
  return Object.fromEntries([...others, ...own])
}
