/** What each state is called, and which mark it carries: a new status does not compile without words. */
import {
  type Blueprint,
  type CheckName,
  type CheckResult,
  type Evidence,
  type FeatureStatus,
  type FieldType,
  type Job,
  type JobStatus,
  type Stage,
  sayQueuePlace,
  stageOf,
} from '@slipway/domain'

export type Tone = 'run' | 'pass' | 'need' | 'fail' | 'idle'

export const FEATURE_WORDS: Record<FeatureStatus, { tone: Tone; state: string; stage: string; what: string }> = {
  drafting: { tone: 'need', state: 'Needs you', stage: 'Brief', what: 'Answer what is open and confirm it' },
  spec_generating: { tone: 'run', state: 'Running', stage: 'Spec', what: 'It is being written' },
  spec_ready: { tone: 'need', state: 'Needs you', stage: 'Spec', what: 'Read and approve it' },
  plan_generating: { tone: 'run', state: 'Running', stage: 'Plan', what: 'It is being written' },
  plan_ready: { tone: 'need', state: 'Needs you', stage: 'Plan', what: 'Read and approve it' },
  plan_approved: { tone: 'need', state: 'Needs you', stage: 'Build', what: 'Not built; start the build' },
  building: { tone: 'run', state: 'Running', stage: 'Build', what: 'In the sandbox' },
  built: { tone: 'pass', state: 'Ready', stage: 'Preview', what: 'Built and checked' },
  build_failed: { tone: 'fail', state: 'Failed', stage: 'Build', what: 'It stopped; see why' },
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

/** As `JOB_WORDS`, with the place of one that waits. */
export const jobWords = ({ status, queuePlace }: Pick<Job, 'status' | 'queuePlace'>): { tone: Tone; text: string } =>
  status === 'queued' && queuePlace ? { tone: 'idle', text: `Waits, ${sayQueuePlace(queuePlace)}` } : JOB_WORDS[status]

/** The stages of a job as a person sees them, in order. */
export const JOB_STAGES = [
  ['starting', 'Prepare'],
  ['scaffold', 'Write files'],
  ['code', 'Code and verify'],
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

export const CHECK_TONE: Record<CheckResult['status'], Tone> = {
  pending: 'idle',
  running: 'run',
  passed: 'pass',
  failed: 'fail',
  skipped: 'idle',
}
export const VERDICT_TONE: Record<Evidence['verdict'], Tone> = { satisfied: 'pass', violated: 'fail', undecided: 'idle' }

export const TABS = ['brief', 'spec', 'backlog', 'plan', 'build', 'code', 'preview'] as const
export type Tab = (typeof TABS)[number]
export const TAB_WORDS: Record<Tab, string> = {
  brief: 'Brief',
  spec: 'Spec',
  backlog: 'Backlog',
  plan: 'Plan',
  build: 'Build',
  code: 'Code',
  preview: 'Preview',
}

/** What a field holds, for people who do not code. */
export const FIELD_WORDS: Record<FieldType, string> = {
  text: 'text',
  longText: 'long text',
  integer: 'whole number',
  decimal: 'number',
  money: 'amount of money',
  date: 'day',
  dateTime: 'day and time',
  time: 'time of day',
  boolean: 'yes or no',
  choice: 'one of',
  email: 'e-mail',
  phone: 'phone number',
  url: 'web address',
  image: 'picture',
  colour: 'colour',
  rating: 'stars',
  reference: 'link to',
}

export const PAGE_WORDS: Record<Blueprint['pages'][number]['kind'], string> = {
  dashboard: 'overview',
  list: 'list and forms',
  board: 'board',
  calendar: 'calendar',
  content: 'text',
  contact: 'contact form',
}

/** The conventional names in an entity's access lists; other names are roles. */
export const WHO_WORDS: Readonly<Record<string, string>> = {
  everyone: 'everybody',
  signedIn: 'everybody signed in',
  owner: 'whoever made it',
}

const ORDER: readonly Stage[] = ['brief', 'spec', 'plan', 'build', 'preview']

/** What the tabs of a feature say: from `FeatureView`, as few facts as they need. */
export interface TabFacts {
  readonly status: FeatureStatus
  readonly specRevision: number
  readonly planCount: number
  /** How many builds there were. */
  readonly buildCount: number
  /** The newest version of this feature, `build_v0_N`. */
  readonly version: string | undefined
  /** Whether an app answers right now, checked or not. */
  readonly hasPreview: boolean
}

/** `build_v0_3` as short as a column: `v3`. */
export const versionWord = (name: string): string => name.replace('build_v0_', 'v')

/** The mark and the words on a tab. */
export function tabState(tab: Tab, facts: TabFacts): { tone: Tone; note: string } {
  const { status, version } = facts
  if (tab === 'code') return version ? { tone: 'pass', note: `${versionWord(version)}, yours` } : { tone: 'idle', note: 'not yet' }
  if (tab === 'preview') {
    if (version) return { tone: 'pass', note: `${versionWord(version)}, open it` }
    return facts.hasPreview ? { tone: 'run', note: 'answers' } : { tone: 'idle', note: 'not yet' }
  }
  // cards may be gathered before there is a spec, and nothing waits for a backlog
  if (tab === 'backlog') return { tone: 'idle', note: 'stories, coverage' }
  const here = ORDER.indexOf(stageOf(status))
  const at = ORDER.indexOf(tab)
  if (at > here) return { tone: 'idle', note: 'not yet' }
  const tone = at < here ? 'pass' : FEATURE_WORDS[status].tone
  return { tone, note: TAB_NOTES[tab](facts, tone) }
}

const plans = (count: number) => `${count} ${count === 1 ? 'plan' : 'plans'}`
const TAB_NOTES: Record<Exclude<Tab, 'code' | 'preview' | 'backlog'>, (facts: TabFacts, tone: Tone) => string> = {
  brief: (_, tone) => (tone === 'pass' ? 'confirmed' : 'to confirm'),
  spec: ({ specRevision }, tone) => (tone === 'run' ? 'being written' : `r${specRevision} ${tone === 'pass' ? 'approved' : 'to approve'}`),
  plan: ({ planCount }, tone) => (tone === 'run' ? 'being written' : `${plans(planCount)}${tone === 'pass' ? '' : ' to approve'}`),
  build: ({ buildCount }, tone) => {
    if (tone === 'need') return 'not built'
    return `build ${buildCount} ${tone === 'pass' ? 'checked' : tone === 'fail' ? 'stopped' : 'running'}`
  },
}

/** "now", "4 min", "3 h", "2 d": how long ago, as short as a column. */
export function ago(moment: string, now: number): string {
  const seconds = Math.max(0, (now - Date.parse(moment)) / 1000)
  if (seconds < 60) return 'now'
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`
  return `${Math.floor(seconds / 86_400)} d`
}

/** "in 4 min", "in 3 h", "in 2 d": how far ahead, rounded up so that it is never over before it says so. */
export function until(moment: string, now: number): string {
  const seconds = Math.max(0, (Date.parse(moment) - now) / 1000)
  if (seconds <= 3600) return `in ${Math.ceil(seconds / 60)} min`
  if (seconds <= 86_400) return `in ${Math.ceil(seconds / 3600)} h`
  return `in ${Math.ceil(seconds / 86_400)} d`
}

/** "0.4 s", "12 s", "1:20". */
export function duration(ms: number): string {
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
