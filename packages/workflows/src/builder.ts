/** The effects of a build, each safe to run twice: what a job does to its sandbox, its rows and its files. */
import { randomBytes } from 'node:crypto'
import { type AppFile, compileApp } from '@slipway/blueprint'
import { buildVersion, type CheckName, type CheckResult, failure, isFailure, isFinal, JOB, type Job, type JobEvent } from '@slipway/domain'
import { parsePlan, textTree, verifier } from '@slipway/plan'
import { parseWithOxc } from '@slipway/plan/oxc'
import type { Stores } from '@slipway/storage'
import { type AfterCode, createAfterCode } from './after-code.ts'
import { aboutJob, checkChanged, featureChanged, jobChanged } from './announce.ts'
import { APP_PORT, type Bench, lastWords, type RunResult } from './app-bench.ts'
import { type AppFiles, packFiles, sha256, treeHash, unpackFiles } from './archive.ts'
import type { BuildQueue } from './build-queue.ts'
import { changedPaths, sayChecks, tellingLine, testCount } from './check-words.ts'
import { type CodeLanes, createCodeLanes } from './code-lanes.ts'
import type { Lane } from './code-waves.ts'
import { type CodeTask, createCoding } from './coding.ts'
import type { DependencyTrees } from './dependency-trees.ts'
import { type BuildOrder, enterBuild } from './enter-build.ts'
import { createJobBenches } from './job-benches.ts'
import { type JobLog, jobLog } from './job-log.ts'
import type { Models } from './models.ts'
import { archiveKey, sourcesKey } from './object-keys.ts'
import type { PipelineDeps } from './pipeline-deps.ts'
import { createSourceWork } from './source-work.ts'

export interface JobPlace {
  readonly orgId: string
  readonly jobId: string
}

type SideCheck = Extract<CheckName, 'types' | 'tests' | 'health' | 'page'>

export interface Builder extends AfterCode, Pick<CodeLanes, 'writeLane' | 'joinLanes'> {
  /** False when there is nothing to do any more: the feature has moved on, or the job was cancelled before it began. */
  begin(at: JobPlace, order: BuildOrder): Promise<boolean>
  enter(at: JobPlace, event: JobEvent): Promise<void>
  scaffold(at: JobPlace, signal: AbortSignal): Promise<void>
  /** What a model has to write, wave by wave. */
  beginCode(at: JobPlace): Promise<Lane[][]>
  /** Holds the sources against the plans. `tasks` were a model's to write, and `written` it wrote. */
  verifyPlans(at: JobPlace, code: { tasks: readonly CodeTask[]; written: readonly CodeTask[] }): Promise<void>
  installDependencies(at: JobPlace, signal: AbortSignal): Promise<void>
  /** @throws BUILD_FAILED, as `startApp` does */
  checkBuild(at: JobPlace, signal: AbortSignal): Promise<void>
  startApp(at: JobPlace, signal: AbortSignal): Promise<void>
  /** @returns what is wrong, in one sentence; empty when nothing is */
  check(at: JobPlace, name: SideCheck, signal: AbortSignal): Promise<string>
  finish(at: JobPlace): Promise<void>
  fail(at: JobPlace, error: unknown): Promise<void>
  /** Lets go of the sandboxes of a cancelled job, and of what it kept on its way. */
  abandon(at: JobPlace): Promise<void>
}

const TYPES_TIMEOUT_MS = 3 * 60_000
const TESTS_TIMEOUT_MS = 5 * 60_000

type Deps = PipelineDeps & { readonly trees: DependencyTrees; readonly models: Models; readonly queue: BuildQueue }

export function createBuilder(deps: Deps): Builder {
  const { storage, objects, log } = deps
  const benches = createJobBenches(deps)

  const inJob = <T>({ orgId, jobId }: JobPlace, work: (stores: Stores, job: Job) => Promise<T>) =>
    storage.inWorkspace(orgId, async (stores) => work(stores, await stores.jobs.get(jobId)))
  const jobOf = (at: JobPlace) => inJob(at, async (_, job) => job)
  const logOf = (at: JobPlace, job: Job): JobLog =>
    jobLog((events) => storage.inWorkspace(at.orgId, (stores) => stores.events.append(...events)), { ...aboutJob(job), stage: job.status })

  /** Runs `work` with the job and its log; whatever was logged is stored before this ends, also when it throws. */
  const withLog = async <T>(at: JobPlace, work: (job: Job, log: JobLog) => Promise<T>): Promise<T> => {
    const job = await jobOf(at)
    const lines = logOf(at, job)
    try {
      return await work(job, lines)
    } finally {
      await lines.flush()
    }
  }

  const move = (at: JobPlace, event: JobEvent, patch: Parameters<Stores['jobs']['move']>[2] = {}) =>
    inJob(at, async (stores, before) => {
      const job = await stores.jobs.move(at.jobId, event, patch)
      if (before.status !== job.status) await stores.events.append(jobChanged(job))
      return job
    })

  const tell = (at: JobPlace, check: CheckResult) =>
    inJob(at, async (stores) => {
      const job = await stores.jobs.setCheck(at.jobId, check)
      const isOver = check.status === 'passed' || check.status === 'failed'
      if (isOver) {
        const kind = check.name === 'page' ? 'browser' : check.name === 'health' || check.name === 'start' ? 'http' : 'command'
        const verdict = check.status === 'passed' ? 'satisfied' : 'violated'
        const about = { projectId: job.projectId, featureId: job.featureId, jobId: job.id, requirement: null }
        await stores.evidence.add([{ ...about, kind, verdict, summary: `${check.name}: ${check.summary}`, key: `check-${check.name}` }])
      }
      await stores.events.append(checkChanged(job, check))
    })

  /** Runs one check and tells of its begin and end. */
  const checked = async (at: JobPlace, name: CheckName, look: () => Promise<{ isOk: boolean; summary: string } | 'skipped'>) => {
    const started = performance.now()
    await tell(at, { name, status: 'running', summary: '', durationMs: null })
    const seen = await look()
    const durationMs = Math.round(performance.now() - started)
    if (seen === 'skipped') {
      await tell(at, {
        name,
        status: 'skipped',
        summary: 'There is no browser on this machine. Install Chromium to have pages looked at.',
        durationMs,
      })
      return { isOk: true, summary: '' }
    }
    await tell(at, { name, status: seen.isOk ? 'passed' : 'failed', summary: seen.summary.slice(0, 2_000), durationMs })
    return seen
  }

  const compile = async (at: JobPlace, job: Job): Promise<AppFiles> => {
    const { spec, restored } = await storage.inWorkspace(at.orgId, async (stores) => {
      const name = await stores.jobs.restoreFrom(at.jobId)
      const version = name ? (await stores.versions.list(job.projectId)).find((one) => one.name === name) : undefined
      return { spec: (await stores.specs.get(job.featureId))?.spec, restored: version }
    })
    if (restored) return unpackFiles(await objects.get(archiveKey(at.orgId, restored.archiveSha256)))
    if (!spec) throw failure('NOT_FOUND', { thing: 'spec of feature', id: job.featureId })
    return bytesOf(compileApp(spec.blueprint, deps.template))
  }

  const work = createSourceWork({ ...deps, benches, idleMs: deps.previewIdleMs })
  const coding = createCoding({ ...deps, work, withLog })
  const lanes = createCodeLanes({ objects, benches, coding, work, withLog })
  const afterCode = createAfterCode({ ...deps, work, benches, compile, withLog })

  return {
    async begin(at, order) {
      try {
        const { job } = await enterBuild(storage, at.orgId, order)
        await deps.queue.tell() // it waits no longer: all others have moved up
        return !isFinal(JOB, job.status)
      } catch (error) {
        if (isFailure(error, 'MOVED_ON')) return false
        throw error
      }
    },

    async enter(at, event) {
      await move(at, event)
    },

    async scaffold(at, signal) {
      await move(at, 'scaffold')
      await withLog(at, async (job, lines) => {
        const files = await compile(at, job)
        await objects.put(sourcesKey(at.orgId, at.jobId), packFiles(files))
        signal.throwIfAborted()
        lines.add('note', `${Object.keys(files).length} files written.`)
      })
    },

    async beginCode(at) {
      await move(at, 'code')
      return coding.list(at)
    },

    ...lanes,
    ...afterCode,

    async verifyPlans(at, { tasks, written }) {
      const open = new Set(tasks.map(({ plan }) => plan))
      const isWritten = (plan: string) =>
        open.has(plan) && tasks.every((task) => task.plan !== plan || written.some((one) => one.plan === plan && one.index === task.index))
      await withLog(at, async (job, lines) => {
        const files = textsOf(unpackFiles(await objects.get(sourcesKey(at.orgId, at.jobId))))
        const { plans, spec } = await storage.inWorkspace(at.orgId, async (stores) => ({
          plans: await stores.plans.list(job.featureId),
          spec: (await stores.specs.get(job.featureId))?.spec,
        }))
        const verify = verifier(textTree(files), { parseModule: parseWithOxc })
        const delivery = new Map(spec?.requirements.map((requirement) => [requirement.id, requirement.delivery]))
        const rows = plans.flatMap(({ name, source }) => {
          const { plan } = parsePlan(source)
          const { verdict, checks } = verify(plan)
          lines.add('note', `Plan ${name}: ${sayChecks(checks)}.`)
          return plan.frontMatter.requirements.map((requirement) => {
            const isBuilt = delivery.get(requirement) === 'compiled' || isWritten(name)
            const seen = isBuilt && verdict !== 'unverifiable' ? verdict : ('undecided' as const)
            const summary = isBuilt
              ? `Plan ${name}: ${sayChecks(checks)}.`
              : open.has(name)
                ? 'Not built: see what became of its tasks.'
                : 'Not built: it needs a model or a later version.'
            const about = { projectId: job.projectId, featureId: job.featureId, jobId: job.id, requirement }
            return { ...about, kind: 'file' as const, verdict: seen, summary, key: `plan-${name}-${requirement}` }
          })
        })
        if (rows.length > 0) await storage.inWorkspace(at.orgId, (stores) => stores.evidence.add(rows))
      })
    },

    async installDependencies(at, signal) {
      await move(at, 'deps')
      // What a model's commands did to the sandbox they ran in is no part of the app: it is built where only its sources came.
      await benches.drop(at)
      await lanes.dropLanes(at)
      await withLog(at, async (_, lines) => {
        const bench = await benches.of(at, lines)
        signal.throwIfAborted()
        lines.add('note', `Dependencies are in place in sandbox ${bench.sandbox.id}.`)
      })
    },

    async checkBuild(at, signal) {
      await move(at, 'check')
      await withLog(at, async (_, lines) => {
        const bench = await benches.of(at, lines)
        const seen = await checked(at, 'build', async () => {
          const failed = await bench.build(lines.add, signal)
          return { isOk: !failed, summary: failed ? lastWords(failed.output) : 'The production build was made.' }
        })
        if (!seen.isOk) throw failure('BUILD_FAILED', { stage: 'the production build', reason: seen.summary })
      })
    },

    async startApp(at, signal) {
      await withLog(at, async (job, lines) => {
        const bench = await benches.of(at, lines)
        await checked(at, 'start', async () => {
          await bench.serve(lines.add, signal)
          return { isOk: true, summary: 'The app answers.' }
        }).catch(async (error: unknown) => {
          if (isFailure(error, 'BUILD_FAILED'))
            await tell(at, { name: 'start', status: 'failed', summary: error.message.slice(0, 2_000), durationMs: null })
          throw error
        })
        const previewUrl = `/api/jobs/${at.jobId}/preview`
        await storage.inWorkspace(at.orgId, async (stores) => {
          await stores.jobs.update(at.jobId, { previewUrl, previewAt: new Date().toISOString() })
          await stores.events.append({ type: 'preview-answers', ...aboutJob(job), previewUrl })
        })
      })
    },

    check: (at, name, signal) =>
      withLog(at, async (_, lines) => {
        const command = async (
          bench: Bench,
          words: readonly [string, ...string[]],
          timeoutMs: number,
          well: (result: RunResult) => string,
        ) => {
          const result = await bench.run(words, { onLine: lines.add, signal, timeoutMs })
          return { isOk: result.isOk, summary: result.isOk ? well(result) : `${tellingLine(result.output)}\n${lastWords(result.output)}` }
        }
        const seen = await checked(at, name, async () => {
          switch (name) {
            // Each in a sandbox of its own: code of the app that runs for one verdict cannot reach what is asked for another.
            case 'types':
              return benches.apart(at, lines, (bench) =>
                command(bench, ['npm', 'run', 'typecheck'], TYPES_TIMEOUT_MS, () => 'No type errors.'),
              )
            case 'tests':
              return benches.apart(at, lines, (bench) =>
                command(bench, ['npm', 'test'], TESTS_TIMEOUT_MS, ({ output }) => testCount(output)),
              )
            case 'health': {
              const bench = await benches.of(at, lines)
              await bench.serve(lines.add, signal)
              return command(bench, ['node', '--input-type=module', '--eval', ASK_HEALTH], TYPES_TIMEOUT_MS, () => '/health answered 200.')
            }
            case 'page': {
              if (!deps.checkPage) return 'skipped'
              const bench = await benches.of(at, lines)
              await bench.serve(lines.add, signal)
              const report = await deps.checkPage({ sandbox: bench.sandbox, port: APP_PORT, signal })
              const faults = [...report.consoleErrors, ...report.failedRequests]
              for (const fault of faults) lines.add('stderr', fault)
              return { isOk: report.ok, summary: report.ok ? `"${report.title}" loaded without an error.` : faults.slice(0, 5).join('\n') }
            }
          }
        })
        return seen.isOk ? '' : `${LABEL[name]}: ${seen.summary.split('\n')[0]}`
      }),

    async finish(at) {
      await withLog(at, async (job, lines) => {
        const bench = await benches.of(at, lines)
        const checkedFiles = unpackFiles(await objects.get(sourcesKey(at.orgId, at.jobId)))
        const files = await bench.readSources()
        if (treeHash(files) !== treeHash(checkedFiles)) {
          throw failure('BUILD_FAILED', {
            stage: 'packing',
            reason: `Its own commands changed these files: ${changedPaths(checkedFiles, files)}`,
          })
        }
        const archive = packFiles(files)
        const archiveSha256 = sha256(archive)
        await objects.put(archiveKey(at.orgId, archiveSha256), archive)
        await storage.inWorkspace(at.orgId, async (stores) => {
          const restoredFrom = await stores.jobs.restoreFrom(at.jobId)
          const version = await stores.versions.add({
            jobId: at.jobId,
            archiveSha256,
            archiveBytes: archive.byteLength,
            ...(restoredFrom ? { restoredFrom } : {}),
          })
          const ready = await stores.jobs.move(at.jobId, 'pass', { buildVersion: buildVersion(version.number), archiveSha256 })
          const feature = await stores.features.move(job.featureId, 'build-ready')
          await stores.events.append(
            { type: 'version-added', ...aboutJob(ready), name: version.name },
            jobChanged(ready),
            featureChanged(feature),
          )
        })
        await objects.remove(sourcesKey(at.orgId, at.jobId))
      })
      benches.release(at)
    },

    async fail(at, error) {
      await benches.drop(at)
      await lanes.dropLanes(at)
      const debugId = `dbg_${randomBytes(6).toString('hex')}`
      const isTold = error instanceof Error && error.name === 'SlipwayError'
      log({ level: 'error', at: 'build.failed', debugId, ...at, error: String((error as Error)?.stack ?? error) })
      const text = isTold
        ? (error as Error).message
        : 'The build stopped because something went wrong on our side. Build again; if it stays, look for the debug id in the log.'
      await inJob(at, async (stores, before) => {
        if (isFinal(JOB, before.status)) return
        const note = { type: 'job-log', ...aboutJob(before), stage: before.status, stream: 'note', text: `${text}\n${debugId}\n` } as const
        const job = await stores.jobs.move(at.jobId, 'fail', { failure: text.slice(0, 4_000), debugId, previewUrl: null, sandboxId: null })
        const feature = await stores.features.move(job.featureId, 'build-failed')
        await stores.events.append(note, jobChanged(job), featureChanged(feature))
      })
    },

    async abandon(at) {
      await benches.drop(at)
      await lanes.dropLanes(at)
    },
  }
}

const LABEL: Record<SideCheck, string> = { types: 'Types', tests: 'Tests', health: 'Health route', page: 'First page' }

const ASK_HEALTH = `const answer = await fetch('http://127.0.0.1:${APP_PORT}/health')
if (!answer.ok) throw new Error('/health answered ' + answer.status)
`

const bytesOf = (files: readonly AppFile[]): AppFiles => Object.fromEntries(files.map(({ path, content }) => [path, Buffer.from(content)]))

const textsOf = (files: AppFiles): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([path, bytes]) => [path, Buffer.from(bytes).toString()]))
