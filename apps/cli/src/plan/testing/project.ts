/** Small projects for tests: a real git repository in a temporary folder, with plans, and a terminal that keeps what is said. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { makePlan, type PlanValues, printPlan, type TaskValues } from '@slipway/plan'
import { Command } from 'commander'
import { onTestFinished } from 'vitest'
import { registerPlanCommands } from '../../commands/plan.ts'
import { createTerminal } from '../../terminal.ts'

export interface Project {
  readonly root: string
  path(name: string): string
  text(name: string): string
  write(files: Readonly<Record<string, string>>): void
  git(...args: readonly string[]): string
  /** Everything in one commit. */
  commit(): void
  /** `slipway plan …` in this process. */
  slipway(...args: readonly string[]): Promise<{ code: number; output: string }>
}

/** Gone when the test ends. */
export function project(files: Readonly<Record<string, string>> = {}): Project {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'slipway-plan-')))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=Someone', '-c', 'user.email=someone@example.com', ...args], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim()
  const made: Project = {
    root,
    path: (name) => join(root, name),
    text: (name) => readFileSync(join(root, name), 'utf8'),
    write: (texts) => writeFiles(root, texts),
    git,
    commit: () => {
      git('init', '-q', '-b', 'main')
      git('add', '-A')
      git('commit', '-q', '-m', 'start')
    },
    slipway: async (...args) => {
      const { terminal, output } = recorder()
      let code = -1
      const program = new Command('slipway').exitOverride()
      registerPlanCommands(program, {
        terminal,
        cwd: root,
        exit: (given) => {
          code = given
        },
      })
      await program.parseAsync(['plan', ...args], { from: 'user' })
      return { code, output: output() }
    },
  }
  made.write(files)
  return made
}

export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

export function recorder() {
  let text = ''
  const write = (part: string) => {
    text += part
    return true
  }
  const output = { write } as unknown as NodeJS.WritableStream
  return { terminal: createTerminal({ input: process.stdin, output, hasColour: false }), output: () => text }
}

/** A task that writes one module which exports one name; its proof looks for the name. */
export const task = (values: Partial<TaskValues> = {}): TaskValues => ({
  type: 'auto',
  name: 'Write one',
  files: ['src/one.ts'],
  action: 'Export one.',
  verify: { automated: 'grep -q one src/one.ts' },
  acceptanceCriteria: [],
  done: 'one is exported',
  ...values,
})

/** `.planning/phases/01-base/01-01-PLAN.md`, sound unless a value says otherwise. */
export function planFile(number: string, values: Partial<PlanValues> = {}): Record<string, string> {
  const plan = makePlan({
    phase: '01-base',
    plan: number,
    type: 'execute',
    wave: 1,
    dependsOn: [],
    filesModified: ['src/one.ts'],
    autonomous: true,
    requirements: [],
    mustHaves: { truths: ['It works'], artifacts: [{ path: 'src/one.ts', exports: ['one'] }], keyLinks: [], prohibitions: [] },
    objective: 'Make it work.',
    context: [],
    tasks: [task()],
    verification: [],
    successCriteria: [],
    output: '',
    ...values,
  })
  return { [`.planning/phases/01-base/01-${number}-PLAN.md`]: printPlan(plan) }
}

/** A plan that writes `src/NAME.ts`, which exports the name. */
export const planOf = (number: string, name: string, values: Partial<PlanValues> = {}) =>
  planFile(number, {
    filesModified: [`src/${name}.ts`],
    mustHaves: { truths: [], artifacts: [{ path: `src/${name}.ts`, exports: [name] }], keyLinks: [], prohibitions: [] },
    tasks: [task({ name: `Write ${name}`, files: [`src/${name}.ts`], verify: { automated: `grep -q ${name} src/${name}.ts` } })],
    ...values,
  })
