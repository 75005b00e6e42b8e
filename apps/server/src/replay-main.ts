/** `slipway replay` in a process of its own: tells its parent what it does, and ends. */
import { mkdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { isFailure, type OwnerActKind, type ReplayReport } from '@slipway/domain'
import { ownConfig } from './config.ts'
import { openLog } from './log-file.ts'
import { replay } from './replay.ts'

/** What the parent hears. */
export type ReplayMessage =
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'act'; readonly act: OwnerActKind; readonly number: number; readonly of: number }
  | { readonly kind: 'report'; readonly report: ReplayReport }
  | { readonly kind: 'failed'; readonly reason: string }

const tell = (message: ReplayMessage) => new Promise<void>((resolve) => (process.send ? process.send(message, () => resolve()) : resolve()))

const stopped = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => stopped.abort(new Error('The replay was stopped.')))
process.once('disconnect', () => stopped.abort(new Error('Nobody waits for the replay any more.')))

try {
  const { values, positionals } = parseArgs({
    args: process.argv.slice(2),
    options: { 'prompts-may-differ': { type: 'boolean', default: false }, data: { type: 'string' } },
    allowPositionals: true,
  })
  const config = ownConfig(values.data ? ['--data', values.data] : [])
  mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 })
  const log = openLog(config.dataFolder, config.logLevel)
  const report = await replay(config, {
    file: positionals[0] ?? '',
    promptsMayDiffer: values['prompts-may-differ'],
    onNote: (text) => void tell({ kind: 'note', text }),
    onAct: ({ kind }, number, of) => void tell({ kind: 'act', act: kind, number, of }),
    log: log.write,
    signal: stopped.signal,
  })
  await tell({ kind: 'report', report })
} catch (error) {
  await tell({ kind: 'failed', reason: isFailure(error) ? error.message : String((error as Error).stack ?? error) })
}
process.exit()
