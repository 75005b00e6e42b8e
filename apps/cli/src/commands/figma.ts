/** The `slipway figma` commands: design files on this machine to code, without a server, without Figma and without a model. */
import { isFailure } from '@slipway/domain'
import type { Command } from 'commander'
import type { Terminal } from '../terminal.ts'
import { figmaCompile } from './figma-compile.ts'

interface Deps {
  readonly terminal: Terminal
  readonly exit: (code: number) => void
}

/** The file holds no design that can be used. */
const UNUSABLE = 2

const collect = (value: string, all: readonly string[]) => [...all, value]

export function registerFigmaCommands(program: Command, deps: Deps): void {
  const figma = program.command('figma').description('turn Figma designs into code')
  figma
    .command('compile')
    .description('write React with Tailwind 4, and the same as HTML, for the frames of a design')
    .argument('<file>', 'a .fig file, JSON from Figma\'s API ("GET /v1/files" or "…/nodes"), a plugin\'s JSON, or what was copied, as HTML')
    .requiredOption('--out <folder>', 'the folder to write; other files in it stay')
    .option('--node <id>', 'only this node, as 1:2 or 1-2; may be given more than once', collect, [])
    .option('--measure', 'show each page in Chromium and tell how near it is to the design', false)
    .option('--json', 'print JSON', false)
    .addHelpText(
      'after',
      [
        '',
        'Writes src/ (React), html/ (plain pages) and report.json (what of the design is exact, near, or cannot be said in CSS).',
        'Pictures that the file does not hold leave boxes of their size. Nothing is fetched.',
        'Exit codes: 0 written, 1 written and a page overflows or a node is missing (only with --measure), 2 the file cannot be used.',
      ].join('\n'),
    )
    .action(async (file: string, options: { out: string; node: string[]; measure: boolean; json: boolean }) => {
      try {
        deps.exit(await figmaCompile(deps, { file, ...options }))
      } catch (error) {
        if (!isFailure(error)) throw error
        deps.terminal.say(error.message, 'fail')
        deps.exit(UNUSABLE)
      }
    })
}
