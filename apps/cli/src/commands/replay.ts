/** `slipway replay`: a recorded run once more, offline, in a process and a folder of its own. */
import { type ChildProcess, fork } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type OwnerAct, ReplayReport } from '@slipway/domain'
import { z } from 'zod'
import { tellReplay } from '../say-replay.ts'
import type { Terminal } from '../terminal.ts'

const MAIN = join(dirname(fileURLToPath(import.meta.url)), '../../../server/src/replay-main.ts')

const Message = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('note'), text: z.string() }),
  z.object({ kind: z.literal('act'), act: z.string(), number: z.number(), of: z.number() }),
  z.object({ kind: z.literal('report'), report: ReplayReport }),
  z.object({ kind: z.literal('failed'), reason: z.string() }),
])

interface Deps {
  readonly terminal: Terminal
  readonly dataFolder: string
}

/** One after the other. @returns the exit code: 0 when every run ended in the same and asked the same, as far as it had to */
export async function replayAll(
  deps: Deps,
  options: { files: readonly string[]; promptsMayDiffer: boolean; json: boolean },
): Promise<number> {
  const { files, ...rest } = options
  let failed = 0
  for (const file of files) {
    if (files.length > 1 && !options.json) deps.terminal.say(file)
    failed += await replay(deps, { file, ...rest })
  }
  if (files.length > 1 && !options.json) {
    deps.terminal.say(`${files.length - failed} of ${files.length} runs passed.`, failed ? 'fail' : 'pass')
  }
  return failed ? 1 : 0
}

/** @returns 0 when it passed, else 1 */
async function replay(
  { terminal, dataFolder }: Deps,
  options: { file: string; promptsMayDiffer: boolean; json: boolean },
): Promise<number> {
  const args = [resolve(options.file), '--data', dataFolder, ...(options.promptsMayDiffer ? ['--prompts-may-differ'] : [])]
  const child = fork(MAIN, args, { execArgv: ['--disable-warning=DeprecationWarning'] })
  const end = await heard(child, (message) => {
    if (options.json) return
    if (message.kind === 'note') terminal.say(message.text)
    if (message.kind === 'act') terminal.say(`${message.number} of ${message.of}  ${ACT_WORDS[message.act as OwnerAct['kind']]} …`, 'run')
  })
  if (end.kind === 'failed') {
    process.stderr.write(`${end.reason}\n`)
    return 1
  }
  if (options.json) terminal.write(`${JSON.stringify(end.report)}\n`)
  else tellReplay(terminal, end.report)
  return end.report.isPassed ? 0 : 1
}

type Heard = z.infer<typeof Message>
type End = Extract<Heard, { kind: 'report' | 'failed' }>

function heard(child: ChildProcess, onMessage: (message: Heard) => void): Promise<End> {
  return new Promise((resolve) => {
    let end: End = { kind: 'failed', reason: 'The replay ended without a word.' }
    child.on('message', (said) => {
      const message = Message.parse(said)
      if (message.kind === 'report' || message.kind === 'failed') end = message
      else onMessage(message)
    })
    child.once('close', () => resolve(end))
  })
}

const ACT_WORDS: Record<OwnerAct['kind'], string> = {
  'tell-idea': 'the idea',
  say: 'a message',
  'edit-brief': 'the brief by hand',
  'confirm-brief': 'the brief is confirmed',
  'reopen-brief': 'back to the brief',
  'edit-spec': 'the spec by hand',
  'revise-spec': 'a comment on the spec',
  'restore-spec': 'an older spec',
  'approve-spec': 'the spec is approved',
  'reopen-spec': 'back to the spec',
  'edit-plan': 'a plan by hand',
  'revise-plan': 'a comment on the plan',
  'restore-plan': 'older plans',
  'add-cards': 'idea cards',
  'make-backlog': 'the backlog',
  rename: 'another name',
  build: 'the build',
}
