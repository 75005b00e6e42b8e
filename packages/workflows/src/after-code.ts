/** What follows a model's code: tests from the acceptance criteria by an agent that has not seen it, and a security review whose findings become tasks. */
import { diagnoseTypes, type SecurityReview, security, type TestFiles, tester } from '@slipway/agents'
import type { Evidence, Job, Requirement, Spec } from '@slipway/domain'
import { type Plan, parsePlan } from '@slipway/plan'
import type { Storage } from '@slipway/storage'
import type { AppFiles } from './archive.ts'
import type { JobPlace } from './builder.ts'
import { runTask, type TaskTools, whatIsLeft } from './code-task.ts'
import type { CodeTask } from './coding.ts'
import type { JobBenches } from './job-benches.ts'
import type { JobLog } from './job-log.ts'
import { whyNoModel } from './models.ts'
import type { SourceWork } from './source-work.ts'

export interface AfterCode {
  /** Safe to repeat, like everything of a build; never a reason for it to fail. */
  writeTests(at: JobPlace, written: readonly CodeTask[], signal: AbortSignal): Promise<void>
  secure(at: JobPlace, written: readonly CodeTask[], signal: AbortSignal): Promise<void>
}

interface Deps {
  readonly storage: Storage
  readonly work: SourceWork
  readonly benches: JobBenches
  /** The app without anything that a model wrote. */
  readonly compile: (at: JobPlace, job: Job) => Promise<AppFiles>
  readonly withLog: <T>(at: JobPlace, work: (job: Job, lines: JobLog) => Promise<T>) => Promise<T>
}

/** What was written for, and where. */
interface Written {
  readonly spec: Spec
  readonly plans: readonly { readonly name: string; readonly source: string; readonly plan: Plan }[]
  /** That a model was to deliver. */
  readonly requirements: readonly Requirement[]
  /** What its plans may change. */
  readonly writable: readonly string[]
}

interface Finding {
  readonly verdict: Evidence['verdict']
  readonly summary: string
  readonly requirements: readonly (string | null)[]
  readonly key: string
}

const TESTS_FOLDER = 'tests/'
const EXAMPLES = ['tests/api.ts', 'tests/database.ts', 'tests/build.ts']
const EXAMPLE_CHARACTERS_MAX = 12_000
const FILE_CHARACTERS_MAX = 40_000
const FILES_MAX = 40
const FINDINGS_MAX = 8
const TESTS_TIMEOUT_MS = 3 * 60_000

export function createAfterCode({ storage, work, benches, compile, withLog }: Deps): AfterCode {
  const readWritten = (at: JobPlace, job: Job, written: readonly CodeTask[]): Promise<Written | undefined> =>
    storage.inWorkspace(at.orgId, async (stores) => {
      const spec = (await stores.specs.get(job.featureId))?.spec
      if (!spec) return undefined
      const names = new Set(written.map(({ plan }) => plan))
      const plans = (await stores.plans.list(job.featureId))
        .filter(({ name }) => names.has(name))
        .map(({ name, source }) => ({ name, source, plan: parsePlan(source).plan }))
      const ids = new Set(plans.flatMap(({ plan }) => plan.frontMatter.requirements))
      const requirements = spec.requirements.filter(({ id, delivery }) => delivery === 'model' && ids.has(id))
      return { spec, plans, requirements, writable: [...new Set(plans.flatMap(({ plan }) => plan.frontMatter.filesModified))] }
    })

  const note = async (at: JobPlace, job: Job, kind: Evidence['kind'], findings: readonly Finding[]) => {
    const about = { projectId: job.projectId, featureId: job.featureId, jobId: job.id, kind }
    const rows = findings.flatMap(({ verdict, summary, requirements, key }) =>
      requirements.map((requirement) => ({
        ...about,
        verdict,
        requirement,
        summary: summary.slice(0, 2_000),
        key: `${key}-${requirement ?? 'app'}`,
      })),
    )
    if (rows.length) await storage.inWorkspace(at.orgId, ({ evidence }) => evidence.add(rows))
  }

  /** Models that cannot be asked are no reason for a build to fail: what they wrote stands, and the log says what was not done. */
  const orTold = async (lines: JobLog, signal: AbortSignal, what: string, done: Promise<void>) => {
    try {
      await done
    } catch (error) {
      const why = whyNoModel(error)
      if (!why || signal.aborted) throw error
      lines.add('stderr', `${what}: ${why}`)
    }
  }

  /** Files that pass on an app without the code they are to test: they would pass whatever it did. */
  const idle = (at: JobPlace, job: Job, lines: JobLog, files: Readonly<Record<string, string>>, signal: AbortSignal): Promise<string[]> =>
    benches.apart(at, lines, async (bench) => {
      await bench.replaceSources({ ...(await compile(at, job)), ...bytesOf(files) })
      const passing: string[] = []
      for (const path of Object.keys(files)) if ((await runTests(bench, [path], { signal })).isOk) passing.push(path)
      return passing
    })

  const testsFor = async (at: JobPlace, job: Job, { run, bench, lines, signal }: TaskTools, wanted: Written, before: AppFiles) => {
    const examples = [
      ...EXAMPLES.flatMap((path) => (before[path] ? [[path, textOf(before[path]).slice(0, EXAMPLE_CHARACTERS_MAX)] as const] : [])),
      ...wanted.plans.map(({ name, source }) => [`plan ${name}`, source] as const),
    ]
    const check = async (answer: TestFiles) => {
      const files = filesOf(answer)
      const paths = Object.keys(files)
      await bench.sandbox.writeFiles(bytesOf(files))
      const types = await diagnoseTypes(bench.sandbox)(paths, signal)
      for (const path of paths) await bench.sandbox.remove(path)
      if (types) return types.split('\n')
      return (await idle(at, job, lines, files, signal)).map((path) => `${path} passes on an app without the feature: it tests nothing`)
    }
    const input = {
      requirements: wanted.requirements,
      tree: Object.keys(before),
      examples: Object.fromEntries(examples),
      allowedFolders: [TESTS_FOLDER],
    }
    return filesOf(await run.ask(tester, input, { key: 'tests', signal, check }))
  }

  return {
    writeTests: (at, written, signal) =>
      withLog(at, async (job, lines) => {
        const wanted = await readWritten(at, job, written)
        if (!wanted || wanted.requirements.length === 0) return
        const ids = wanted.requirements.map(({ id }) => id)
        const said = (verdict: Evidence['verdict'], summary: string) =>
          note(at, job, 'command', [{ verdict, summary, requirements: ids, key: 'written-tests' }])
        const commission = `tests\n${JSON.stringify(wanted.requirements)}`
        lines.add('note', `Tests from the acceptance criteria of ${ids.join(', ')}.`)
        const done = work.once({ at, job, lines, signal }, commission, async (tools, before) => {
          const { bench } = tools
          const files = await testsFor(at, job, tools, wanted, before)
          const paths = Object.keys(files)
          await bench.sandbox.writeFiles(bytesOf(files))
          const count = `${paths.join(', ')}, written without having seen the code,`
          if ((await runTests(bench, paths, { lines, signal })).isOk) return { value: told('satisfied', `${count} pass.`), isKept: true }
          const verify = [`npx vitest run ${paths.join(' ')}`, 'npm run typecheck']
          const task = {
            ...TESTS_TASK,
            acceptanceCriteria: wanted.requirements.flatMap(({ criteria }) => criteria.map(sayCriterion)),
            verify,
            writable: wanted.writable,
          }
          const plan = wanted.plans.map(({ source }) => source).join('\n\n')
          const result = await runTask(tools, { key: 'tests/repair', plan, task })
          if (result.kind === 'done') return { value: told('satisfied', `${count} failed at first, and pass now.`), isKept: true }
          for (const path of paths) await bench.sandbox.remove(path)
          return {
            value: told(result.kind === 'failed' ? 'violated' : 'undecided', `${count} fail. ${whatIsLeft(TESTS_TASK.name, result)}`),
            isKept: false,
          }
        })
        await orTold(
          lines,
          signal,
          'No tests were written from the acceptance criteria',
          done.then(async (outcome) => {
            if (outcome.kind === 'found')
              await said('satisfied', 'Tests that were written from its criteria in an earlier build are in the app.')
            if (outcome.kind !== 'worked') return
            lines.add('note', outcome.value.summary)
            await said(outcome.value.verdict, outcome.value.summary)
          }),
        )
      }),

    secure: (at, written, signal) =>
      withLog(at, async (job, lines) => {
        const wanted = await readWritten(at, job, written)
        if (!wanted || wanted.plans.length === 0) return
        lines.add('note', 'Security review of what was written.')
        const compiled = await compile(at, job)
        const done = work.once({ at, job, lines, signal }, `security\n${accessRules(wanted.spec)}`, async (tools, before) => {
          const files = changedTexts(compiled, before)
          const { findings } = await tools.run.ask(security, { files, accessRules: accessRules(wanted.spec) }, { key: 'security', signal })
          const outcomes: Finding[] = []
          for (const [index, finding] of findings.slice(0, FINDINGS_MAX).entries()) {
            const where = `${finding.title} (${finding.path}:${finding.line}, ${finding.severity})`
            lines.add('note', `Security: ${where}. ${finding.text}`)
            if (finding.severity === 'low') continue
            outcomes.push({ ...(await close(tools, finding, Object.keys(files), index)), requirements: [null], key: `security-${index}` })
          }
          if (findings.length === 0) lines.add('note', `The security review of ${Object.keys(files).length} files found nothing.`)
          return { value: outcomes, isKept: outcomes.every(({ verdict }) => verdict === 'satisfied') }
        })
        await orTold(
          lines,
          signal,
          'What was written was not reviewed for security',
          done.then((outcome) => (outcome.kind === 'worked' ? note(at, job, 'command', outcome.value) : undefined)),
        )
      }),
  }
}

/** A hole as a task: the app's own checks must pass afterwards. */
async function close(
  tools: TaskTools,
  { title, text, path, line, fix }: SecurityReview['findings'][number],
  files: readonly string[],
  index: number,
): Promise<Pick<Finding, 'verdict' | 'summary'>> {
  const writable = fix.files.filter((file) => files.includes(file))
  const task = {
    name: `Close: ${title}`,
    action: `${text}\n\n${fix.action}`,
    acceptanceCriteria: [`Nobody can do this any more: ${text}`],
    done: 'The hole is closed, and everything else works as before.',
    verify: ['npm run typecheck', 'npm test'],
    writable: writable.length ? writable : [path],
  }
  const result = await runTask(tools, { key: `security/${index + 1}`, plan: '', task })
  const where = `Security review: ${title} (${path}:${line})`
  if (result.kind === 'done') return { verdict: 'satisfied', summary: `${where} was closed; the type check and all tests pass.` }
  return { verdict: result.kind === 'failed' ? 'violated' : 'undecided', summary: `${where} is open. ${whatIsLeft(task.name, result)}` }
}

const TESTS_TASK = {
  name: 'Meet the acceptance criteria',
  action:
    'Tests that were written from the acceptance criteria fail. Change the code so that they pass; the tests themselves cannot be changed.',
  done: 'The tests pass.',
}

const told = (verdict: Evidence['verdict'], summary: string) => ({ verdict, summary })
const textOf = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString()
const bytesOf = (files: Readonly<Record<string, string>>): AppFiles =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]))
const filesOf = ({ files }: TestFiles) => Object.fromEntries(files.map(({ path, content }) => [path, content]))
const sayCriterion = ({ given, when, then }: Requirement['criteria'][number]) => `Given ${given}, when ${when}, then ${then}.`

function runTests(
  bench: Parameters<Parameters<JobBenches['apart']>[2]>[0],
  paths: readonly string[],
  { lines, signal }: { lines?: JobLog; signal: AbortSignal },
) {
  return bench.run(['npx', 'vitest', 'run', ...paths], { onLine: lines?.add ?? (() => undefined), signal, timeoutMs: TESTS_TIMEOUT_MS })
}

/** What a model wrote, as text. */
function changedTexts(compiled: AppFiles, files: AppFiles): Record<string, string> {
  const changed = Object.entries(files).filter(([path, bytes]) => {
    const was = compiled[path]
    return !path.startsWith(TESTS_FOLDER) && !(was && Buffer.compare(was, bytes) === 0)
  })
  return Object.fromEntries(changed.slice(0, FILES_MAX).map(([path, bytes]) => [path, textOf(bytes).slice(0, FILE_CHARACTERS_MAX)]))
}

/** Who may do what, as the blueprint says. */
const accessRules = ({ blueprint }: Spec): string =>
  JSON.stringify({ roles: blueprint.roles, entities: blueprint.entities.map(({ name, access }) => ({ name, access })) }, null, 1)
