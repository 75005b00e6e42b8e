/** What each state is called, and which mark it carries: a new status does not compile without words. */
import { type CheckName, type Evidence, type FeatureStatus, type JobStatus, type Stage, stageOf } from '@slipway/domain'

export type Tone = 'run' | 'pass' | 'need' | 'fail' | 'idle'

export const FEATURE_WORDS: Record<FeatureStatus, { tone: Tone; state: string; where: string }> = {
  drafting: { tone: 'need', state: 'Needs you', where: 'Brief. Answer what is open and confirm it' },
  spec_generating: { tone: 'run', state: 'Running', where: 'Spec. It is being written' },
  spec_ready: { tone: 'need', state: 'Needs you', where: 'Spec. Read and approve it' },
  plan_generating: { tone: 'run', state: 'Running', where: 'Plan. It is being written' },
  plan_ready: { tone: 'need', state: 'Needs you', where: 'Plan. Read and approve it' },
  plan_approved: { tone: 'need', state: 'Needs you', where: 'Build. Not built; build it again' },
  building: { tone: 'run', state: 'Running', where: 'Build. In the sandbox' },
  built: { tone: 'pass', state: 'Ready', where: 'Preview. Built and checked' },
  build_failed: { tone: 'fail', state: 'Failed', where: 'Build. It stopped' },
}

export const JOB_WORDS: Record<JobStatus, { tone: Tone; text: string }> = {
  queued: { tone: 'idle', text: 'Waits for a free builder' },
  starting: { tone: 'run', text: 'Starting' },
  scaffold: { tone: 'run', text: 'Writing files' },
  code: { tone: 'run', text: 'Verifying the plan' },
  deps: { tone: 'run', text: 'Putting dependencies in place' },
  checks: { tone: 'run', text: 'Checking' },
  ready: { tone: 'pass', text: 'Ready' },
  failed: { tone: 'fail', text: 'Failed' },
  cancelled: { tone: 'idle', text: 'Cancelled' },
}

/** The stages of a job as a person sees them, in order. */
export const JOB_STAGES = [
  ['starting', 'Prepare'],
  ['scaffold', 'Write files'],
  ['code', 'Verify the plan'],
  ['deps', 'Dependencies'],
  ['checks', 'Checks'],
] as const satisfies readonly (readonly [JobStatus, string])[]

export const CHECK_WORDS: Record<CheckName, string> = {
  types: 'Types',
  tests: 'Tests',
  build: 'Production build',
  start: 'Start',
  health: 'Health route',
  page: 'First page',
}

export const CHECK_TONE = { pending: 'idle', running: 'run', passed: 'pass', failed: 'fail', skipped: 'idle' } as const
export const VERDICT_TONE: Record<Evidence['verdict'], Tone> = { satisfied: 'pass', violated: 'fail', undecided: 'idle' }

export const TABS = ['brief', 'spec', 'plan', 'build', 'code', 'preview'] as const
export type Tab = (typeof TABS)[number]
export const TAB_WORDS: Record<Tab, string> = {
  brief: 'Brief',
  spec: 'Spec',
  plan: 'Plan',
  build: 'Build',
  code: 'Code',
  preview: 'Preview',
}

const ORDER: readonly Stage[] = ['brief', 'spec', 'plan', 'build', 'preview']

/** The mark and the words on a tab, from where the feature stands. */
export function tabState(tab: Tab, status: FeatureStatus, hasVersion: boolean): { tone: Tone; note: string } {
  if (tab === 'code') return hasVersion ? { tone: 'pass', note: 'yours to keep' } : { tone: 'idle', note: 'not yet' }
  if (tab === 'preview') return status === 'built' || hasVersion ? { tone: 'pass', note: 'open it' } : { tone: 'idle', note: 'not yet' }
  const here = ORDER.indexOf(stageOf(status))
  const at = ORDER.indexOf(tab)
  if (at < here) return { tone: 'pass', note: tab === 'build' ? 'checked' : 'approved' }
  if (at > here) return { tone: 'idle', note: 'not yet' }
  const { tone, state } = FEATURE_WORDS[status]
  return { tone, note: state.toLowerCase() }
}

/** "now", "4 min", "3 h", "2 d": how long ago, as short as a column. */
export function ago(moment: string, now: number): string {
  const seconds = Math.max(0, (now - Date.parse(moment)) / 1000)
  if (seconds < 60) return 'now'
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`
  return `${Math.floor(seconds / 86_400)} d`
}

/** "0.4 s", "12 s", "1:20". */
export function duration(ms: number): string {
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
