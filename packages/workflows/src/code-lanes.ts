/** Plans of one wave, coded side by side: each in a lane with a sandbox and sources of its own, brought together when all have ended. */
import type { Job } from '@slipway/domain'
import type { ObjectStore } from '@slipway/storage'
import { lastWords } from './app-bench.ts'
import { type AppFiles, packFiles, unpackFiles } from './archive.ts'
import type { JobPlace } from './builder.ts'
import { runTask, whatIsLeft } from './code-task.ts'
import type { Lane } from './code-waves.ts'
import type { CodeTask, Coding, PlanDocument } from './coding.ts'
import type { JobBenches } from './job-benches.ts'
import type { JobLog } from './job-log.ts'
import { type FinishedLane, joinLanes, withLane } from './join-lanes.ts'
import { whyNoModel } from './models.ts'
import { laneKey, lanesPrefix, sourcesKey } from './object-keys.ts'
import type { Site, SourceWork, WorkPlace } from './source-work.ts'

export interface LaneOutcome {
  readonly plan: string
  /** Tasks that are written and verified. */
  readonly written: readonly number[]
  /** No model can be asked any more. */
  readonly isStopped: boolean
}

export interface CodeLanes {
  /**
   * One plan, up to the first of its tasks that cannot be written. The job's sources stay as they are. Safe to repeat.
   * @param options.isAlone no other lane is at work: the job's own sandbox serves
   * @param options.missing plans that it needs and that could not be written: then nothing is tried
   */
  writeLane(at: JobPlace, lane: Lane, options: { isAlone: boolean; missing: readonly string[] }, signal: AbortSignal): Promise<LaneOutcome>
  /** Makes the job's sources what the lanes have made of them together. Safe to repeat. @returns what is in them now */
  joinLanes(at: JobPlace, lanes: readonly LaneOutcome[], signal: AbortSignal): Promise<CodeTask[]>
  /** Forgets what lanes have stored on their way. */
  dropLanes(at: JobPlace): Promise<void>
}

interface Deps {
  readonly objects: ObjectStore
  readonly benches: JobBenches
  readonly coding: Coding
  readonly work: SourceWork
  readonly withLog: <T>(at: JobPlace, work: (job: Job, lines: JobLog) => Promise<T>) => Promise<T>
}

interface JoiningLane extends FinishedLane {
  readonly document: PlanDocument
  readonly written: readonly number[]
}

const BASE = 'base'
const COMMAND_TIMEOUT_MS = 3 * 60_000

export function createCodeLanes({ objects, benches, coding, work, withLog }: Deps): CodeLanes {
  const read = async (key: string): Promise<AppFiles> => unpackFiles(await objects.get(key))

  /** What the first of the commands that fails says; undefined when none does. */
  const faultOf = async (commands: readonly string[], { at, lines, signal }: WorkPlace): Promise<string | undefined> => {
    const bench = await benches.of(at, lines)
    await bench.replaceSources(await read(sourcesKey(at.orgId, at.jobId)))
    for (const command of commands) {
      const options = { onLine: lines.add, signal, timeoutMs: COMMAND_TIMEOUT_MS }
      const { isOk, output } = await bench.run(['/bin/bash', '-c', command], options)
      if (!isOk) return `"${command}" fails: ${lastWords(output)}`
    }
    return undefined
  }

  /** Asks the coder of the newest of the plans to make all of their checks pass. @returns why not; undefined when they do */
  const bringTogether = async (place: WorkPlace, together: readonly JoiningLane[], fault: string): Promise<string | undefined> => {
    const { name, source, plan } = (together.at(-1) as JoiningLane).document
    const task = {
      name: `Bring plan ${name} together with the others`,
      action: 'This plan was written while others were, and its checks passed there. Beside what the others wrote not all pass: make them.',
      acceptanceCriteria: plan.tasks.flatMap(({ acceptanceCriteria }) => acceptanceCriteria),
      done: 'All checks of these plans pass.',
      verify: commandsOf(together),
      writable: together.flatMap(({ document }) => document.plan.frontMatter.filesModified),
    }
    try {
      const done = await work.once(place, `joined\n${source}`, async (tools) => {
        const result = await runTask(tools, { key: `${name}/joined`, plan: source, task, findings: [fault] })
        return { value: result, isKept: result.kind === 'done' }
      })
      return done.kind === 'worked' && done.value.kind !== 'done' ? whatIsLeft(task.name, done.value) : undefined
    } catch (error) {
      const why = whyNoModel(error)
      if (!why || place.signal.aborted) throw error
      return why
    }
  }

  /** One lane after the other, so that it is known which one breaks the ones before. @returns why a lane stays out, by name */
  const joinOneByOne = async (place: WorkPlace, base: AppFiles, lanes: readonly JoiningLane[]): Promise<Map<string, string>> => {
    const leftOut = new Map<string, string>()
    const key = sourcesKey(place.at.orgId, place.at.jobId)
    const taken: JoiningLane[] = []
    let before = base
    for (const lane of lanes) {
      const together = [...taken, lane]
      await objects.put(key, packFiles(withLane(before, base, lane)))
      const fault = await faultOf(commandsOf(together), place)
      if (fault) place.lines.add('note', `Plan ${lane.name} beside the others: ${fault}`)
      const why = fault && (await bringTogether(place, together, fault))
      if (why) {
        leftOut.set(lane.name, `Its checks passed alone; beside the other plans of its wave ${fault}\n${why}`)
        await objects.put(key, packFiles(before))
      } else {
        taken.push(lane)
        before = await read(key)
      }
    }
    return leftOut
  }

  return {
    writeLane: (at, lane, { isAlone, missing }, signal) =>
      withLog(at, async (job, logged) => {
        const lines = isAlone ? logged : inLane(logged, lane.plan)
        const document = await coding.document(at, job, lane.plan)
        if (missing.length > 0) {
          const summary = `Not tried: it needs plan ${missing.join(', ')}, which could not be written.`
          lines.add('note', `Plan ${lane.plan}: ${summary}`)
          await coding.note({ at, job }, document, { key: lane.plan, verdict: 'undecided', summary })
          return { plan: lane.plan, written: [], isStopped: false }
        }
        const base = await objects.get(sourcesKey(at.orgId, at.jobId))
        const key = laneKey(at.orgId, at.jobId, lane.plan)
        for (const place of [laneKey(at.orgId, at.jobId, BASE), key]) await objects.put(place, base)
        const writeAll = async (bench: Site['bench']): Promise<LaneOutcome> => {
          const place = { at, job, lines, signal, site: { key, bench } }
          const written: number[] = []
          for (const index of lane.tasks) {
            const outcome = await coding.write(place, document, index)
            if (outcome !== 'done') return { plan: lane.plan, written, isStopped: outcome === 'stopped' }
            written.push(index)
          }
          return { plan: lane.plan, written, isStopped: false }
        }
        return isAlone
          ? writeAll(() => benches.of(at, logged))
          : benches.apart(at, lines, (bench) => writeAll(() => Promise.resolve(bench)))
      }),

    joinLanes: (at, outcomes, signal) =>
      withLog(at, async (job, lines) => {
        const place = { at, job, lines, signal }
        const lanes: JoiningLane[] = []
        for (const { plan: name, written } of outcomes.filter((one) => one.written.length > 0)) {
          const document = await coding.document(at, job, name)
          lanes.push({ name, written, document, plan: document.plan, files: await read(laneKey(at.orgId, at.jobId, name)) })
        }
        if (lanes.length === 0) return []
        const base = await read(laneKey(at.orgId, at.jobId, BASE))
        const { files, joined, refused } = joinLanes(base, lanes)
        const leftOut = new Map(refused.map(({ name, reason }) => [name, `It is left out: ${reason}`]))
        await objects.put(sourcesKey(at.orgId, at.jobId), packFiles(files))
        const together = lanes.filter(({ name }) => joined.includes(name))
        if (together.length > 1) {
          lines.add('note', `Plans ${joined.join(', ')} are brought together.`)
          if (await faultOf(commandsOf(together), place))
            for (const [name, why] of await joinOneByOne(place, base, together)) leftOut.set(name, why)
        }
        for (const { name, document } of lanes) {
          const summary = leftOut.get(name)
          if (!summary) continue
          lines.add('stderr', `Plan ${name}: ${summary}`)
          await coding.note(place, document, { key: `${name}/joined`, verdict: 'violated', summary })
        }
        return lanes
          .filter(({ name }) => !leftOut.has(name))
          .flatMap(({ name, written }) => written.map((index) => ({ plan: name, index })))
      }),

    async dropLanes({ orgId, jobId }) {
      for (const key of await objects.list(lanesPrefix(orgId, jobId))) await objects.remove(key)
    },
  }
}

/** Of all tasks that were written, each once. */
const commandsOf = (lanes: readonly JoiningLane[]): string[] => [
  ...new Set(lanes.flatMap(({ written, plan }) => written.flatMap((index) => plan.tasks[index]?.verify?.automated ?? []))),
]

/** Lines of lanes come in between each other. */
const inLane = (lines: JobLog, plan: string): JobLog => ({ ...lines, add: (stream, line) => lines.add(stream, `${plan} · ${line}`) })
