/** The `slipway` command: reads its environment once, then hands the rest to one file per command. */
import { homedir } from 'node:os'
import { join } from 'node:path'
import { isFailure } from '@slipway/domain'
import { Command, Option } from 'commander'
import { exportFeature } from './commands/export.ts'
import { registerFigmaCommands } from './commands/figma.ts'
import { list } from './commands/list.ts'
import { logs } from './commands/logs.ts'
import { newApp } from './commands/new.ts'
import { open } from './commands/open.ts'
import { registerPlanCommands } from './commands/plan.ts'
import { record } from './commands/record.ts'
import { replayAll } from './commands/replay.ts'
import { start, stop } from './commands/start.ts'
import { connect } from './connect.ts'
import { createTerminal } from './terminal.ts'

const terminal = createTerminal({ input: process.stdin, output: process.stdout, hasColour: process.stdout.isTTY && !process.env.NO_COLOR })
// A reader that has seen enough, such as `| head`, is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})
const dataFolder = process.env.SLIPWAY_DATA ?? join(homedir(), '.local/share/slipway')
const server = () => connect({ dataFolder, url: process.env.SLIPWAY_URL, token: process.env.SLIPWAY_TOKEN, say: terminal.say })

const program = new Command('slipway')
  .description('Turns an idea into a running, tested web app that you can open, change, download and keep.')
  .showHelpAfterError('Run "slipway --help" to see what there is.')

program
  .command('new')
  .description('build an app from an idea, with live progress')
  .argument('<idea>', 'what you want, in your own words')
  .option('-y, --yes', 'take every default and approve spec and plan', false)
  .option('-o, --out <folder>', 'where the zip goes', '.')
  .option('-v, --verbose', 'show the whole build log', false)
  .action(async (idea: string, options: { yes: boolean; out: string; verbose: boolean }) => {
    process.exitCode = await newApp({ ...(await server()), terminal }, { idea, ...options })
  })

program
  .command('start')
  .description('start Slipway in the background, unless it runs already')
  .action(async () => start({ server, terminal }))

program
  .command('stop')
  .description('stop the Slipway that runs in the background')
  .action(async () => {
    process.exitCode = await stop({ dataFolder, terminal })
  })

program
  .command('open')
  .description('print an address that signs you in, in any browser')
  .action(async () => open({ ...(await server()), terminal }))

program
  .command('list')
  .description('list features with their state')
  .addOption(new Option('--json', 'print JSON').default(false))
  .action(async (options: { json: boolean }) => list({ ...(await server()), terminal }, options))

program
  .command('logs')
  .description('print the log of the newest build of a feature')
  .argument('<feature>', 'id of the feature, or the first letters of its title')
  .option('-f, --follow', 'go on until the build has ended', false)
  .action(async (feature: string, options: { follow: boolean }) => logs({ ...(await server()), terminal }, { feature, ...options }))

program
  .command('export')
  .description('download the zip of a ready build')
  .argument('<feature>', 'id of the feature, or the first letters of its title')
  .option('-o, --out <folder>', 'where the zip goes', '.')
  .option('--version-name <name>', 'an older version, such as build_v0_2')
  .action(async (feature: string, options: { out: string; versionName?: string }) =>
    exportFeature({ ...(await server()), terminal }, { feature, ...options }),
  )

program
  .command('record')
  .description('record the whole run of a feature: what its owner did, and every exchange with a model; holds words and code, no keys')
  .argument('<feature>', 'id of the feature, or the first letters of its title')
  .option('-o, --out <file>', 'where it goes; packed when it ends in .gz')
  .action(async (feature: string, options: { out?: string }) => record({ ...(await server()), terminal }, { feature, ...options }))

program
  .command('replay')
  .description('run recordings again, offline and at no cost, and say whether they end in the same tree')
  .argument('<file...>', 'what "slipway record" wrote')
  .option('--prompts-may-differ', 'judge changed prompts: other questions are told, and get the recorded answers', false)
  .addOption(new Option('--json', 'print a report as JSON, one line for each file').default(false))
  .addHelpText(
    'after',
    `
Needs no server, no key and no model. It has a database, sandboxes and files of its own in a temporary folder; of this
installation it uses the dependencies that are installed already.

Exit codes: 0 the same tree, and the same questions or --prompts-may-differ; 1 not so, or it could not be replayed.`,
  )
  .action(async (files: string[], options: { promptsMayDiffer: boolean; json: boolean }) => {
    process.exitCode = await replayAll({ terminal, dataFolder }, { files, ...options })
  })

registerPlanCommands(program, {
  terminal,
  cwd: process.cwd(),
  exit: (code) => {
    process.exitCode = code
  },
})

registerFigmaCommands(program, {
  terminal,
  exit: (code) => {
    process.exitCode = code
  },
})

try {
  await program.parseAsync()
} catch (error) {
  const isForPeople = isFailure(error) || (error instanceof Error && error.name === 'ProblemError')
  process.stderr.write(`${isForPeople ? (error as Error).message : String(error instanceof Error ? error.stack : error)}\n`)
  process.exitCode = 1
}
