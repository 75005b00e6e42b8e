/** One build, from queued to ready, failed or cancelled. Decisions live here; every effect is a named step of the builder. */
import { failure } from '@slipway/domain'
import type { Builder } from './builder.ts'
import type { CodeTask } from './coding.ts'
import { isCancellation, type Workflow } from './engine.ts'

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
      const tasks = await step('code', () => builder.beginCode(at))
      const written: CodeTask[] = []
      for (const task of tasks) {
        const outcome = await step(`code ${task.plan}/${task.index + 1}`, (signal) => builder.write(at, task, signal))
        if (outcome === 'stopped') break
        if (outcome === 'done') written.push(task)
      }
      if (written.length > 0) {
        await step('write-tests', (signal) => builder.writeTests(at, written, signal))
        await step('secure', (signal) => builder.secure(at, written, signal))
      }
      await step('verify', () => builder.verifyPlans(at, { tasks, written }))
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
