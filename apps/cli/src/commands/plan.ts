/** The `slipway plan` commands: plan documents on this machine, without a server and without a model. */
import { isFailure } from '@slipway/domain'
import { type Command, InvalidArgumentError } from 'commander'
import type { Terminal } from '../terminal.ts'
import { planCheck } from './plan-check.ts'
import { planExport, planImport } from './plan-import.ts'
import { planAnswer, planRun } from './plan-run.ts'
import { planVerify } from './plan-verify.ts'

interface Deps {
  readonly terminal: Terminal
  /** Takes the exit code of the command that ran. */
  readonly exit: (code: number) => void
  /** Paths are shown from here. */
  readonly cwd: string
}

/** What the user named cannot be used: other than a verdict. */
const UNUSABLE = 2

export function registerPlanCommands(program: Command, deps: Deps): void {
  const plan = program.command('plan').description('check, verify and run plan documents, such as those of a .planning folder')
  const settle = async (run: () => number | Promise<number>) => {
    try {
      deps.exit(await run())
    } catch (error) {
      if (!isFailure(error)) throw error
      deps.terminal.say(error.message, 'fail')
      deps.exit(UNUSABLE)
    }
  }

  plan
    .command('check')
    .description('find what must be right before plans may run: dependencies, waves, shared files, proofs of tasks, requirements')
    .argument('<path>', 'a project, its .planning folder, any folder with plans, or one plan')
    .option('--fix', 'repair what has one right answer, in place', false)
    .option('--tree <folder>', 'the tree that the plans start from (default: the project around .planning)')
    .option('--json', 'print JSON', false)
    .addHelpText('after', '\nExit codes: 0 no error, 1 errors, 2 the path cannot be used.')
    .action((path: string, options: { fix: boolean; tree?: string; json: boolean }) => settle(() => planCheck(deps, { path, ...options })))

  plan
    .command('verify')
    .description('look in a tree for what plans promised; nothing is run')
    .argument('<path>', 'one plan, or a folder of plans')
    .requiredOption('--tree <folder>', 'where to look')
    .option('--baseline <folder or commit>', 'the tree that the plan began from: what held there proves nothing')
    .option('--json', 'print JSON', false)
    .addHelpText(
      'after',
      '\nEach check ends ✓ satisfied, ✗ violated or ? undecided, with file, lines and rule.\nExit codes: 0 satisfied, 1 a plan violated, 2 a plan unverifiable, or the paths cannot be used.',
    )
    .action((path: string, options: { tree: string; baseline?: string; json: boolean }) =>
      settle(() => planVerify(deps, { path, ...options })),
    )

  plan
    .command('import')
    .description('read a .planning folder into one JSON file: project, requirements, phases, plans')
    .argument('<folder>', 'a project or its .planning folder')
    .option('--out <file>', 'where to write the JSON (default: standard output)')
    .option('--json', 'print the JSON as well as writing it', false)
    .addHelpText('after', '\nExit codes: 0 all read, 1 a part of a plan could not be read, 2 the folder cannot be used.')
    .action((folder: string, options: { out?: string; json: boolean }) => settle(() => planImport(deps, { folder, ...options })))

  plan
    .command('export')
    .description('write a .planning folder from what "plan import" made; importing it again changes nothing')
    .argument('<file>', 'the JSON file')
    .requiredOption('--out <folder>', 'the folder to write; other files in it stay')
    .addHelpText('after', '\nExit codes: 0 written, 2 the file or folder cannot be used.')
    .action((file: string, options: { out: string }) => settle(() => planExport(deps, { file, ...options })))

  plan
    .command('run')
    .description('carry plans out, wave by wave, each in a git worktree of its own, and merge them into the current branch')
    .argument('<path>', 'a project, its .planning folder, or a folder with plans inside of a repository')
    .requiredOption(
      '--coder <command>',
      'does one task: a program or a line for the shell, run in the worktree; the task is on standard input, plan and task number are its arguments ($1 and $2)',
    )
    .option('--resume', 'go on with a run that stopped, was answered or failed', false)
    .option('--discard', 'drop a run that has not ended, with its worktrees, and begin anew', false)
    .option('--limit <count>', 'how many plans may run side by side', count, 2)
    .option(
      '--trust-plan-commands',
      'run the commands that prove tasks here; without it each task waits for your word that they passed',
      false,
    )
    .addHelpText(
      'after',
      `
The coder and trusted commands run on this machine with your rights, without a sandbox. Commands of a plan are as
trustworthy as whoever wrote the plan: read them before you pass --trust-plan-commands.
The engine owns git: a commit per task, no hooks, no programs that the repository's own configuration names. A merge
that deletes or changes a file the plan did not declare is refused. Worktrees and logs lie in .slipway, which git ignores.

Exit codes: 0 all plans done, 1 a plan failed or may not run, 2 a person must answer, or the path cannot be used.`,
    )
    .action((path: string, options: { coder: string; resume: boolean; discard: boolean; limit: number; trustPlanCommands: boolean }) =>
      settle(() => planRun(deps, { path, ...options })),
    )

  plan
    .command('answer')
    .description('answer what a parked plan asks; without a plan, show what waits')
    .argument('<path>', 'the path that was given to "plan run"')
    .argument('[plan]', 'such as 01-02')
    .argument('[answer...]', 'approved, passed, done, an option of a decision, or what is to be changed')
    .addHelpText('after', '\nExit codes: 0 answered, or nothing waits; 1 not an answer to what was asked; 2 something waits.')
    .action((path: string, name: string | undefined, answer: string[]) =>
      settle(() => planAnswer(deps, { path, plan: name, answer: answer.join(' ') })),
    )
}

function count(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('Give a whole number from 1.')
  return number
}
