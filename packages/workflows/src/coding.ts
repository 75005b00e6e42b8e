/** The code stage of a build: tasks of plans that need a model, each written in the app's sandbox, verified, reviewed and kept before the next. */
import { dossierText } from '@slipway/agents'
import type { Evidence, Job } from '@slipway/domain'
import { parsePlan, type Task } from '@slipway/plan'
import type { Storage } from '@slipway/storage'
import type { JobPlace } from './builder.ts'
import { writeTask } from './code-task.ts'
import type { JobLog } from './job-log.ts'
import { type Models, whyNoModel } from './models.ts'
import type { SourceWork } from './source-work.ts'

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
  readonly models: Models
  readonly work: SourceWork
  readonly log: (line: object) => void
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

export function createCoding({ storage, models, work, log, withLog }: Deps): Coding {
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
      withLog(at, async (job) => {
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
      withLog(at, async (job, lines) => {
        const commission = await commissionOf(at, job, wanted)
        const { plan, source, task } = commission
        lines.add('note', `Task "${task.name}" of plan ${plan}.`)
        try {
          const done = await work.once({ at, job, lines, signal }, `${wanted.index}\n${source}`, async (tools) => {
            const written = await writeTask(tools, source, task, commission)
            return { value: written, isKept: written.result.kind === 'done' }
          })
          if (done.kind === 'no-model') return 'stopped'
          if (done.kind === 'found') {
            await note(at, commission, 'satisfied', `"${task.name}" was written and verified in an earlier build of the same plan.`)
            return 'done'
          }
          const { result, summary, isApproved } = done.value
          if (result.kind === 'done') {
            await note(at, commission, isApproved ? 'satisfied' : 'undecided', summary)
            return 'done'
          }
          await note(at, commission, result.kind === 'failed' ? 'violated' : 'undecided', summary)
          lines.add('stderr', summary)
          if (result.kind === 'failed') log({ level: 'warn', at: 'coding.failed', ...at, dossier: dossierText(result.dossier) })
          return result.kind
        } catch (error) {
          const why = whyNoModel(error)
          if (!why || signal.aborted) throw error
          lines.add('stderr', why)
          await note(at, commission, 'undecided', `"${task.name}" was not written: ${why}`)
          return 'stopped'
        }
      }),
  }
}
