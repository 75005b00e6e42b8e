/** How far a build came, stage by stage, and how long each took. */
import { isFinal, JOB, type Job, type JobStatus } from '@slipway/domain'
import { JOB_STAGES, type Tone } from './words.ts'

export interface StageState {
  readonly stage: JobStatus
  readonly name: string
  readonly tone: Tone
  /** Milliseconds; undefined for what was not watched, and while it runs. */
  readonly tookMs: number | undefined
}

const place = (stage: JobStatus) => JOB.statuses.indexOf(stage)

/**
 * @param loggedStage the stage that wrote the newest log line: where a job that ended early stood, when nobody watched it
 * @param times when the job entered its statuses, as far as known
 */
export function stageStates(job: Job, loggedStage: string | undefined, times: Readonly<Partial<Record<JobStatus, string>>>): StageState[] {
  const reached = reachedStage(job, loggedStage, times)
  return JOB_STAGES.map(([stage, name], index) => {
    const from = times[stage]
    const to =
      times[JOB_STAGES[index + 1]?.[0] ?? 'ready'] ?? (stage === reached && isFinal(JOB, job.status) ? times[job.status] : undefined)
    return { stage, name, tone: toneOf(stage, reached, job.status), tookMs: from && to ? Date.parse(to) - Date.parse(from) : undefined }
  })
}

function toneOf(stage: JobStatus, reached: JobStatus | undefined, status: JobStatus): Tone {
  if (status === 'ready') return 'pass'
  if (!reached || place(stage) > place(reached)) return 'idle'
  if (place(stage) < place(reached)) return 'pass'
  if (status === 'failed') return 'fail'
  return status === 'cancelled' ? 'idle' : 'run'
}

function reachedStage(
  job: Job,
  loggedStage: string | undefined,
  times: Readonly<Partial<Record<JobStatus, string>>>,
): JobStatus | undefined {
  if (!isFinal(JOB, job.status)) return job.status
  const isLooked = job.checks.some((check) => check.status !== 'pending' && check.status !== 'skipped')
  return JOB_STAGES.findLast(([stage]) => (stage === 'checks' && isLooked) || stage === loggedStage || times[stage] !== undefined)?.[0]
}

/** The name of the stage at which a build stopped, for the sentence that says so. */
export const stoppedAt = (states: readonly StageState[]): string | undefined => states.find((state) => state.tone === 'fail')?.name

/** Milliseconds from start to end; undefined while it runs or when it never began. */
export const jobTookMs = (job: Job): number | undefined =>
  job.startedAt && job.completedAt ? Date.parse(job.completedAt) - Date.parse(job.startedAt) : undefined
