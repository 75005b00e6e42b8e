/** The code stage of a build: tasks of plans that need a model, each written in a sandbox, verified, reviewed and kept before the next. */
import { dossierText } from '@slipway/agents'
import type { Evidence, Job } from '@slipway/domain'
import { type Plan, parsePlan } from '@slipway/plan'
import type { Storage } from '@slipway/storage'
import type { JobPlace } from './builder.ts'
import { writeTask } from './code-task.ts'
import { type Lane, wavesOfLanes } from './code-waves.ts'
import type { JobLog } from './job-log.ts'
import { type Models, whyNoModel } from './models.ts'
import type { SourceWork, WorkPlace } from './source-work.ts'

/** A task of a plan document. */
export interface CodeTask {
  readonly plan: string
  /** From 0, in the order of the document. */
  readonly index: number
}

/** `stopped`: no model can be asked any more (a cap, a refused key): what is left is not tried. */
export type TaskOutcome = 'done' | 'failed' | 'stopped'

export interface PlanDocument {
  readonly name: string
  readonly source: string
  readonly plan: Plan
}

export interface Coding {
  /** What a model has to write for this job, wave by wave; nothing without a model. */
  list(at: JobPlace): Promise<Lane[][]>
  document(at: JobPlace, job: Job, name: string): Promise<PlanDocument>
  /** Safe to repeat: a finished task is found, and finished calls of models are not paid again. The sources are stored when it returns. */
  write(place: WorkPlace, document: PlanDocument, index: number): Promise<TaskOutcome>
  /** Evidence for every requirement of the plan. @param key tells this finding from others about it, and is replaced by the next of that key */
  note(place: Pick<WorkPlace, 'at' | 'job'>, document: PlanDocument, finding: Finding): Promise<void>
}

export interface Finding {
  readonly key: string
  readonly verdict: Evidence['verdict']
  readonly summary: string
}

interface Deps {
  readonly storage: Storage
  readonly models: Models
  readonly work: SourceWork
  readonly log: (line: object) => void
  readonly withLog: <T>(at: JobPlace, work: (job: Job, lines: JobLog) => Promise<T>) => Promise<T>
}

export function createCoding({ storage, models, work, log, withLog }: Deps): Coding {
  const documentsOf = async (at: JobPlace, job: Job): Promise<PlanDocument[]> => {
    const plans = await storage.inWorkspace(at.orgId, (stores) => stores.plans.list(job.featureId))
    return plans.map(({ name, source }) => ({ name, source, plan: parsePlan(source).plan }))
  }

  const note: Coding['note'] = async ({ at, job }, { name, plan }, { key, verdict, summary }) => {
    const about = { projectId: job.projectId, featureId: job.featureId, jobId: job.id, kind: 'command' as const }
    const text = `Plan ${name}: ${summary}`.slice(0, 2_000)
    const rows = plan.frontMatter.requirements.map((requirement) => ({
      ...about,
      ...{ requirement, verdict, summary: text, key: `code-${key}-${requirement}` },
    }))
    await storage.inWorkspace(at.orgId, ({ evidence }) => evidence.add(rows))
  }

  return {
    list: (at) =>
      withLog(at, async (job) => {
        const { spec, restored } = await storage.inWorkspace(at.orgId, async (stores) => ({
          spec: (await stores.specs.get(job.featureId))?.spec,
          restored: await stores.jobs.restoreFrom(at.jobId),
        }))
        if (restored || !(await models.isChosen(at.orgId))) return []
        const forModel = new Set(spec?.requirements.filter(({ delivery }) => delivery === 'model').map(({ id }) => id))
        return wavesOfLanes(await documentsOf(at, job), forModel)
      }),

    async document(at, job, name) {
      const document = (await documentsOf(at, job)).find((one) => one.name === name)
      if (!document) throw new Error(`Job ${at.jobId} has no plan ${name}.`)
      return document
    },

    note,

    async write(place, document, index) {
      const { at, lines, signal } = place
      const { name, source, plan } = document
      const task = plan.tasks[index]
      if (!task) throw new Error(`Plan ${name} has no task ${index + 1}.`)
      const key = `${name}/${index + 1}`
      const found = (verdict: Evidence['verdict'], summary: string) => note(place, document, { key, verdict, summary })
      lines.add('note', `Task "${task.name}" of plan ${name}.`)
      try {
        const done = await work.once(place, `${index}\n${source}`, async (tools) => {
          const written = await writeTask(tools, source, task, { key, writable: plan.frontMatter.filesModified })
          return { value: written, isKept: written.result.kind === 'done' }
        })
        if (done.kind === 'no-model') return 'stopped'
        if (done.kind === 'found') {
          await found('satisfied', `"${task.name}" was written and verified in an earlier build of the same plan.`)
          return 'done'
        }
        const { result, summary, isApproved } = done.value
        if (result.kind === 'done') {
          await found(isApproved ? 'satisfied' : 'undecided', summary)
          return 'done'
        }
        await found(result.kind === 'failed' ? 'violated' : 'undecided', summary)
        lines.add('stderr', summary)
        if (result.kind === 'failed') log({ level: 'warn', at: 'coding.failed', ...at, dossier: dossierText(result.dossier) })
        return result.kind
      } catch (error) {
        const why = whyNoModel(error)
        if (!why || signal.aborted) throw error
        lines.add('stderr', why)
        await found('undecided', `"${task.name}" was not written: ${why}`)
        return 'stopped'
      }
    },
  }
}
