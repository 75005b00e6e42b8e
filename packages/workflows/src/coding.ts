/** The code stage of a build: tasks of plans that need a model, each written in the app's sandbox, verified, reviewed and kept before the next. */
import { randomBytes } from 'node:crypto'
import {
  type CoderEvent,
  type CoderResult,
  diagnoseTypes,
  diffHash,
  dossierText,
  fixImports,
  planner,
  type Review,
  reviewer,
  runCoder,
  type TaskNotes,
} from '@slipway/agents'
import type { Evidence, Job } from '@slipway/domain'
import { parsePlan, type Task } from '@slipway/plan'
import type { ObjectStore, Storage } from '@slipway/storage'
import type { Bench } from './app-bench.ts'
import { packFiles, sha256, treeHash, unpackFiles } from './archive.ts'
import type { JobPlace } from './builder.ts'
import type { JobLog } from './job-log.ts'
import { type Models, type RunOfModels, whyNoModel } from './models.ts'
import { codedKey, sourcesKey } from './object-keys.ts'

/** A task of a plan document. */
export interface CodeTask {
  readonly plan: string
  /** From 0, in the order of the document. */
  readonly index: number
}

/** `stopped`: no model can be asked any more (a cap, a refused key): what is left is not tried. */
export type TaskOutcome = 'done' | 'failed' | 'stopped'

export interface Coding {
  /** What a model has to write for this job, in the order of the plans; nothing without a model. */
  list(at: JobPlace): Promise<CodeTask[]>
  /** Safe to repeat: a finished task is found, and finished calls of models are not paid again. The sources are stored when it returns. */
  write(at: JobPlace, task: CodeTask, signal: AbortSignal): Promise<TaskOutcome>
}

interface Deps {
  readonly storage: Storage
  readonly objects: ObjectStore
  readonly models: Models
  readonly idleMs: number
  readonly log: (line: object) => void
  readonly benchOf: (at: JobPlace, lines: JobLog) => Promise<Bench>
  readonly withLog: <T>(at: JobPlace, work: (job: Job, lines: JobLog) => Promise<T>) => Promise<T>
}

/** A task with all that is known of it. */
interface Commission {
  readonly job: Job
  readonly plan: string
  readonly source: string
  readonly requirements: readonly string[]
  readonly task: Task
  readonly writable: readonly string[]
  readonly key: string
}

export function createCoding(deps: Deps): Coding {
  const { storage, objects, models } = deps
  const scopeOf = (job: Job) => ({ projectId: job.projectId, featureId: job.featureId, runId: job.id })

  const commissionOf = async (at: JobPlace, job: Job, { plan: name, index }: CodeTask): Promise<Commission> => {
    const plans = await storage.inWorkspace(at.orgId, (stores) => stores.plans.list(job.featureId))
    const source = plans.find((plan) => plan.name === name)?.source ?? ''
    const { plan } = parsePlan(source)
    const task = plan.tasks[index]
    if (!task) throw new Error(`Plan ${name} has no task ${index + 1}.`)
    const { filesModified: writable, requirements } = plan.frontMatter
    return { job, plan: name, source, requirements, task, writable, key: `${name}/${index + 1}` }
  }

  const note = async (at: JobPlace, { job, plan, requirements, key }: Commission, verdict: Evidence['verdict'], summary: string) => {
    const about = { projectId: job.projectId, featureId: job.featureId, jobId: job.id, kind: 'command' as const }
    const text = `Plan ${plan}: ${summary}`.slice(0, 2_000)
    await storage.inWorkspace(at.orgId, ({ evidence }) =>
      evidence.add(
        requirements.map((requirement) => ({ ...about, requirement, verdict, summary: text, key: `code-${key}-${requirement}` })),
      ),
    )
  }

  return {
    list: (at) =>
      deps.withLog(at, async (job) => {
        const { plans, spec, restored } = await storage.inWorkspace(at.orgId, async (stores) => ({
          plans: await stores.plans.list(job.featureId),
          spec: (await stores.specs.get(job.featureId))?.spec,
          restored: await stores.jobs.restoreFrom(at.jobId),
        }))
        if (restored || !(await models.isChosen(at.orgId))) return []
        const forModel = new Set(spec?.requirements.filter(({ delivery }) => delivery === 'model').map(({ id }) => id))
        return plans.flatMap(({ name, source }) => {
          const { plan } = parsePlan(source)
          if (!plan.frontMatter.requirements.some((id) => forModel.has(id))) return []
          return plan.tasks.flatMap((task, index) => (task.verify?.automated.length ? [{ plan: name, index }] : []))
        })
      }),

    write: (at, wanted, signal) =>
      deps.withLog(at, async (job, lines) => {
        const commission = await commissionOf(at, job, wanted)
        const run = await models.ofRun(at.orgId, scopeOf(job))
        if (!run) return 'stopped'
        const bench = await deps.benchOf(at, lines)
        bench.sandbox.setTimeout(deps.idleMs)
        const before = unpackFiles(await objects.get(sourcesKey(at.orgId, at.jobId)))
        const kept = codedKey(at.orgId, job.featureId, sha256(Buffer.from(`${treeHash(before)}\n${wanted.index}\n${commission.source}`)))
        const keep = async () => objects.put(sourcesKey(at.orgId, at.jobId), packFiles(await bench.readSources()))
        lines.add('note', `Task "${commission.task.name}" of plan ${commission.plan}.`)
        if (await objects.has(kept)) {
          await bench.replaceSources(unpackFiles(await objects.get(kept)))
          await keep()
          await note(
            at,
            commission,
            'satisfied',
            `"${commission.task.name}" was written and verified in an earlier build of the same plan.`,
          )
          return 'done'
        }
        try {
          const told = await commissioned(run, commission, { bench, lines, signal, now: Date.now })
          if (told.result.kind === 'done') {
            await objects.put(kept, packFiles(await bench.readSources()))
            await keep()
            await note(at, commission, told.review?.verdict === 'request-changes' ? 'undecided' : 'satisfied', told.summary)
            return 'done'
          }
          await note(at, commission, told.result.kind === 'failed' ? 'violated' : 'undecided', told.summary)
          lines.add('stderr', told.summary)
          if (told.result.kind === 'failed')
            deps.log({ level: 'warn', at: 'coding.failed', ...at, dossier: dossierText(told.result.dossier) })
          return told.result.kind
        } catch (error) {
          const why = whyNoModel(error)
          if (!why || signal.aborted) throw error
          lines.add('stderr', why)
          await note(at, commission, 'undecided', `"${commission.task.name}" was not written: ${why}`)
          return 'stopped'
        }
      }),
  }
}

interface Told {
  readonly result: CoderResult
  readonly review: Review | undefined
  /** For people: what a machine saw. */
  readonly summary: string
}

/** Prepared, coded, reviewed; what a reviewer finds wrong goes back to the coder once. */
async function commissioned(
  run: RunOfModels,
  { task, source, writable, key }: Commission,
  { bench, lines, signal, now }: { bench: Bench; lines: JobLog; signal: AbortSignal; now: () => number },
): Promise<Told> {
  const tree = (await bench.sandbox.list()).flatMap((entry) => (entry.kind === 'file' ? [entry.path] : []))
  const about = { name: task.name, files: task.files, action: task.action, acceptanceCriteria: task.acceptanceCriteria, done: task.done }
  const notes = await optional<TaskNotes>(run.ask(planner, { plan: source, task: about, tree }, { key: `${key}/notes`, signal }))
  const model = await run.modelOf('coder')
  const code = (again: string, findings: readonly string[]) =>
    runCoder(
      { model, sandbox: bench.sandbox, fixers: [fixImports], diagnose: diagnoseTypes(bench.sandbox), ledger: run.ledger, now },
      {
        key: `${key}${again}`,
        debugId: `dbg_${randomBytes(6).toString('hex')}`,
        signal,
        plan: source,
        notes: notes ?? null,
        findings,
        task: { ...about, verify: task.verify?.automated ?? [], writable },
        onEvent: (event) => lines.add('note', said(event)),
      },
    )
  const look = (round: string, diff: string, evidence: unknown) =>
    optional<Review>(
      run.ask(
        reviewer,
        { task: task.action, acceptanceCriteria: task.acceptanceCriteria, diff, evidence: JSON.stringify(evidence) },
        { key: `${key}/review${round}`, signal },
      ),
    )

  let result = await code('', [])
  if (result.kind !== 'done') return { result, review: undefined, summary: whatIsLeft(task.name, result) }
  let diff = result.diff
  let review = await look('', diff, result.lastVerification)
  const findings = serious(review)
  if (findings.length > 0) {
    for (const finding of findings) lines.add('note', `Reviewer: ${finding}`)
    const second = await code('/again', findings)
    if (second.kind === 'done') {
      result = second
      diff = `${diff}\n${second.diff}`
      review = await look('/again', diff, second.lastVerification)
    }
  }
  const left = serious(review)
  const commands = result.lastVerification?.commands.map(({ command }) => `"${command}"`).join(', ') ?? ''
  const verdict = !review
    ? 'no reviewer could be asked'
    : left.length
      ? `the reviewer still asks: ${left.join(' ')}`
      : 'the reviewer approves'
  return { result, review, summary: `"${task.name}" is written: ${commands} passed, ${verdict} (diff ${diffHash(diff).slice(0, 12)}).` }
}

/** Preparation and a second opinion that do not come are no reason to throw work away: the next call of the coder says what is wrong. */
async function optional<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (whyNoModel(error)) return undefined
    throw error
  }
}

const serious = (review: Review | undefined): string[] =>
  review?.verdict === 'request-changes'
    ? review.findings.filter(({ severity }) => severity !== 'minor').map(({ path, line, text }) => `${path}:${line} ${text}`)
    : []

const whatIsLeft = (name: string, result: Exclude<CoderResult, { kind: 'done' }>): string =>
  result.kind === 'stopped'
    ? `"${name}" was stopped after ${result.steps} steps, and the app is as it was before: ${result.failure.message}`
    : `"${name}" could not be written, and the app is as it was before: ${result.dossier.reason} (${result.dossier.debugId})`

function said(event: CoderEvent): string {
  switch (event.kind) {
    case 'call':
      return `${event.name} ${event.about}${event.isError ? ' (refused)' : ''}`
    case 'verified':
      return event.verification.passed ? 'Its commands pass.' : `Its commands fail: ${event.verification.commands.at(-1)?.command ?? ''}`
    case 'compacted':
      return 'The conversation was shortened.'
    case 'another-strategy':
      return `Another way is tried: ${event.reason}`
  }
}
