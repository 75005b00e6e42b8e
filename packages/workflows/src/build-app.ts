/** One build, from queued to ready, failed or cancelled. Decisions live here; every effect is a named step of the builder. */
import { availableParallelism } from 'node:os'
import { failure } from '@slipway/domain'
import type { Builder, JobPlace } from './builder.ts'
import type { Lane } from './code-waves.ts'
import type { CodeTask } from './coding.ts'
import { isCancellation, type Step, type Workflow } from './engine.ts'
import { sideBySide } from './side-by-side.ts'

/** Those that look at the running app or beside it; the order is that of the report, they run side by side. */
const SIDE_CHECKS = ['types', 'tests', 'health', 'page'] as const

export function buildAppRun(builder: Builder): Workflow {
  return async (step, { orgId, id: jobId, featureId = '', restoreFrom }) => {
    const at = { orgId, jobId }
    const isOurs = await step('job', () => builder.begin(at, { featureId, jobId, ...(restoreFrom ? { restoreFrom } : {}) }))
    if (!isOurs) return
    try {
      await step('starting', () => builder.enter(at, 'start'))
      await step('scaffold', (signal) => builder.scaffold(at, signal))
      const waves = await step('code', () => builder.beginCode(at))
      const written = await codeWaves(builder, at, step, waves)
      if (written.length > 0) {
        await step('write-tests', (signal) => builder.writeTests(at, written, signal))
        await step('secure', (signal) => builder.secure(at, written, signal))
      }
      await step('verify', () => builder.verifyPlans(at, { tasks: waves.flat().flatMap(tasksOf), written }))
      await step('deps', (signal) => builder.installDependencies(at, signal))
      await step('build', (signal) => builder.checkBuild(at, signal))
      // The preview is shown as soon as it answers; the other checks look while people already do.
      await step('start', (signal) => builder.startApp(at, signal))
      const looks = await Promise.allSettled(SIDE_CHECKS.map((name) => step(name, (signal) => builder.check(at, name, signal))))
      // Only now: no check goes on behind the end of a build.
      const faults = looks.map((look) => {
        if (look.status === 'rejected') throw look.reason
        return look.value
      })
      const failed = SIDE_CHECKS.filter((_, index) => faults[index] !== '')
      if (failed.length > 0) {
        throw failure('BUILD_FAILED', { stage: failed.join(' and '), reason: faults.filter(Boolean).join(' ') })
      }
      await step('ready', () => builder.finish(at))
    } catch (error) {
      if (!isCancellation(error)) {
        const told = await step('failed', () => builder.fail(at, error)).catch((later: unknown) => later)
        if (!isCancellation(told)) {
          if (told) throw told
          return
        }
      }
      await builder.abandon(at)
      throw error
    }
  }
}

/** How many plans are coded at once: most of the time a lane waits for its model, but its commands want a core each. */
const LANES = Math.min(4, Math.max(2, availableParallelism()))

/** Wave by wave; once no model can be asked any more, no further wave is begun. @returns what was written */
async function codeWaves(builder: Builder, at: JobPlace, step: Step, waves: readonly (readonly Lane[])[]): Promise<CodeTask[]> {
  const written: CodeTask[] = []
  const isWhole = (lane: Lane) => tasksOf(lane).every(({ plan, index }) => written.some((one) => one.plan === plan && one.index === index))
  const lanes = waves.flat()
  for (const [index, wave] of waves.entries()) {
    const missing = (lane: Lane) => lane.after.filter((name) => lanes.some((other) => other.plan === name && !isWhole(other)))
    const isAlone = wave.length === 1
    const outcomes = await sideBySide(wave, LANES, (lane) =>
      step(`code ${lane.plan}`, (signal) => builder.writeLane(at, lane, { isAlone, missing: missing(lane) }, signal)),
    )
    written.push(...(await step(`join ${index + 1}`, (signal) => builder.joinLanes(at, outcomes, signal))))
    if (outcomes.some(({ isStopped }) => isStopped)) break
  }
  return written
}

const tasksOf = ({ plan, tasks }: Lane): CodeTask[] => tasks.map((index) => ({ plan, index }))
