/** A build job: one attempt to turn an approved plan into a running, checked app. */
import { z } from 'zod'
import { defineMachine } from './machine.ts'
import { Id, Moment, Sha256 } from './values.ts'

const ends = { fail: 'failed', cancel: 'cancelled' } as const
export const JOB = defineMachine({
  queued: { start: 'starting', ...ends },
  starting: { scaffold: 'scaffold', ...ends },
  scaffold: { code: 'code', ...ends },
  code: { deps: 'deps', ...ends },
  deps: { check: 'checks', ...ends },
  checks: { pass: 'ready', ...ends },
  ready: {},
  failed: {},
  cancelled: {},
})
export const JobStatus = z.enum(JOB.statuses)
export type JobStatus = z.infer<typeof JobStatus>
export type JobEvent = (typeof JOB.events)[number]

/** What a machine looks at before a build may be called ready, in the order in which people read it. */
export const CHECKS = ['types', 'tests', 'build', 'start', 'health', 'page'] as const
export const CheckName = z.enum(CHECKS)
export type CheckName = z.infer<typeof CheckName>

export const CheckResult = z.object({
  name: CheckName,
  status: z.enum(['pending', 'running', 'passed', 'failed', 'skipped']),
  /** One sentence about what was seen: "14 tests passed", "2 console errors". */
  summary: z.string().max(2_000).default(''),
  durationMs: z.number().int().nonnegative().nullable().default(null),
})
export type CheckResult = z.infer<typeof CheckResult>

/** `build_v0_N`: N counts up per project from 1, without a gap. */
export const BuildVersion = z.string().regex(/^build_v0_[1-9]\d*$/)
/** The name of the n-th version of a project, n from 1. */
export const buildVersion = (number: number): string => `build_v0_${number}`

export const Job = z.object({
  id: Id,
  projectId: Id,
  featureId: Id,
  status: JobStatus,
  /** Place among the builds that wait for a free builder; 1 is taken up next. Null when it waits for none. */
  queuePlace: z.number().int().positive().nullable().default(null),
  /** Set with the first successful checks; null before. */
  buildVersion: BuildVersion.nullable(),
  sandboxId: z.string().nullable(),
  /** Whether a preview answers right now. Its address needs a one-time token: ask for it when it is opened. */
  previewUrl: z.string().nullable(),
  workspacePath: z.string().nullable(),
  checks: z.array(CheckResult),
  /** For people; null unless failed. */
  failure: z.string().nullable(),
  debugId: z.string().nullable(),
  /** The zip that was checked; null before `ready`. */
  archiveSha256: Sha256.nullable(),
  createdAt: Moment,
  startedAt: Moment.nullable(),
  previewAt: Moment.nullable(),
  completedAt: Moment.nullable(),
})
export type Job = z.infer<typeof Job>

/** For people. */
export const sayQueuePlace = (place: number): string => (place === 1 ? 'next in the queue' : `place ${place} in the queue`)

/** A finished build that can be opened, compared, restored and downloaded. */
export const Version = z.object({
  id: Id,
  projectId: Id,
  jobId: Id,
  featureId: Id,
  name: BuildVersion,
  number: z.number().int().positive(),
  /** The version whose code this one restored, if any. */
  restoredFrom: BuildVersion.nullable(),
  archiveSha256: Sha256,
  archiveBytes: z.number().int().nonnegative(),
  createdAt: Moment,
})
export type Version = z.infer<typeof Version>
